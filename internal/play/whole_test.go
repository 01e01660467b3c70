package play_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/arena"
)

// exam is a definition whose first level is a whole paper of two sections.
func exam(more string) string {
	return strings.Replace(arena.Demo, "questions: [{count: 3, kinds: [single]}], pass: 2, attempts: {max: 5}",
		"questions: [{count: 4, kinds: [single]}, {count: 2, kinds: [truefalse], score: 5}], pass: 2, attempts: {max: 5},\n"+
			"     mode: paper, time: {level: 10m}, score: 3, "+more, 1)
}

// candidate is a player with a paper.
type candidate struct {
	*arena.Arena
	id   sqldb.ID
	step *play.Step
}

func sits(a *arena.Arena, name string) *candidate {
	c := &candidate{Arena: a, id: a.Enrol(name, "")}
	c.step = a.Start(c.id, "first")
	return c
}

// put is an answer to the question at a position.
func (c *candidate) put(position, revision int, right bool) play.PaperAnswer {
	return play.PaperAnswer{Response: arena.Answer(c.step.Whole.Questions[position-1], right), Revision: revision}
}

// five are the first answers to five questions, all right.
func (c *candidate) five() (answers []play.PaperAnswer) {
	for position := 1; position <= 5; position++ {
		answers = append(answers, c.put(position, 1, true))
	}
	return answers
}

func (c *candidate) save(answers ...play.PaperAnswer) []play.Kept {
	c.T.Helper()
	kept, err := c.Play.SavePaper(c.T.Context(), c.id, c.step.Ticket, answers)
	if err != nil {
		c.T.Fatalf("save %d answers: %v", len(answers), err)
	}
	return kept
}

func (c *candidate) handIn() *play.Result {
	c.T.Helper()
	result, err := c.Play.Finish(c.T.Context(), c.id, c.step.Ticket)
	if err != nil {
		c.T.Fatalf("hand in: %v", err)
	}
	return result
}

// refused must fail with an error, and changes nothing.
func (c *candidate) refused(want error, answers ...play.PaperAnswer) {
	c.T.Helper()
	before := c.Tables()
	_, err := c.Play.SavePaper(c.T.Context(), c.id, c.step.Ticket, answers)
	if !errors.Is(err, want) {
		c.T.Errorf("saving is refused with %v, not %v", err, want)
	}
	if c.Tables() != before {
		c.T.Errorf("what was refused with %v changed the store", err)
	}
}

func TestAPaperIsAnsweredInAnyOrderAndChangedUntilItIsHandedIn(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		c := sits(a, "小明")
		w := c.step.Whole
		if w == nil || len(w.Questions) != 6 || c.step.Question != nil || c.step.RunTold || len(w.Answers) != 0 {
			t.Fatalf("the paper is %+v", c.step)
		}
		for i, asked := range w.Questions {
			if asked.Position != i+1 || (asked.Kind == "truefalse") != (i >= 4) {
				t.Errorf("position %d is %s, %d", i+1, asked.Kind, asked.Position)
			}
		}
		c.save(c.put(6, 1, true))
		c.save(c.put(1, 1, false), c.put(2, 1, true))
		a.Clock.Pass(2 * time.Minute)
		c.save(c.put(1, 2, true), c.put(2, 2, false))
		// Reloaded: the latest is there, under the ids of the new ticket.
		again, err := a.Play.Resume(t.Context(), c.id, c.step.Ticket)
		if err != nil || len(again.Whole.Answers) != 3 {
			t.Fatalf("after a reload it is %+v, %v", again, err)
		}
		for _, saved := range again.Whole.Answers {
			want := map[int]int{1: 2, 2: 2, 6: 1}[saved.Position]
			asked := again.Whole.Questions[saved.Position-1]
			right := slices.Equal(saved.Options, arena.Answer(asked, true).Options)
			if saved.Revision != want || right != (saved.Position != 2) {
				t.Errorf("after a reload position %d is %+v, right: %v", saved.Position, saved, right)
			}
		}
		a.Clock.Pass(time.Minute)
		result := c.handIn()
		if result.Score != 8 || result.Correct != 2 || result.UsedMS != 180_000 || !result.Told {
			t.Errorf("the result is %+v", result)
		}
		sections := []play.SectionResult{
			{Section: contest.Section{Title: "单选题", Count: 4, Worth: 3}, Correct: 1, Score: 3},
			{Section: contest.Section{Title: "判断题", Count: 2, Worth: 5}, Correct: 1, Score: 5},
		}
		if !slices.Equal(result.Sections, sections) {
			t.Errorf("the sections are %+v", result.Sections)
		}
		if again := c.handIn(); again.Score != 8 || again.FinishedAt != result.FinishedAt {
			t.Errorf("handed in again it is %+v", again)
		}
		c.refused(play.ErrHandedIn, c.put(3, 1, true))
		c.refused(play.ErrHandedIn, c.put(1, 3, true))
		c.refused(play.ErrHandedIn, c.put(1, 9, true)) // past the number that handing in took
		c.refused(play.ErrHandedIn, c.put(4, 2, true), c.put(4, 3, true))
		c.refused(play.ErrHandedIn, c.put(4, play.MostRevisions, true))
		if kept := c.save(c.put(1, 2, true)); kept[0].Ahead != nil || kept[0].Revision != 2 { // it was stored in time
			t.Errorf("an answer that was stored, sent again, is %+v", kept[0])
		}
		if n := a.Count("responses", "used_ms >= 0"); n != 3 {
			t.Errorf("%d responses are stored as answered", n)
		}
	})
}

