package pledge_test

import (
	"slices"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/pledge"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

func (r *relay) wall() *pledge.Wall {
	r.t.Helper()
	r.pass(time.Second)
	wall, err := r.pledges.Wall(r.t.Context(), r.contest)
	if err != nil {
		r.t.Fatal(err)
	}
	return wall
}

func names(wall *pledge.Wall) (shown []string) {
	for i := range wall.Newest {
		shown = append(shown, wall.Newest[i].Shown(publicname.OnPhones))
	}
	return shown
}

func TestTheWallShowsNamesAsTheirSignersChose(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		if wall := r.wall(); wall.Signed != 0 || wall.Today != 0 || len(wall.Newest) != 0 {
			t.Errorf("before anyone signs it is %+v", wall)
		}
		first := r.sign("张三", nil)
		masked := pledge.Signing{PlayerID: r.enrol("李四光"), Name: "李四光", Masked: true,
			From: r.pledges.Code(r.contest.ContestID, first.Number)}
		second, err := r.pledges.Sign(t.Context(), r.contest, masked)
		if err != nil {
			t.Fatal(err)
		}
		r.sign("王五", second)
		wall := r.wall()
		if got := names(wall); !slices.Equal(got, []string{"王五", "李**", "张三"}) {
			t.Errorf("it shows %v", got)
		}
		if wall.Signed != 3 || wall.Today != 3 || wall.Deepest != 3 || wall.First != "张三" || wall.Last != "王五" {
			t.Errorf("it is %+v", wall)
		}
		if len(wall.Widest) != 1 || wall.Widest[0] != (pledge.Widest{Number: 1, Name: "张三", After: 2}) {
			t.Errorf("the widest are %+v", wall.Widest)
		}
	})
}

func TestTodayBeginsAtMidnightInChina(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.at("2026-06-16 23:59:57")
		r.sign("张三", nil)
		r.sign("李四", nil)
		if wall := r.wall(); wall.Today != 2 {
			t.Errorf("before midnight there are %d", wall.Today)
		}
		r.at("2026-06-17 00:00:00")
		if wall := r.wall(); wall.Today != 0 || wall.Signed != 2 {
			t.Errorf("after midnight there are %d of %d", wall.Today, wall.Signed)
		}
		r.sign("王五", nil)
		if wall := r.wall(); wall.Today != 1 || wall.Signed != 3 {
			t.Errorf("after the first of the day there are %d of %d", wall.Today, wall.Signed)
		}
		// The clock of another node is behind: the day does not come back.
		r.at("2026-06-16 23:59:50")
		r.sign("赵六", nil)
		r.whole()
		if wall := r.wall(); wall.Today != 2 {
			t.Errorf("with a clock that is behind there are %d", wall.Today)
		}
	})
}

func TestStaffHideANameAndTheLogTellsWho(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		first := r.sign("张三", nil)
		second := r.sign("不雅的名字", first)
		by := staff.Actor{ID: 7, Name: "值班员"}
		if err := r.pledges.Hide(t.Context(), by, r.contest, 2, true, " "); code(err) != "invalid_field" {
			t.Errorf("without a reason: %v", err)
		}
		if err := r.pledges.Hide(t.Context(), by, r.contest, 9, true, "不雅"); code(err) != "signature_unknown" {
			t.Errorf("a number that is not there: %v", err)
		}
		if err := r.pledges.Hide(t.Context(), by, r.contest, 2, true, "不雅"); err != nil {
			t.Fatal(err)
		}
		wall, err := r.pledges.Wall(t.Context(), r.contest) // at once, on the node where it was hidden
		alias := publicname.Alias(second.PlayerID)
		if err != nil || !slices.Equal(names(wall), []string{alias, "张三"}) || wall.Last != alias || wall.Signed != 2 {
			t.Errorf("the wall shows %v, %+v, %v", names(wall), wall, err)
		}
		if err := r.pledges.Hide(t.Context(), by, r.contest, 2, false, ""); err != nil {
			t.Fatal(err)
		}
		if wall := r.wall(); len(wall.Newest) != 2 {
			t.Errorf("shown again, the wall shows %v", names(wall))
		}
		log, err := staff.New(r.db, nil, keyring.Only(nil), r.clock).Log(t.Context(), 0, 10)
		if err != nil || len(log) < 2 || log[0].Action != "pledge.show" || log[1].Action != "pledge.hide" ||
			log[1].Name != "值班员" || log[1].Subject != "relay" || log[1].Detail != `{"number":2,"reason":"不雅"}` {
			t.Errorf("the log is %+v, %v", log, err)
		}
	})
}

