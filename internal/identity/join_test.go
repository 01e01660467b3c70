package identity

import (
	"strings"
	"sync"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// grouped is a contest of divisions that requires a unit, once and for all.
const grouped = `contest: grouped
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players:
  unit: {ask: required, label: 参赛乡镇}
  divisions: [{key: worker, title: 职工组}, {key: student, title: 学生组}]
levels:
  - {key: first, title: 第一关, questions: [{count: 3}], pass: 2}
`

func in(unit sqldb.ID) *sqldb.ID { return &unit }

// refuse tries what must be refused because of a field, in these words.
func refuse(t *testing.T, p *Players, d *contest.Definition, player sqldb.ID, a Application, field, message string) {
	t.Helper()
	_, err := p.Join(t.Context(), d, 1, player, a)
	if e := errs.From(err); err == nil || e.Field != field || e.Message != message {
		t.Errorf("%+v: %v %q, want %s %q", a, err, e.Message, field, message)
	}
}

func TestADivisionIsChosenOnceAndFixedByTheFirstAttempt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, grouped)
		a := Application{Nickname: "小李", UnitID: in(5), At: today}
		refuse(t, p, d, 0, a, "division", "请选择组别")
		a.Division = "pupil"
		refuse(t, p, d, 0, a, "division", "没有这个组别，请重新选择")
		a.Division = "student"
		e := join(t, p, d, 0, a)
		a.Division = "worker"
		if e = join(t, p, d, e.PlayerID, a); e.Division != "worker" {
			t.Errorf("before the first attempt the division stays %s", e.Division)
		}
		a.Started, a.Division = true, "student"
		refuse(t, p, d, e.PlayerID, a, "division", "开始答题后不能更换组别")
		a.Division, a.Nickname = "", "小王" // a new name alone
		if e = join(t, p, d, e.PlayerID, a); e.Division != "worker" || e.Nickname != "小王" || e.UnitID != 5 {
			t.Errorf("renamed to %+v", e)
		}
	})
}

func TestADivisionThatCameLaterMayStillBeChosen(t *testing.T) {
	s := testkit.Embedded(t)
	p, d := players(t, s), parse(t, grouped)
	e, err := p.Enrol(t.Context(), 1, 0, "小李", 5)
	if err != nil {
		t.Fatal(err)
	}
	if e = join(t, p, d, e.PlayerID, Application{Nickname: "小李", Division: "worker", Started: true,
		At: today}); e.Division != "worker" {
		t.Errorf("the division is %q", e.Division)
	}
}

func TestARequiredUnitIsAskedForAndThenFixed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, grouped)
		a := Application{Nickname: "小李", Division: "worker", At: today}
		refuse(t, p, d, 0, a, "unit", "请选择参赛乡镇")
		a.UnitID = in(5)
		e := join(t, p, d, 0, a)
		a.UnitID = in(6)
		if e = join(t, p, d, e.PlayerID, a); e.UnitID != 6 {
			t.Errorf("before the first attempt the unit stays %d", e.UnitID)
		}
		a.Started, a.UnitID = true, in(7)
		refuse(t, p, d, e.PlayerID, a, "unit", "开始答题后不能更换参赛乡镇")
		a.UnitID = in(0)
		refuse(t, p, d, e.PlayerID, a, "unit", "开始答题后不能更换参赛乡镇")
		if changes, err := p.UnitChanges(t.Context(), 1, e.PlayerID); err != nil || len(changes) != 0 {
			t.Errorf("recorded are %+v, %v", changes, err)
		}
	})
}

func TestChangesOfUnitAreCountedAndRecordedUntilTheyAreUsedUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking) // it allows two
		a := Application{Nickname: "小李", UnitID: in(5), At: today}
		e := join(t, p, d, 0, a)
		a.Started = true
		for i, unit := range []sqldb.ID{5, 6, 6, 7} { // the same unit again is no change
			a.UnitID, a.At = in(unit), today+int64(i)
			if e = join(t, p, d, e.PlayerID, a); e.UnitID != unit {
				t.Fatalf("the unit is %d, want %d", e.UnitID, unit)
			}
		}
		a.UnitID = in(8)
		refuse(t, p, d, e.PlayerID, a, "unit", "开始答题后只能更换 2 次参赛单位，已经用完")
		a.UnitID = in(7)
		join(t, p, d, e.PlayerID, a) // a new name is still possible
		changes, err := p.UnitChanges(t.Context(), 1, e.PlayerID)
		if err != nil || len(changes) != 2 || changes[0] != (UnitChange{5, 6, today + 1}) ||
			changes[1] != (UnitChange{6, 7, today + 3}) {
			t.Errorf("recorded are %+v, %v", changes, err)
		}
	})
}

