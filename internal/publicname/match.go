package publicname

import (
	"slices"
	"strings"
	"unicode"

	"github.com/coregx/ahocorasick"
)

// list is the words that names are held against, ready for use. It is not changed
// once it is made.
type list struct {
	words  []word
	finder *ahocorasick.Automaton
	sounds map[string][]sounding // by their first syllable
}

func newList(words []word) *list {
	l := &list{words: slices.Clone(words), sounds: map[string][]sounding{}}
	for _, w := range words {
		if w.pinyin {
			s, spelling := soundOf(w)
			first := s.syllables[0]
			l.sounds[first] = append(l.sounds[first], s)
			l.words = append(l.words, word{folded: fold(spelling), section: w.section})
		}
	}
	patterns := make([]string, len(l.words))
	for i, w := range l.words {
		patterns[i] = w.text
	}
	finder, err := ahocorasick.NewBuilder().AddStrings(patterns).Build()
	if err != nil {
		panic("a list without words: " + err.Error())
	}
	l.finder = finder
	return l
}

// span is a part of a name, in runes.
type span struct {
	begin, end int
	section    *section
}

// offence is the section of the first word in a name that it may not hold; nil for
// none. With people the sections of people's names hold too.
func (l *list) offence(name folded, people bool) *section {
	found := l.spans(name)
	found = append(found, l.soundsIn(name)...)
	if letters, ok := name.spelt(); ok {
		found = append(found, l.spans(letters)...)
	}
	for _, f := range found {
		if f.section == nil || f.section.people && !people {
			continue
		}
		if !slices.ContainsFunc(found, func(a span) bool {
			return a.section == nil && a.begin <= f.begin && f.end <= a.end
		}) {
			return f.section
		}
	}
	return nil
}

// spans are the words of the list that a name holds, allowed ones among them.
func (l *list) spans(name folded) (found []span) {
	for _, m := range l.finder.FindAllOverlapping([]byte(name.text)) {
		begin, end := name.at[m.Start], name.at[m.End]
		w := &l.words[m.PatternID]
		if w.start && !numbersOnly(name.runes[:begin]) || w.end && !numbersOnly(name.runes[end:]) {
			continue // 局长1 ends with 局长 as well
		}
		if latin(w.runes[0]) && !name.apart(begin) || latin(w.runes[len(w.runes)-1]) && !name.apart(end) {
			continue
		}
		found = append(found, span{begin, end, w.section})
	}
	return found
}

func numbersOnly(runes []rune) bool { return !strings.ContainsFunc(string(runes), notDigit) }

func notDigit(r rune) bool { return !unicode.IsDigit(r) }