func TestNumbersThatAreSkippedCountAsLongAsThePaperIsNotHandedIn(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		c := sits(a, "小明")
		c.save(c.put(1, 1, false), c.put(2, 4, true))
		c.save(c.put(1, 5, true), c.put(1, 6, false), c.put(1, 8, true))
		if kept := c.save(c.put(1, 3, false)); kept[0].Ahead == nil || kept[0].Revision != 8 {
			t.Errorf("a number that was skipped and comes late is %+v", kept[0])
		}
		if result := c.handIn(); result.Correct != 2 {
			t.Errorf("%d answers count", result.Correct)
		}
	})
}

func TestASkippedNumberBesideTheHandingInCountsOrIsRefused(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		for round := range 10 {
			c := sits(a, "小华"+strings.Repeat("华", round))
			var all sync.WaitGroup
			kept := make([]bool, 7)
			for position := 1; position <= 6; position++ {
				all.Go(func() {
					_, err := a.Play.SavePaper(t.Context(), c.id, c.step.Ticket, []play.PaperAnswer{c.put(position, 3, true)})
					kept[position] = err == nil
					if err != nil && !errors.Is(err, play.ErrHandedIn) {
						t.Errorf("an answer beside the handing in fails with %v", err)
					}
				})
			}
			all.Go(func() { c.handIn() })
			all.Wait()
			acknowledged := 0
			for _, k := range kept {
				if k {
					acknowledged++
				}
			}
			if result := c.handIn(); result.Correct != acknowledged {
				t.Errorf("%d answers were acknowledged, %d count", acknowledged, result.Correct)
			}
		}
	})
}

func TestOfTwoPhonesTheHigherRevisionCountsAndTheOtherIsTold(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		c := sits(a, "小明")
		c.save(c.put(1, 1, true))
		if kept := c.save(c.put(1, 1, true)); kept[0].Ahead != nil {
			t.Errorf("the same sent again is %+v", kept[0])
		}
		kept := c.save(c.put(1, 1, false), c.put(2, 1, true))
		if kept[0].Ahead == nil || kept[0].Revision != 1 || kept[1].Ahead != nil ||
			!slices.Equal(kept[0].Ahead.Options, arena.Answer(c.step.Whole.Questions[0], true).Options) {
			t.Errorf("the later of two first revisions is %+v", kept)
		}
		c.save(c.put(1, 2, false), c.put(1, 3, true))
		if kept := c.save(c.put(1, 2, true)); kept[0].Ahead == nil || kept[0].Revision != 3 {
			t.Errorf("a revision that is behind is %+v", kept[0])
		}
		// Both at once: one of them is stored, the other is told.
		var both sync.WaitGroup
		results := make([][]play.Kept, 8)
		for i := range results {
			both.Go(func() { results[i] = c.save(c.put(5, 1, i%2 == 0)) })
		}
		both.Wait()
		ahead := 0
		for _, kept := range results {
			if kept[0].Ahead != nil {
				ahead++
			}
		}
		if ahead != 4 {
			t.Errorf("%d of 8 were told that the other phone was faster", ahead)
		}
		if n := a.Count("paper_answers", "position = 5"); n != 1 {
			t.Errorf("%d answers have the same number", n)
		}
	})
}

