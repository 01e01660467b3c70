package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Application is how a player takes part in a contest, or what is to change of it.
type Application struct {
	Nickname string
	UnitID   *sqldb.ID // nil: as it is
	// UnitTyped: a name was typed in place of a unit that is asked for.
	UnitTyped bool
	Division  string             // empty: as it is
	Fields    map[string]string  // as typed, by key; left out or blank: as they are
	Consent   string             // version of the text agreed to, where Fields holds anything
	Guardian  *personal.Guardian // who agrees for a child; nil: nobody
	// Started: the player has begun an attempt that counts. From then on the
	// division is fixed, and changes of unit are counted.
	Started bool
	From    Origin // noted when a player begins to take part
	At      int64  // UTC ms
}

// Join lets a player (0: a new guest) take part in a contest by its rules, or
// changes the part of one who does, all of it or nothing. A change of unit after
// the first attempt is one of the few that the definition allows and is recorded;
// the unit goes along with all that the player earned, from the next result on.
// Errors: invalid_field nickname, unit, division, consent, guardian.name,
// guardian.consent or "fields.<key>", personal.ErrConsentOutdated.
func (p *Players) Join(
	ctx context.Context, d *contest.Definition, contestID, player sqldb.ID, a Application,
) (Enrolment, error) {
	var err error
	if a.Nickname, err = publicname.Clean("nickname", "昵称", a.Nickname, MaxNickname); err != nil {
		return Enrolment{}, err
	}
	fields := personal.EntryFields(d)
	filling, err := personal.Check(d, fields, a.Fields, a.Consent, a.At)
	if err != nil {
		return Enrolment{}, err
	}
	if err := filling.By(d, fields, a.Guardian); err != nil {
		return Enrolment{}, err
	}
	isNew := player == 0
	if isNew {
		player = p.ids.Next()
	}
	var is Enrolment
	err = p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		was, present := Enrolment{PlayerID: player}, false
		if isNew {
			err = p.addPlayer(ctx, tx, player, a.At)
		} else {
			was, present, err = p.lockPresent(ctx, tx, contestID, player)
		}
		if err != nil {
			return err
		}
		if is, err = p.settle(ctx, tx, d, contestID, was, a); err != nil {
			return err
		}
		if err := p.writeEnrolment(ctx, tx, contestID, is, present, a.At); err != nil {
			return err
		}
		if !present {
			if err := p.NoteOrigin(ctx, tx, contestID, player, OnJoin, a.From, a.At); err != nil {
				return err
			}
		}
		if err := p.FillIn(ctx, tx, contestID, player, filling); err != nil {
			return err
		}
		return tx.Get(ctx, &is, "SELECT "+enrolmentColumns+" FROM enrolments WHERE contest_id = ? AND player_id = ?",
			contestID, player)
	})
	return is, errs.Wrap(err, "enrol a player")
}

func (p *Players) addPlayer(ctx context.Context, tx *sqldb.Tx, player sqldb.ID, at int64) error {
	_, err := tx.Exec(ctx, "INSERT INTO players (id, created_at) VALUES (?, ?)", player, at)
	return err
}

