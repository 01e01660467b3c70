package play_test

import (
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// ten is one level that asks all ten fill-in questions, so that each attempt
// meets the same ones.
const ten = `contest: demo
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
levels:
  - {key: first, title: 第一关, questions: [{count: 10, kinds: [fill]}], pass: 6, attempts: {max: 9}}
`

// playTen answers the questions of a level of ten; right says which stems.
func playTen(t *testing.T, a *arena.Arena, player sqldb.ID, right func(stem string) bool) *play.Result {
	t.Helper()
	step := a.Start(player, "first")
	ticket, asked := step.Ticket, step.Question
	for {
		a.Clock.Pass(time.Second)
		reply := a.Respond(player, ticket, arena.Answer(asked, right(asked.Stem)))
		if reply.Result != nil {
			return reply.Result
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

func TestMistakesAreListedUntilTheyAreGotRight(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(ten)
		player := a.Enrol("小明", "")
		list := func() map[string]play.Mistake {
			t.Helper()
			mistakes, err := a.Play.Mistakes(t.Context(), a.Contest, player)
			if err != nil {
				t.Fatal(err)
			}
			byID := map[string]play.Mistake{}
			for _, m := range mistakes {
				byID[m.Question.ID] = m
			}
			if len(byID) != len(mistakes) {
				t.Error("a question is listed twice")
			}
			return byID
		}
		but := func(wrong ...string) func(string) bool {
			return func(stem string) bool {
				for _, w := range wrong {
					if stem == "填空第"+w+"题：____和____。" {
						return false
					}
				}
				return true
			}
		}
		playTen(t, a, player, but("2", "5"))
		if got := list(); len(got) != 2 || got["fill-02"].Times != 1 || got["fill-02"].Chosen.Blanks[1] != "不知道" {
			t.Errorf("after two mistakes: %+v", got)
		}
		playTen(t, a, player, but("5", "7"))
		if got := list(); len(got) != 2 || got["fill-05"].Times != 2 || got["fill-07"].Times != 1 {
			t.Errorf("after one was got right, one was wrong again and one is new: %+v", got)
		}
		playTen(t, a, player, but())
		if got := list(); len(got) != 0 {
			t.Errorf("after all were right: %+v", got)
		}
		// Under way: its answers are not told before its end.
		a.Clock.Pass(time.Second)
		step := a.Start(player, "first")
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, false))
		if got := list(); len(got) != 0 {
			t.Errorf("while an attempt is under way: %+v", got)
		}
		a.Clock.Pass(time.Second)
		passed := a.Respond(player, reply.Ticket, arena.Pass(reply.Question))
		if _, err := a.Play.Finish(t.Context(), player, passed.Ticket); err != nil {
			t.Fatal(err)
		}
		got := list()
		if len(got) != 2 {
			t.Errorf("one wrong, one passed, eight never shown: %d mistakes, want 2", len(got))
		}
		other, err := a.Play.Mistakes(t.Context(), a.Contest, a.Enrol("小红", ""))
		if err != nil || len(other) != 0 {
			t.Errorf("another player has the mistakes %+v, %v", other, err)
		}
	})
}

func TestAContestThatShowsNoAnswersListsNoMistakes(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(ten + "feedback: none\n")
		player := a.Enrol("小明", "")
		playTen(t, a, player, func(string) bool { return false })
		if got, err := a.Play.Mistakes(t.Context(), a.Contest, player); err != nil || len(got) != 0 {
			t.Errorf("mistakes %+v, %v", got, err)
		}
	})
}

func TestStatsCountWhatWasFinished(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		one, two := a.Enrol("小明", ""), a.Enrol("小红", "")
		a.PlayLevel(one, "first", 3)
		a.PlayLevel(two, "first", 1)
		step := a.Start(two, "first")
		reply := a.Respond(two, step.Ticket, arena.Pass(step.Question))
		want := play.Stats{Players: 2, Attempts: 2, Answers: 6, Correct: 4, Passed: 1}
		if got, err := a.Play.Stats(t.Context(), a.Contest.ContestID); err != nil || got != want {
			t.Errorf("stats %+v, %v; want %+v", got, err, want)
		}
		if _, err := a.Play.Finish(t.Context(), two, reply.Ticket); err != nil {
			t.Fatal(err)
		}
		a.Clock.Pass(time.Hour) // a count is kept for a while
		want.Attempts++
		if got, err := a.Play.Stats(t.Context(), a.Contest.ContestID); err != nil || got != want {
			t.Errorf("later: stats %+v, %v; want %+v", got, err, want)
		}
	})
}
