package puzzle_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
)

var (
	now   = time.UnixMilli(1_780_000_000_000)
	small = puzzle.Effort{Bits: 6, Answers: 3}
	maker = puzzle.New(keyring.Only([]byte("0123456789abcdef0123456789abcdef")).Bytes())
)

func TestAChallengeIsSolvedOnceForItsPlaceAndTime(t *testing.T) {
	made := maker.Make("join 203.0.113.0/24", small, now.Add(time.Minute))
	answer := puzzle.Solve(made)
	solved, err := maker.Check("join 203.0.113.0/24", made.Text, answer, now)
	if err != nil || solved.ID == "" || !solved.Until.Equal(now.Add(time.Minute)) {
		t.Fatalf("the answer %s gives %+v, %v", answer, solved, err)
	}
	again, _ := maker.Check("join 203.0.113.0/24", made.Text, answer, now)
	if again.ID != solved.ID {
		t.Error("one challenge has two ids, so it could be spent twice")
	}
	if other := maker.Make("join 203.0.113.0/24", small, now.Add(time.Minute)); other.Text == made.Text {
		t.Error("two challenges are one")
	}
}

func TestWhatIsWrongWithAnAnswerIsTold(t *testing.T) {
	made := maker.Make("join", small, now.Add(time.Minute))
	answer := puzzle.Solve(made)
	harder := puzzle.Challenge{Text: made.Text, Effort: puzzle.Effort{Bits: 1, Answers: 3}}
	foreign := puzzle.New(keyring.Only(make([]byte, 32)).Bytes()).Make("join", small, now.Add(time.Minute))
	for name, try := range map[string]struct {
		place, text, answer string
		now                 time.Time
		want                error
	}{
		"another place":             {"draw", made.Text, answer, now, puzzle.ErrForeign},
		"changed":                   {"join", "B" + made.Text[1:], answer, now, puzzle.ErrForeign},
		"cut":                       {"join", made.Text[:20], answer, now, puzzle.ErrForeign},
		"no challenge":              {"join", "", answer, now, puzzle.ErrForeign},
		"of another server":         {"join", foreign.Text, answer, now, puzzle.ErrForeign},
		"late":                      {"join", made.Text, answer, now.Add(time.Minute), puzzle.ErrExpired},
		"no answer":                 {"join", made.Text, "", now, puzzle.ErrWrong},
		"too few":                   {"join", made.Text, answer[:strings.LastIndex(answer, ".")], now, puzzle.ErrWrong},
		"too many":                  {"join", made.Text, answer + ".1", now, puzzle.ErrWrong},
		"no numbers":                {"join", made.Text, "a.b.c", now, puzzle.ErrWrong},
		"negative":                  {"join", made.Text, "-1.0.0", now, puzzle.ErrWrong},
		"endless":                   {"join", made.Text, strings.Repeat("1.", 5000), now, puzzle.ErrWrong},
		"solved with too few zeros": {"join", made.Text, puzzle.Solve(harder), now, puzzle.ErrWrong},
	} {
		if _, err := maker.Check(try.place, try.text, try.answer, try.now); !errors.Is(err, try.want) {
			t.Errorf("%s: %v, not %v", name, err, try.want)
		}
	}
}

func TestNobodyIsAskedForMoreThanAPhoneCanDo(t *testing.T) {
	if hashes := puzzle.Usual.Answers << puzzle.Usual.Bits; hashes > 100_000 {
		t.Errorf("the usual effort is %d hashes", hashes)
	}
	if puzzle.Solve(puzzle.Challenge{Text: "x", Effort: puzzle.Effort{Bits: 60, Answers: 1}}) != "" {
		t.Error("an effort without end is begun")
	}
}

func FuzzCheck(f *testing.F) {
	made := maker.Make("join", small, now.Add(time.Minute))
	f.Add("join", made.Text, puzzle.Solve(made))
	f.Add("", "", "..")
	f.Fuzz(func(t *testing.T, place, text, answer string) {
		if _, err := maker.Check(place, text, answer, now); err == nil && (place != "join" || text != made.Text) {
			t.Errorf("a foreign challenge is taken: %q %q %q", place, text, answer)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	made := maker.Make("join", puzzle.Usual, now.Add(time.Minute))
	answer := puzzle.Solve(made)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := maker.Check("join", made.Text, answer, now); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for b.Loop() {
		puzzle.Solve(maker.Make("join", puzzle.Usual, now))
	}
}
