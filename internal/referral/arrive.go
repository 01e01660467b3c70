package referral

import (
	"context"
	"errors"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Outcome is what came of an invitation when its player arrived.
type Outcome string

// The outcomes. Only Waiting, Unproven and Counted keep the inviter.
const (
	NotInvited Outcome = ""         // no code came
	Waiting    Outcome = "waiting"  // counts when a first attempt is finished
	Unproven   Outcome = "unproven" // counts once the player is proven, and has finished a first attempt
	Counted    Outcome = "counted"  // has counted
	DayFull    Outcome = "day_full" // the inviter's invitees of the day were enough
	Forged     Outcome = "forged"   // no code of ours
	Foreign    Outcome = "foreign"  // the code of another contest
	Self       Outcome = "self"     // the player's own code
	Earlier    Outcome = "earlier"  // the player took part before the inviter did
	Played     Outcome = "played"   // the player has finished an attempt already
	Again      Outcome = "again"    // the player came in another way before
)

var outcomeTexts = map[Outcome]string{
	Waiting:  "答完第一次，就算接受了邀请",
	Unproven: "证明身份、答完第一次，就算接受了邀请",
	Counted:  "邀请已经计入",
	DayFull:  "邀请人今天的名额已满，这次邀请不计入",
	Forged:   "邀请链接无效",
	Foreign:  "这是另一个活动的邀请链接",
	Self:     "这是您自己的邀请链接",
	Earlier:  "您比邀请人先参加，这次邀请不计入",
	Played:   "您已经答过题，这次邀请不计入",
	Again:    "您已经通过别的方式参加，以第一次为准",
}

// Text tells the player what came of the invitation.
func (o Outcome) Text() string { return outcomeTexts[o] }

// Coming is how a player comes: what the link held, and from where.
type Coming struct {
	Referral string // the inviter's code; empty for none
	Channel  string // the channel's code; empty for none
	Device   string // of the cookie
	Address  string // IP
}

// States of an invitation.
const (
	stateWaiting = "waiting"
	stateCounted = "counted"
	stateRefused = "refused"
)

type arrivalRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Channel   string   `db:"channel"`
	InviterID sqldb.ID `db:"inviter_id"`
	State     string   `db:"state"`
	Reason    string   `db:"reason"`
	TriedAt   int64    `db:"tried_at"`
	PassedAt  int64    `db:"passed_at"`
}

var arrivalColumns = sqldb.Columns[arrivalRow]("")

// Arrive keeps how a player who takes part came, the first time that it is told
// and as long as no attempt is finished; told again it changes nothing, and
// finishes what a crash cut off. An unknown channel is passed over. Errors:
// identity.ErrNotEnrolled.
func (s *Service) Arrive(ctx context.Context, c *catalog.Contest, player sqldb.ID, how Coming) (Outcome, error) {
	inviter, outcome, err := s.inviter(ctx, c, player, how.Referral)
	if err != nil {
		return outcome, err
	}
	channel, err := s.knownChannel(ctx, c.ContestID, how.Channel)
	if err != nil || inviter == 0 && channel == "" {
		return outcome, err
	}
	present, err := s.arrival(ctx, c.ContestID, player)
	if err != nil {
		return outcome, err
	}
	if present == nil {
		if played, err := s.hasPlayed(ctx, c, player); err != nil || played {
			return Played, err
		}
		if present, err = s.keep(ctx, c, player, inviter, channel, how); err != nil {
			return outcome, err
		}
	}
	if inviter == 0 {
		return outcome, nil
	}
	if present.InviterID != inviter {
		return Again, nil
	}
	return s.settle(ctx, c, present)
}

// inviter opens a code and says whether its player may invite this one.
func (s *Service) inviter(
	ctx context.Context, c *catalog.Contest, player sqldb.ID, code string,
) (sqldb.ID, Outcome, error) {
	invitee, err := s.players.Held(ctx, c.ContestID, player)
	if err != nil || code == "" {
		return 0, NotInvited, err
	}
	of, inviterID, ok := s.openCode(code)
	switch {
	case ok && of == c.ContestID && inviterID == player:
		return 0, Self, nil
	case ok && of != c.ContestID && s.contestOf(of) != nil:
		return 0, Foreign, nil
	case !ok || of != c.ContestID:
		return 0, Forged, nil
	}
	inviter, err := s.players.Held(ctx, c.ContestID, inviterID)
	if errors.Is(err, identity.ErrNotEnrolled) {
		return 0, Forged, nil
	}
	if err != nil {
		return 0, NotInvited, err
	}
	if !before(inviter.JoinedAt, inviterID, invitee.JoinedAt, player) {
		return 0, Earlier, nil
	}
	return inviterID, Waiting, nil
}

