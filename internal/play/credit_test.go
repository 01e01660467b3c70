package play_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/arena"
)

// graded is Demo with a first level whose answers score by how far they are right.
func graded(level string) string {
	return strings.Replace(arena.Demo, "questions: [{count: 3, kinds: [single]}], pass: 2, attempts: {max: 5}",
		level+", pass: 2, attempts: {max: 5}", 1)
}

// lacking is a response that holds one right option of several and no wrong one.
func lacking(asked *play.Asked) play.Response {
	response := arena.Answer(asked, true)
	response.Options = response.Options[:1]
	return response
}

// askedOf finds a question of the bank by its stem.
func askedOf(a *arena.Arena, stem string) question.Question {
	all := a.Contest.Bank.Questions
	return all[slices.IndexFunc(all, func(q question.Question) bool { return q.Stem == stem })]
}

// rescored scores again after a correction at a node that knows of it, and tells by how
// many tenths that changes a player; the preview must say the same.
func rescored(a *arena.Arena, c bank.Correction, player sqldb.ID, preview bool) (tenths int) {
	a.T.Helper()
	regrading, err := a.Banks.Regrading(a.T.Context(), c)
	if err != nil {
		a.T.Fatal(err)
	}
	run := a.NewNode().Play.Rescore
	if preview {
		run = a.Play.PreviewRescore
	}
	if err := run(a.T.Context(), regrading, func(r play.Rescored) {
		if r.PlayerID == player {
			tenths += int(math.Round(10*r.ScoreAfter - 10*r.ScoreBefore))
		}
	}); err != nil {
		a.T.Fatal(err)
	}
	return tenths
}

func TestAnAnswerInPartScoresAndWhatIsCountedAnewIsTheSame(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(graded("questions: [{count: 3, kinds: [multiple]}], score: 10.0, partial: {share: true}, minus: 2, " +
			"speed: {within: 5s, least: 50}"))
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		first := a.Respond(player, step.Ticket, arena.Answer(step.Question, false))
		if first.Verdict.Score != -20 || first.Run.Score != -20 || first.Run.Total() != 0 {
			t.Errorf("a wrong answer comes to %+v", first)
		}
		a.Clock.Pass(5 * time.Second)
		second := a.Respond(player, first.Ticket, lacking(first.Question))
		if v := second.Verdict; v.Score != 50 || v.Correct || second.Run.Wrong != 2 {
			t.Errorf("an answer that lacks half comes to %+v", second)
		}
		if again, err := a.Play.Resume(t.Context(), player, step.Ticket); err != nil || again.Run != second.Run {
			t.Errorf("reloaded it stands at %+v, %v, not %+v", again, err, second.Run)
		}
		a.Clock.Pass(25 * time.Second) // halfway from 5 s to 45 s
		last := a.Respond(player, second.Ticket, arena.Answer(second.Question, true))
		if r := last.Result; last.Verdict.Score != 75 || r == nil || r.Score != 105 || r.Correct != 1 || r.Passed {
			t.Fatalf("in the end it comes to %+v, %+v", last.Verdict, last.Result)
		}
		agrees := func(want int) {
			t.Helper()
			recounts, err := a.NewNode().Play.Recount(t.Context(), a.Contest.ContestID, []sqldb.ID{player})
			if err != nil || len(recounts) != 1 || !recounts[0].Agrees() || recounts[0].Counted.Score != want {
				t.Errorf("counted anew it is %+v, %v; want %d", recounts, err, want)
			}
		}
		agrees(105)

		lacks := askedOf(a, first.Question.Stem)
		lacks.Right = []int{0, 1, 2} // of three right ones it held one
		proposed, err := bank.Proposed("safety", bank.Corrected, &lacks)
		if err != nil {
			t.Fatal(err)
		}
		if change := rescored(a, proposed, player, true); change != -17 {
			t.Errorf("the preview says that it changes by %d tenths", change)
		}
		corrected, err := a.Banks.Correct(t.Context(), staff.CommandLine, "safety", lacks, "还有一项也对")
		if err != nil {
			t.Fatal(err)
		}
		if change := rescored(a, *corrected, player, false); change != -17 {
			t.Errorf("it changes by %d tenths", change)
		}
		agrees(88)
		voided, err := a.Banks.Void(t.Context(), staff.CommandLine, "safety", askedOf(a, step.Question.Stem).ID, "过时了")
		if err != nil {
			t.Fatal(err)
		}
		if change := rescored(a, *voided, player, false); change != 120 { // from -2 to 10, whatever the time
			t.Errorf("voiding the wrong one changes it by %d tenths", change)
		}
		agrees(208)
	})
}

func TestASectionOfAPaperScoresAndTakesOffInItsOwnWay(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(graded("questions: [{count: 2, kinds: [multiple], score: 3, partial: {each: 1}}, " +
			"{count: 2, kinds: [truefalse], score: 5, minus: 4}], mode: paper, time: {level: 10m}"))
		c := sits(a, "小明")
		c.save(play.PaperAnswer{Response: lacking(c.step.Whole.Questions[0]), Revision: 1}, c.put(3, 1, false))
		a.Clock.Pass(time.Minute)
		result := c.handIn()
		if result.Score != 0 || result.Correct != 0 || len(result.Sections) != 2 || result.Sections[0].Score != 1 ||
			result.Sections[1].Score != -4 {
			t.Errorf("the result is %+v", result)
		}
		reviewed, err := a.Play.Review(t.Context(), a.Contest, c.id, "first")
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []int{1, 0, -4, 0} {
			if v := reviewed.Questions[i].Verdict; v.Score != want || v.Correct {
				t.Errorf("looked at again question %d is %+v, want %d", i+1, v, want)
			}
		}
		recounts, err := a.Play.Recount(t.Context(), a.Contest.ContestID, []sqldb.ID{c.id})
		if err != nil || len(recounts) != 1 || !recounts[0].Agrees() {
			t.Errorf("counted anew it is %+v, %v", recounts, err)
		}
	})
}
