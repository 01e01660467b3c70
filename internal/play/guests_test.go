package play_test

import (
	"strings"
	"testing"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// sampling is the demo for guests who see four of the ten questions of a level on a day.
var sampling = strings.NewReplacer("players: {unit: {ask: optional}}",
	"players: {proof: [phone], guests: {questions: 8}}", "attempts: {max: 5}", "attempts: {max: 50}").Replace(arena.Demo)

// asks plays an attempt at the first level to its end, with every call on another node, and
// returns the questions that it asked, in their order.
func asks(a *arena.Arena, nodes []*arena.Node, player sqldb.ID, step *play.Step) (stems []string) {
	a.T.Helper()
	ticket, asked := step.Ticket, step.Question
	for i := 0; ; i++ {
		stems = append(stems, asked.Stem)
		reply, err := nodes[i%len(nodes)].Play.Respond(a.T.Context(), player, ticket, arena.Answer(asked, false))
		if err != nil {
			a.T.Fatal(err)
		}
		if reply.Result != nil {
			return stems
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

// met are the different questions of the first level that so many attempts ask.
func met(a *arena.Arena, player sqldb.ID, attempts int) map[string]bool {
	seen := map[string]bool{}
	for range attempts {
		for _, stem := range asks(a, []*arena.Node{a.Node}, player, a.Start(player, "first")) {
			seen[stem] = true
		}
	}
	return seen
}

func TestGuestsAreAskedFromTheSampleOfTheDayAndProvenPersonsFromTheWholeBank(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(sampling)
		a.Clock.Set("2026-06-16 12:00:00")
		guest, other := a.Enrol("小明", ""), a.Enrol("小红", "")
		first := met(a, guest, 20)
		for stem := range met(a, other, 20) {
			if !first[stem] {
				t.Errorf("another guest of the day is asked %s", stem)
			}
		}
		if len(first) < 3 || len(first) > 5 {
			t.Errorf("a guest is asked %d questions of the ten: %v", len(first), first)
		}
		a.Prove(guest, "13800001111")
		if proven := met(a, guest, 20); len(proven) < 8 { // 20 times 3 of 10
			t.Errorf("who is proven is asked only %d of the ten", len(proven))
		}
		a.Clock.Set("2026-06-17 12:00:00")
		more := 0
		for stem := range met(a, other, 20) {
			if !first[stem] {
				more++
			}
		}
		if more == 0 {
			t.Error("the next day asks the same")
		}
	})
}

func TestAnAttemptKeepsItsQuestionsOverMidnightAndWhenItsPlayerIsProven(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(sampling)
		a.Clock.Set("2026-06-16 23:59:50")
		for _, nickname := range []string{"小明", "小红", "小刚", "小丽"} {
			player := a.Enrol(nickname, "")
			step := a.Start(player, "first")
			reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
			a.Clock.Set("2026-06-17 00:00:05")
			a.Prove(player, nickname)
			again, err := a.NewNode().Play.Start(t.Context(), a.Contest, player, "first", play.With{})
			if err != nil || !again.Resumed || again.Question.Stem != reply.Question.Stem {
				t.Fatalf("gone on at another node it asks %+v instead of %s, %v", again, reply.Question.Stem, err)
			}
			asked := append([]string{step.Question.Stem}, asks(a, []*arena.Node{a.Node, a.NewNode()}, player, again)...)
			result, err := a.NewNode().Play.Resume(t.Context(), player, step.Ticket)
			if err != nil || result.Result == nil || result.Result.Correct != 1 {
				t.Errorf("later its result is %+v, %v", result, err)
			}
			recounts, err := a.NewNode().Play.Recount(t.Context(), a.Contest.ContestID, []sqldb.ID{player})
			if err != nil || len(recounts) != 1 || !recounts[0].Agrees() || len(recounts[0].Asked) != len(asked) {
				t.Errorf("counted anew it is %+v, %v", recounts, err)
			}
			a.Clock.Set("2026-06-16 23:59:50")
		}
		if n := a.Count("attempts", "sample = 20260616"); n != 4 {
			t.Errorf("%d attempts know their day", n)
		}
	})
}

func TestWhatWasWrongIsAskedAgainFromTheSampleOfItsOwnDay(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(strings.Replace(sampling, "pass: 2, attempts", "pass: 3, retry: wrong, attempts", 1))
		a.Clock.Set("2026-06-16 12:00:00")
		for range 4 {
			player := a.Enrol("小明", "")
			step := a.Start(player, "first")
			reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
			wrong := asks(a, []*arena.Node{a.Node}, player, &play.Step{Ticket: reply.Ticket, Question: reply.Question})
			a.Clock.Set("2026-06-18 12:00:00")
			a.Prove(player, player.String())
			again := asks(a, []*arena.Node{a.NewNode()}, player, a.Start(player, "first"))
			if strings.Join(again, " ") != strings.Join(wrong, " ") {
				t.Errorf("asked again is %v, wrong was %v", again, wrong)
			}
			a.Clock.Set("2026-06-16 12:00:00")
		}
	})
}
