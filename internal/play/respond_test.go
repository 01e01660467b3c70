package play_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// fills is Demo with fill-in questions on the first level.
var fills = strings.Replace(arena.Demo, "kinds: [single]", "kinds: [fill]", 1)

// code is the stable code of an error; empty for none.
func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

// eachArena runs a test in an arena on both pairs of stores.
func eachArena(t *testing.T, test func(t *testing.T, a *arena.Arena), options ...arena.Option) {
	t.Helper()
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, arena.New(t, s, options...)) })
}

func TestALevelIsPlayedFromTheFirstQuestionToTheResult(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "n1")
		step := a.Start(player, "first")
		if step.Resumed || step.Question.Position != 1 || step.Question.Deadline != a.Clock.MS()+45_000 ||
			step.Deadline != a.Clock.MS()+345_000+2*60_000 {
			t.Errorf("the first step is %+v", step)
		}
		a.Clock.Pass(5 * time.Second)
		first := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		if v := first.Verdict; !v.Correct || v.Score != 10 || !v.Shown || len(v.Right) != 1 || v.Explanation == "" ||
			v.Source == "" || first.Repeated {
			t.Errorf("the first verdict is %+v", first)
		}
		// It was asked for at once: its clock runs.
		if first.Question.Deadline != a.Clock.MS()+45_000 || first.Question.Position != 2 {
			t.Errorf("the second question is %+v at %d", first.Question, a.Clock.MS())
		}
		second := a.Respond(player, first.Ticket, arena.Answer(first.Question, false))
		if second.Verdict.Correct || second.Run.Correct != 1 || second.Run.Score != 10 {
			t.Errorf("after a wrong answer: %+v", second)
		}
		a.Clock.Pass(7 * time.Second)
		last := a.Respond(player, second.Ticket, arena.Answer(second.Question, true))
		r := last.Result
		if r == nil || last.Ticket != "" || last.Question != nil {
			t.Fatalf("the last reply is %+v", last)
		}
		if !r.Passed || r.Correct != 2 || r.Score != 20 || r.Stars != 1 || !r.Best || r.UsedMS != 12_000 ||
			r.Left.Tries != 4 ||
			r.FinishedAt != a.Clock.MS() || len(r.Unlocked) != 1 || r.Unlocked[0].Key != "second" {
			t.Errorf("the result is %+v", r)
		}
	})
}

