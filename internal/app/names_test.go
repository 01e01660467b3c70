package app

import (
	"context"
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// The list of words changes while staff look at a name: what they decide holds, also where it
// falls between the judging of the name and the writing of what it gave.
func TestWhatStaffDecideOnANicknameIsNotJudgedAway(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, _ := familyApp(t, s)
		player := registered(t, a, c, "13800138000")
		judge := func(k publicname.Kept) publicname.State {
			if k.State == publicname.Hidden {
				return k.State
			}
			hidden, err := a.DecideNames(t.Context(), staff.Actor{Name: "值班"}, c,
				[]publicname.Looked{{Player: player, Name: k.Name}}, publicname.Hidden, "不文明")
			if err != nil || hidden != 1 {
				t.Fatal(hidden, err)
			}
			return publicname.Approved
		}
		touch := func(context.Context, *sqldb.Tx, identity.Judged) error { return nil }
		changed := func(context.Context, identity.Judged) { t.Error("the name is judged away") }
		if err := a.Players.Rejudge(t.Context(), judge, touch, changed); err != nil {
			t.Fatal(err)
		}
		if e, err := a.Players.Enrolment(t.Context(), c.ContestID, player); err != nil || e.NameState != publicname.Hidden {
			t.Errorf("the name is %q, %v", e.NameState, err)
		}
	})
}
