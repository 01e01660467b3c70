package pledge

import (
	"context"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// signedName is a name fit for the certificate and the wall, and what becomes of it:
// who had a nickname hidden signs under one that staff looks at first. Errors:
// invalid_field name.
func (s *Service) signedName(c *catalog.Contest, by identity.Enrolment, text string) (string, publicname.State, error) {
	name, err := publicname.Clean("name", "署名", text, identity.MaxNickname)
	if err != nil {
		return "", "", err
	}
	unfit := s.names.Unfit(publicname.Person, "署名", name)
	switch {
	case unfit != "" && c.Players.Names.Unfit != contest.UnfitReplaced:
		return "", "", errs.InvalidField("name", unfit)
	case by.NameState == publicname.Hidden || by.NameState == publicname.Waiting:
		return name, publicname.Waiting, nil
	case unfit != "":
		return name, publicname.Unfit, nil
	case name == by.Nickname:
		return name, by.NameState, nil // staff looks at a name once
	}
	return name, publicname.Unseen, nil
}

// Hide withholds the name of a signature, or shows it again; the certificate of the
// player stays. Errors: ErrNotSigned, invalid_field reason.
func (s *Service) Hide(
	ctx context.Context, by staff.Actor, c *catalog.Contest, number int64, hidden bool, reason string,
) error {
	if reason = strings.TrimSpace(reason); hidden && reason == "" {
		return errs.InvalidField("reason", "请写明原因")
	}
	action, state := "pledge.show", publicname.Approved
	if hidden {
		action, state = "pledge.hide", publicname.Hidden
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "UPDATE signatures SET name_state = ?, name_at = ? WHERE contest_id = ? AND number = ?",
			state, s.millis(), c.ContestID, number)
		if err == nil && matched == 0 {
			err = ErrNotSigned
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: c.Slug,
			Detail: map[string]any{"number": number, "reason": reason}})
	})
	s.DropWall(c.ContestID)
	return errs.Wrap(err, "hide signature %d", number)
}

// SetName decides how the name is shown that a player signed with: a name under a
// pledge is never changed.
func SetName(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, state publicname.State, at int64) error {
	_, err := tx.Exec(ctx, "UPDATE signatures SET name_state = ?, name_at = ? WHERE contest_id = ? AND player_id = ?",
		state, at, contestID, player)
	return errs.Wrap(err, "decide how a signature is shown")
}

// Rejudge judges the names of all signatures anew after a list of words changed; one that
// staff decided on meanwhile stays as they did.
func (s *Service) Rejudge(ctx context.Context, judge func(publicname.Kept) publicname.State) error {
	type kept struct {
		ContestID sqldb.ID         `db:"contest_id"`
		PlayerID  sqldb.ID         `db:"player_id"`
		Name      string           `db:"name"`
		NameState publicname.State `db:"name_state"`
		NameAt    int64            `db:"name_at"`
	}
	type judged struct {
		kept
		now publicname.State
	}
	var row kept
	var differ []judged
	err := s.db.Each(ctx, &row, func() error {
		now := judge(publicname.Kept{Name: row.Name, State: row.NameState, At: row.NameAt})
		if now != row.NameState {
			differ = append(differ, judged{row, now})
		}
		return nil
	}, "SELECT "+sqldb.Columns[kept]("")+" FROM signatures WHERE name <> ''")
	if err != nil {
		return errs.Wrap(err, "judge signatures anew")
	}
	for _, k := range differ {
		err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE signatures SET name_state = ?, name_at = ?
				WHERE contest_id = ? AND player_id = ? AND name_state = ? AND name_at = ?`,
				k.now, s.millis(), k.ContestID, k.PlayerID, k.NameState, k.NameAt)
			return err
		})
		if err != nil {
			return errs.Wrap(err, "judge a signature anew")
		}
		s.DropWall(k.ContestID)
	}
	return nil
}

// SignersQuery is which signatures to find, beside those of players whose nickname is
// found already: of a text in the name, of states.
type SignersQuery struct {
	Text   string
	States []publicname.State
	Limit  int
}

const signersWhere = ` FROM signatures s JOIN enrolments e ON e.contest_id = s.contest_id AND e.player_id = s.player_id
	WHERE s.contest_id = ? AND s.name <> '' AND s.name_state IN (?) AND s.name LIKE ? ESCAPE '!'
	AND NOT (e.name_state IN (?) AND e.nickname LIKE ? ESCAPE '!')`

func (q SignersQuery) args(contestID sqldb.ID) []any {
	text := "%" + sqldb.EscapeLike(q.Text) + "%"
	return []any{contestID, q.States, text, q.States, text}
}

// Signers finds who signed under a name that somebody looks for, newest first; total
// counts all of them.
func (s *Service) Signers(
	ctx context.Context, contestID sqldb.ID, q SignersQuery,
) (players []sqldb.ID, total int64, err error) {
	err = s.db.SelectIn(ctx, &players, "SELECT s.player_id"+signersWhere+" ORDER BY s.number DESC LIMIT ?",
		append(q.args(contestID), q.Limit)...)
	if err != nil {
		return nil, 0, errs.Wrap(err, "find signers")
	}
	var counts []int64
	err = s.db.SelectIn(ctx, &counts, "SELECT COUNT(*)"+signersWhere, q.args(contestID)...)
	if err == nil && len(counts) == 1 {
		total = counts[0]
	}
	return players, total, errs.Wrap(err, "count signers")
}

// OfPlayers reads the signatures of several players at once; who did not sign is left
// out.
func (s *Service) OfPlayers(
	ctx context.Context, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID]Signature, error) {
	found := make(map[sqldb.ID]Signature, len(players))
	if len(players) == 0 {
		return found, nil
	}
	var rows []Signature
	err := s.db.SelectIn(ctx, &rows, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND player_id IN (?)",
		contestID, players)
	for _, row := range rows {
		found[row.PlayerID] = row
	}
	return found, errs.Wrap(err, "read signatures")
}

// DropWall has the next wall of this node made anew, after names changed.
func (s *Service) DropWall(contestID sqldb.ID) {
	s.walls.Drop(contestID)
}

// List returns signatures, newest first: at most limit, with a number below
// before (0: all).
func (s *Service) List(ctx context.Context, contestID sqldb.ID, before int64, limit int) ([]Signature, error) {
	if before == 0 {
		before = 1 << 62
	}
	var rows []Signature
	err := s.db.Select(ctx, &rows,
		"SELECT "+columns+" FROM signatures WHERE contest_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
		contestID, before, limit)
	return rows, errs.Wrap(err, "list signatures")
}
