package app

import (
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// 网络安全法 article 21 asks for logs of at least six months; contests keep what people told for less.
func TestTheAuditLogOutlivesHalfAYearAndTheRetentionOfEveryContest(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, clock := familyApp(t, s)
		player := everywhere(t, a, c, "13800138000")
		for _, action := range []string{"payouts.plan", "case.decide", "drawing.draw"} {
			err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				return staff.Record(t.Context(), tx, staff.Entry{Actor: staff.CommandLine, Action: action, Subject: c.Slug})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, c.Slug); err != nil {
			t.Fatal(err)
		}
		before, err := a.Staff.CheckLog(t.Context(), 0)
		if err != nil || before.Broken != 0 || before.Entries < 3 {
			t.Fatalf("before it is %+v, %v", before, err)
		}
		if _, err := a.Leave(t.Context(), c.ContestID, player); err != nil {
			t.Fatal(err)
		}
		if err := a.EndRehearsal(t.Context(), staff.CommandLine, c.Slug); err != nil {
			t.Fatal(err)
		}
		now := clock.ms.Load()
		for _, days := range []int{31, 179, 181, 2000} {
			clock.ms.Store(now + int64(days)*24*time.Hour.Milliseconds())
			if err := a.expire(t.Context()); err != nil {
				t.Fatal(err)
			}
			var first int64
			if err := a.DB.Get(t.Context(), &first, "SELECT MIN(seq) FROM audit_log"); err != nil || first != 1 {
				t.Errorf("after %d days the log begins with entry %d, %v", days, first, err)
			}
			check, err := a.Staff.CheckLog(t.Context(), 0)
			if err != nil || check.Broken != 0 || check.Entries < before.Entries {
				t.Errorf("after %d days the log is %+v, %v", days, check, err)
			}
		}
	})
}
