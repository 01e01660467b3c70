package tally

import (
	"cmp"
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// playerRow is what of a player is counted.
type playerRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Version   int64    `db:"version"`
	Folds     int64    `db:"folds"`
	Attempts  int      `db:"attempts"`
	Mark      int64    `db:"mark"`
	Channel   string   `db:"channel"`
	Division  string   `db:"division"`
	Met       int      `db:"met"`
	MetRight  int      `db:"met_right"`
	Packed    []byte   `db:"sheet"`
}

var playerColumns = sqldb.Columns[playerRow]("")

// attempt is a finished attempt that counts.
type attempt struct {
	ID         sqldb.ID `db:"id"`
	PlayerID   sqldb.ID `db:"player_id"`
	UnitID     sqldb.ID `db:"unit_id"`
	FinishedAt int64    `db:"finished_at"`
	Answered   int64    `db:"answered"`
	Correct    int64    `db:"correct"`
	Score      int64    `db:"score"`
	Passed     int64    `db:"passed"`
	Bank       int      `db:"bank"`
}

// response is what became of a question that came before a player.
type response struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	QuestionID string   `db:"question_id"`
	Choice     string   `db:"choice"`
	Correct    bool     `db:"correct"`
	UsedMS     int64    `db:"used_ms"`
}

// folding is a batch of players on their way into the counters.
type folding struct {
	contest   *catalog.Contest
	versions  map[sqldb.ID]int64
	rows      map[sqldb.ID]playerRow
	parts     map[sqldb.ID]part
	attempts  map[sqldb.ID][]attempt // in the order in which they finished
	responses map[sqldb.ID][]response
	numbers   map[questionKey]int
}

// fold brings the sheets of players up to their rows, and the counters with them.
func (s *Service) fold(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) error {
	if len(players) == 0 {
		return nil
	}
	c, err := s.catalog.Of(contestID)
	if err != nil {
		return err
	}
	// Read without a transaction: a writer of SQLite would wait for it. What changes
	// meanwhile has a newer version, and is counted by it.
	f, err := s.readFolding(ctx, c, players)
	if err != nil {
		return err
	}
	var made []folded
	for _, player := range players {
		one, err := f.fold(player)
		if err != nil {
			return errs.Wrap(err, "count player %d of contest %d", player, contestID)
		}
		made = append(made, one)
	}
	return errs.Wrap(s.writeFolded(ctx, c, made), "write the counters of contest %d", contestID)
}

// folded is a player before and after.
type folded struct {
	before, after playerRow
	sheets        [2]*Sheet
}

// fold works out what is counted of a player now. Attempts that were counted and have not
// changed are not read again.
func (f *folding) fold(player sqldb.ID) (folded, error) {
	row, known := f.rows[player]
	one := folded{before: row}
	was, err := unpack(row.Packed)
	if err != nil {
		return one, err
	}
	attempts := f.attempts[player]
	sheet, from := &Sheet{}, 0
	if f.unchanged(player) {
		sheet, from = &Sheet{slices.Clone(was.Visits), slices.Clone(was.Meetings)}, row.Attempts
	}
	for _, a := range attempts[from:] {
		hour := int(a.FinishedAt / hourMS)
		sheet.visit(Visit{hour, a.UnitID, 1, a.Answered, a.Correct, a.Passed})
		for _, r := range f.responses[a.ID] {
			sheet.meet(Meeting{Question: f.numbers[questionKey{a.Bank, r.QuestionID}], Right: r.Correct,
				Chosen: chosen(r.Choice), UsedMS: r.UsedMS / tenth * tenth, Hour: hour})
		}
	}
	p := f.parts[player]
	one.sheets = [2]*Sheet{was, sheet}
	one.after = playerRow{ContestID: f.contest.ContestID, PlayerID: player, Version: f.versions[player],
		Folds: row.Folds + 1, Attempts: len(attempts), Mark: markOf(attempts), Channel: p.Channel, Division: p.Division,
		Packed: sheet.pack()}
	one.after.Met, one.after.MetRight = sheet.met()
	if !known {
		one.before.ContestID = 0
	}
	return one, nil
}

// unchanged reports whether the attempts that were counted are the first of those there
// are, as they were.
func (f *folding) unchanged(player sqldb.ID) bool {
	row, attempts := f.rows[player], f.attempts[player]
	return row.Version >= 0 && row.Attempts > 0 && row.Attempts <= len(attempts) &&
		markOf(attempts[:row.Attempts]) == row.Mark
}

// markOf tells attempts apart from the same ones with another outcome or unit.
func markOf(attempts []attempt) int64 {
	sum := fnv.New64a()
	var field [8]byte
	for _, a := range attempts {
		for _, n := range []int64{int64(a.ID), int64(a.UnitID), a.FinishedAt, a.Answered, a.Correct, a.Score,
			a.Passed} {
			binary.LittleEndian.PutUint64(field[:], uint64(n))
			sum.Write(field[:])
		}
	}
	return int64(sum.Sum64())
}

