package player

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// typesUnit reports whether players may type the name of a unit that they do not
// find.
func typesUnit(in *catalog.Contest) bool {
	return in.Players.Unit.Typed && in.Players.Unit.Ask != contest.AskNo
}

// applyTyped takes a typed name into an application: the unit itself where the
// name can only mean one, else typed is the name to be kept. A name is typed
// before the first attempt; then it would be a change of unit that nobody counts.
func (a *API) applyTyped(ctx context.Context, in *catalog.Contest, player sqldb.ID, name string,
	to *identity.Application) (typed string, err error) {
	if !typesUnit(in) {
		return "", nil
	}
	before, err := a.Units.TypedBy(ctx, in.ContestID, player)
	if err != nil {
		return "", err
	}
	to.UnitTyped = before != ""
	if name == "" {
		if before != "" && to.UnitID != nil && *to.UnitID == 0 {
			to.UnitID = nil // the page may not know yet that the name was merged
		}
		return "", nil
	}
	if to.UnitID != nil && *to.UnitID != 0 {
		return "", errs.InvalidField("unit_name", "选了"+in.Players.Unit.Label+"就不用再填名称")
	}
	if typed = before; name != before { // a page sends again what it shows
		if typed, err = a.Units.CleanName(name); err != nil {
			return "", err
		}
	}
	if found, ok := in.Units.Named(typed); ok {
		to.UnitID = &found.ID
		return "", nil
	}
	if to.Started && typed != before {
		return "", errs.InvalidField("unit_name", "开始答题后不能更换"+in.Players.Unit.Label)
	}
	if typed != before {
		none := sqldb.ID(0)
		to.UnitID = &none
	}
	to.UnitTyped = true
	return typed, nil
}

// keepTyped keeps the name that a player typed, or takes it back where the player
// chose a unit; e gets the unit that the name was merged into.
func (a *API) keepTyped(ctx context.Context, in *catalog.Contest, typed string, chosen bool,
	e *identity.Enrolment) error {
	switch {
	case !typesUnit(in):
		return nil
	case typed != "":
		id, err := a.Units.Type(ctx, in.ContestID, e.PlayerID, typed)
		if err == nil && id != 0 {
			e.UnitID = id
		}
		return err
	case chosen:
		return a.Units.TakeBack(ctx, in.ContestID, e.PlayerID)
	}
	return nil
}

// waitingName is the name that a player typed who has no unit yet.
func (a *API) waitingName(ctx context.Context, in *catalog.Contest, e identity.Enrolment) (string, error) {
	if !typesUnit(in) || e.UnitID != 0 {
		return "", nil
	}
	return a.Units.TypedBy(ctx, in.ContestID, e.PlayerID)
}
