package play_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/play"
	"anquanda/internal/testkit/arena"
)

func TestWhoPressesStartTwiceAtOnceGetsOneAttempt(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		for _, nickname := range []string{"小明", "小红", "小刚"} {
			player := a.Enrol(nickname, "")
			steps := make([]*play.Step, 40)
			atOnce(len(steps), func(i int) {
				var err error
				if steps[i], err = nodes[i%2].Play.Start(t.Context(), a.Contest, player, "first", play.With{}); err != nil {
					t.Errorf("start %d: %v", i, err)
				}
			})
			if t.Failed() {
				return
			}
			started := 0
			for _, step := range steps {
				if step.Question.ID != steps[0].Question.ID {
					t.Error("two phones got two attempts")
				}
				if !step.Resumed {
					started++
				}
			}
			if rows := a.Count("attempts", "player_id = ?", player); rows != 1 || started != 1 {
				t.Errorf("%d attempts, begun by %d of the phones; want 1 and 1", rows, started)
			}
		}
	})
}

func TestStartGoesOnWhereTheOtherPhoneStopped(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		a.Clock.Pass(3 * time.Second)
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		a.Clock.Pass(9 * time.Second)
		for _, node := range []*arena.Node{a.Node, a.NewNode()} {
			again, err := node.Play.Start(t.Context(), a.Contest, player, "first", play.With{})
			if err != nil {
				t.Fatal(err)
			}
			if !again.Resumed || again.Run.Correct != 1 || again.Run.Score != 10 || again.Question.ID != reply.Question.ID ||
				again.Question.Deadline != reply.Question.Deadline || again.Deadline != step.Deadline ||
				again.StartedAt != step.StartedAt {
				t.Errorf("gone on with %+v, left at %+v", again, reply)
			}
			stand, err := node.Play.Resume(t.Context(), player, step.Ticket)
			if err != nil || stand.Question.ID != reply.Question.ID || stand.Result != nil || !stand.Resumed {
				t.Errorf("the first ticket says it stands at %+v, %v", stand, err)
			}
		}
		if n := a.Count("attempts", "1 = 1"); n != 1 {
			t.Errorf("%d attempts, want 1", n)
		}
	})
}

func TestTriesAreUsedUpByStartingAndComeBackAtMidnight(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(arena.Demo, "max: 5", "max: 2", 1))
		player := a.Enrol("小明", "")
		a.Clock.Set("2026-06-16 23:58:00")
		a.PlayLevel(player, "first", 0)
		step := a.Start(player, "first")
		a.Clock.Set("2026-06-17 00:00:30") // under way over midnight
		if again := a.Start(player, "first"); again.Question.ID != step.Question.ID {
			t.Error("at midnight an attempt under way was left for a new one")
		}
		if _, err := a.Play.Finish(t.Context(), player, step.Ticket); err != nil {
			t.Fatal(err)
		}
		// The two tries of the 16th are gone, those of the 17th are not.
		a.PlayLevel(player, "first", 0)
		result := a.PlayLevel(player, "first", 3)
		if result.Left.Tries != 0 {
			t.Errorf("%d tries left, want 0", result.Left.Tries)
		}
		before := a.Tables()
		if _, err := a.Play.Start(t.Context(), a.Contest, player, "first", play.With{}); code(err) != "no_tries_left" {
			t.Errorf("a third try: %v", err)
		}
		if a.Tables() != before {
			t.Error("a refused start changed something")
		}
	})
}

func TestAStartThatTheRulesForbidChangesNothing(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		stranger := a.Enrol("小红", "") + 1
		before := a.Tables()
		start := func(want string, who int64, level string) {
			t.Helper()
			id := player
			if who != 0 {
				id = stranger
			}
			if _, err := a.Play.Start(t.Context(), a.Contest, id, level, play.With{}); code(err) != want {
				t.Errorf("start %s: %v, want %s", level, err, want)
			}
		}
		start("not_enrolled", 1, "first")
		start("level_locked", 0, "second")
		start("level_unknown", 0, "fourth")
		a.Clock.Set("2026-06-01 07:59:59")
		start("contest_not_open", 0, "first")
		a.Clock.Set("2026-06-30 22:00:00")
		start("contest_closed", 0, "first")
		if a.Tables() != before {
			t.Error("a refused start changed something")
		}
	})
}

func TestAnAttemptKeepsTheEditionThatItBeganWith(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		a.Apply(strings.Replace(fills, "pass: 2, attempts: {max: 5}", "pass: 3, score: 20", 1))
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		if reply.Run.Score != 10 || reply.Question.Kind != "single" {
			t.Errorf("after a change of the contest the attempt goes on as %+v", reply)
		}
		another := a.NewNode()
		stand, err := another.Play.Resume(t.Context(), player, reply.Ticket)
		if err != nil || stand.Question.ID != reply.Question.ID || stand.Run.Score != 10 {
			t.Errorf("on another node it stands at %+v, %v", stand, err)
		}
		result, err := another.Play.Finish(t.Context(), player, reply.Ticket)
		if err != nil || result.Score != 10 || result.Level.Pass != 2 {
			t.Errorf("it ends as %+v, %v", result, err)
		}
		if next := a.Start(player, "first"); next.Question.Kind != "fill" {
			t.Errorf("the next attempt asks %+v", next.Question)
		}
	})
}

func TestTwoPlayersGetDifferentPapersAndIds(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		seen := map[string]bool{}
		papers := map[string]bool{}
		for range 8 {
			player := a.Enrol("小明", "")
			step := a.Start(player, "first")
			ticket, asked, paper := step.Ticket, step.Question, ""
			for asked != nil {
				paper += asked.Stem
				for _, option := range asked.Options {
					paper += option.Text
					if seen[option.ID] {
						t.Errorf("the id %s was given twice", option.ID)
					}
					seen[option.ID] = true
				}
				reply := a.Respond(player, ticket, arena.Pass(asked))
				ticket, asked = reply.Ticket, reply.Question
			}
			papers[paper] = true
		}
		if len(papers) < 7 {
			t.Errorf("8 players got %d different papers", len(papers))
		}
	})
}