func TestWhatStaffDecideOnASignatureIsNotJudgedAway(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.sign("张三", nil)
		err := r.pledges.Rejudge(t.Context(), func(publicname.Kept) publicname.State {
			if err := r.pledges.Hide(t.Context(), staff.Actor{Name: "值班员"}, r.contest, 1, true, "不雅"); err != nil {
				t.Fatal(err)
			}
			return publicname.Approved
		})
		if err != nil {
			t.Fatal(err)
		}
		if wall := r.wall(); slices.Equal(names(wall), []string{"张三"}) {
			t.Error("the wall shows a name that staff have hidden")
		}
	})
}

func TestANameThatIsTakenBackLeavesItsNumber(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		first := r.sign("张三", nil)
		r.sign("李四", first)
		err := r.db.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return pledge.Forget(t.Context(), tx, r.contest.ContestID, first.PlayerID)
		})
		if err != nil {
			t.Fatal(err)
		}
		wall := r.wall()
		if !slices.Equal(names(wall), []string{"李四"}) || wall.Signed != 2 || wall.Deepest != 2 || wall.First != "" {
			t.Errorf("the wall is %+v", wall)
		}
		if n := r.count("name = '张三'"); n != 0 {
			t.Error("the name is still stored")
		}
		r.whole()
	})
}

func TestNamesGoWhenTheRetentionIsOver(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.sign("张三", nil)
		r.sign("李四", nil)
		for _, want := range []int64{2, 0} {
			if rows, err := pledge.Expire(t.Context(), r.db, r.contest.ContestID); err != nil || rows != want {
				t.Errorf("%d names are deleted, %v; want %d", rows, err, want)
			}
		}
		if r.count("name = ''") != 2 {
			t.Error("a name stays")
		}
		r.whole()
	})
}

func TestADeedThatACrashLeftIsRecordedByTheSweep(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		sweep := func() error { return r.pledges.Sweep(t.Context()) }
		r.broken = true
		lost := r.sign("张三", nil)
		if lost.Earned != nil {
			t.Errorf("it earned %v", lost.Earned)
		}
		r.broken = false
		r.sign("李四", nil)
		if err := sweep(); err != nil {
			t.Fatal(err)
		}
		if r.credited[lost.PlayerID] != 0 || r.count("credited = 1") != 1 {
			t.Errorf("at once %d are noted", r.count("credited = 1"))
		}
		r.pass(time.Minute)
		r.broken = true
		if err := sweep(); code(err) != "unavailable" {
			t.Errorf("while play is away: %v", err)
		}
		r.broken = false
		if err := sweep(); err != nil || r.credited[lost.PlayerID] != 1 || r.count("credited = 0") != 0 {
			t.Errorf("after the sweep: %v, %v", r.credited, err)
		}
		if sweep(); r.credited[lost.PlayerID] != 1 {
			t.Error("it is credited again and again")
		}
		// A player who comes back before the sweep is credited then.
		r.broken = true
		late := r.sign("王五", nil)
		r.broken = false
		again, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: late.PlayerID})
		if err != nil || !again.Repeated || len(again.Earned) != 1 {
			t.Errorf("coming back earns %+v, %v", again, err)
		}
	})
}
