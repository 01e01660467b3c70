package contests

import (
	"testing"

	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/questionbank"
)

// Bank is the bank that ships with the program.
func Bank(t testing.TB) []question.Question {
	t.Helper()
	files, err := questionbank.Files.ReadDir("safety")
	if err != nil || len(files) == 0 {
		t.Fatal("the shipped bank is not there", err)
	}
	pictures, err := questionbank.Pictures()
	if err != nil {
		t.Fatal(err)
	}
	var all []question.Question
	for _, file := range files {
		if file.IsDir() {
			continue
		}
		data, err := questionbank.Files.ReadFile("safety/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		result, err := bankfile.Read(file.Name(), data, bankfile.Options{Format: "json", Images: pictures})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, result.Questions...)
	}
	return all
}