// lockPresent reads the part that a player has, and makes others wait who would
// change it.
func (p *Players) lockPresent(
	ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID,
) (was Enrolment, present bool, err error) {
	if err := lockEnrolment(ctx, tx, contestID, player); errors.Is(err, ErrNotEnrolled) {
		return Enrolment{PlayerID: player}, false, nil
	} else if err != nil {
		return was, false, err
	}
	err = tx.Get(ctx, &was, "SELECT "+enrolmentColumns+" FROM enrolments WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	return was, true, err
}

// settle applies the rules to what is asked for, and counts a change of unit.
func (p *Players) settle(
	ctx context.Context, tx *sqldb.Tx, d *contest.Definition, contestID sqldb.ID, was Enrolment, a Application,
) (Enrolment, error) {
	is := was
	var err error
	if is.NameState, err = p.nameState(d, was, a.Nickname); err != nil {
		return is, err
	}
	is.Nickname = a.Nickname
	if is.Division, err = divisionOf(d, was.Division, a); err != nil {
		return is, err
	}
	known, err := knownUnit(ctx, tx, contestID, was.PlayerID)
	if err != nil {
		return is, err
	}
	if known != 0 && d.Players.Unit.Ask != contest.AskNo {
		is.UnitID = known // whatever is asked for: who knows it has said so
		return is, nil
	}
	if is.UnitID, err = unitOf(d, was.UnitID, a); err != nil || is.UnitID == was.UnitID || !a.Started {
		return is, err
	}
	return is, countUnitChange(ctx, tx, d, contestID, was.PlayerID,
		UnitChange{OldUnit: was.UnitID, NewUnit: is.UnitID, ChangedAt: a.At})
}

// divisionOf is the division that a player comes to be in.
func divisionOf(d *contest.Definition, was string, a Application) (string, error) {
	known := func(key string) bool {
		return slices.ContainsFunc(d.Players.Divisions, func(v contest.Division) bool { return v.Key == key })
	}
	switch {
	case len(d.Players.Divisions) == 0 || a.Division == was && known(was):
		return was, nil
	case a.Division == "" && known(was):
		return was, nil
	case a.Division == "":
		return "", errs.InvalidField("division", "请选择组别")
	case !known(a.Division):
		return "", errs.InvalidField("division", "没有这个组别，请重新选择")
	case a.Started && known(was):
		return "", errs.InvalidField("division", "开始答题后不能更换组别")
	}
	return a.Division, nil
}

// unitOf is the unit that a player comes to be in.
func unitOf(d *contest.Definition, was sqldb.ID, a Application) (sqldb.ID, error) {
	ask := d.Players.Unit
	is := was
	if a.UnitID != nil && ask.Ask != contest.AskNo {
		is = *a.UnitID
	}
	if ask.Ask == contest.AskRequired && is == 0 && !a.Started && !a.UnitTyped {
		return 0, errs.InvalidField("unit", "请选择"+ask.Label)
	}
	return is, nil
}

// countUnitChange records a change of unit after the first attempt, or refuses it
// when all are used up.
func countUnitChange(
	ctx context.Context, tx *sqldb.Tx, d *contest.Definition, contestID, player sqldb.ID, change UnitChange,
) error {
	allowed, label := d.Players.Unit.Changes, d.Players.Unit.Label
	had, err := unitChanges(ctx, tx, contestID, player)
	left, again := UnitChangesLeft(d, had, change.ChangedAt)
	switch {
	case err != nil:
		return err
	case allowed == 0:
		return errs.InvalidField("unit", "开始答题后不能更换"+label)
	case left == 0 && again > 0:
		return errs.InvalidField("unit", fmt.Sprintf("更换%s的次数用完了，%s以后可以再换", label,
			time.UnixMilli(again).In(d.Zone()).Format("1月2日 15:04")))
	case left == 0:
		return errs.InvalidField("unit", fmt.Sprintf("开始答题后只能更换 %d 次%s，已经用完", allowed, label))
	}
	// The schema holds the ordinal of a change below what is allowed: where changes come
	// back with time, those of before are.
	used := len(had)
	allowed = used + left
	_, err = tx.Exec(ctx,
		`INSERT INTO unit_changes (contest_id, player_id, ordinal, allowed, old_unit, new_unit, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, contestID, player, used+1, allowed, change.OldUnit, change.NewUnit, change.ChangedAt)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "record a change of unit")
}

func (p *Players) writeEnrolment(
	ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, e Enrolment, present bool, at int64,
) error {
	if present {
		_, err := tx.Exec(ctx,
			"UPDATE enrolments SET nickname = ?, name_state = ?, unit_id = ?, division = ? WHERE contest_id = ? AND player_id = ?",
			e.Nickname, e.NameState, e.UnitID, e.Division, contestID, e.PlayerID)
		return err
	}
	ways, err := waysOf(ctx, tx, contestID, e.PlayerID) // who was proven before joining
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx,
		`INSERT INTO enrolments (contest_id, player_id, nickname, name_state, unit_id, division, proofs, joined_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, contestID, e.PlayerID, e.Nickname, e.NameState, e.UnitID, e.Division,
		strings.Join(ways, " "), at)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // pressed twice at once: the second changes the first
	}
	return err
}

// UnitChange is a change of unit after the first attempt.
type UnitChange struct {
	OldUnit   sqldb.ID `db:"old_unit"`
	NewUnit   sqldb.ID `db:"new_unit"`
	ChangedAt int64    `db:"changed_at"` // UTC ms
}

// UnitChanges lists a player's changes of unit after the first attempt, oldest
// first.
func (p *Players) UnitChanges(ctx context.Context, contestID, player sqldb.ID) ([]UnitChange, error) {
	return unitChanges(ctx, p.db, contestID, player)
}

func unitChanges(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID) ([]UnitChange, error) {
	var changes []UnitChange
	err := from.Select(ctx, &changes, `SELECT old_unit, new_unit, changed_at FROM unit_changes
		WHERE contest_id = ? AND player_id = ? ORDER BY ordinal`, contestID, player)
	return changes, errs.Wrap(err, "read changes of unit")
}

// UnitChangesLeft is how many more times a player who made changes (oldest first) may
// change the unit at a moment; of none, again (UTC ms) is from when, 0 for never.
func UnitChangesLeft(d *contest.Definition, changes []UnitChange, at int64) (left int, again int64) {
	allowed, per := d.Players.Unit.Changes, d.Players.Unit.Per.MS()
	if per > 0 {
		changes = slices.DeleteFunc(slices.Clone(changes), func(c UnitChange) bool { return c.ChangedAt <= at-per })
	}
	if left = allowed - len(changes); left > 0 {
		return left, 0
	}
	if per > 0 && allowed > 0 {
		again = changes[len(changes)-allowed].ChangedAt + per
	}
	return 0, again
}
