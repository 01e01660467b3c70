package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
)

const flowers = `purses: [{key: flowers, title: 小红花}, {key: mend, title: 补签卡}]
earnings:
  - {key: came, for: checkin, give: {points: 2, purse: flowers, amount: 3}}
  - {key: shared, for: share, give: {purse: mend, amount: 1}}
caps: [{of: flowers, max: 7, per: week}, {of: points, max: 100, per: day}]
`

func TestAPurseIsKeptApartFromThePointsAndHasACapOfItsOwn(t *testing.T) {
	l := newLife(t, twoLevels+flowers)
	for _, day := range []string{"01", "02", "03", "04"} { // from a Monday on
		l.now = shanghai(t, "2026-06-"+day+" 09:00:00")
		l.do(contest.DeedCheckin, "202606"+day)
	}
	l.do(contest.DeedShare, "1")
	for purse, want := range map[string]int{"": 8, "flowers": 7, "mend": 1, "other": 0} {
		if got := l.summary.Sum(contest.GrantInto(purse)); got != want {
			t.Errorf("%q holds %d, want %d", purse, got, want)
		}
	}
	l.now = shanghai(t, "2026-06-08 09:00:00")
	l.do(contest.DeedCheckin, "20260608")
	if got := l.summary.Sum(contest.GrantInto("flowers")); got != 10 {
		t.Errorf("in the next week there are %d flowers, want 10", got)
	}
	sources := map[string]bool{}
	for _, g := range l.record.Grants {
		if key := string(g.Kind) + " " + g.Source; sources[key] || len(g.Kind) > 16 {
			t.Errorf("the ledger cannot keep %+v", g)
		}
		sources[string(g.Kind)+" "+g.Source] = true
	}
}

func TestWhoHoldsEnoughOfAPurseIsEligible(t *testing.T) {
	l := newLife(t, twoLevels+flowers)
	l.comes(shanghai(t, "2026-06-01 09:00:00"))
	for least, want := range map[int]bool{3: true, 4: false} {
		who := contest.Condition{Holds: &contest.Holds{Purse: "flowers", Least: least}}
		if got := l.d.Meets(who, &l.record, 0, l.now+1); got != want || l.d.MeetsNow(who, l.summary) != want {
			t.Errorf("at least %d: %v", least, got)
		}
	}
}

func TestAPlaceThatNamesNoPurseIsRefused(t *testing.T) {
	for _, c := range []struct{ old, with, want string }{
		{"purse: mend, amount: 1", "purse: other, amount: 1", `"other" is no purse`},
		{"purse: mend, amount: 1", "amount: 1", "purse and amount stand together"},
		{"purse: mend, amount: 1", "purse: mend", "purse and amount stand together"},
		{"{of: flowers,", "{of: other,", `"other" is no purse`},
		{"key: mend, title", "key: flowers, title", "another purse"},
		{"key: mend, title", "key: points, title", "another purse"},
		{"key: mend, title", "key: a-very-long-purse, title", "over 15 characters"},
	} {
		_, err := contest.Parse("purse.yaml", []byte(twoLevels+strings.Replace(flowers, c.old, c.with, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.with, err, c.want)
		}
	}
}
