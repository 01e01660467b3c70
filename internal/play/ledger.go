package play

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// playerKey is a player in a contest.
type playerKey struct{ contest, player sqldb.ID }

// ledger is what players did beside attempts, and what they earned.
type ledger struct {
	deeds  map[playerKey][]contest.Deed
	grants map[playerKey][]contest.Grant
}

type deedRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Kind      string   `db:"kind"`
	Ref       string   `db:"ref"`
	DoneAt    int64    `db:"done_at"`
}

type grantRow struct {
	ID        sqldb.ID `db:"id"`
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Kind      string   `db:"kind"`
	Source    string   `db:"source"`
	Rule      string   `db:"rule_key"`
	Amount    int      `db:"amount"`
	GrantedAt int64    `db:"granted_at"`
}

func (g *grantRow) grant() contest.Grant {
	return contest.Grant{Kind: contest.GrantKind(g.Kind), Source: g.Source, Rule: g.Rule, Amount: g.Amount,
		At: g.GrantedAt}
}

// readLedger reads deeds and grants of players in contests.
func readLedger(ctx context.Context, from sqldb.Reader, contests, players []sqldb.ID) (*ledger, error) {
	l := &ledger{deeds: map[playerKey][]contest.Deed{}, grants: map[playerKey][]contest.Grant{}}
	if len(contests) == 0 {
		return l, nil
	}
	var deeds []deedRow
	err := from.SelectIn(ctx, &deeds, "SELECT "+sqldb.Columns[deedRow]("")+` FROM deeds
		WHERE contest_id IN (?) AND player_id IN (?) ORDER BY done_at, kind, ref`, contests, players)
	if err != nil {
		return nil, errs.Wrap(err, "read the deeds of players")
	}
	for _, d := range deeds {
		key := playerKey{d.ContestID, d.PlayerID}
		l.deeds[key] = append(l.deeds[key], contest.Deed{Kind: contest.DeedKind(d.Kind), Ref: d.Ref, At: d.DoneAt})
	}
	var grants []grantRow
	err = from.SelectIn(ctx, &grants, "SELECT "+sqldb.Columns[grantRow]("")+` FROM grants
		WHERE contest_id IN (?) AND player_id IN (?) ORDER BY granted_at, id`, contests, players)
	if err != nil {
		return nil, errs.Wrap(err, "read what players earned")
	}
	for _, g := range grants {
		key := playerKey{g.ContestID, g.PlayerID}
		l.grants[key] = append(l.grants[key], g.grant())
	}
	return l, nil
}

// writeGrants adds what changes earned. A grant that is there already was given
// by a transaction that ours did not see: it must run again.
func (w *Work) writeGrants(ctx context.Context, changes []*Change) error {
	var rows []grantRow
	for _, c := range changes {
		for _, g := range c.Earned {
			rows = append(rows, grantRow{w.service.ids.Next(), c.ContestID, c.PlayerID, string(g.Kind), g.Source, g.Rule,
				g.Amount, g.At})
		}
	}
	err := sqldb.Insert(ctx, w.Tx, "INSERT INTO grants", rows)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "write what players earned")
}

// Record reads all rows of a player in a contest.
func (s *Service) Record(
	ctx context.Context, c *contest.Definition, contestID, player sqldb.ID,
) (*contest.Record, error) {
	enrolments, err := s.players.Enrolments(ctx, contestID, []sqldb.ID{player})
	if err != nil {
		return nil, err
	}
	records, err := s.Records(ctx, c, contestID, map[sqldb.ID]identity.Enrolment{player: enrolments[player]})
	return records[player], err
}

// EarnedBy is what a player of a contest was granted by some of its rules, in the order of
// their keys.
func (s *Service) EarnedBy(ctx context.Context, contestID, player sqldb.ID, rules []string) ([]contest.Grant, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	var rows []grantRow
	err := s.db.SelectIn(ctx, &rows, "SELECT "+sqldb.Columns[grantRow]("")+` FROM grants
		WHERE contest_id = ? AND player_id = ? AND rule_key IN (?) ORDER BY rule_key, id`, contestID, player, rules)
	earned := make([]contest.Grant, len(rows))
	for i, g := range rows {
		earned[i] = g.grant()
	}
	return earned, errs.Wrap(err, "read what some rules gave a player")
}
