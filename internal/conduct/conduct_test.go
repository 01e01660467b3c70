package conduct_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/accounts"
	"anquanda/internal/testkit/arena"
)

var (
	sun = staff.Actor{ID: 11, Name: "孙主任"}
	wu  = staff.Actor{ID: 12, Name: "吴科长"}
	// zheng decides nothing.
	zheng = staff.Actor{ID: 13, Name: "郑主任"}
)

// office is the cases of an arena, whose boards follow them.
type office struct {
	*arena.Arena
	*conduct.Service
}

func eachOffice(t *testing.T, test func(t *testing.T, o *office)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		test(t, &office{a, casesOf(a, a.Boards, a.Referrals)})
	})
}

func casesOf(a *arena.Arena, hooks ...conduct.Hook) *conduct.Service {
	a.T.Helper()
	ids, err := sqldb.NewIDs(a.T.Context(), a.DB)
	if err != nil {
		a.T.Fatal(err)
	}
	return conduct.New(a.DB, ids, a.Clock.Now, hooks...)
}

func (o *office) must(err error) {
	o.T.Helper()
	if err != nil {
		o.T.Fatal(err)
	}
}

func (o *office) opened(player sqldb.ID) sqldb.ID {
	o.T.Helper()
	c, err := o.Open(o.T.Context(), sun, o.Contest.ContestID, player, conduct.ByHand, "有人反映成绩异常")
	o.must(err)
	return c.ID
}

func (o *office) disqualified(player sqldb.ID) sqldb.ID {
	o.T.Helper()
	id := o.opened(player)
	o.must(o.Propose(o.T.Context(), sun, id, "用程序答题"))
	o.must(o.Agree(o.T.Context(), wu, id))
	return id
}

func (o *office) isOut(player sqldb.ID) bool {
	o.T.Helper()
	out, err := conduct.OutOf(o.T.Context(), o.DB, o.Contest.ContestID, []sqldb.ID{player})
	o.must(err)
	return out[player]
}

func (o *office) exec(query string, args ...any) error {
	return o.DB.InTx(o.T.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(o.T.Context(), query, args...)
		return err
	})
}

// view is every sorted set of the contest in Redis.
func (o *office) view() string {
	o.T.Helper()
	var lines []string
	for _, key := range o.Store.RedisKeys(redisdb.Keys(o.Contest.ContestID).Prefix() + "*") {
		if kind := o.Redis.Type(o.T.Context(), key).Val(); kind != "zset" {
			continue
		}
		for _, z := range o.Redis.ZRangeWithScores(o.T.Context(), key, 0, -1).Val() {
			lines = append(lines, fmt.Sprintf("%s %v %.0f", key, z.Member, z.Score))
		}
	}
	return strings.Join(lines, "\n")
}

func (o *office) settled() string {
	o.T.Helper()
	o.Until("totals are in Redis", func() bool { return o.Boards.Settled() && !o.Boards.Late() })
	o.must(o.Boards.RefreshUnits(o.T.Context(), o.Contest.ContestID))
	return o.view()
}

func TestOnePersonAloneCannotDisqualify(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		player := o.Enrol("小安", "n1")
		id := o.opened(player)
		ctx := t.Context()
		if err := o.Agree(ctx, sun, id); !errors.Is(err, conduct.ErrNoDecision) {
			t.Errorf("to agree to nothing: %v", err)
		}
		if err := o.Propose(ctx, staff.CommandLine, id, "用程序答题"); !errors.Is(err, staff.ErrByNobody) {
			t.Errorf("to propose without signing in: %v", err)
		}
		o.must(o.Propose(ctx, sun, id, "用程序答题"))
		if err := o.Agree(ctx, sun, id); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("to agree to one's own proposal: %v", err)
		}
		if err := o.Agree(ctx, staff.CommandLine, id); !errors.Is(err, staff.ErrByNobody) {
			t.Errorf("to agree without signing in: %v", err)
		}
		for _, query := range []string{
			"UPDATE disqualifications SET standing = 1, decided_at = 1",
			"UPDATE disqualifications SET standing = 1, decided_at = 1, second_by = first_by",
			"UPDATE disqualifications SET standing = 1, decided_at = 1, second_by = 0",
			"UPDATE disqualifications SET standing = 1, second_by = 99",
			"UPDATE disqualifications SET standing = 2, decided_at = 1, second_by = 99",
			"UPDATE disqualifications SET second_by = 11",
		} {
			if err := o.exec(query); err == nil {
				t.Errorf("the schema allows %s", query)
			}
		}
		if o.isOut(player) {
			t.Fatal("one person has disqualified a player")
		}
		o.must(o.Agree(ctx, wu, id))
		if !o.isOut(player) {
			t.Error("two persons have not disqualified a player")
		}
		if err := o.Agree(ctx, wu, id); !errors.Is(err, conduct.ErrNoDecision) {
			t.Errorf("to agree twice: %v", err)
		}
	})
}

