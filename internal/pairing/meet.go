package pairing

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Advance fixes who meets whom in the pairings of a contest whose moment has come, and
// decides those whose round is over. Calling again, or on two nodes, changes nothing. A
// pairing that fails holds up no other.
func (s *Service) Advance(ctx context.Context, in *catalog.Contest) error {
	if len(in.Pairings) == 0 {
		return nil
	}
	states, err := s.Of(ctx, in)
	if err != nil {
		return err
	}
	var failed error
	for i := range in.Pairings {
		p := &in.Pairings[i]
		changed, err := s.advance(ctx, in, p, states)
		if changed {
			s.kept.Drop(in.ContestID)
		}
		failed = errors.Join(failed, errs.Wrap(err, "pairing %s", p.Key))
	}
	return failed
}

func (s *Service) advance(
	ctx context.Context, in *catalog.Contest, p *contest.Pairing, states map[string]*State,
) (changed bool, err error) {
	now := s.now().UnixMilli()
	if states[p.Key] == nil {
		if now < in.PairedAt(p) {
			return false, nil
		}
		pairs, waits, err := s.Meet(ctx, in, p, states)
		if err != nil || waits != "" {
			return false, err
		}
		return true, s.pair(ctx, in, p, pairs, states[p.Winners], now)
	}
	if states[p.Key].DecidedAt != 0 {
		return false, nil
	}
	return s.decide(ctx, in, p, states[p.Key], now)
}

// Meet is who meets whom as things stand, the pairs in order; waits says what is still
// missing, in the words of staff, and is empty where nothing is.
func (s *Service) Meet(
	ctx context.Context, in *catalog.Contest, p *contest.Pairing, states map[string]*State,
) (pairs []Pair, waits string, err error) {
	of, _ := in.Board(p.Board)
	switch {
	case p.Seeds != nil:
		by, _ := in.Board(p.Seeds.Board)
		units, err := s.boards.FirstUnits(ctx, in, by, &contest.List{Count: p.Seeds.Count})
		if err != nil {
			return nil, "", err
		}
		return placed(in, p, units, contest.Seeded(p.Seeds.Count, len(units))), "", nil
	case p.Winners != "":
		before := states[p.Winners]
		if before == nil || before.DecidedAt == 0 {
			return nil, "等前一轮评定胜负", nil
		}
		units := rankedAs(in, of.Depth, before.Winners())
		return placed(in, p, units, contest.Neighbours(len(units))), "", nil
	}
	var units []sqldb.ID
	var meet [][2]int
	for _, pair := range p.Pairs {
		for _, code := range []string{pair.First, pair.Second} {
			unit, ok := in.Units.ByCode(code)
			if !ok {
				return nil, fmt.Sprintf("没有编号为“%s”的单位，请在“活动”里改对阵，或在“单位”里加上", code), nil
			}
			if now, _ := in.Units.At(unit.ID, of.Depth); now.ID != unit.ID {
				return nil, fmt.Sprintf("“%s”现在算在“%s”里排名，请在“活动”里改对阵", unit.Name, now.Name), nil
			}
			units = append(units, unit.ID)
		}
		meet = append(meet, [2]int{len(units) - 1, len(units)})
	}
	return placed(in, p, units, meet), "", nil
}

// rankedAs are units as a board ranks them now, each once: of those that were moved below
// another since they won, that other goes on, and meets no part of itself.
func rankedAs(in *catalog.Contest, depth int, winners []sqldb.ID) (units []sqldb.ID) {
	for _, id := range winners {
		if at, known := in.Units.At(id, depth); known {
			id = at.ID
		}
		if !slices.Contains(units, id) {
			units = append(units, id)
		}
	}
	return units
}

// placed are the pairs of units that meet by their places in units, from 1; 0 is nobody.
func placed(in *catalog.Contest, p *contest.Pairing, units []sqldb.ID, meet [][2]int) []Pair {
	pairs := make([]Pair, len(meet))
	for i, places := range meet {
		pairs[i] = Pair{ContestID: in.ContestID, Key: p.Key, Place: i + 1, FirstID: units[places[0]-1]}
		if places[1] != 0 {
			pairs[i].SecondID = units[places[1]-1]
		}
	}
	return pairs
}

// pair writes down who meets whom. Where another node was faster, that stands; where who won
// the pairing before is just corrected, or the rehearsal has ended, nothing is written.
func (s *Service) pair(
	ctx context.Context, in *catalog.Contest, p *contest.Pairing, pairs []Pair, before *State, now int64,
) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if before != nil {
			if err := before.Hold(ctx, tx, in.ContestID); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "INSERT INTO pairings (contest_id, pairing_key, paired_at, decided_at) VALUES (?, ?, ?, 0)",
			in.ContestID, p.Key, now)
		if err == nil {
			err = catalog.Stands(ctx, tx, in.ContestID)
		}
		if err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO unit_pairs", pairs)
	})
	if sqldb.IsDuplicate(err) || errors.Is(err, ErrOvertaken) || errors.Is(err, catalog.ErrUnknown) {
		return nil
	}
	if err == nil {
		slog.InfoContext(ctx, "paired units", "contest", in.Slug, "pairing", p.Key, "pairs", len(pairs))
	}
	return errs.Wrap(err, "write down who meets whom")
}
