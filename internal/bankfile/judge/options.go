package judge

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Option is one option as the file writes it; letter is "" when it has none.
type Option struct {
	Letter string
	Text   string
	ref    string
}

// Trouble is why something could not be read.
type Trouble struct {
	Code   draft.Code
	Detail string
	Text   string
}

// SplitOptions reads a cell that holds all options. It returns the separator it
// found ("" when the letters alone divide the options), warnings, and nil or why
// it cannot be read.
func SplitOptions(text string) (options []Option, separator string, notes []Trouble, bad *Trouble) {
	text = strings.TrimSpace(text)
	if text == "" || text == "[]" {
		return nil, "", nil, nil
	}
	if list, ok := optionList(text); ok {
		if len(list) > MaxPieces {
			return nil, "", nil, &Trouble{draft.OptionsUnclear, "有 " + strconv.Itoa(len(list)) + " 个", text}
		}
		return list, "list", nil, nil
	}
	for _, separator := range draft.Separators {
		if pieces := partsAt(text, separator); pieces != nil {
			options, notes, bad = lettered(pieces)
			return options, separator, notes, bad
		}
	}
	return byLetters(text)
}

// splitAt reads a cell that holds all options, by the separator that somebody said
// where the cell has it.
func splitAt(text, separator string) (options []Option, used string, notes []Trouble, bad *Trouble) {
	if separator != "" {
		if pieces := partsAt(strings.TrimSpace(text), separator); pieces != nil {
			options, notes, bad = lettered(pieces)
			return options, separator, notes, bad
		}
	}
	return SplitOptions(text)
}

// partsAt divides a text at a separator, without what is empty before and after it; nil
// where it divides nothing.
func partsAt(text, separator string) []string {
	pieces := strings.Split(text, separator)
	for len(pieces) > 1 && strings.TrimSpace(pieces[0]) == "" {
		pieces = pieces[1:]
	}
	for len(pieces) > 0 && strings.TrimSpace(pieces[len(pieces)-1]) == "" {
		pieces = pieces[:len(pieces)-1]
	}
	if len(pieces) < 2 && !(len(pieces) == 1 && len(separator) > 1 && strings.Contains(text, separator)) {
		return nil
	}
	return pieces
}

// optionList reads a list in JSON or Python: ["甲", "乙"], [{"optionContent": "甲"}].
func optionList(text string) ([]Option, bool) {
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return nil, false
	}
	var options []Option
	var objects []map[string]any
	if json.Unmarshal([]byte(text), &objects) == nil {
		for _, object := range objects {
			if len(object) != 1 {
				return nil, false
			}
			for _, value := range object {
				value, _ := value.(string)
				value, _ = Tidy(value)
				options = append(options, Option{Text: value})
			}
		}
		return options, len(options) > 0
	}
	for _, item := range StringList(text) {
		item, _ = Tidy(item)
		options = append(options, Option{Text: item})
	}
	return options, len(options) > 0
}

var pythonList = regexp.MustCompile(`^\[\s*'(.*)'\s*\]$`)

