package archtest

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// longToday is how many lines of Go are over maxColumns still. It only falls.
const longToday = 125

func TestLinesOfGoAreNotTooLong(t *testing.T) {
	long, err := longLines(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(long) > longToday {
		for _, problem := range long {
			t.Log(problem)
		}
		t.Errorf("%d lines of Go are over %d columns, %d were: break yours", len(long), maxColumns, longToday)
	}
}

func TestASentenceStaysWholeAndCodeDoesNot(t *testing.T) {
	words := strings.Repeat("every word of it ", 10)
	for _, c := range []struct {
		name, line string
		long       bool
	}{
		{"code", "x := " + strings.Repeat("long+", 40) + "1", true},
		{"a comment", "// " + words, true},
		{"an English sentence", `x := "` + words + `"`, false},
		{"a sentence behind long code", "x(" + strings.Repeat("long, ", 30) + `"` + words + `")`, true},
		{"a statement", `x := "SELECT ` + words + `"`, true},
		{"a Chinese sentence", "x := `" + strings.Repeat("安全", 80) + "`", false},
		{"a long word", `x := "` + strings.Repeat("abc", 50) + `"`, true},
	} {
		long, err := longLines(fstest.MapFS{"a.go": {Data: []byte("package a\n\nfunc a() {\n" + c.line + "\n}\n")}})
		if err != nil || len(long) > 0 != c.long {
			t.Errorf("%s: %v, %v", c.name, long, err)
		}
	}
}

// longLines lists the lines of Go files over maxColumns. Chinese does not count,
// nor does a string that is a sentence.
func longLines(root fs.FS) (long []string, err error) {
	files, err := readHouse(root)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.syntax == nil {
			continue
		}
		text, err := fs.ReadFile(root, f.path)
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(blankSentences(text)), "\n") {
			if n := utf8.RuneCountInString(chinese.ReplaceAllString(line, "")); n > maxColumns {
				long = append(long, fmt.Sprintf("%s:%d: %d columns", f.path, i+1, n))
			}
		}
	}
	return long, nil
}

var (
	sentence  = regexp.MustCompile(`\S+( \S+){4}`)
	statement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|AND|LEFT|JOIN|ORDER|GROUP) `)
)

// blankSentences is a Go source without the strings on one line that hold a
// sentence of five words or more; statements of SQL are none.
func blankSentences(text []byte) []byte {
	var out []byte
	var from int
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, text, nil, 0)
	for {
		at, kind, literal := s.Scan()
		if kind == token.EOF {
			return append(out, text[from:]...)
		}
		if kind != token.STRING || literal[0] != '"' {
			continue
		}
		if said, err := strconv.Unquote(literal); err == nil && sentence.MatchString(said) && !statement.MatchString(said) {
			start := file.Offset(at)
			out = append(append(out, text[from:start]...), `""`...)
			from = start + len(literal)
		}
	}
}