func TestManyPhonesAtOnceChangeTheUnitNoMoreThanAllowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, Application{Nickname: "小李", UnitID: in(5), At: today})
		var pressed sync.WaitGroup
		for i := range 12 {
			pressed.Go(func() {
				_, err := p.Join(t.Context(), d, 1, e.PlayerID, Application{Nickname: "小李", UnitID: in(sqldb.ID(10 + i)),
					Started: true, At: today})
				if err != nil && errs.From(err).Field != "unit" {
					t.Error(err)
				}
			})
		}
		pressed.Wait()
		changes, err := p.UnitChanges(t.Context(), 1, e.PlayerID)
		if err != nil || len(changes) != 2 || changes[0].NewUnit != changes[1].OldUnit {
			t.Errorf("recorded are %+v, %v", changes, err)
		}
		if now, err := p.Enrolment(t.Context(), 1, e.PlayerID); err != nil || now.UnitID != changes[1].NewUnit {
			t.Errorf("the unit is %d, %v, after %+v", now.UnitID, err, changes)
		}
	})
}

// Going round the code: the schema itself refuses a change too many.
func TestTheSchemaHoldsWhatMustNotHappen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, told(d, zhang))
		insert := func(query string, args ...any) error {
			return s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), query, args...)
				return err
			})
		}
		change := `INSERT INTO unit_changes (contest_id, player_id, ordinal, allowed, old_unit, new_unit, changed_at) VALUES (1, ?, ?, 1, 5, 6, 0)`
		if err := insert(change, e.PlayerID, 1); err != nil {
			t.Fatal(err)
		}
		if err := insert(change, e.PlayerID, 1); !sqldb.IsDuplicate(err) {
			t.Errorf("the first change twice: %v", err)
		}
		for _, ordinal := range []int{0, 2} {
			if err := insert(change, e.PlayerID, ordinal); err == nil {
				t.Errorf("change %d of 1 is stored", ordinal)
			}
		}
		err := insert(`INSERT INTO personal (contest_id, player_id, field_key, kind, sealed, hash, consent, consented_at)
			VALUES (1, ?, 'phone', 'phone', 'x', 'x', 'x', 0)`, e.PlayerID)
		if !sqldb.IsDuplicate(err) {
			t.Errorf("a second phone of the player: %v", err)
		}
	})
}

func TestWhoPressesTwiceAtOnceIsEnrolledOnceWithAllThatWasTold(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		guest, err := p.Enrol(t.Context(), 2, 0, "小李", 0)
		if err != nil {
			t.Fatal(err)
		}
		var pressed sync.WaitGroup
		for range 8 {
			pressed.Go(func() {
				if e, err := p.Join(t.Context(), d, 1, guest.PlayerID, told(d, zhang)); err != nil || e.Filled != "name phone" {
					t.Errorf("%+v, %v", e, err)
				}
			})
		}
		pressed.Wait()
		if n, err := p.Count(t.Context(), 1); err != nil || n != 1 {
			t.Errorf("%d take part, %v", n, err)
		}
	})
}

func TestNothingThatWasTypedIsInAnError(t *testing.T) {
	s := testkit.Embedded(t)
	p, d := players(t, s), parse(t, asking)
	for _, fields := range []map[string]string{{"phone": "13800138000x"}, {"name": "张三1"},
		{"phone": "13800138000", "name": "张三\x00"}} {
		_, err := p.Join(t.Context(), d, 1, 0, told(d, fields))
		if err == nil || strings.Contains(err.Error(), "138") || strings.Contains(err.Error(), "张三") {
			t.Errorf("the log would show %v", err)
		}
	}
}