func TestAnswersThatAreRefusedChangeNothing(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player, other := a.Enrol("小明", ""), a.Enrol("小红", "")
		theirs := a.Start(other, "first")
		mine := a.Start(player, "first")
		begun := a.Clock.Now()
		reply := a.Respond(player, mine.Ticket, arena.Answer(mine.Question, true))
		ticket, asked := reply.Ticket, reply.Question
		right := arena.Answer(asked, true)
		anotherKey := slices.Clone(arena.Key)
		anotherKey[0]++
		stranger := a.NewNode(func(c *play.Config) { c.Keys = keyring.Only(anotherKey) })
		flipped := []byte(ticket)
		flipped[20] ^= 1
		with := func(change func(r *play.Response)) play.Response {
			changed := play.Response{Question: right.Question, Options: slices.Clone(right.Options)}
			change(&changed)
			return changed
		}
		cases := []struct {
			name     string
			node     *arena.Node
			player   int // 0 mine, 1 the other
			ticket   string
			response play.Response
			after    time.Duration // since the start
			want     string
		}{
			{"no ticket", a.Node, 0, "", right, 0, "ticket_invalid"},
			{"a ticket made up", a.Node, 0, strings.Repeat("A", len(ticket)), right, 0, "ticket_invalid"},
			{"a ticket with one bit changed", a.Node, 0, string(flipped), right, 0, "ticket_invalid"},
			{"a ticket cut off", a.Node, 0, ticket[:len(ticket)-4], right, 0, "ticket_invalid"},
			{"a ticket with something behind it", a.Node, 0, ticket + "AAAA", right, 0, "ticket_invalid"},
			{"a ticket of another installation", stranger, 0, ticket, right, 0, "ticket_invalid"},
			{"my ticket in another's hand", a.Node, 1, ticket, right, 0, "ticket_foreign"},
			{"another's ticket in my hand", a.Node, 0, theirs.Ticket, arena.Answer(theirs.Question, true), 0, "ticket_foreign"},
			{"the question before", a.Node, 0, ticket, arena.Answer(mine.Question, true), 0, "out_of_order"},
			{"the question of another's attempt", a.Node, 0, ticket, arena.Answer(theirs.Question, true), 0, "out_of_order"},
			{"no question", a.Node, 0, ticket, with(func(r *play.Response) { r.Question = "" }), 0, "out_of_order"},
			{"the next question with the ticket before", a.Node, 0, mine.Ticket, right, 0, "out_of_order"},
			{"an option of the question before", a.Node, 0, ticket, with(func(r *play.Response) {
				r.Options[0] = mine.Question.Options[0].ID
			}), 0, "option_unknown"},
			{"an option that is none", a.Node, 0, ticket, with(func(r *play.Response) {
				r.Options[0] = "A"
			}), 0, "option_unknown"},
			{"the id of the question as an option", a.Node, 0, ticket, with(func(r *play.Response) {
				r.Options[0] = r.Question
			}), 0, "option_unknown"},
			{"an option twice", a.Node, 0, ticket, with(func(r *play.Response) {
				r.Options = append(r.Options, r.Options[0])
			}), 0, "invalid_field"},
			{"two options of a single choice", a.Node, 0, ticket,
				with(func(r *play.Response) {
					r.Options = []string{asked.Options[0].ID,
						asked.Options[1].ID}
				}), 0, "invalid_field"},
			{"blanks where there are none", a.Node, 0, ticket, with(func(r *play.Response) { r.Blanks = []string{"119"} }), 0,
				"invalid_field"},
			{"another answer to what was answered", a.Node, 0, mine.Ticket, arena.Answer(mine.Question, false), 0,
				"already_answered"},
			{"passing what was answered", a.Node, 0, mine.Ticket, arena.Pass(mine.Question), 0, "already_answered"},
			{"a late answer", a.Node, 0, ticket, right, 47_001 * time.Millisecond, "answer_late"},
			{"another late answer to what was answered", a.Node, 0, mine.Ticket, arena.Answer(mine.Question, false),
				47_001 * time.Millisecond, "already_answered"},
			{"an answer after the attempt's time", a.Node, 0, ticket, right, 347_001 * time.Millisecond, "attempt_expired"},
			{"passing after the attempt's time", a.Node, 0, ticket, arena.Pass(asked), 347_001 * time.Millisecond,
				"attempt_expired"},
		}
		before := a.Tables()
		for _, c := range cases {
			a.Clock.Set(begun.In(arena.Zone).Format(time.DateTime))
			a.Clock.Pass(c.after)
			_, err := c.node.Play.Respond(t.Context(), []sqldb.ID{player, other}[c.player], c.ticket, c.response)
			if code(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		if after := a.Tables(); after != before {
			t.Errorf("the tables were\n%s\nand are\n%s", before, after)
		}
	})
}

func TestAnAnswerIsTakenUntilItsTimeAndASlowNetworksGraceAreOver(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		a.Clock.Pass(47 * time.Second) // 45 to think and 2 of grace
		reply := a.Respond(player, step.Ticket, arena.Answer(step.Question, true))
		a.Clock.Pass(47*time.Second + time.Millisecond)
		_, err := a.Play.Respond(t.Context(), player, reply.Ticket, arena.Answer(reply.Question, true))
		if code(err) != "answer_late" {
			t.Fatalf("a late answer: %v", err)
		}
		// What the phone does then: it passes the question and goes on.
		passed := a.Respond(player, reply.Ticket, arena.Pass(reply.Question))
		if passed.Verdict.Correct || passed.Question == nil || passed.Question.Position != 3 {
			t.Errorf("passing a late question: %+v", passed)
		}
	})
}

