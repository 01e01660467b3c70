package identity_test

import (
	"context"
	"strings"
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func TestSeeingAPhoneIsInTheAuditLogWithoutThePhone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.Replace(arena.Demo, "unit: {ask: optional}",
			"fields: [{key: phone, label: 手机号, kind: phone, when: earn, why: 联系}]", 1))
		d := a.Contest.Definition
		e, err := a.Players.Join(t.Context(), d, a.Contest.ContestID, 0, identity.Application{
			Nickname: "小明", Fields: map[string]string{"phone": "13800138000"},
			Consent: personal.ConsentTo(d, personal.EntryFields(d)).Version, At: a.Clock.MS(),
		})
		if err != nil {
			t.Fatal(err)
		}
		seen, err := a.Players.Personal.Reveal(t.Context(), a.Contest.ContestID, []sqldb.ID{e.PlayerID}, []string{"phone"},
			func(ctx context.Context, tx *sqldb.Tx, seen personal.Revealed) error {
				return staff.Record(ctx, tx, staff.Entry{Actor: staff.CommandLine, Action: "player.reveal",
					Subject: e.PlayerID.String(),
					Detail:  map[string]any{"fields": []string{"phone"}, "players": len(seen), "why": "通知领奖"}})
			})
		if err != nil || seen[e.PlayerID]["phone"] != "13800138000" {
			t.Fatalf("seen is %v, %v", seen, err)
		}
		desk := staff.New(a.DB, nil, keyring.Only(nil), a.Clock.Now)
		entries, err := desk.Log(t.Context(), 0, 10)
		if err != nil || len(entries) == 0 || entries[0].Action != "player.reveal" ||
			!strings.Contains(entries[0].Detail, "通知领奖") || strings.Contains(entries[0].Detail, "138") {
			t.Errorf("logged is %+v, %v", entries, err)
		}
		if check, err := desk.CheckLog(t.Context(), 0); err != nil || check.Broken != 0 {
			t.Errorf("the log is broken at %d, %v", check.Broken, err)
		}
	})
}
