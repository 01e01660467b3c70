package judge

import (
	"strconv"
	"strings"
	"unicode"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// byLetters divides a text at A. B. C. …, which nothing else separates. Each letter
// must have exactly one place; two places for one letter are two readings.
func byLetters(text string) (options []Option, separator string, notes []Trouble, bad *Trouble) {
	if starts, ok := letterStarts(text, true); ok {
		return cut(text, starts, true), "", nil, checkPieces(cut(text, starts, true))
	}
	starts, ok := letterStarts(text, false)
	if ok {
		options = cut(text, starts, false)
		return options, "", []Trouble{{draft.LetterBare, "", text}}, checkPieces(options)
	}
	if strings.ContainsAny(text, "BＢ") {
		return nil, "", nil, &Trouble{draft.OptionsUnclear, "", text}
	}
	return nil, "", nil, &Trouble{draft.OptionsTooFew, "只有一个", text}
}

// letterStarts finds the byte offsets of A, B, C… in a text that begins with A.
// With pointed, a letter counts only with a point after it.
func letterStarts(text string, pointed bool) (starts []int, ok bool) {
	places := map[rune][]int{}
	runes := []rune(text)
	offset := 0
	for i, r := range runes {
		mark := question.HalfWidth(r)
		if mark >= 'A' && mark <= 'L' && OpensOption(runes, i, pointed) {
			places[mark] = append(places[mark], offset)
		}
		offset += len(string(r))
	}
	for mark := 'A'; mark <= 'L'; mark++ {
		here := places[mark]
		if len(here) == 0 {
			break
		}
		if len(here) > 1 {
			return nil, false
		}
		if len(starts) > 0 && here[0] <= starts[len(starts)-1] {
			return nil, false
		}
		starts = append(starts, here[0])
	}
	for mark := 'A' + rune(len(starts)); mark <= 'L'; mark++ {
		if len(places[mark]) > 0 {
			return nil, false // a letter is missing in between
		}
	}
	return starts, len(starts) >= 2 && strings.Trim(text[:starts[0]], " \t（(") == ""
}

// OpensOption reports whether the letter at runes[i] may begin an option.
func OpensOption(runes []rune, i int, pointed bool) bool {
	if i > 0 && runes[i-1] < 0x2e80 && (unicode.IsLetter(runes[i-1]) || unicode.IsDigit(runes[i-1])) && !pointed {
		return false
	}
	if i > 0 && runes[i-1] < 0x2e80 && unicode.IsLetter(runes[i-1]) {
		return false
	}
	next := ' '
	for _, r := range runes[i+1:] {
		if next = r; r != ' ' && r != '\t' {
			break
		}
	}
	if pointed {
		return strings.ContainsRune(".．、:：)）", next)
	}
	return !(next < 0x2e80 && unicode.IsLetter(next))
}

func cut(text string, starts []int, pointed bool) []Option {
	options := make([]Option, 0, len(starts))
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		piece := strings.TrimRight(text[start:end], " \t（(")
		_, rest, _ := LetterOf(piece)
		if !pointed {
			_, rest = splitFirst(piece)
		}
		options = append(options, Option{Letter: draft.Letter(i), Text: rest})
	}
	return options
}

func splitFirst(piece string) (string, string) {
	for i := range piece {
		if i > 0 {
			return piece[:i], strings.TrimSpace(piece[i:])
		}
	}
	return piece, ""
}

// ownColumns reads options that have a column each. Letters inside the cells are
// dropped when every one carries its own.
func ownColumns(rec *Record) (options []Option, bad *Trouble) {
	last := -1
	for i, c := range rec.Options {
		if c.Text != "" {
			last = i
		}
	}
	if last >= MaxPieces {
		return nil, &Trouble{draft.OptionsUnclear, "有 " + strconv.Itoa(last+1) + " 个", ""}
	}
	inPlace, elsewhere := 0, 0
	for i := 0; i <= last; i++ {
		c := rec.Options[i]
		text := c.Text
		if !rec.Exact {
			text, _ = Tidy(text)
		}
		if text == "" {
			return nil, &Trouble{draft.OptionEmpty, c.Ref, ""}
		}
		if mark, _, pointed := LetterOf(text); pointed && mark == draft.Letter(i) {
			inPlace++
		} else if pointed {
			elsewhere++
		}
		options = append(options, Option{Letter: draft.Letter(i), Text: text, ref: c.Ref})
	}
	if elsewhere > 0 && inPlace+elsewhere == len(options) && !rec.Exact {
		return nil, &Trouble{draft.LettersRepeat, "格子里的字母与列的字母不同", strings.Join(texts(options), " ")}
	}
	if inPlace == len(options) {
		for i := range options {
			_, options[i].Text, _ = LetterOf(options[i].Text)
		}
	}
	return options, checkPieces(options)
}
