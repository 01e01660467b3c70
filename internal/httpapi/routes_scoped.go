package httpapi

import (
	"context"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/sqldb"
)

// scoped keeps accounts for one contest to its calls.
func (s *Console) scoped() *console.Scoped {
	general := map[string]bool{"GET /choices": true, "GET /notices": true}
	for _, call := range s.sessionCalls() {
		if call.need == console.Themselves {
			general[call.method+" "+call.path] = true
		}
	}
	return &console.Scoped{
		Sessions: s.Sessions, Catalog: s.Catalog,
		Owners: map[string]console.OwnerOf{
			"drawing": console.ByID(func(ctx context.Context, id sqldb.ID) (sqldb.ID, error) {
				row, err := s.Drawings.Drawings.Drawing(ctx, id)
				if err != nil {
					return 0, err
				}
				return row.ContestID, nil
			}),
			"case": console.ByID(func(ctx context.Context, id sqldb.ID) (sqldb.ID, error) {
				of, err := s.Cases.Conduct.Case(ctx, id)
				if err != nil {
					return 0, err
				}
				return of.ContestID, nil
			}),
			"room": console.ByID(func(ctx context.Context, id sqldb.ID) (sqldb.ID, error) {
				seen, err := s.Rooms.Rooms.See(ctx, id)
				if err != nil {
					return 0, err
				}
				return seen.ContestID, nil
			}),
			"bill": func(ctx context.Context, number string) (sqldb.ID, error) {
				return s.Payouts.Payouts.ContestOfBill(ctx, number)
			},
			"act": console.ByID(func(ctx context.Context, id sqldb.ID) (sqldb.ID, error) {
				return s.Payouts.Payouts.ContestOfAct(ctx, id)
			}),
		},
		General: general,
	}
}