func TestUndoingRestoresBoardsAndEligibilityExactly(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.RunBoards(o.Node)
		var players []sqldb.ID
		for i := range 8 {
			p := o.Enrol(fmt.Sprintf("选手%d", i), []string{"n1", "n2", "s1", ""}[i%4])
			o.PlayLevel(p, "first", 1+i%3)
			o.Clock.Pass(time.Minute)
			players = append(players, p)
		}
		before, rows := o.settled(), o.standings()
		o.CheckBoards()
		out := players[2]
		id := o.disqualified(out)
		without := o.settled()
		if strings.Contains(without, base36(out)) {
			t.Errorf("a disqualified player stands on a board:\n%s", without)
		}
		if without == before {
			t.Error("the boards of units still count a disqualified player")
		}
		// A rebuild and another result leave the player out too.
		o.must(o.Boards.Rebuild(t.Context(), o.Contest.ContestID))
		if got := o.settled(); got != without {
			t.Errorf("after a rebuild the boards are\n%s\nwant\n%s", got, without)
		}
		o.must(o.Undo(t.Context(), sun, id, "查明是误会"))
		o.must(o.AgreeUndo(t.Context(), wu, id))
		if got := o.settled(); got != before {
			t.Errorf("after it was taken back the boards are\n%s\nwant\n%s", got, before)
		}
		o.CheckBoards()
		if got := o.standings(); got != rows {
			t.Errorf("the standings have changed:\n%s\nwant\n%s", got, rows)
		}
		if o.isOut(out) {
			t.Error("the player is still disqualified")
		}
	})
}

func TestWhatIsPlayedWhileDisqualifiedCountsAfterIt(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.RunBoards(o.Node)
		player, other := o.Enrol("小安", "n1"), o.Enrol("小全", "n2")
		o.PlayLevel(player, "first", 2)
		o.PlayLevel(other, "first", 2)
		o.settled()
		id := o.disqualified(player)
		o.Clock.Pass(time.Minute)
		o.PlayLevel(player, "first", 3)
		if strings.Contains(o.settled(), base36(player)) {
			t.Error("a disqualified player who plays stands on a board")
		}
		o.must(o.Undo(t.Context(), sun, id, "查明是误会"))
		o.must(o.AgreeUndo(t.Context(), wu, id))
		o.settled()
		o.CheckBoards()
	})
}

func TestTheShareBoardLeavesADisqualifiedPlayerOutAndTakesThePlayerBack(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		inviters := []sqldb.ID{o.Enrol("群主", ""), o.Enrol("邻居", "")}
		for i := range 3 {
			o.Clock.Pass(time.Second)
			friend := o.Enrol("朋友", "")
			how := referral.Coming{Referral: o.Referrals.Code(o.Contest.ContestID, inviters[i%2])}
			if _, err := o.Referrals.Arrive(ctx, o.Contest, friend, how); err != nil {
				t.Fatal(err)
			}
			o.PlayLevel(friend, "first", 2)
		}
		o.must(o.Referrals.Rebuild(ctx, o.Contest.ContestID))
		before := o.view()
		if !strings.Contains(before, inviters[0].String()) {
			t.Fatalf("the share board is\n%s", before)
		}
		id := o.disqualified(inviters[0])
		o.must(o.Referrals.Rebuild(ctx, o.Contest.ContestID))
		if got := o.view(); strings.Contains(got, inviters[0].String()) || !strings.Contains(got, inviters[1].String()) {
			t.Errorf("the share board is\n%s", got)
		}
		o.must(o.Undo(ctx, sun, id, "查明是误会"))
		if got := o.view(); got == before {
			t.Error("one person took a disqualification back")
		}
		if err := o.AgreeUndo(ctx, sun, id); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("the same person agrees to take it back: %v", err)
		}
		o.must(o.AgreeUndo(ctx, wu, id))
		if got := o.view(); got != before {
			t.Errorf("after it was taken back the share board is\n%s\nwant\n%s", got, before)
		}
	})
}

// A node that dies between the decision and the boards loses the call to Refresh.
func TestBoardsCatchUpWithADecisionThatACrashKeptFromThem(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		stop := o.RunBoards(o.Node)
		player, other := o.Enrol("小安", "n1"), o.Enrol("小全", "n2")
		o.PlayLevel(player, "first", 2)
		o.PlayLevel(other, "first", 2)
		o.settled()
		stop()
		o.Service = casesOf(o.Arena, deaf{o.Boards})
		o.disqualified(player)
		if !strings.Contains(o.view(), base36(player)) {
			t.Fatal("the call was not lost")
		}
		o.Clock.Pass(20 * time.Second)
		o.Boards.Reconcile(t.Context())
		if got := o.view(); strings.Contains(got, base36(player)) || !strings.Contains(got, base36(other)) {
			t.Errorf("the boards have not caught up:\n%s", got)
		}
	})
}

