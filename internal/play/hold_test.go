package play_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// earning is Demo that gives for playing and inviting.
var earning = strings.Replace(arena.Demo, "levels:", `share: {title: 一起来闯关}
earnings:
  - {key: passed, for: attempt, when: {result: passed}, give: {points: 5, chances: 1, card: level}, max: 1, per: day}
  - {key: invited, for: invite, give: {points: 7}}
cards: [{key: first, title: 一}, {key: second, title: 二}, {key: third, title: 三}]
levels:`, 1)

// pacedArena is an arena that holds answers against the time that reading takes.
func pacedArena(t *testing.T, test func(t *testing.T, a *arena.Arena)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s, arena.Paced)
		a.Apply(earning)
		test(t, a)
	})
}

// playAt plays a level with all answers right, each after so long.
func playAt(a *arena.Arena, player sqldb.ID, level string, each ...time.Duration) *play.Result {
	a.T.Helper()
	step := a.Start(player, level)
	ticket, asked := step.Ticket, step.Question
	for i := 0; ; i++ {
		a.Clock.Pass(each[min(i, len(each)-1)])
		reply := a.Respond(player, ticket, arena.Answer(asked, true))
		if reply.Result != nil {
			return reply.Result
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

const (
	machine = 5 * time.Millisecond
	quick   = 700 * time.Millisecond // of the short questions of the arena: fast, and honest
)

func summaryOf(a *arena.Arena, player sqldb.ID) *contest.Summary {
	a.T.Helper()
	record, err := a.Play.Record(a.T.Context(), a.Contest.Definition, a.Contest.ContestID, player)
	if err != nil {
		a.T.Fatal(err)
	}
	return a.Contest.Summarize(record, a.Clock.MS())
}

// invitee is a player whom another one brought.
func invitee(a *arena.Arena, inviter sqldb.ID, name string) sqldb.ID {
	a.T.Helper()
	player := a.Enrol(name, "n1")
	_, err := a.Referrals.Arrive(a.T.Context(), a.Contest, player,
		referral.Coming{Referral: a.Referrals.Code(a.Contest.ContestID, inviter)})
	if err != nil {
		a.T.Fatal(err)
	}
	return player
}

func TestWhoAnswersFasterThanAnybodyReadsIsOnNoBoardAndEarnsNothing(t *testing.T) {
	pacedArena(t, func(t *testing.T, a *arena.Arena) {
		inviter := a.Enrol("安娜", "")
		bot := invitee(a, inviter, "机器")
		result := playAt(a, bot, "first", machine)
		if result.Held != contest.HeldWaits || result.Told || result.PassedTold || result.Best || result.Earned != nil ||
			result.Unlocked != nil || result.Left.Tries != 4 {
			t.Errorf("the result is %+v", result)
		}
		s := summaryOf(a, bot)
		if s.Held != 1 || s.Ended != 0 || s.Best("first") != 0 || s.Passed("first") || s.Sum(contest.GrantChance) != 0 ||
			len(s.Cards) != 0 || s.Latest != nil {
			t.Errorf("the rules see %+v", s)
		}
		if a.Count("standings", "player_id = ?", bot) != 0 || summaryOf(a, inviter).Sum(contest.GrantPoints) != 0 {
			t.Errorf("it counts:\n%s", a.Tables())
		}
		if _, err := a.Play.Start(t.Context(), a.Contest, bot, "second", play.With{}); code(err) != "level_locked" {
			t.Errorf("the next level: %v", err)
		}
	})
}

func TestAFastReaderIsNotHeldAndRanksByTheTimeThatReadingTakes(t *testing.T) {
	pacedArena(t, func(t *testing.T, a *arena.Arena) {
		honest, slip := a.Enrol("小明", "n1"), a.Enrol("小红", "n1")
		if r := playAt(a, honest, "first", quick); r.Held != contest.HeldNot || !r.Told || !r.Passed || r.UsedMS != 2100 ||
			len(r.Earned) != 3 {
			t.Errorf("the result of a fast reader is %+v", r)
		}
		// A finger slips twice: that is told at the end, and counts as 0.3 s each.
		r := playAt(a, slip, "first", machine, machine, quick)
		if r.Held != contest.HeldNot || !r.Told || r.UsedMS != 1300 {
			t.Errorf("the result after two slips is %+v", r)
		}
		if a.Count("responses", "used_ms = 5") != 2 {
			t.Errorf("the times that were measured do not stand:\n%s", a.Tables())
		}
	})
}

func TestWhatWasRightIsNotToldAfterAnAnswerThatNobodyCanHaveRead(t *testing.T) {
	pacedArena(t, func(t *testing.T, a *arena.Arena) {
		script := a.Enrol("脚本", "")
		step := a.Start(script, "first")
		a.Clock.Pass(machine)
		first := a.Respond(script, step.Ticket, arena.Answer(step.Question, false))
		if v := first.Verdict; !v.Hasty || v.Shown || v.Right != nil || v.Explanation != "" || first.RunTold {
			t.Errorf("the verdict of a machine is %+v", first)
		}
		again := a.Respond(script, step.Ticket, arena.Answer(step.Question, false))
		if !again.Repeated || again.Verdict.Shown || again.RunTold {
			t.Errorf("asked again it is %+v", again)
		}
		// The next answer is told, and how the attempt stands is not: it would tell the one before.
		a.Clock.Pass(quick)
		second := a.Respond(script, first.Ticket, arena.Answer(first.Question, true))
		if !second.Verdict.Shown || second.RunTold {
			t.Errorf("the verdict after it is %+v", second)
		}
		if stand, err := a.Play.Resume(t.Context(), script, second.Ticket); err != nil || stand.RunTold {
			t.Errorf("it stands at %+v, %v", stand, err)
		}
		for range 2 { // giving up does not tell it either
			if r, err := a.Play.Finish(t.Context(), script, second.Ticket); err != nil || r.Told || r.PassedTold {
				t.Errorf("given up it is %+v, %v", r, err)
			}
		}
		if mistakes, err := a.Play.Mistakes(t.Context(), a.Contest, script); err != nil || len(mistakes) != 0 {
			t.Errorf("the mistakes are %+v, %v", mistakes, err)
		}
	})
}

func TestReleasingGivesAllThatWouldHaveComeOnceOnHoweverManyNodesItIsPressed(t *testing.T) {
	pacedArena(t, func(t *testing.T, a *arena.Arena) {
		inviter := a.Enrol("安娜", "")
		player := invitee(a, inviter, "快手")
		playAt(a, player, "first", machine)
		a.Clock.Pass(time.Hour)
		playAt(a, player, "first", machine)
		list, total, err := a.Play.Held(t.Context(), a.Contest.ContestID, 0, 10)
		if err != nil || total != 2 || len(list) != 2 || len(list[0].Hasty) != 3 || list[0].Hasty[0].UsedMS != 5 ||
			list[0].Hasty[0].LeastMS != 300 || list[0].Hasty[0].Stem == "" {
			t.Fatalf("held are %d: %+v, %v", total, list, err)
		}
		ids := []sqldb.ID{list[0].ID, list[1].ID}
		nodes := []*arena.Node{a.Node, a.NewNode()}
		var pressing sync.WaitGroup
		decided := make([]int, 4)
		for i := range decided {
			pressing.Go(func() {
				n, err := nodes[i%2].Play.DecideHeld(t.Context(), staff.CommandLine, a.Contest, ids, true)
				if decided[i] = n; err != nil {
					t.Error(err)
				}
			})
		}
		pressing.Wait()
		if decided[0]+decided[1]+decided[2]+decided[3] != 2 {
			t.Errorf("decided on %v, want 2 in all", decided)
		}
		s := summaryOf(a, player)
		if s.Held != 0 || s.Ended != 2 || s.Best("first") != 30 || s.Sum(contest.GrantPoints) != 5 ||
			s.Sum(contest.GrantChance) != 1 || len(s.Cards) != 1 {
			t.Errorf("the rules see %+v", s)
		}
		if got := summaryOf(a, inviter).Sum(contest.GrantPoints); got != 7 {
			t.Errorf("the inviter has %d points, want 7", got)
		}
		if a.Count("standings", "player_id = ? AND measure = 'best' AND period = 0 AND points = 30", player) != 1 {
			t.Errorf("it stands on no board:\n%s", a.Tables())
		}
		if a.Count("audit_log", "action_name = 'attempt.release'") < 1 {
			t.Error("no entry tells of it")
		}
		if r := playAt(a, player, "second", quick); !r.Passed { // the release opened it
			t.Errorf("the next level came to %+v", r)
		}
	})
}

func TestWhatStaffLeavesOutNeverCountsAndReleasingItComesTooLate(t *testing.T) {
	pacedArena(t, func(t *testing.T, a *arena.Arena) {
		bot := a.Enrol("机器", "n1")
		playAt(a, bot, "first", machine)
		list, _, err := a.Play.Held(t.Context(), a.Contest.ContestID, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		ids := []sqldb.ID{list[0].ID}
		for i, counts := range []bool{false, true, false} {
			n, err := a.Play.DecideHeld(t.Context(), staff.CommandLine, a.Contest, ids, counts)
			if want := map[int]int{0: 1}[i]; n != want || err != nil {
				t.Errorf("press %d decides on %d, %v", i, n, err)
			}
		}
		if s := summaryOf(a, bot); s.Held != 0 || s.Out != 1 || s.Ended != 0 || s.Best("first") != 0 {
			t.Errorf("the rules see %+v", s)
		}
		if a.Count("standings", "player_id = ?", bot) != 0 {
			t.Errorf("it stands on a board:\n%s", a.Tables())
		}
		if r := playAt(a, bot, "first", quick); r.Held != contest.HeldNot || r.Left.Tries != 3 {
			t.Errorf("played well it is %+v", r)
		}
	})
}

func TestTrainingIsNotHeldAndALevelMaySetNoLeastTime(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t), arena.Paced)
	a.Apply(strings.Replace(arena.Demo, "window: {opens: 2026-06-01",
		"training: {opens: 2026-06-10 08:00, closes: 2026-06-20 08:00}\nwindow: {opens: 2026-06-20", 1))
	player := a.Enrol("小明", "")
	if r := playAt(a, player, "first", machine); r.Held != contest.HeldNot {
		t.Errorf("training is held: %+v", r)
	}
	a.Apply(strings.Replace(arena.Demo, "{key: first, ", "{key: first, time: {least: 0s}, ", 1))
	if r := playAt(a, player, "first", machine); r.Held != contest.HeldNot || !r.Told || r.UsedMS != 15 {
		t.Errorf("without a least time it is %+v", r)
	}
}
