package forensics

import (
	"context"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Facts are what staff look at about one player, beside the signals.
type Facts struct {
	Attempts []AttemptFact // the newest first
	Finished int           // attempts in all
	Came     *Coming       // nil for who takes no part
	Invited  []InvitedFact
	Awards   []AwardFact
	Held     map[contest.GrantKind]int // what was earned
}

// AttemptFact is one finished attempt.
type AttemptFact struct {
	ID         sqldb.ID `db:"id"`
	Level      string   `db:"level_key"`
	FinishedAt int64    `db:"finished_at"` // UTC ms
	Answered   int      `db:"answered"`
	Correct    int      `db:"correct"`
	Score      int      `db:"score"`
	UsedMS     int64    `db:"used_ms"`
	Passed     bool     `db:"passed"`
	Hasty      int      `db:"-"` // responses that came faster than anybody reads
}

// Coming is how a player came.
type Coming struct {
	Channel   string   `db:"channel"`    // empty: by none
	InviterID sqldb.ID `db:"inviter_id"` // 0: by nobody
	ArrivedAt int64    `db:"arrived_at"`
	SameHere  int      `db:"same_here"` // players from the same phone, the player among them; 0: not known
}

// InvitedFact is somebody whom the player brought.
type InvitedFact struct {
	PlayerID  sqldb.ID `db:"player_id"`
	State     string   `db:"state"`
	ArrivedAt int64    `db:"arrived_at"`
	Finished  int      `db:"finished"` // attempts
}

// AwardFact is what the player has won. What was handed out is never taken back.
type AwardFact struct {
	ID       sqldb.ID `db:"id"`
	PrizeKey string   `db:"prize_key"`
	Source   string   `db:"source_kind"`
	Status   string   `db:"status"`
	WonAt    int64    `db:"won_at"`
}

const (
	attemptsShown = 50
	invitedShown  = 50
	awardsShown   = 50
)

// FactsOf reads what is known about a player in a contest.
func (f *Forensics) FactsOf(ctx context.Context, contestID, player sqldb.ID) (*Facts, error) {
	facts := &Facts{Held: map[contest.GrantKind]int{}}
	for _, read := range []struct {
		dest  any
		query string
		args  []any
	}{
		{&facts.Attempts, `SELECT id, level_key, finished_at, answered, correct, score, used_ms, passed FROM attempts
			WHERE player_id = ? AND contest_id = ? AND finished_at > 0 ORDER BY finished_at DESC, id DESC LIMIT ?`, []any{player, contestID, attemptsShown}},
		{&facts.Invited, `SELECT v.player_id, v.state, v.arrived_at,
				(SELECT COUNT(*) FROM attempts a WHERE a.player_id = v.player_id AND a.contest_id = v.contest_id AND a.finished_at > 0) AS finished
			FROM arrivals v WHERE v.contest_id = ? AND v.inviter_id = ? ORDER BY v.arrived_at DESC, v.player_id LIMIT ?`, []any{contestID, player, invitedShown}},
		{&facts.Awards, `SELECT id, prize_key, source_kind, status, won_at FROM awards WHERE contest_id = ? AND player_id = ? AND kind <> 'thanks'
			ORDER BY won_at DESC, id LIMIT ?`, []any{contestID, player, awardsShown}},
	} {
		if err := f.db.Select(ctx, read.dest, read.query, read.args...); err != nil {
			return nil, errs.Wrap(err, "read what is known about a player")
		}
	}
	if err := f.db.Get(ctx, &facts.Finished,
		"SELECT COUNT(*) FROM attempts WHERE player_id = ? AND contest_id = ? AND finished_at > 0", player,
		contestID); err != nil {
		return nil, errs.Wrap(err, "count the attempts of a player")
	}
	if err := f.readComing(ctx, contestID, player, facts); err != nil {
		return nil, err
	}
	if err := f.readHaste(ctx, contestID, player, facts); err != nil {
		return nil, err
	}
	var held []struct {
		Kind   contest.GrantKind `db:"kind"`
		Amount int               `db:"amount"`
	}
	err := f.db.Select(ctx, &held,
		"SELECT kind, SUM(amount) AS amount FROM grants WHERE contest_id = ? AND player_id = ? GROUP BY kind",
		contestID, player)
	for _, h := range held {
		facts.Held[h.Kind] = h.Amount
	}
	return facts, errs.Wrap(err, "add up what a player earned")
}

func (f *Forensics) readComing(ctx context.Context, contestID, player sqldb.ID, facts *Facts) error {
	var came []Coming
	err := f.db.Select(ctx, &came, `SELECT COALESCE(v.channel, '') AS channel, COALESCE(v.inviter_id, 0) AS inviter_id,
			COALESCE(v.arrived_at, e.joined_at) AS arrived_at,
			(SELECT COUNT(DISTINCT o.player_id) FROM player_origins o
				JOIN player_origins m ON m.contest_id = o.contest_id AND m.device = o.device
				WHERE m.contest_id = e.contest_id AND m.player_id = e.player_id AND m.device <> '') AS same_here
		FROM enrolments e LEFT JOIN arrivals v ON v.contest_id = e.contest_id AND v.player_id = e.player_id
		WHERE e.contest_id = ? AND e.player_id = ?`, contestID, player)
	if len(came) > 0 {
		facts.Came = &came[0]
	}
	return errs.Wrap(err, "read how a player came")
}

// readHaste tells of each attempt how much of it nobody can have read.
func (f *Forensics) readHaste(ctx context.Context, contestID, player sqldb.ID, facts *Facts) error {
	recounts, err := f.play.Recount(ctx, contestID, []sqldb.ID{player})
	hasty := map[sqldb.ID]int{}
	for i := range recounts {
		hasty[sqldb.ID(recounts[i].Stored.ID)] = recounts[i].Hasty()
	}
	for i := range facts.Attempts {
		facts.Attempts[i].Hasty = hasty[facts.Attempts[i].ID]
	}
	return err
}

// namesShown bounds a search for players.
const namesShown = 20

// Named finds players of a contest by the beginning of their nickname, or by their
// id.
func (f *Forensics) Named(ctx context.Context, contestID sqldb.ID, text string) ([]sqldb.ID, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	id, _ := sqldb.ParseID(text)
	like := sqldb.EscapeLike(text) + "%"
	var players []sqldb.ID
	err := f.db.Select(ctx, &players,
		"SELECT player_id FROM enrolments WHERE contest_id = ? AND (player_id = ? OR nickname LIKE ? ESCAPE '!') ORDER BY player_id LIMIT ?",
		contestID, id, like, namesShown)
	return players, errs.Wrap(err, "look for players by name")
}