func TestTheSameAnswerAgainGetsTheFirstVerdict(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		right := arena.Answer(step.Question, true)
		first := a.Respond(player, step.Ticket, right)
		before := a.Tables()
		another := a.NewNode() // it remembers nothing of what this one did
		for _, c := range []struct {
			name  string
			node  *arena.Node
			after time.Duration
		}{
			{"at once", a.Node, 0},
			{"at once, to another node", another, 0},
			{"when its time is over", a.Node, time.Minute},
			{"when its time is over, to another node", another, time.Minute},
			{"when the attempt's time is over", a.Node, time.Hour},
			{"when the attempt's time is over, to another node", another, time.Hour},
		} {
			a.Clock.Pass(c.after)
			again, err := c.node.Play.Respond(t.Context(), player, step.Ticket, right)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if !again.Repeated || !sameVerdict(again.Verdict, first.Verdict) || again.Run.Correct != 1 || again.Run.Score != 10 {
				t.Errorf("%s: %+v, first it was %+v", c.name, again, first)
			}
			if again.Question.ID != first.Question.ID || again.Question.Deadline != first.Question.Deadline {
				t.Errorf("%s: the next question is %+v, first it was %+v", c.name, again.Question, first.Question)
			}
		}
		if after := a.Tables(); after != before {
			t.Errorf("the tables were\n%s\nand are\n%s", before, after)
		}
	})
}

func sameVerdict(a, b play.Verdict) bool {
	return a.Position == b.Position && a.Correct == b.Correct && a.Score == b.Score && a.Explanation == b.Explanation &&
		slices.Equal(a.Right, b.Right)
}

func TestTheLastAnswerAgainGetsItsVerdictAndTheResult(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		ticket, asked := step.Ticket, step.Question
		for range 2 {
			reply := a.Respond(player, ticket, arena.Answer(asked, true))
			ticket, asked = reply.Ticket, reply.Question
		}
		first := a.Respond(player, ticket, arena.Answer(asked, true))
		a.Clock.Pass(time.Hour)
		before := a.Tables()
		for _, node := range []*arena.Node{a.Node, a.NewNode()} {
			again, err := node.Play.Respond(t.Context(), player, ticket, arena.Answer(asked, true))
			if err != nil {
				t.Fatal(err)
			}
			if !again.Repeated || again.Result == nil || again.Result.FinishedAt != first.Result.FinishedAt ||
				again.Result.Score != 30 ||
				!again.Result.Best || len(again.Result.Unlocked) != 1 {
				t.Errorf("the result again: %+v, first it was %+v", again.Result, first.Result)
			}
		}
		if after := a.Tables(); after != before {
			t.Errorf("the tables were\n%s\nand are\n%s", before, after)
		}
	})
}

// rename renames a table, as an accident of the store.
func rename(t *testing.T, a *arena.Arena, from, to string) {
	t.Helper()
	err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "ALTER TABLE "+from+" RENAME TO "+to)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// atOnce runs work n times at the same moment.
func atOnce(n int, work func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			work(i)
		})
	}
	close(start)
	all.Wait()
}

func TestTwoHundredIdenticalAnswersAtOnceAreOneRow(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		nodes := []*arena.Node{a.Node, a.NewNode()}
		for _, test := range []struct {
			name  string
			nodes int
		}{{"one node", 1}, {"two nodes", 2}} {
			step := a.Start(player, "first")
			response := arena.Answer(step.Question, true)
			replies := make([]*play.Reply, 200)
			before := a.Count("responses", "1 = 1")
			atOnce(len(replies), func(i int) {
				var err error
				replies[i], err = nodes[i%test.nodes].Play.Respond(t.Context(), player, step.Ticket, response)
				if err != nil {
					t.Errorf("%s, answer %d: %v", test.name, i, err)
				}
			})
			if t.Failed() {
				return
			}
			firsts := 0
			for _, reply := range replies {
				if !sameVerdict(reply.Verdict, replies[0].Verdict) || reply.Run.Correct != 1 ||
					reply.Question.ID != replies[0].Question.ID {
					t.Errorf("%s: verdicts %+v and %+v", test.name, reply, replies[0])
				}
				if !reply.Repeated {
					firsts++
				}
			}
			if rows := a.Count("responses", "1 = 1") - before; rows != 1 || firsts != 1 {
				t.Errorf("%s: %d rows and %d first verdicts, want 1 and 1", test.name, rows, firsts)
			}
			if _, err := a.Play.Finish(t.Context(), player, step.Ticket); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestTwoHundredDifferentAnswersAtOnceAreOneRowAndTheOthersAreTold(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(fills)
		nodes := []*arena.Node{a.Node, a.NewNode()}
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		taken := make([]bool, 200)
		atOnce(len(taken), func(i int) {
			response := play.Response{Question: step.Question.ID, Blanks: []string{"119", strings.Repeat("1", i+1)}}
			_, err := nodes[i%2].Play.Respond(t.Context(), player, step.Ticket, response)
			switch code(err) {
			case "":
				taken[i] = true
			case "already_answered":
			default:
				t.Errorf("answer %d: %v", i, err)
			}
		})
		winner := slices.Index(taken, true)
		if winner < 0 || slices.Contains(taken[winner+1:], true) {
			t.Fatalf("taken: %v, want exactly one", taken)
		}
		if a.Count("responses", "choice = ?", "119\x1f"+strings.Repeat("1", winner+1)) != 1 ||
			a.Count("responses", "1 = 1") != 1 {
			t.Errorf("what is stored is not what was taken:\n%s", a.Tables())
		}
	})
}

