package identity

import (
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const choosing = `contest: choosing
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players:
  unit: {ask: optional, label: 参赛单位, changes: 1, per: 10d}
  fields:
    - {key: role, label: 身份, kind: choice, options: [职工, 学生, 居民], when: start, why: 统计}
    - {key: next, label: 下次想当, kind: choice, options: [学生, 职工], ask: optional, when: start, why: 统计}
levels:
  - {key: first, title: 第一关, questions: [{count: 3}], pass: 2}
`

// choosingOne is an application that chooses.
func choosingOne(d *contest.Definition, name, role, next string) Application {
	a := told(d, map[string]string{"role": role, "next": next})
	a.Nickname = name
	return a
}

func TestOptionsThatPlayersChooseAreCountedWithoutOpeningThem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, choosing)
		refuse(t, p, d, 0, choosingOne(d, "小李", "校长", ""), "fields.role", "请从列出的身份里选一项")
		e := join(t, p, d, 0, choosingOne(d, "小李", "学生", "学生"))
		join(t, p, d, 0, choosingOne(d, "小王", "学生", ""))
		join(t, p, d, e.PlayerID, choosingOne(d, "小李", "职工", "")) // another choice in its place
		counts, err := p.Personal.Choices(t.Context(), d, 1)
		if err != nil || len(counts) != 2 {
			t.Fatalf("%+v, %v", counts, err)
		}
		if got := counts[0].Counts; got[0] != 1 || got[1] != 1 || got[2] != 0 {
			t.Errorf("the roles are counted as %v", got)
		}
		if got := counts[1].Counts; got[0] != 1 || got[1] != 0 {
			t.Errorf("the same words in another field are counted as %v", got)
		}
		if err := p.Untell(t.Context(), 1, e.PlayerID, "role"); err != nil {
			t.Fatal(err)
		}
		if counts, err = p.Personal.Choices(t.Context(), d, 1); err != nil || counts[0].Counts[0] != 0 {
			t.Errorf("after it was taken back: %+v, %v", counts, err)
		}
	})
}

func TestAUnitIsChangedAsOftenInSoManyDaysAsTheContestAllows(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		const day = 86_400_000
		p, d := players(t, s), parse(t, choosing)
		a := choosingOne(d, "小李", "学生", "")
		a.UnitID = in(5)
		e := join(t, p, d, 0, a)
		a.Started = true
		move := func(unit sqldb.ID, at int64) Application {
			a.UnitID, a.At = in(unit), at
			return a
		}
		join(t, p, d, e.PlayerID, move(6, today))
		const used = "更换参赛单位的次数用完了，6月26日 18:00以后可以再换"
		refuse(t, p, d, e.PlayerID, move(7, today+1), "unit", used)
		refuse(t, p, d, e.PlayerID, move(7, today+10*day-1), "unit", used)
		if e = join(t, p, d, e.PlayerID, move(7, today+10*day)); e.UnitID != 7 {
			t.Errorf("ten days later the unit is %d", e.UnitID)
		}
		refuse(t, p, d, e.PlayerID, move(8, today+10*day+1), "unit", "更换参赛单位的次数用完了，7月6日 18:00以后可以再换")
		changes, err := p.UnitChanges(t.Context(), 1, e.PlayerID)
		if err != nil || len(changes) != 2 {
			t.Errorf("recorded are %+v, %v", changes, err)
		}
		if left, again := UnitChangesLeft(d, changes, today+10*day+1); left != 0 || again != today+20*day {
			t.Errorf("%d are left, again at %d", left, again)
		}
	})
}
