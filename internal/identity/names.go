package identity

import (
	"context"
	"strings"

	"golang.org/x/text/width"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// nameState is what becomes of the name that a player asks for. Who had one hidden
// chooses once; the next choice is after staff has looked. Errors: invalid_field
// nickname.
func (p *Players) nameState(d *contest.Definition, was Enrolment, nickname string) (publicname.State, error) {
	if nickname == was.Nickname {
		return was.NameState, nil // typed before a word was added, or hidden: neither is a reason to refuse another change
	}
	if readsAsGone(nickname) {
		return "", errs.InvalidField("nickname", "这个昵称会被看成已经退出的人，请换一个")
	}
	unfit := p.Names.Unfit(publicname.Person, "昵称", nickname)
	switch {
	case unfit != "" && d.Players.Names.Unfit != contest.UnfitReplaced:
		return "", errs.InvalidField("nickname", unfit)
	case was.NameState == publicname.Waiting && !was.Left():
		return "", errs.InvalidField("nickname", "新昵称正在等工作人员查看，看过以后才能再改")
	case was.NameState == publicname.Hidden || was.NameState == publicname.Waiting:
		return publicname.Waiting, nil
	case unfit != "":
		return publicname.Unfit, nil
	}
	return publicname.Unseen, nil
}

// readsAsGone reports whether a nickname is what stands in the place of a player who
// left, or looks like it: who bore it would be taken for gone, and drawn for nothing.
func readsAsGone(nickname string) bool {
	return strings.Join(strings.Fields(width.Fold.String(nickname)), "") == gone
}

// SetName decides how a nickname is shown. With seen it does so only while that is
// the nickname; set tells whether it was.
func SetName(
	ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, s publicname.State, seen string, at int64,
) (set bool, err error) {
	query := "UPDATE enrolments SET name_state = ?, name_at = ? WHERE contest_id = ? AND player_id = ? AND " + hasName
	args := []any{s, at, contestID, player}
	if seen != "" {
		query, args = query+" AND nickname = ?", append(args, seen)
	}
	matched, err := tx.Exec(ctx, query, args...)
	return matched > 0, errs.Wrap(err, "decide how a nickname is shown")
}

// Judged is a player whose name is shown otherwise after a list of words changed.
type Judged struct {
	ContestID, PlayerID sqldb.ID
}

// Rejudge judges all nicknames anew; one that staff or the player changed meanwhile stays as
// they did. touch is called in the transaction of each
// that changes, changed after it.
func (p *Players) Rejudge(ctx context.Context, judge func(publicname.Kept) publicname.State,
	touch func(ctx context.Context, tx *sqldb.Tx, of Judged) error, changed func(ctx context.Context, of Judged)) error {
	type kept struct {
		ContestID sqldb.ID         `db:"contest_id"`
		PlayerID  sqldb.ID         `db:"player_id"`
		Nickname  string           `db:"nickname"`
		NameState publicname.State `db:"name_state"`
		NameAt    int64            `db:"name_at"`
	}
	type judged struct {
		kept
		now publicname.State
	}
	var row kept
	var differ []judged
	err := p.db.Each(ctx, &row, func() error {
		now := judge(publicname.Kept{Name: row.Nickname, State: row.NameState, At: row.NameAt})
		if now != row.NameState {
			differ = append(differ, judged{row, now})
		}
		return nil
	}, "SELECT "+sqldb.Columns[kept]("")+" FROM enrolments WHERE "+hasName)
	if err != nil {
		return errs.Wrap(err, "judge nicknames anew")
	}
	for _, k := range differ {
		of := Judged{k.ContestID, k.PlayerID}
		set := false
		err := p.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
			matched, err := tx.Exec(ctx, `UPDATE enrolments SET name_state = ?, name_at = ?
				WHERE contest_id = ? AND player_id = ? AND nickname = ? AND name_state = ? AND name_at = ?`,
				k.now, p.now().UnixMilli(), k.ContestID, k.PlayerID, k.Nickname, k.NameState, k.NameAt)
			if set = matched > 0; err != nil || !set {
				return errs.Wrap(err, "judge a nickname anew")
			}
			return touch(ctx, tx, of)
		})
		if err != nil {
			return err
		}
		if set {
			changed(ctx, of)
		}
	}
	return nil
}

// NamesQuery is which nicknames to list.
type NamesQuery struct {
	Text   string // a part of the nickname; empty: all
	States []publicname.State
	Before sqldb.ID // older players than this one; 0: from the newest on
	Limit  int
}

// ListNames lists nicknames of a contest, those of the newest players first.
func (p *Players) ListNames(ctx context.Context, contestID sqldb.ID, q NamesQuery) ([]Held, error) {
	before := q.Before
	if before == 0 {
		before = 1<<63 - 1
	}
	var rows []Held
	err := p.db.SelectIn(ctx, &rows, "SELECT "+enrolmentColumns+`, joined_at FROM enrolments
		WHERE contest_id = ? AND name_state IN (?) AND player_id < ? AND nickname LIKE ? ESCAPE '!' AND `+hasName+`
		ORDER BY player_id DESC LIMIT ?`, contestID, q.States, before, "%"+sqldb.EscapeLike(q.Text)+"%", q.Limit)
	return rows, errs.Wrap(err, "list nicknames")
}

// CountNames counts the nicknames of a contest by their state.
func (p *Players) CountNames(ctx context.Context, contestID sqldb.ID) (map[publicname.State]int64, error) {
	var rows []struct {
		State publicname.State `db:"name_state"`
		Count int64            `db:"names"`
	}
	err := p.db.Select(ctx, &rows, `SELECT name_state, COUNT(*) AS names FROM enrolments
		WHERE contest_id = ? AND `+hasName+` GROUP BY name_state`, contestID)
	counts := make(map[publicname.State]int64, len(rows))
	for _, row := range rows {
		counts[row.State] = row.Count
	}
	return counts, errs.Wrap(err, "count nicknames")
}