func TestWritingNothingIsPassing(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Apply(fills)
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		empty := play.Response{Question: step.Question.ID, Blanks: []string{"", " "}}
		reply := a.Respond(player, step.Ticket, empty)
		again := a.Respond(player, step.Ticket, arena.Pass(step.Question))
		if reply.Verdict.Correct || !again.Repeated {
			t.Errorf("empty blanks: %+v, and then passing: %+v", reply, again)
		}
		if _, err := a.Play.Finish(t.Context(), player, reply.Ticket); err != nil {
			t.Fatal(err)
		}
		if a.Count("attempts", "answered = 0") != 1 {
			t.Errorf("nothing was written, and it counts as an answer:\n%s", a.Tables())
		}
	})
}

func TestRightAnswersAreNotShownWhereTheContestShowsThemLater(t *testing.T) {
	for _, feedback := range []string{"end", "none"} {
		a := arena.New(t, testkit.Embedded(t))
		a.Apply(arena.Demo + "feedback: " + feedback + "\n")
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		response := arena.Answer(step.Question, false)
		response.Wait = true
		reply := a.Respond(player, step.Ticket, response)
		if v := reply.Verdict; v.Shown || v.Right != nil || v.Blanks != nil || v.Explanation != "" || v.Source != "" {
			t.Errorf("feedback %s: the verdict shows %+v", feedback, v)
		}
		// Nothing to read, so nothing waits.
		if reply.Question.Deadline != a.Clock.MS()+45_000 {
			t.Errorf("feedback %s: %d ms to answer, want 45,000", feedback, reply.Question.Deadline-a.Clock.MS())
		}
	}
}

func TestNothingIsToldOfAnAnswerThatCouldNotBeStored(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		right := arena.Answer(step.Question, true)
		rename(t, a, "responses", "responses_away")
		reply, err := a.Play.Respond(t.Context(), player, step.Ticket, right)
		if err == nil || reply != nil {
			t.Errorf("the answer was judged: %+v, %v", reply, err)
		}
		rename(t, a, "responses_away", "responses")
		if again := a.Respond(player, step.Ticket, right); again.Repeated || !again.Verdict.Correct {
			t.Errorf("sent again: %+v", again)
		}
	})
}

func TestAnAnswerIsKeptWhenItsPhoneHangsUp(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()
		a.Play.Respond(gone, player, step.Ticket, arena.Answer(step.Question, true))
		if again := a.Respond(player, step.Ticket, arena.Answer(step.Question, true)); !again.Repeated ||
			!again.Verdict.Correct {
			t.Errorf("sent again: %+v", again)
		}
	})
}

func TestTheNodesOfAnInstallationTakeTurns(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		player := a.Enrol("小明", "")
		step := a.Start(player, "first")
		ticket, asked := step.Ticket, step.Question
		for i := range 3 {
			reply, err := nodes[(i+1)%2].Play.Respond(t.Context(), player, ticket, arena.Answer(asked, true))
			if err != nil {
				t.Fatal(err)
			}
			if reply.Result != nil {
				if reply.Result.Score != 30 {
					t.Errorf("the result is %+v", reply.Result)
				}
				return
			}
			ticket, asked = reply.Ticket, reply.Question
		}
		t.Error("three answers brought no result")
	})
}
