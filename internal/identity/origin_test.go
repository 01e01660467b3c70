package identity

import (
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// noted lists what is kept of a player's origins, by occasion.
func noted(t *testing.T, p *Players, player sqldb.ID) map[Occasion]Origin {
	t.Helper()
	var rows []struct {
		Occasion Occasion `db:"occasion"`
		Device   string   `db:"device"`
		Network  string   `db:"network"`
	}
	err := p.db.Select(t.Context(), &rows,
		"SELECT occasion, device, network FROM player_origins WHERE player_id = ?", player)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[Occasion]Origin{}
	for _, r := range rows {
		kept[r.Occasion] = Origin{r.Device, r.Network}
	}
	return kept
}

func TestWhereAPlayerJoinedIsKeptAsAHashUntilLeavingOrTheEndOfTheRetention(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), &contest.Definition{}
		join := func(player sqldb.ID, nickname string, from Origin) sqldb.ID {
			t.Helper()
			e, err := p.Join(t.Context(), d, 1, player, Application{Nickname: nickname, From: from, At: 1})
			if err != nil {
				t.Fatal(err)
			}
			return e.PlayerID
		}
		phone := Origin{"phone", "203.0.113.0/24"}
		first, second := join(0, "小李", phone), join(0, "小王", phone)
		join(first, "大李", Origin{"other", "198.51.100.0/24"}) // a changed name is no joining
		one, two := noted(t, p, first)[OnJoin], noted(t, p, second)[OnJoin]
		if one != two || one.Device == "" || one.Device == phone.Device ||
			!slices.Contains(p.NetworkMarks(1, phone.Network), one.Network) {
			t.Errorf("kept are %+v and %+v", one, two)
		}
		if p.NetworkMarks(1, phone.Network)[0] == p.NetworkMarks(2, phone.Network)[0] {
			t.Error("a network can be followed from one contest to another")
		}
		if nothing := join(0, "小张", Origin{}); len(noted(t, p, nothing)) != 0 {
			t.Errorf("of nowhere %v is kept", noted(t, p, nothing))
		}
		claim := func(from Origin) {
			t.Helper()
			err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				return p.NoteOrigin(t.Context(), tx, 1, second, OnClaim, from, 2)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		claim(Origin{Device: "collector"})
		claim(phone)
		if kept := noted(t, p, second); len(kept) != 2 || kept[OnClaim] == one || kept[OnClaim].Network != "" {
			t.Errorf("of the first claim and the joining %+v is kept", kept)
		}
		if err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error { return Forget(t.Context(), tx, 1, second) }); err != nil {
			t.Fatal(err)
		}
		if kept := noted(t, p, second); len(kept) != 0 {
			t.Errorf("of who left %v is kept", kept)
		}
		if rows, err := Expire(t.Context(), s.DB, 1); err != nil || rows == 0 || len(noted(t, p, first)) != 0 {
			t.Errorf("at the end %d rows go, %v", rows, err)
		}
	})
}
