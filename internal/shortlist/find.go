package shortlist

import (
	"context"

	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Find finds whom each of some texts names: who told it as a phone number, or has it as a
// number of a player, as far as they take part in the contest. Nobody is an empty list.
func Find(ctx context.Context, players *identity.Players, contestID sqldb.ID, texts []string) ([][]sqldb.ID, error) {
	found, numbers := make([][]sqldb.ID, len(texts)), map[int]sqldb.ID{}
	var ids []sqldb.ID
	for i, text := range texts {
		var err error
		if found[i], err = players.Personal.ByPhone(ctx, contestID, text); err != nil {
			return nil, err
		}
		if id, ok := sqldb.ParseID(text); ok && len(found[i]) == 0 {
			numbers[i], ids = id, append(ids, id)
		}
	}
	who, err := players.Enrolments(ctx, contestID, ids)
	for i, id := range numbers {
		if _, takesPart := who[id]; takesPart {
			found[i] = []sqldb.ID{id}
		}
	}
	return found, err
}
