package publicname

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// sounding is a word of the list as it is pronounced.
type sounding struct {
	syllables []string
	section   *section
	anyHow    bool // in other characters too: of short words, too many ordinary names sound like them
}

// soundOf is how a word is pronounced, and its pinyin in one piece.
func soundOf(w word) (s sounding, spelling string) {
	for _, t := range pronounced(w.folded) {
		s.syllables = append(s.syllables, t.sound)
	}
	s.section, s.anyHow = w.section, w.sound
	return s, strings.Join(s.syllables, "")
}

// syllable is a character as it is pronounced, or a run of letters as it stands.
type syllable struct {
	sound      string
	begin, end int // in runes of the name
	typed      bool
}

// pronounced reads a name aloud. A character of several readings has its most
// common one.
func pronounced(name folded) (read []syllable) {
	for i := 0; i < len(name.runes); i++ {
		begin := i
		if han(name.runes[i]) {
			if sound := readingOf(name.runes[i]); sound != "" {
				read = append(read, syllable{sound, begin, i + 1, false})
				continue
			}
		}
		for latin(name.runes[i]) && i+1 < len(name.runes) && latin(name.runes[i+1]) && !name.gap[i+1] {
			i++
		}
		read = append(read, syllable{string(name.runes[begin : i+1]), begin, i + 1, true})
	}
	return read
}

// readings are characters as they are pronounced, as far as names held them: the
// library takes 2 µs for one.
var readings sync.Map

// readingOf is the most common reading of a character without its tone; "" where it
// has none.
func readingOf(r rune) string {
	if known, ok := readings.Load(r); ok {
		return known.(string)
	}
	sound := ""
	if found := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(found) > 0 {
		sound = found[0]
	}
	readings.Store(r, sound)
	return sound
}

// soundsIn finds words of the list by their sound: sha逼, 曹尼玛.
func (l *list) soundsIn(name folded) (found []span) {
	if utf8.RuneCountInString(name.text) < 2 {
		return nil
	}
	read := pronounced(name)
	for i := range read {
		for _, s := range l.sounds[read[i].sound] {
			if n := len(s.syllables); i+n <= len(read) && s.is(read[i:i+n]) {
				found = append(found, span{read[i].begin, read[i+n-1].end, s.section})
			}
		}
	}
	return found
}

func (s sounding) is(part []syllable) bool {
	typed := false
	for i, sound := range s.syllables {
		if part[i].sound != sound {
			return false
		}
		typed = typed || part[i].typed
	}
	return typed || s.anyHow
}