// chosen reads the options of a stored choice, up to the 32nd; text chooses none.
func chosen(choice string) (options uint32) {
	index, digits := uint32(0), 0
	for i := 0; i <= len(choice); i++ {
		switch {
		case i < len(choice) && choice[i] >= '0' && choice[i] <= '9' && digits < 3:
			index, digits = 10*index+uint32(choice[i]-'0'), digits+1
		case (i == len(choice) || choice[i] == ',') && digits > 0:
			options |= 1 << index // more than 31 shifts it out
			index, digits = 0, 0
		default:
			return 0
		}
	}
	return options
}

func (s *Service) readFolding(ctx context.Context, c *catalog.Contest, players []sqldb.ID) (*folding, error) {
	f := &folding{contest: c, versions: map[sqldb.ID]int64{}, rows: map[sqldb.ID]playerRow{},
		parts: map[sqldb.ID]part{}, attempts: map[sqldb.ID][]attempt{}, responses: map[sqldb.ID][]response{}}
	if err := f.readPlayers(ctx, s.db, players); err != nil {
		return nil, errs.Wrap(err, "read players to be counted")
	}
	var attempts []attempt
	err := s.db.SelectIn(ctx, &attempts, `
		SELECT id, player_id, unit_id, finished_at, answered, correct, score, passed, bank
		FROM attempts WHERE contest_id = ? AND finished_at > 0 AND held = 0 AND player_id IN (?)`, c.ContestID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read attempts to be counted")
	}
	slices.SortFunc(attempts, func(a, b attempt) int {
		return cmp.Or(cmp.Compare(a.FinishedAt, b.FinishedAt), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range attempts {
		f.attempts[a.PlayerID] = append(f.attempts[a.PlayerID], a)
	}
	return f, s.readResponses(ctx, f, players)
}

// readPlayers reads the versions first: what is read after them is not older.
func (f *folding) readPlayers(ctx context.Context, db *sqldb.DB, players []sqldb.ID) error {
	var versions []struct {
		PlayerID sqldb.ID `db:"player_id"`
		Version  int64    `db:"version"`
	}
	err := db.SelectIn(ctx, &versions,
		"SELECT player_id, version FROM progress WHERE contest_id = ? AND player_id IN (?)", f.contest.ContestID, players)
	for _, v := range versions {
		f.versions[v.PlayerID] = v.Version
	}
	if err != nil {
		return err
	}
	var rows []playerRow
	err = db.SelectIn(ctx, &rows,
		"SELECT "+playerColumns+" FROM tally_players WHERE contest_id = ? AND player_id IN (?)", f.contest.ContestID, players)
	for _, row := range rows {
		f.rows[row.PlayerID] = row
	}
	if err != nil {
		return err
	}
	var parts []struct {
		PlayerID sqldb.ID `db:"player_id"`
		Channel  string   `db:"channel"`
		Division string   `db:"division"`
	}
	err = db.SelectIn(ctx, &parts, `SELECT e.player_id, e.division, COALESCE(a.channel, '') AS channel FROM enrolments e
		LEFT JOIN arrivals a ON a.contest_id = e.contest_id AND a.player_id = e.player_id
		WHERE e.contest_id = ? AND e.player_id IN (?)`, f.contest.ContestID, players)
	for _, p := range parts {
		f.parts[p.PlayerID] = part{p.Channel, p.Division}
	}
	return err
}

// attemptsAtOnce bounds the answers that are in memory at once.
const attemptsAtOnce = 500

// readResponses reads what came before the players in attempts that are not counted yet;
// what was never shown is no meeting.
func (s *Service) readResponses(ctx context.Context, f *folding, players []sqldb.ID) error {
	var ids []sqldb.ID
	banks := map[sqldb.ID]int{}
	for _, player := range players {
		from := 0
		if f.unchanged(player) {
			from = f.rows[player].Attempts
		}
		for _, a := range f.attempts[player][from:] {
			ids = append(ids, a.ID)
			banks[a.ID] = a.Bank
		}
	}
	var met []questionKey
	for part := range slices.Chunk(ids, attemptsAtOnce) {
		var rows []response
		err := s.db.SelectIn(ctx, &rows, `SELECT attempt_id, question_id, choice, correct, used_ms FROM responses
			WHERE used_ms >= 0 AND attempt_id IN (?) ORDER BY attempt_id, position`, part)
		if err != nil {
			return errs.Wrap(err, "read answers to be counted")
		}
		for _, r := range rows {
			f.responses[r.AttemptID] = append(f.responses[r.AttemptID], r)
			met = append(met, questionKey{banks[r.AttemptID], r.QuestionID})
		}
	}
	var err error
	f.numbers, err = s.numbersOf(ctx, f.contest.ContestID, met)
	return err
}
