package publicname

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed words.txt
var shippedText string

// section is one part of the list: whom it holds for and what is told.
type section struct {
	key      string
	people   bool // only for names of people
	sentence string
}

// word is one entry of the list, as it is compared.
type word struct {
	folded
	section    *section // nil: what is found inside it is allowed
	start, end bool     // only at the beginning, at the end
	pinyin     bool     // refused in pinyin too
	sound      bool     // and in other characters of the same sound
}

// readWords reads a list as words.txt describes it; a line that cannot be read is an
// error.
func readWords(text string) (words []word, err error) {
	var in *section
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[' && strings.Contains(line, "] "):
			if in, err = readSection(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			continue
		case in == nil:
			return nil, fmt.Errorf("line %d: a word stands before the first section", number)
		}
		for field := range strings.FieldsSeq(line) {
			read, err := readWord(field, in)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			words = append(words, read...)
		}
	}
	return words, nil
}

func readSection(line string) (*section, error) {
	key, rest, _ := strings.Cut(line[1:], "] ")
	who, sentence, _ := strings.Cut(rest, " ")
	if who != "everyone" && who != "people" || sentence == "" {
		return nil, fmt.Errorf("a section is written [key] everyone|people 句子, not %q", line)
	}
	return &section{key: key, people: who == "people", sentence: sentence}, nil
}

// readWord reads one entry; alternatives make several words of it.
func readWord(field string, in *section) (words []word, err error) {
	w := word{section: in}
	text := field
	text, w.sound = strings.CutSuffix(text, "~~")
	text, w.pinyin = strings.CutSuffix(text, "~")
	w.pinyin = w.pinyin || w.sound
	text, w.end = strings.CutSuffix(text, "$")
	if rest, ok := strings.CutPrefix(text, "^"); ok {
		text, w.start = rest, true
	} else if rest, ok := strings.CutPrefix(text, "="); ok {
		text, w.start, w.end = rest, true, true
	} else if rest, ok := strings.CutPrefix(text, "!"); ok {
		text, w.section = rest, nil
	}
	for _, spelling := range alternatives(text) {
		w.folded = fold(spelling)
		if len(w.runes) == 0 {
			return nil, fmt.Errorf("nothing is left of %q", field)
		}
		words = append(words, w)
	}
	return words, nil
}

// alternatives spells out "a[bc]d".
func alternatives(text string) []string {
	before, rest, found := strings.Cut(text, "[")
	choice, after, closed := strings.Cut(rest, "]")
	if !found || !closed {
		return []string{text}
	}
	var all []string
	for _, r := range choice {
		for _, tail := range alternatives(after) {
			all = append(all, before+string(r)+tail)
		}
	}
	return all
}

// shippedWords are those of words.txt.
var shippedWords = sync.OnceValue(func() []word {
	words, err := readWords(shippedText)
	if err != nil {
		panic("words.txt: " + err.Error()) // a test reads the same file
	}
	return words
})

// shipped is the list without words of an organizer.
var shipped = sync.OnceValue(func() *list { return newList(shippedWords()) })