// before orders the players of a contest by when they joined it.
func before(joined int64, player sqldb.ID, otherJoined int64, other sqldb.ID) bool {
	return joined < otherJoined || joined == otherJoined && player < other
}

func (s *Service) arrival(ctx context.Context, contestID, player sqldb.ID) (*arrivalRow, error) {
	var rows []arrivalRow
	err := s.db.Select(ctx, &rows, "SELECT "+arrivalColumns+" FROM arrivals WHERE contest_id = ? AND player_id = ?",
		contestID, player)
	if err != nil || len(rows) == 0 {
		return nil, errs.Wrap(err, "read how a player came")
	}
	return &rows[0], nil
}

func (s *Service) hasPlayed(ctx context.Context, c *catalog.Contest, player sqldb.ID) (bool, error) {
	history, err := s.play.History(ctx, c.ContestID, player)
	for _, a := range history.Counting() {
		if a.FinishedAt != 0 {
			return true, err
		}
	}
	return false, err
}

// keep stores an arrival, or returns the one that another call stored first.
func (s *Service) keep(
	ctx context.Context, c *catalog.Contest, player, inviter sqldb.ID, channel string, how Coming,
) (*arrivalRow, error) {
	row := &arrivalRow{ContestID: c.ContestID, PlayerID: player, Channel: channel, InviterID: inviter}
	if inviter != 0 {
		row.State = stateWaiting
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		device, err := s.hashOf(ctx, tx, c.ContestID, "device", how.Device)
		if err != nil {
			return err
		}
		network, err := s.hashOf(ctx, tx, c.ContestID, "network", networkOf(how.Address))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO arrivals (contest_id, player_id, channel, inviter_id, state, reason, device, network,
				arrived_at, reached_at, changed_at, counted_day, ordinal, tried_at, passed_at)
			VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, 0, 0, 0, ?, 0, 0)`,
			row.ContestID, row.PlayerID, row.Channel, row.InviterID, row.State, device, network, s.millis(), row.PlayerID)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return s.arrival(ctx, c.ContestID, player)
	}
	return row, errs.Wrap(err, "keep how a player came")
}

// settle counts an invitation that is due: where it counts on taking part, and
// where an attempt was finished while the arrival was being stored.
func (s *Service) settle(ctx context.Context, c *catalog.Contest, row *arrivalRow) (Outcome, error) {
	switch row.State {
	case stateCounted:
		return Counted, nil
	case stateRefused:
		return DayFull, nil
	}
	if c.Share.Counts != contest.CountsJoined {
		played, err := s.hasPlayed(ctx, c, row.PlayerID)
		if err != nil || !played {
			return s.waitsFor(ctx, c, row, err)
		}
	}
	_, err := s.play.Do(ctx, c, row.InviterID, inviteDeed(row.PlayerID, s.millis()))
	if errors.Is(err, errDayFull) {
		return DayFull, s.db.InTx(ctx, func(tx *sqldb.Tx) error { return refuse(ctx, tx, row) })
	}
	if errors.Is(err, errUnproven) {
		return Unproven, nil
	}
	return Counted, err
}

// waitsFor tells for what an invitation waits whose player has not finished an attempt.
func (s *Service) waitsFor(ctx context.Context, c *catalog.Contest, row *arrivalRow,
	failed error) (Outcome, error) {
	if failed != nil || !c.NeedsProof(contest.ForInvitations) {
		return Waiting, failed
	}
	invitee, err := s.players.Enrolment(ctx, c.ContestID, row.PlayerID)
	if err == nil && !c.IsProven(invitee.Proofs) {
		return Unproven, nil
	}
	return Waiting, err
}
