package questionbank_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"anquanda/internal/question"
)

// plain is a text without punctuation, space and blanks, in small letters: what is
// left when two people write the same sentence.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// pairs are the neighbouring characters of a text, each once, ascending.
func pairs(text string) []string {
	letters := []rune(plain(text))
	var found []string
	for i := 0; i+1 < len(letters); i++ {
		found = append(found, string(letters[i:i+2]))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// alike is the Dice coefficient of two ascending lists: 0 for nothing in common,
// 1 for the same.
func alike(a, b []string) float64 {
	var common int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case 0:
			common, i, j = common+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(max(1, len(a)+len(b)))
}

// asked is what a question is about: its stem and what is right. The words 正确
// and 错误 say nothing.
func asked(q question.Question) string {
	text := q.Stem
	switch q.Kind {
	case question.Single, question.Multiple:
		for _, i := range q.Right {
			text += "\n" + q.Options[i]
		}
	case question.Fill:
		for _, accepted := range q.Blanks {
			text += "\n" + accepted[0]
		}
	}
	return text
}

func TestNoTwoStemsAreTheSame(t *testing.T) {
	seen := map[string]string{}
	for _, q := range everything(t) {
		if other, taken := seen[plain(q.Stem)]; taken {
			t.Errorf("%s and %s have the same stem: %s", other, q.ID, q.Stem)
		}
		seen[plain(q.Stem)] = q.ID
	}
}

// The bank's most alike pair that ask different things stands at 0.57 (someone
// without breath, saved from the water or struck by lightning); -v shows the ten
// nearest, for a person to judge.
func TestNoTwoQuestionsAskNearlyTheSame(t *testing.T) {
	const tooAlike = 0.62
	questions := everything(t)
	type pair struct {
		a, b question.Question
		near float64
	}
	var nearest []pair
	words := make([][]string, len(questions))
	for i, q := range questions {
		words[i] = pairs(asked(q))
		for j := range i {
			if near := alike(words[i], words[j]); near > 0.4 {
				nearest = append(nearest, pair{questions[j], q, near})
			}
		}
	}
	slices.SortFunc(nearest, func(x, y pair) int { return cmp.Compare(y.near, x.near) })
	for i, p := range nearest {
		switch {
		case p.near >= tooAlike:
			t.Errorf("%.2f: %s %s | %s %s", p.near, p.a.ID, asked(p.a), p.b.ID, asked(p.b))
		case i < 10:
			t.Logf("%.2f: %s %s | %s %s", p.near, p.a.ID, p.a.Stem, p.b.ID, p.b.Stem)
		}
	}
}
