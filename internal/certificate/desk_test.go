package certificate

import (
	"database/sql"
	"testing"

	"anquanda/internal/sqldb"
)

// Two attempts of a player may end in one transaction: what the first brought is not stored
// yet when the second brings a better one.
func TestABetterCertificateFollowsAStoredOneAndOneOfTheSameTransaction(t *testing.T) {
	grade := sql.NullString{String: "g", Valid: true}
	stored := &Certificate{PlayerID: 1, Key: "fair", Grade: grade}
	alone := &Certificate{PlayerID: 1, Key: "alone"}
	other := &Certificate{PlayerID: 2, Key: "fair", Grade: grade}
	k := desk{held: map[sqldb.ID][]*Certificate{1: {stored, alone}, 2: {other}}}
	good := &Certificate{PlayerID: 1, Key: "good", Grade: grade, EarnedAt: 10}
	best := &Certificate{PlayerID: 1, Key: "best", Grade: grade, EarnedAt: 20}
	k.hand(good)
	k.hand(best)
	for _, c := range []struct {
		what     *Certificate
		stands   bool
		replaced int64
	}{{stored, false, 10}, {good, false, 20}, {best, true, 0}, {other, true, 0}} {
		if c.what.Grade.Valid != c.stands || c.what.ReplacedAt != c.replaced {
			t.Errorf("%s stands: %v, replaced at %d", c.what.Key, c.what.Grade.Valid, c.what.ReplacedAt)
		}
	}
	if alone.ReplacedAt != 0 || len(k.replaced) != 1 || k.replaced[0] != stored || len(k.fresh) != 2 {
		t.Errorf("%d stored ones are replaced, %d are new", len(k.replaced), len(k.fresh))
	}
}