func TestAPaperIsHandedInByItselfAtTheEndOfItsTime(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		c := sits(a, "小明")
		c.save(c.put(1, 1, true), c.put(5, 1, true))
		a.Clock.Pass(10*time.Minute + play.Grace*time.Millisecond)
		c.save(c.put(2, 1, true)) // the network held it for two seconds
		a.Clock.Pass(time.Millisecond)
		c.refused(play.ErrExpired, c.put(3, 1, true))
		a.Clock.Pass(time.Minute)
		if err := a.Play.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		step, err := a.Play.Resume(t.Context(), c.id, c.step.Ticket)
		if err != nil || step.Result == nil || step.Result.Score != 11 || step.Result.UsedMS != 600_000 {
			t.Errorf("the paper that the phone left behind is %+v, %v", step, err)
		}
	})
}

func TestNothingOfTheKeyLeavesBeforeItIsTime(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam("shows: day"))
		c := sits(a, "小明")
		other := a.Enrol("小华", "")
		ctx := t.Context()
		if _, err := a.Play.Respond(ctx, c.id, c.step.Ticket, arena.Answer(c.step.Whole.Questions[0], true)); !errors.Is(
			err, play.ErrOutOfOrder) {
			t.Errorf("a verdict for one question is refused with %v", err)
		}
		if _, err := a.Play.HandOut(ctx, c.id, c.step.Ticket); !errors.Is(err, play.ErrOutOfOrder) {
			t.Errorf("handing out is refused with %v", err)
		}
		if _, err := a.Play.SavePaper(ctx, other, c.step.Ticket, []play.PaperAnswer{c.put(1, 1, true)}); !errors.Is(
			err, play.ErrForeign) {
			t.Errorf("somebody else's ticket is refused with %v", err)
		}
		if _, err := a.Play.Review(ctx, a.Contest, c.id, "first"); code(err) != "review_unknown" {
			t.Errorf("a review before handing in is refused with %v", err)
		}
		c.save(c.put(1, 1, false), c.put(2, 1, true), c.put(3, 1, true), c.put(4, 1, true))
		result := c.handIn()
		if result.Sections != nil || result.ReviewAt <= a.Clock.MS() {
			t.Errorf("handed in, it tells %+v and %d", result.Sections, result.ReviewAt)
		}
		if _, err := a.Play.Review(ctx, a.Contest, c.id, "first"); code(err) != "review_later" {
			t.Errorf("a review on the same day is refused with %v", err)
		}
		if mistakes, _ := a.Play.Mistakes(ctx, a.Contest, c.id); len(mistakes) != 0 {
			t.Errorf("the mistakes of the same day are %+v", mistakes)
		}
		a.Clock.Set("2026-06-17 00:00:00")
		reviewed, err := a.Play.Review(ctx, a.Contest, c.id, "first")
		if err != nil || len(reviewed.Questions) != 6 {
			t.Fatalf("the review of the day after is %+v, %v", reviewed, err)
		}
		for i, q := range reviewed.Questions {
			right := arena.Answer(q.Asked, true).Options
			if !slices.Equal(q.Verdict.Right, right) || q.Verdict.Correct != (i >= 1 && i < 4) {
				t.Errorf("position %d is %+v", i+1, q)
			}
		}
		if mistakes, _ := a.Play.Mistakes(ctx, a.Contest, c.id); len(mistakes) != 1 {
			t.Errorf("the mistakes of the day after are %+v", mistakes)
		}
	})
}