// StringList reads a list of strings in JSON or Python; nil when it is none.
func StringList(text string) []string {
	var list []string
	text = strings.TrimSpace(text)
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	if found := pythonList.FindStringSubmatch(text); found != nil && !strings.Contains(found[1], `\`) {
		return regexp.MustCompile(`'\s*,\s*'`).Split(found[1], -1)
	}
	return nil
}

var (
	pointedLetter = regexp.MustCompile(`^[（(]?\s*([A-La-lＡ-Ｌ])\s*(?:[.、．，,:：)）]\s*)+(?s:(.*))$`)
	bareLetter    = regexp.MustCompile(`^([A-LＡ-Ｌ])(?s:([^A-Za-z].*))$`)
)

// LetterOf splits the letter from the beginning of an option.
func LetterOf(piece string) (letter, text string, pointed bool) {
	piece, _ = Tidy(piece)
	if found := pointedLetter.FindStringSubmatch(piece); found != nil {
		return narrow(found[1]), strings.TrimSpace(found[2]), true
	}
	if found := bareLetter.FindStringSubmatch(piece); found != nil {
		return narrow(found[1]), strings.TrimSpace(found[2]), false
	}
	return "", piece, false
}

// MaxPieces bounds the options of one question before they are compared with each
// other; a question may have question.MaxOptions.
const MaxPieces = 100

// lettered reads pieces that a separator divided: all with their letters in order,
// or all without.
func lettered(pieces []string) (options []Option, notes []Trouble, bad *Trouble) {
	if len(pieces) > MaxPieces {
		return nil, nil, &Trouble{draft.OptionsUnclear, "分成了 " + strconv.Itoa(len(pieces)) + " 个", pieces[0]}
	}
	pointed, bareCount, inPlace, all := 0, 0, 0, len(pieces) > 2
	for i, piece := range pieces {
		mark, text, isPointed := LetterOf(piece)
		if isPointed {
			pointed++
		} else if mark != "" {
			bareCount++
		}
		if mark == draft.Letter(i) {
			inPlace++
		}
		if !strings.HasPrefix(strings.TrimSpace(piece), draft.Letter(i)) {
			all = false
		}
		options = append(options, Option{Letter: mark, Text: text})
	}
	if pointed == 0 && all && inPlace < len(pieces) {
		for i, piece := range pieces {
			piece, _ = Tidy(piece)
			options[i] = Option{Letter: draft.Letter(i), Text: strings.TrimSpace(piece[1:])}
		}
		bareCount, inPlace = len(pieces), len(pieces)
	}
	if pointed == 0 && wordsNotLetters(options, bareCount, inPlace) {
		for i, piece := range pieces {
			piece, _ = Tidy(piece)
			options[i] = Option{Text: piece}
		}
		return options, nil, checkPieces(options)
	}
	if inPlace < len(pieces) && shuffled(options) {
		slices.SortFunc(options, func(a, b Option) int { return strings.Compare(a.Letter, b.Letter) })
		notes = append(notes, Trouble{draft.LettersShuffled, "", strings.Join(pieces, " ")})
	} else if inPlace < len(pieces) {
		notes, bad = outOfPlace(options, pieces)
		if bad != nil {
			return options, nil, bad
		}
	}
	if bareCount > 0 && bad == nil && len(notes) == 0 {
		notes = append(notes, Trouble{draft.LetterBare, "", strings.Join(pieces, " ")})
	}
	if bad := lostSeparator(options); bad != nil {
		return options, nil, bad
	}
	if last := options[len(options)-1]; last.Letter != "" && buried(last.Text, rune(last.Letter[0]+1)) {
		notes = append(notes, Trouble{draft.SeparatorMaybe, "", last.Text})
	}
	return options, notes, checkPieces(options)
}

// wordsNotLetters reports whether letters without a point begin words (A类, B类)
// instead of options. With two options in their places, or letters on all of them,
// they are letters, unless nothing different is left without them.
func wordsNotLetters(options []Option, bareCount, inPlace int) bool {
	if bareCount < len(options) && inPlace < 2 {
		return true
	}
	seen := map[string]bool{}
	for _, o := range options {
		if o.Letter != "" && seen[o.Text] {
			return true
		}
		seen[o.Text] = true
	}
	return false
}

// shuffled reports whether the options carry each of their letters once, in
// another order.
func shuffled(options []Option) bool {
	seen := map[string]bool{}
	for _, o := range options {
		if o.Letter == "" || seen[o.Letter] || int(o.Letter[0]-'A') >= len(options) {
			return false
		}
		seen[o.Letter] = true
	}
	return true
}

// outOfPlace says what is wrong when letters are not A, B, C… in order. Pieces
// without a letter are read by their place when all the others are in theirs.
func outOfPlace(options []Option, pieces []string) (notes []Trouble, bad *Trouble) {
	all := strings.Join(pieces, " ")
	if bad := lostSeparator(options); bad != nil {
		return nil, bad
	}
	last := ""
	missing := false
	for i := range options {
		mark := options[i].Letter
		if mark == "" {
			missing = true
			continue
		}
		if mark <= last {
			return nil, &Trouble{draft.LettersRepeat, mark, all}
		}
		last = mark
		if mark != draft.Letter(i) {
			return nil, &Trouble{draft.LettersSkip, "第 " + strconv.Itoa(i+1) + " 个选项写的是 " + mark, all}
		}
	}
	if missing {
		notes = append(notes, Trouble{draft.LetterMissing, "", all})
	}
	return notes, nil
}

// lostSeparator looks inside each option for the letter that should have begun
// the next one.
func lostSeparator(options []Option) *Trouble {
	for i, o := range options {
		if o.Letter == "" {
			continue
		}
		next := rune(o.Letter[0] + 1)
		if i+1 < len(options) && (options[i+1].Letter == string(next) || options[i+1].Letter == "") {
			continue
		}
		at := inside(o.Text, next)
		if at == 0 && i+1 < len(options) && buried(o.Text, next) {
			at = strings.IndexRune(o.Text, next)
		}
		if at > 0 {
			return &Trouble{draft.SeparatorLost, "“" + draft.Shorten(o.Text[at:]) + "”之前", o.Text}
		}
	}
	return nil
}

// inside finds, within an option, the beginning of the option of that letter: the
// letter with a point after it, and no capital letter or word that leads to it
// before. 0 when there is none.
func inside(text string, mark rune) int {
	runes := []rune(text)
	offset := 0
	for i, r := range runes {
		if i > 0 && i+2 < len(runes) && question.HalfWidth(r) == mark {
			before, after := runes[i-1], runes[i+1]
			point := strings.ContainsRune(".．、:：", after) || before == ' ' && strings.ContainsRune(",，", after)
			if point && (before > 0x2e80 && !strings.ContainsRune("、和与及或素类型级", before) ||
				strings.ContainsRune(" ;.", before) ||
				before >= 'a' && before <= 'z' || before >= '0' && before <= '9') {
				return offset
			}
		}
		offset += len(string(r))
	}
	return 0
}

// buried reports whether the letter stands once, without a point, between Chinese
// characters: 作为普通楼梯用D提升高度大.
func buried(text string, mark rune) bool {
	runes := []rune(text)
	count := 0
	for i := 1; i+1 < len(runes); i++ {
		if runes[i] == mark && runes[i-1] > 0x2e80 && runes[i+1] > 0x2e80 &&
			!strings.ContainsRune("、和与及或素第", runes[i-1]) &&
			!strings.ContainsRune("、类级型区", runes[i+1]) {
			count++
		}
	}
	return count == 1
}

func checkPieces(options []Option) *Trouble {
	for i := range options {
		if options[i].Text == "" {
			return &Trouble{draft.OptionEmpty, "第 " + strconv.Itoa(i+1) + " 个", ""}
		}
		if label := narrow(options[i].Text); label == draft.Letter(i+1)+"." || label == draft.Letter(i+1)+"、" {
			return &Trouble{draft.SeparatorLost, "第 " + strconv.Itoa(i+1) + " 个只有下一个的字母", options[i].Text}
		}
	}
	return nil
}
