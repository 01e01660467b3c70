package questionbank_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"anquanda/internal/bank"
	"anquanda/internal/question"
	"anquanda/questionbank"
)

func pictures(t *testing.T) map[string][]byte {
	t.Helper()
	all, err := questionbank.Pictures()
	if err != nil || len(all) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	return all
}

func TestEveryDrawingHoldsOnlyShapesAndIsSmall(t *testing.T) {
	const most = 6 << 10 // a phone on a slow network loads it within a blink
	for name, drawing := range pictures(t) {
		if err := bank.CheckSVG(drawing); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(drawing) > most {
			t.Errorf("%s has %d bytes, at most %d", name, len(drawing), most)
		}
	}
}

// The reader rejects a question whose picture is missing; this is the other way. Of
// what a player learns by looking, sixty questions are the least that the bank asks.
func TestEveryDrawingIsAskedAbout(t *testing.T) {
	asked := map[string]bool{}
	shown := 0
	for _, q := range everything(t) {
		asked[q.Image] = true
		if q.Image != "" {
			shown++
		}
	}
	if shown < 60 {
		t.Errorf("%d questions show a drawing, at least 60", shown)
	}
	for name := range pictures(t) {
		if !asked[name] {
			t.Errorf("no question shows %s", name)
		}
	}
}

// Who cannot see a picture is told what it shows, and no more than who can see.
func TestWhatIsSaidOfAPictureDescribesItAndDoesNotAnswer(t *testing.T) {
	for _, q := range everything(t) {
		if (q.Image == "") != (q.ImageAlt == "") {
			t.Errorf("%s: picture %q, described as %q: both or none", q.ID, q.Image, q.ImageAlt)
		}
		if n := utf8.RuneCountInString(q.ImageAlt); q.Image != "" && (n < 8 || n > 80) {
			t.Errorf("%s: %d characters tell of the picture, 8 to 80 are heard in one go", q.ID, n)
		}
		if q.Kind != question.Single && q.Kind != question.Multiple || q.ImageAlt == "" {
			continue
		}
		for _, i := range q.Right {
			right := plain(q.Options[i])
			if utf8.RuneCountInString(right) > 1 && strings.Contains(plain(q.ImageAlt), right) { // one is a mark in the picture
				t.Errorf("%s: what is said of the picture says %q, which is right", q.ID, q.Options[i])
			}
		}
	}
}
