package poll_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/poll"
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

var asking = strings.Replace(arena.Demo, "boards:", `poll:
  - {key: learned, title: 您以前学过吗, options: [学过, 没学过]}
  - {key: where, title: 从哪里知道的, kind: multiple, level: second, options: [单位, 社区, 网上]}
boards:`, 1)

// panel is the contest of the arena with questions to players.
type panel struct {
	*arena.Arena
	*poll.Store
}

func eachPanel(t *testing.T, test func(t *testing.T, p *panel)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(asking)
		test(t, &panel{a, poll.New(s.DB, a.Clock.Now)})
	})
}

// answer answers and returns the code of the error.
func (p *panel) answer(player sqldb.ID, key string, options ...string) string {
	p.T.Helper()
	e, err := p.Players.Enrolment(p.T.Context(), p.Contest.ContestID, player)
	if err != nil {
		p.T.Fatal(err)
	}
	summary, err := p.Play.Summary(p.T.Context(), p.Contest, e)
	if err != nil {
		p.T.Fatal(err)
	}
	if err := p.Answer(p.T.Context(), p.Contest, player, summary, key, options); err != nil {
		return errs.From(err).Code
	}
	return ""
}

// open are the keys of what a player is asked.
func (p *panel) open(player sqldb.ID) (keys []string) {
	p.T.Helper()
	e, err := p.Players.Enrolment(p.T.Context(), p.Contest.ContestID, player)
	if err != nil {
		p.T.Fatal(err)
	}
	summary, err := p.Play.Summary(p.T.Context(), p.Contest, e)
	if err != nil {
		p.T.Fatal(err)
	}
	open, err := p.Open(p.T.Context(), p.Contest, player, summary)
	if err != nil {
		p.T.Fatal(err)
	}
	for _, of := range open {
		keys = append(keys, of.Key)
	}
	return keys
}

// counts are how many chose each option, a row a poll.
func (p *panel) counts() (counts [][]int64) {
	p.T.Helper()
	choices, err := p.Counts(p.T.Context(), p.Contest)
	if err != nil {
		p.T.Fatal(err)
	}
	for _, c := range choices {
		counts = append(counts, c.Counts)
	}
	return counts
}

func TestWhoHasFinishedIsAskedAndAnswersOnce(t *testing.T) {
	eachPanel(t, func(t *testing.T, p *panel) {
		player := p.Enrol("小赵", "n1")
		if open, code := p.open(player), p.answer(player, "learned", "学过"); open != nil || code != "poll_not_yet" {
			t.Errorf("before anything: asked %v, answering says %q", open, code)
		}
		p.PlayLevel(player, "first", 2)
		if open := p.open(player); !slices.Equal(open, []string{"learned"}) {
			t.Errorf("after the first level: asked %v", open)
		}
		before := p.Tables()
		for _, c := range []struct {
			key     string
			options []string
			code    string
		}{
			{"gone", []string{"学过"}, "poll_unknown"},
			{"where", []string{"单位"}, "poll_not_yet"},
			{"learned", nil, "invalid_field"},
			{"learned", []string{"学过", "没学过"}, "invalid_field"},
			{"learned", []string{"学过", "学过"}, "invalid_field"},
			{"learned", []string{"别的"}, "invalid_field"},
			{"learned", []string{"学过\n没学过"}, "invalid_field"},
			{"learned", []string{"学过"}, ""},
			{"learned", []string{"没学过"}, "poll_answered"},
		} {
			if code := p.answer(player, c.key, c.options...); code != c.code {
				t.Errorf("%s %q says %q, want %q", c.key, c.options, code, c.code)
			}
		}
		if p.Tables() != before {
			t.Error("an answer changes what was played or earned")
		}
		p.PlayLevel(player, "second", 3)
		if open := p.open(player); !slices.Equal(open, []string{"where"}) {
			t.Errorf("after the second level: asked %v", open)
		}
		if code := p.answer(player, "where", "网上", "单位"); code != "" {
			t.Errorf("choosing two says %q", code)
		}
		if of, err := p.Of(t.Context(), p.Contest, player); err != nil || len(of) != 2 || of[1].Chosen != "单位\n网上" {
			t.Errorf("kept is %+v, %v", of, err)
		}
		p.Clock.Set("2029-01-01 00:00:00") // nothing is kept any more
		if open, code := p.open(player), p.answer(player, "learned", "学过"); open != nil || code != "poll_over" {
			t.Errorf("long afterwards: asked %v, answering says %q", open, code)
		}
	})
}

func TestManyPressesAtOnceOnTwoNodesAreOneAnswer(t *testing.T) {
	eachPanel(t, func(t *testing.T, p *panel) {
		player := p.Enrol("小赵", "n1")
		p.PlayLevel(player, "first", 2)
		var taken atomic.Int32
		var presses sync.WaitGroup
		for i := range 8 {
			presses.Go(func() {
				if p.answer(player, "learned", []string{"学过", "没学过"}[i%2]) == "" {
					taken.Add(1)
				}
			})
		}
		presses.Wait()
		if counts := p.counts(); taken.Load() != 1 || counts[0][0]+counts[0][1] != 1 {
			t.Errorf("%d were taken, counted are %v", taken.Load(), counts)
		}
	})
}

func TestCountsHideFewAndLeaveOutWhoDoesNotCountOrHasLeft(t *testing.T) {
	eachPanel(t, func(t *testing.T, p *panel) {
		var players []sqldb.ID
		for i := range 9 {
			player := p.Enrol("选手", "n1")
			players = append(players, player)
			p.PlayLevel(player, "first", 2)
			p.answer(player, "learned", []string{"学过", "没学过"}[i/7])
		}
		if counts := p.counts(); !slices.Equal(counts[0], []int64{7, 2}) || !slices.Equal(counts[1], []int64{0, 0, 0}) {
			t.Fatalf("counted are %v", counts)
		}
		choices, err := p.Counts(t.Context(), p.Contest)
		if err != nil {
			t.Fatal(err)
		}
		for _, option := range report.OptionsOf(choices[0]) {
			if !option.Hidden { // with two hidden, the other would tell them by what is left of all
				t.Errorf("told is %+v", option)
			}
		}
		aside := func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at)
				VALUES (?, ?, ?, 1)`, p.Contest.ContestID, players[0], players[1])
			return err
		}
		if err := p.DB.InTx(t.Context(), aside); err != nil {
			t.Fatal(err)
		}
		forget := func(tx *sqldb.Tx) error { return poll.Forget(t.Context(), tx, p.Contest.ContestID, players[8]) }
		if err := p.DB.InTx(t.Context(), forget); err != nil {
			t.Fatal(err)
		}
		if counts := p.counts(); !slices.Equal(counts[0], []int64{6, 1}) {
			t.Errorf("afterwards counted are %v", counts)
		}
		if rows, err := poll.Expire(t.Context(), p.DB, p.Contest.ContestID); err != nil || rows != 8 {
			t.Errorf("the end of the retention took %d rows, %v", rows, err)
		}
	})
}
