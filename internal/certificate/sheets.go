package certificate

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// SheetsAtOnce is how many certificates staff print at once at most.
const SheetsAtOnce = 100

// Sheet is a certificate to be printed by staff, with the name on it; empty while the
// player has not told the real name that it bears.
type Sheet struct {
	Certificate
	Shown string
}

// standing is the condition for the certificates of a contest that are good: no better one
// followed, and the player counts. It takes the contest's id three times.
const standing = " FROM certificates WHERE contest_id = ? AND replaced_at = 0 AND " + conduct.StandingWhere

// OfUnits is how many certificates stand by the unit that their players are of now; 0
// stands for players of none. It reads all certificates of the contest.
func (s *Service) OfUnits(ctx context.Context, contestID sqldb.ID) (map[sqldb.ID]int, error) {
	var rows []struct {
		Unit sqldb.ID `db:"unit_id"`
		N    int      `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `SELECT e.unit_id, COUNT(*) AS n FROM (SELECT player_id`+standing+`) held
		JOIN enrolments e ON e.contest_id = ? AND e.player_id = held.player_id GROUP BY e.unit_id`,
		contestID, contestID, contestID, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "count the certificates of units")
	}
	counted := make(map[sqldb.ID]int, len(rows))
	for _, row := range rows {
		counted[row.Unit] = row.N
	}
	return counted, nil
}

// Sheets are the certificates that stand of the players that are of a unit now (0: of none),
// by number from the one behind after, SheetsAtOnce at most; more tells whether others
// follow. The names on them are personal data: who took them is written into the audit log.
func (s *Service) Sheets(
	ctx context.Context, by staff.Actor, in *catalog.Contest, unit, after sqldb.ID,
) (sheets []Sheet, more bool, err error) {
	var rows []Certificate
	err = s.db.Select(ctx, &rows, "SELECT "+columns+standing+` AND number > ?
		AND player_id IN (SELECT player_id FROM enrolments WHERE contest_id = ? AND unit_id = ?)
		ORDER BY number LIMIT ?`, in.ContestID, in.ContestID, in.ContestID, after, in.ContestID, unit, SheetsAtOnce+1)
	if err != nil {
		return nil, false, errs.Wrap(err, "read the certificates of a unit")
	}
	if more = len(rows) > SheetsAtOnce; more {
		rows = rows[:SheetsAtOnce]
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if sheets, err = s.sheetsOf(ctx, tx, in.ContestID, rows); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "certificates.print", Subject: in.Slug,
			Detail: map[string]any{"unit": in.Units.Path(unit), "certificates": len(rows)}})
	})
	return sheets, more, err
}

func (s *Service) sheetsOf(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, rows []Certificate) ([]Sheet, error) {
	players := make([]sqldb.ID, len(rows))
	for i := range rows {
		players[i] = rows[i].PlayerID
	}
	who, err := identity.EnrolmentsIn(ctx, tx, contestID, players)
	if err != nil {
		return nil, err
	}
	sheets := make([]Sheet, len(rows))
	for i := range rows {
		shown, err := s.NameOn(&rows[i], who[rows[i].PlayerID])
		if err != nil {
			return nil, err
		}
		sheets[i] = Sheet{rows[i], shown}
	}
	return sheets, nil
}

// NameOn is the name on a certificate of a player: the real name where it bears that, else
// the nickname as others see it; empty where the real name is not told or was deleted.
// Whoever shows a real name to others than the player and staff who may see it masks it.
func (s *Service) NameOn(c *Certificate, e identity.Enrolment) (string, error) {
	if c.Naming() != Nicknamed {
		return s.RealName(c)
	}
	if c.Name == "" || c.Name == e.Nickname && !e.NameState.Public() {
		return e.ShownName(publicname.OnPhones), nil
	}
	return c.Name, nil
}
