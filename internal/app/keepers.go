package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/hall"
	"anquanda/internal/honour"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin/booth"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/live"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/poll"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/prize/instant"
	"anquanda/internal/prize/payout"
	"anquanda/internal/referral"
	"anquanda/internal/report/form"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
	"anquanda/internal/unit"
)

// keeper is a package that keeps something of players.
type keeper struct {
	// tables are those with a player in them, separated by blanks.
	tables string
	// wipe deletes all of a contest: of a rehearsal that ends.
	wipe catalog.Wiper
	// forget deletes what would still tell who a player was that leaves, and expire
	// does so of everybody in a contest whose retention is over. Without one of them,
	// what is kept tells it only together with what others delete: results, wins and
	// how they were reached stand by the player's id alone.
	forget func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error
	expire func(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error)
}

// keepers are all of them, in the order in which they forget: the name goes last.
// Wiping goes from what points to others to what is pointed to.
//
// instant forgets nobody, and personal keeps its marks: that a phone or an address has won so often (a keyed hash)
// holds the limits of a household, and who leaves and comes back must not win anew.
// It expires with the rest; the page tells who leaves.
var keepers = []keeper{
	{"", hall.Wipe, nil, nil},
	{"conduct_cases disqualifications appeals conduct_signals", conduct.Wipe, conduct.Forget, conduct.Expire},
	{"", staff.WipeProposals, nil, nil},
	{"draws spends", instant.Wipe, nil, instant.Expire},
	{"drawing_entrants drawing_places exclusions", drawing.Wipe, nil, nil},
	{"", handout.Wipe, nil, nil},
	{"payouts", payout.Wipe, payout.Forget, payout.Expire},
	{"awards", prize.Wipe, nil, prize.Expire},
	{"arrivals", referral.Wipe, referral.Forget, referral.Expire},
	{"live_members live_results", live.Wipe, live.Forget, live.Expire},
	{"team_members", team.Wipe, team.Forget, team.Expire},
	{"shortlisted", shortlist.Wipe, shortlist.Forget, nil},
	{"poll_answers", poll.Wipe, poll.Forget, poll.Expire},
	{"certificates", certificate.Wipe, certificate.Forget, certificate.Expire},
	{"signatures", pledge.Wipe, pledge.Forget, pledge.Expire},
	{"", honour.Wipe, nil, nil},
	{"", pairing.Wipe, nil, nil},
	{"standings", board.Wipe, nil, nil},
	{"tally_players", tally.Wipe, nil, nil},
	{"", offline.Wipe, nil, offline.Expire},
	{"", form.Wipe, nil, nil},
	{"attempts attempt_slots progress deeds grants", play.Wipe, nil, nil},
	{"question_reports", bank.Wipe, bank.Forget, bank.Expire},
	{"unit_name_players", unit.Wipe, unit.Forget, unit.Expire},
	{"sms_consents", phone.Wipe, phone.Forget, phone.Expire},
	{"booth_codes booth_proofs", booth.Wipe, booth.Forget, booth.Expire},
	{"personal personal_marks", personal.Wipe, personal.Forget, personal.Expire},
	{"player_sessions", identity.WipeSessions, nil, nil},
	{"enrolments unit_changes proofs set_aside known_units player_origins", identity.Wipe, identity.Forget, identity.Expire},
}

// Leave takes a player out of a contest, whole or not at all: the nickname, the
// unit, what was written and told is deleted; results stay without a name. elsewhere
// tells that the player still has a name in another contest. Errors:
// identity.ErrNotEnrolled.
func (a *App) Leave(ctx context.Context, contestID, player sqldb.ID) (elsewhere bool, err error) {
	err = a.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, k := range keepers {
			if k.forget == nil {
				continue
			}
			if err := k.forget(ctx, tx, contestID, player); err != nil {
				return err
			}
		}
		if elsewhere, err = identity.Named(ctx, tx, player); err != nil || elsewhere {
			return err
		}
		return a.Sessions.EndOf(ctx, tx, player)
	})
	if err != nil {
		return false, errs.Wrap(err, "take a player out of contest %d", contestID)
	}
	if err := a.Sessions.Follow(ctx); err != nil {
		slog.WarnContext(ctx, "end the sessions of a player who left", "error", err) // soon done all the same
	}
	a.Pledges.DropWall(contestID)
	a.Boards.Rename(ctx, contestID, identity.Gone(player))
	a.teamsChanged(ctx, contestID)
	return elsewhere, nil
}

// retentionEvery is how often personal data whose retention is over is looked for.
const retentionEvery = time.Hour

// expire deletes the personal data of contests whose retention is over, and lets what
// was deleted, by whoever left too, leave the files of the store.
func (a *App) expire(ctx context.Context) (failed error) {
	for _, c := range a.Catalog.All() {
		if a.now().UnixMilli() >= personal.KeptUntil(c.Definition) {
			failed = errors.Join(failed, a.expireOf(ctx, c))
		}
	}
	_, err := a.Sessions.Prune(ctx)
	return errors.Join(failed, err, a.DB.Scrub(ctx))
}

func (a *App) expireOf(ctx context.Context, c *catalog.Contest) (failed error) {
	var all int64
	for _, k := range keepers {
		if k.expire == nil {
			continue
		}
		rows, err := k.expire(ctx, a.DB, c.ContestID)
		failed = errors.Join(failed, errs.Wrap(err, "contest %s", c.Slug))
		if all += rows; rows > 0 {
			slog.InfoContext(ctx, "personal data deleted: its retention is over", "contest", c.Slug, "kept in",
				k.tables, "rows", rows)
		}
	}
	a.Pledges.DropWall(c.ContestID)
	if all > 0 { // names stand on the boards
		failed = errors.Join(failed, a.Boards.Rebuild(ctx, c.ContestID))
	}
	return failed
}
