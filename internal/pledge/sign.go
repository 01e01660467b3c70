package pledge

import (
	"context"
	"maps"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Signing is what a player signs with.
type Signing struct {
	PlayerID sqldb.ID
	Name     string // as it shall stand on the certificate
	Masked   bool   // others see the first character alone
	From     string // code of the link that was followed; empty for none
}

// Signed is the signature that stands after Sign.
type Signed struct {
	*Signature
	Repeated bool // the player had signed before; the first stands
	Earned   []contest.Grant
}

// signing is one signature on its way into the store.
type signing struct {
	contest  *catalog.Contest
	row      *Signature // as it stands after the commit
	asked    Signature  // as it was asked for
	repeated bool
}

// Sign puts a player's name under the pledge, once. A code that is none of ours,
// of another contest or the player's own counts as no code: who wants to sign
// is not turned away for a broken link.
//
// Errors: ErrNone, contest.ErrNotOpen, contest.ErrClosed,
// identity.ErrNotEnrolled, invalid_field name.
func (s *Service) Sign(ctx context.Context, c *catalog.Contest, by Signing) (*Signed, error) {
	if c.Pledge == nil {
		return nil, ErrNone
	}
	enrolment, err := s.players.Enrolment(ctx, c.ContestID, by.PlayerID)
	if err != nil {
		return nil, err
	}
	present, err := s.Of(ctx, c.ContestID, by.PlayerID)
	if err != nil {
		return nil, err
	}
	if present != nil {
		return s.stands(ctx, c, present, true)
	}
	if err := closed(c, s.millis()); err != nil {
		return nil, err
	}
	name, state, err := s.signedName(c, enrolment, by.Name)
	if err != nil {
		return nil, err
	}
	parent, _ := s.number(c.ContestID, by.From)
	sg := &signing{contest: c, asked: Signature{
		ContestID: c.ContestID, PlayerID: by.PlayerID, Name: name, NameState: state, Masked: by.Masked, Parent: parent,
	}}
	if err := s.signs.Do(context.WithoutCancel(ctx), sg); err != nil {
		return nil, errs.Wrap(err, "sign the pledge")
	}
	return s.stands(ctx, c, sg.row, sg.repeated)
}

// stands credits a signature if that was not done yet.
func (s *Service) stands(ctx context.Context, c *catalog.Contest, row *Signature, repeated bool) (*Signed, error) {
	signed := &Signed{Signature: row, Repeated: repeated}
	if !row.Credited && credits(c) {
		signed.Earned = s.creditNow(ctx, c, row)
	}
	return signed, nil
}

// commit numbers a batch of signatures and inserts them.
func (s *Service) commit(ctx context.Context, tx *sqldb.Tx, batch []*signing) error {
	byContest := map[sqldb.ID][]*signing{}
	for _, sg := range batch {
		byContest[sg.asked.ContestID] = append(byContest[sg.asked.ContestID], sg)
	}
	// The same order in every batch, so that two of them do not deadlock.
	for _, id := range slices.Sorted(maps.Keys(byContest)) {
		if err := s.commitIn(ctx, tx, byContest[id]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) commitIn(ctx context.Context, tx *sqldb.Tx, batch []*signing) error {
	contestID := batch[0].asked.ContestID
	count, err := lockCount(ctx, tx, contestID)
	if err != nil {
		return err
	}
	present, parents, err := around(ctx, tx, contestID, batch)
	if err != nil {
		return err
	}
	count.advance(batch[0].contest, s.millis())
	text, err := numberText(ctx, tx, contestID, TextOf(batch[0].contest.Definition))
	if err != nil {
		return err
	}
	var rows []*Signature
	for _, sg := range batch {
		if sg.row = present[sg.asked.PlayerID]; sg.row != nil {
			sg.repeated = true // pressed twice at once, or on two phones
			continue
		}
		row := sg.asked
		row.TextNo = text
		if parents[row.Parent] == 0 {
			row.Parent = 0
		}
		row.Depth = parents[row.Parent] + 1
		count.add(&row)
		sg.row, sg.repeated, present[row.PlayerID] = &row, false, &row
		rows = append(rows, &row)
	}
	if err := sqldb.Insert(ctx, tx, "INSERT INTO signatures", rows); err != nil {
		return err
	}
	return count.store(ctx, tx)
}

// around reads the signatures that players of the batch have already, and the
// depths of the parents.
func around(
	ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, batch []*signing,
) (map[sqldb.ID]*Signature, map[int64]int, error) {
	players, numbers := make([]sqldb.ID, len(batch)), make([]int64, len(batch))
	for i, sg := range batch {
		players[i], numbers[i] = sg.asked.PlayerID, sg.asked.Parent
	}
	var rows []Signature
	err := tx.SelectIn(ctx, &rows, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND player_id IN (?)",
		contestID, players)
	if err != nil {
		return nil, nil, err
	}
	present := make(map[sqldb.ID]*Signature, len(batch))
	for i := range rows {
		present[rows[i].PlayerID] = &rows[i]
	}
	parents := map[int64]int{}
	slices.Sort(numbers)
	if numbers = slices.Compact(numbers); numbers[len(numbers)-1] == 0 {
		return present, parents, nil
	}
	rows = nil
	err = tx.SelectIn(ctx, &rows, "SELECT number, depth FROM signatures WHERE contest_id = ? AND number IN (?)",
		contestID, numbers)
	for i := range rows {
		parents[rows[i].Number] = rows[i].Depth
	}
	return present, parents, err
}

// count is the row of pledge_counts.
type count struct {
	ContestID     sqldb.ID `db:"contest_id"`
	Signed        int64    `db:"signed"`
	Day           int      `db:"day"`
	BeforeDay     int64    `db:"before_day"`
	Deepest       int      `db:"deepest"`
	DeepestNumber int64    `db:"deepest_number"`
	LastAt        int64    `db:"last_at"`
}

var countColumns = sqldb.Columns[count]("")

// lockCount takes the row of a contest until the transaction ends, and makes it
// when it is not there.
func lockCount(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) (*count, error) {
	matched, err := tx.Exec(ctx, "UPDATE pledge_counts SET batches = batches + 1 WHERE contest_id = ?", contestID)
	if err != nil {
		return nil, err
	}
	c := &count{ContestID: contestID}
	if matched == 0 {
		_, err := tx.Exec(ctx,
			`INSERT INTO pledge_counts (contest_id, signed, day, before_day, deepest, deepest_number, last_at, batches)
			VALUES (?, 0, 0, 0, 0, 0, 0, 1)`, contestID)
		if sqldb.IsDuplicate(err) {
			err = sqldb.ErrStale // another node was first
		}
		return c, err
	}
	return c, tx.Get(ctx, c, "SELECT "+countColumns+" FROM pledge_counts WHERE contest_id = ?", contestID)
}

// advance brings the clock of the count to now; it never runs backwards, so that
// times rise with numbers whatever the clocks of the nodes say.
func (c *count) advance(in *catalog.Contest, now int64) {
	c.LastAt = max(c.LastAt, now)
	if day := in.Day(c.LastAt); day != c.Day {
		c.Day, c.BeforeDay = day, c.Signed
	}
}

// add gives a signature its number and time.
func (c *count) add(row *Signature) {
	c.Signed++
	row.Number, row.SignedAt = c.Signed, c.LastAt
	if row.Depth > c.Deepest {
		c.Deepest, c.DeepestNumber = row.Depth, row.Number
	}
}

func (c *count) store(ctx context.Context, tx *sqldb.Tx) error {
	_, err := tx.Exec(ctx,
		`UPDATE pledge_counts SET signed = ?, day = ?, before_day = ?, deepest = ?, deepest_number = ?, last_at = ?
		WHERE contest_id = ?`, c.Signed, c.Day, c.BeforeDay, c.Deepest, c.DeepestNumber, c.LastAt, c.ContestID)
	return err
}

// today is how many signed on the day of now.
func (c *count) today(in *catalog.Contest, now int64) int64 {
	if in.Day(max(now, c.LastAt)) != c.Day {
		return 0
	}
	return c.Signed - c.BeforeDay
}
