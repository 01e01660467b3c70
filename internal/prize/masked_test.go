package prize_test

import (
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

func TestAHiddenNameIsNotInAListOfWinners(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		hidden, open := f.Player(""), f.Player("")
		err := f.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := identity.SetName(t.Context(), tx, f.Contest.ContestID, hidden, publicname.Hidden, "", 1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		shown, err := f.Ledger.Masked(t.Context(), f.Contest, []sqldb.ID{hidden, open})
		if err != nil || shown[hidden].Name != publicname.Alias(hidden) || shown[open].Name != "安*员" {
			t.Errorf("the list shows %v, %v", shown, err)
		}
		reviewed := *f.Contest
		definition := *f.Contest.Definition
		definition.Players.Names.Review = true
		reviewed.Definition = &definition
		shown, err = f.Ledger.Masked(t.Context(), &reviewed, []sqldb.ID{open})
		if err != nil || shown[open].Name != publicname.Alias(open) {
			t.Errorf("before somebody has looked the hall reads %v, %v", shown, err)
		}
	})
}