// deaf loses what comes after the commit.
type deaf struct{ conduct.Hook }

func (deaf) Refresh(context.Context, sqldb.ID, sqldb.ID) {}

// Tried on the running program: an account made a second before agreed to a
// disqualification.
func TestAnAccountMadeJustNowOrByTheOtherAgreesToNothing(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx, now := t.Context(), o.Clock.Now().UnixMilli()
		const day = 24 * 60 * 60 * 1000
		hire := func(login string, made int64) staff.Actor {
			m := accounts.Hire(t, o.DB, login, login, staff.Prizes, "an-quan-616-mima")
			o.must(o.DB.InTx(ctx, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE staff SET created_at = ? WHERE id = ?", made, m.ID)
				return err
			}))
			return staff.ActorOf(m)
		}
		sun, wu, zheng := hire("sun", now-30*day), hire("wu", now-1000), hire("zheng", now-30*day)
		id := o.opened(o.Enrol("小安", "n1"))
		o.must(o.Propose(ctx, sun, id, "用程序答题"))
		if err := o.Agree(ctx, wu, id); !errors.Is(err, staff.ErrAccountTooNew) {
			t.Errorf("an account made a second before: %v", err)
		}
		o.must(o.DB.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO staff_touches (account_id, touched_by, what, touched_at)
				VALUES (?, ?, 'made', ?)`, zheng.ID, sun.ID, now-30*day)
			return err
		}))
		if err := o.Agree(ctx, zheng, id); !errors.Is(err, staff.ErrAccountTouched) {
			t.Errorf("an account that the proposer made: %v", err)
		}
	})
}

func TestADecisionOfTheFirstDaySaysSo(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx, now := t.Context(), o.Clock.Now().UnixMilli()
		hire := func(login string) staff.Actor {
			m := accounts.Hire(t, o.DB, login, login, staff.Prizes, "an-quan-616-mima")
			o.must(o.DB.InTx(ctx, func(tx *sqldb.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE staff SET created_at = ? WHERE id = ?", now-1000, m.ID)
				return err
			}))
			return staff.ActorOf(m)
		}
		first, second := hire("first"), hire("second")
		id := o.opened(o.Enrol("小安", "n1"))
		o.must(o.Propose(ctx, first, id, "用程序答题"))
		o.must(o.Agree(ctx, second, id))
		decisions, err := o.Decisions(ctx, id)
		if err != nil || len(decisions) != 1 || decisions[0].Note != staff.FirstDay {
			t.Errorf("the decision is %+v, %v", decisions, err)
		}
	})
}

func TestAPlayerAppealsOnceAgainstEachDecision(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx, in := t.Context(), o.Contest.ContestID
		player := o.Enrol("小安", "n1")
		if err := o.Appeal(ctx, in, player, "我没有作弊"); !errors.Is(err, conduct.ErrNothingToAppeal) {
			t.Errorf("an appeal against nothing: %v", err)
		}
		id := o.disqualified(player)
		if err := o.AnswerAppeal(ctx, wu, id, "已经核实"); !errors.Is(err, conduct.ErrNoAppeal) {
			t.Errorf("an answer to nothing: %v", err)
		}
		if err := o.Appeal(ctx, in, player, " "); errs.From(err).Field != "text" {
			t.Errorf("an empty appeal: %v", err)
		}
		o.must(o.Appeal(ctx, in, player, "我没有作弊，\n是帮家里老人一起答的"))
		if err := o.Appeal(ctx, in, player, "再说一次"); !errors.Is(err, conduct.ErrAppealed) {
			t.Errorf("a second appeal: %v", err)
		}
		for _, judge := range []staff.Actor{sun, wu} {
			if err := o.AnswerAppeal(ctx, judge, id, "经核实，情况属实"); !errors.Is(err, conduct.ErrOwnDecision) {
				t.Errorf("%s answers an appeal against the own decision: %v", judge.Name, err)
			}
		}
		o.must(o.AnswerAppeal(ctx, zheng, id, "经核实，情况属实"))
		if err := o.AnswerAppeal(ctx, zheng, id, "再答一次"); !errors.Is(err, conduct.ErrNoAppeal) {
			t.Errorf("a second answer: %v", err)
		}
		o.must(o.Undo(ctx, wu, id, "情况属实，恢复资格"))
		o.must(o.AgreeUndo(ctx, sun, id))
		again := o.disqualified(player)
		o.must(o.Appeal(ctx, in, player, "这次也不是"))
		d, err := o.LastOf(ctx, in, player)
		o.must(err)
		if d.CaseID != again || !d.Stands() || d.SecondName != wu.Name {
			t.Errorf("the newest decision is %+v", d)
		}
		o.must(o.DB.InTx(ctx, func(tx *sqldb.Tx) error { return conduct.Forget(ctx, tx, in, player) }))
		if n := o.Count("appeals", "body = ''"); n != 2 {
			t.Errorf("%d appeals are forgotten, want 2", n)
		}
	})
}

func TestACaseGoesItsWayOnceAndIsLogged(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx, in := t.Context(), o.Contest.ContestID
		player := o.Enrol("小安", "n1")
		if _, err := o.Open(ctx, sun, in, 4711, conduct.ByHand, "没有这个人"); !errors.Is(err, conduct.ErrPlayer) {
			t.Errorf("a case about nobody: %v", err)
		}
		id := o.opened(player)
		if _, err := o.Open(ctx, wu, in, player, conduct.ByHand, "又一次"); !errors.Is(err, conduct.ErrCaseOpen) {
			t.Errorf("a second case: %v", err)
		}
		o.must(o.Propose(ctx, sun, id, "用程序答题"))
		if err := o.Close(ctx, wu, id, "没有问题"); !errors.Is(err, conduct.ErrProposed) {
			t.Errorf("to close while it is proposed: %v", err)
		}
		o.must(o.Withdraw(ctx, wu, id))
		o.must(o.Close(ctx, wu, id, "没有问题"))
		if err := o.Propose(ctx, sun, id, "用程序答题"); !errors.Is(err, conduct.ErrCaseClosed) {
			t.Errorf("to propose after it was closed: %v", err)
		}
		cases, err := o.Cases(ctx, in, 0, 10)
		if err != nil || len(cases) != 1 || cases[0].State() != conduct.Closed {
			t.Errorf("the cases are %+v, %v", cases, err)
		}
		if n := o.Count("audit_log", "action_name LIKE 'case.%' AND subject = ?", player.String()); n != 4 {
			t.Errorf("%d entries are logged, want 4", n)
		}
	})
}

func TestSignalsOfTheLastWholeLookHold(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		ctx, in := t.Context(), o.Contest.ContestID
		player := o.Enrol("小安", "n1")
		signal := conduct.Signal{PlayerID: player, Kind: conduct.SignalSpeed, Weight: 90, Evidence: []byte(`{"answers":30}`)}
		first, err := o.BeginScan(ctx, in)
		o.must(err)
		o.must(o.Found(ctx, in, first, 10, []conduct.Signal{signal}))
		if _, err := o.BeginScan(ctx, in); !errors.Is(err, conduct.ErrScanning) {
			t.Errorf("a second look: %v", err)
		}
		if of, err := o.SignalsOf(ctx, in, player); err != nil || len(of) != 0 {
			t.Errorf("a look under way shows %v, %v", of, err)
		}
		o.must(o.EndScan(ctx, in, first, nil))
		if of, err := o.SignalsOf(ctx, in, player); err != nil || len(of) != 1 || of[0].Weight != 90 {
			t.Errorf("the signals are %v, %v", of, err)
		}
		// The next one dies; a minute later another begins, and the dead one writes nothing more.
		dead, err := o.BeginScan(ctx, in)
		o.must(err)
		o.Clock.Pass(2 * time.Minute)
		last, err := o.BeginScan(ctx, in)
		o.must(err)
		if err := o.Found(ctx, in, dead, 10, nil); err == nil {
			t.Error("a look that was overtaken goes on")
		}
		o.must(o.EndScan(ctx, in, last, errors.New("broken")))
		if suspects, total, err := o.Suspects(ctx, in, 0, 10); err != nil || total != 1 || suspects[0].PlayerID != player {
			t.Errorf("after a look that failed: %v, %d, %v", suspects, total, err)
		}
		id := o.opened(player)
		if c, err := o.Case(ctx, id); err != nil || !strings.Contains(c.Evidence, `"answers":30`) {
			t.Errorf("the evidence of the case is %+v, %v", c, err)
		}
	})
}

func (o *office) standings() string {
	o.T.Helper()
	var rows []string
	o.must(o.DB.Select(o.T.Context(), &rows,
		`SELECT CONCAT_WS(' ', measure, period, player_id, unit_id, points, reached_at, version) FROM standings ORDER BY measure, period, player_id`))
	return strings.Join(rows, "\n")
}

// base36 is how a player is written in the boards' sets.
func base36(id sqldb.ID) string { return strconv.FormatInt(int64(id), 36) }