func TestAnswersAndHandingInAtOnceNeverLoseWhatWasAcknowledged(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		for round := range 10 {
			c := sits(a, "小明"+strings.Repeat("明", round))
			var all sync.WaitGroup
			kept := make([]bool, 7)
			for position := 1; position <= 6; position++ {
				all.Go(func() {
					_, err := a.Play.SavePaper(t.Context(), c.id, c.step.Ticket, []play.PaperAnswer{c.put(position, 1, true)})
					kept[position] = err == nil
					if err != nil && !errors.Is(err, play.ErrHandedIn) {
						t.Errorf("an answer beside the handing in fails with %v", err)
					}
				})
			}
			all.Go(func() { c.handIn() })
			all.Wait()
			result := c.handIn()
			acknowledged := 0
			for _, k := range kept {
				if k {
					acknowledged++
				}
			}
			if result.Correct != acknowledged {
				t.Errorf("%d answers were acknowledged, %d count", acknowledged, result.Correct)
			}
		}
	})
}

func TestAPaperThatNobodyCanHaveReadIsHeld(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(exam(""))
		fast := sits(a, "快手")
		a.Clock.Pass(time.Second)
		fast.save(fast.five()...)
		if result := fast.handIn(); result.Held != contest.HeldWaits || result.Told {
			t.Errorf("five answers in a second are %+v", result)
		}
		slow := sits(a, "慢慢")
		a.Clock.Pass(time.Minute)
		slow.save(slow.five()...)
		if result := slow.handIn(); result.Held != contest.HeldNot || !result.Told || result.UsedMS != 60_000 {
			t.Errorf("five answers sent at once after a minute are %+v", result)
		}
	}, arena.Paced)
}

func TestHalfPointsOfAPaperAreRankedAndScoredAgainInTheUnitOfTheContest(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Catalog.SetGuard(play.GuardScale(a.Catalog))
		defer a.RunBoards(a.Node)()
		whole := exam("")
		half := strings.Replace(whole, "score: 3", "score: 2.5", 1)
		a.Apply(whole) // nobody has answered, so the unit may still change
		a.Apply(half)
		first, second := sits(a, "小明"), sits(a, "小华")
		first.save(first.put(1, 1, true), first.put(5, 1, true)) // 2.5 and 5
		second.save(second.put(1, 1, true), second.put(2, 1, true), second.put(3, 1, true))
		for c, want := range map[*candidate]float64{first: 7.5, second: 7.5} {
			result := c.handIn()
			if got := result.Contest.Points(result.Score); got != want {
				t.Errorf("a paper comes to %v, want %v", got, want)
			}
		}
		voided := a.Contest.Bank.Questions[slices.IndexFunc(a.Contest.Bank.Questions, func(q question.Question) bool {
			return q.Stem == first.step.Whole.Questions[1].Stem
		})]
		correction, err := a.Banks.Void(t.Context(), staff.CommandLine, "safety", voided.ID, "过时了")
		if err != nil {
			t.Fatal(err)
		}
		regrading, err := a.Banks.Regrading(t.Context(), *correction)
		if err != nil {
			t.Fatal(err)
		}
		gained := map[sqldb.ID]float64{}
		err = a.Play.Rescore(t.Context(), regrading, func(r play.Rescored) {
			gained[r.PlayerID] = r.ScoreAfter - r.ScoreBefore
		})
		if err != nil || gained[first.id] != 2.5 {
			t.Errorf("voiding a question gives %v, %v", gained, err)
		}
		a.Settle(a.Node)
		a.CheckBoards()
		if _, err := a.Catalog.Apply(t.Context(), "demo.yaml", []byte(whole), "整数"); code(err) != "score_unit" {
			t.Errorf("whole points after answers in tenths are refused with %v", err)
		}
	})
}
