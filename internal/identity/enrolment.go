package identity

import (
	"context"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Enrolment is a player's part in a contest.
type Enrolment struct {
	PlayerID sqldb.ID `db:"player_id"`
	Nickname string   `db:"nickname"`
	UnitID   sqldb.ID `db:"unit_id"` // 0 for none
	Division string   `db:"division"`
	Filled   string   `db:"filled"` // keys of fields, parted by blanks
	// NameState says whether others see the nickname: see ShownName.
	NameState publicname.State `db:"name_state"`
	// Proofs are the ways by which the player is proven, parted by blanks: see
	// contest.Definition.IsProven.
	Proofs string `db:"proofs"`
}

var enrolmentColumns = sqldb.Columns[Enrolment]("")

// HasField reports whether the player has filled in a field of the definition.
func (e Enrolment) HasField(key string) bool {
	for filled := range strings.FieldsSeq(e.Filled) {
		if filled == key {
			return true
		}
	}
	return false
}

// LockIn reads the part of a player and makes others wait who would change it, so that
// of two transactions that look at each other's work the second sees the first's.
// Errors: ErrNotEnrolled.
func LockIn(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) (Enrolment, error) {
	if err := lockEnrolment(ctx, tx, contestID, player); err != nil {
		return Enrolment{}, err
	}
	found, err := EnrolmentsIn(ctx, tx, contestID, []sqldb.ID{player})
	return found[player], err
}

// ProvenWhere is a condition on player_id for queries of other packages, with its
// arguments: it holds for the proven persons of a contest. No way's name is part of
// another's.
func ProvenWhere(d *contest.Definition, contestID sqldb.ID) (condition string, args []any) {
	args = []any{contestID}
	ways := make([]string, len(d.Players.Proof))
	for i, way := range d.Players.Proof {
		ways[i], args = "proven.proofs LIKE ?", append(args, "%"+string(way)+"%")
	}
	return `player_id IN (SELECT proven.player_id FROM enrolments proven
		WHERE proven.contest_id = ? AND (` + strings.Join(ways, " OR ") + "))", args
}

// Gone is how a player who left stands on boards.
func Gone(player sqldb.ID) Enrolment { return Enrolment{PlayerID: player, Nickname: gone} }

// Left reports whether the player took the name back: there is nobody to be
// reached any more.
func (e Enrolment) Left() bool { return e.Nickname == gone }

// ShownName is the player's name as an audience sees it. Who left has no name to
// be hidden.
func (e Enrolment) ShownName(v publicname.View) string {
	return e.ShownMasked(v, func(name string) string { return name })
}

// ShownMasked is ShownName for a list that masks the names it shows.
func (e Enrolment) ShownMasked(v publicname.View, masked func(string) string) string {
	switch {
	case e.Left():
		return masked(e.Nickname)
	case e.Nickname == "":
		return publicname.Alias(e.PlayerID)
	}
	return v.ShowMasked(e.Nickname, e.NameState, e.PlayerID, masked)
}

// EnrolmentsIn reads the parts of several players at once, inside a transaction or
// outside; unknown ones are left out.
func EnrolmentsIn(
	ctx context.Context, from sqldb.Reader, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID]Enrolment, error) {
	found := make(map[sqldb.ID]Enrolment, len(players))
	if len(players) == 0 {
		return found, nil
	}
	var rows []Enrolment
	err := from.SelectIn(ctx, &rows,
		"SELECT "+enrolmentColumns+" FROM enrolments WHERE contest_id = ? AND player_id IN (?)", contestID, players)
	for _, row := range rows {
		found[row.PlayerID] = row
	}
	return found, errs.Wrap(err, "read enrolments")
}

// Ways lists by what the player is proven.
func (e Enrolment) Ways() (ways []contest.Proof) {
	for way := range strings.FieldsSeq(e.Proofs) {
		ways = append(ways, contest.Proof(way))
	}
	return ways
}
