package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/question"
	"anquanda/internal/testkit"
)

// sittings is a contest of one whole paper, that asks for no time to read it.
const sittings = `contest: sittings
title: 安全考试
organizer: 社区
bank: safety
window: {opens: 2020-01-01, closes: 2040-01-01}
levels:
  - {key: paper, title: 答卷, mode: paper, questions: [{count: 6, kinds: [single]}], pass: 3, time: {level: 60m, least: 0s},
     attempts: {max: 1, per: contest}}
`

// The program is killed again and again while people change answers on papers. Every answer
// that was acknowledged last, and none other, counts when the paper is handed in.
func TestKillingTheProgramWhilePapersAreWrittenLosesNoAcknowledgedAnswer(t *testing.T) {
	bank, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	for name, stores := range map[string]func(t *testing.T) []string{
		"SQLite": func(t *testing.T) []string { return []string{"--data", t.TempDir()} },
		"MariaDB": func(t *testing.T) []string {
			return []string{"--data", t.TempDir(), "--mysql", testkit.StartMariaDB(t, testkit.MariaDBOptions{}).DSN("papers")}
		},
	} {
		t.Run(name, func(t *testing.T) {
			program, arguments := testkit.Binary(t), stores(t)
			file := filepath.Join(t.TempDir(), "sittings.yaml")
			if err := os.WriteFile(file, []byte(sittings), 0o600); err != nil {
				t.Fatal(err)
			}
			apply := append(append([]string{"contest", "apply"}, arguments...), file)
			if out, err := exec.Command(program, apply...).CombinedOutput(); err != nil {
				t.Fatalf("contest apply: %v\n%s", err, out)
			}
			serving := testkit.StartProgram(t, arguments...)
			h := &hallOfPapers{base: serving.Base, bank: bank}
			for i := range 8 {
				h.sitting.Go(func() { h.sit(uint64(i)) })
			}
			for range 3 {
				h.await(t, 60)
				serving.Restart() // kill -9 and start again
			}
			h.await(t, 60)
			h.over.Store(true)
			h.sitting.Wait()
			for _, wrong := range h.wrong {
				t.Error(wrong)
			}
			if h.handedIn.Load() < 8 {
				t.Errorf("only %d papers were handed in", h.handedIn.Load())
			}
		})
	}
}

// hallOfPapers is people who write on papers, changing what they wrote, until it is over;
// then they hand in.
type hallOfPapers struct {
	base    string
	bank    []question.Question
	over    atomic.Bool
	saved   atomic.Int64 // answers that were acknowledged
	sitting sync.WaitGroup

	handedIn atomic.Int64
	mu       sync.Mutex
	wrong    []error
}

func (h *hallOfPapers) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wrong = append(h.wrong, err)
	h.over.Store(true)
}

// await waits for so many more acknowledged answers.
func (h *hallOfPapers) await(t *testing.T, more int64) {
	t.Helper()
	begun := h.saved.Load()
	for end := time.Now().Add(testkit.Patience); h.saved.Load() < begun+more; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) || h.over.Load() {
			t.Fatalf("only %d answers were saved: %v", h.saved.Load()-begun, h.wrong)
		}
	}
}

// patiently asks until it is answered: while the program is away, again and again.
func patiently(ask func() error) error {
	for end := time.Now().Add(testkit.Patience); ; time.Sleep(20 * time.Millisecond) {
		err := ask()
		var problem *testkit.Problem
		if err == nil || errors.As(err, &problem) && problem.Status < http.StatusInternalServerError ||
			time.Now().After(end) {
			return err
		}
	}
}

// sit is one person with one paper.
func (h *hallOfPapers) sit(seed uint64) {
	p := testkit.NewPlayer(h.base, "sittings", h.bank)
	if err := patiently(func() error { return p.Enrol("考生", "") }); err != nil {
		h.fail(err)
		return
	}
	var step struct {
		Ticket string
		Whole  struct{ Questions []*testkit.Asked }
	}
	start := func() error { return p.Call(http.MethodPost, p.InContest("/levels/paper/attempts"), struct{}{}, &step) }
	if err := patiently(start); err != nil {
		h.fail(err)
		return
	}
	random := rand.New(rand.NewPCG(seed, 1))
	right, revision := make([]bool, len(step.Whole.Questions)), make([]int, len(step.Whole.Questions))
	for !h.over.Load() {
		at, is := random.IntN(len(right)), random.IntN(2) == 0
		answer := p.Answer(step.Whole.Questions[at], is)
		revision[at]++
		body := map[string]any{"answers": []map[string]any{
			{"question": answer.Question, "revision": revision[at], "options": answer.Options}}}
		var kept struct {
			Answers []struct {
				Revision int
				Ahead    *struct{ Revision int }
			}
		}
		save := func() error { return p.Call(http.MethodPost, "/api/v1/attempts/"+step.Ticket+"/answers", body, &kept) }
		if err := patiently(save); err != nil {
			h.fail(err)
			return
		}
		if len(kept.Answers) != 1 || kept.Answers[0].Revision != revision[at] || kept.Answers[0].Ahead != nil {
			h.fail(fmt.Errorf("revision %d is kept as %+v", revision[at], kept.Answers))
			return
		}
		right[at] = is
		h.saved.Add(1)
		if revision[at] > 400 {
			break
		}
	}
	var result *testkit.Result
	hand := func() (err error) { result, err = p.Finish(step.Ticket); return err }
	if err := patiently(hand); err != nil {
		h.fail(err)
		return
	}
	want := 0
	for _, is := range right {
		if is {
			want++
		}
	}
	if result.Correct != want {
		h.fail(fmt.Errorf("%d of the last acknowledged answers are right, %d count", want, result.Correct))
	}
	h.handedIn.Add(1)
}
