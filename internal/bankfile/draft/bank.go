package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"sort"
	"strings"

	"anquanda/internal/question"
)

// Bank is what is written.
type Bank struct {
	Name      string
	Questions []question.Question
	Images    map[string][]byte
	// References are the laws and standards that questions name by key.
	References question.References
}

// UsedImages are the names of the pictures that questions use, sorted.
func UsedImages(bank *Bank) []string {
	used := map[string]bool{}
	for i := range bank.Questions {
		for _, name := range bank.Questions[i].Pictures() {
			if _, ok := bank.Images[name]; ok {
				used[name] = true
			}
		}
	}
	names := make([]string, 0, len(used))
	for name := range used {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// ImagePrefix begins the names that ImageName makes.
const ImagePrefix = "img-"

// ImageName names a picture by its content, so that the same one is kept once.
func ImageName(content []byte, extension string) string {
	sum := sha256.Sum256(content)
	return ImagePrefix + hex.EncodeToString(sum[:8]) + strings.ToLower(path.Ext("x"+extension))
}
