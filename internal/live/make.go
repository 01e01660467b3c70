package live

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Make makes a room from a plan of the contest's definition, with its questions drawn. A
// rehearsal gives nothing, and lets made-up players in. Errors: ErrPlanUnknown, a bank
// that is gone or too small.
func (s *Service) Make(ctx context.Context, by staff.Actor, c *catalog.Contest, key string, rehearsal bool) (
	*Seen, error) {
	plan, err := s.plan(ctx, c, key)
	if err != nil {
		return nil, err
	}
	if rehearsal {
		plan.Live.Runs, plan.Live.Starts.MS = contest.RunByHost, 0
	}
	row, err := s.rowOf(c, key, plan)
	if err != nil {
		return nil, err
	}
	row.Rehearsal = row.Rehearsal || rehearsal
	if err := s.insertRoom(ctx, by, c, row); err != nil {
		return nil, err
	}
	return s.See(ctx, row.RoomID)
}

// rowOf is a room of a plan that is to be stored.
func (s *Service) rowOf(c *catalog.Contest, key string, plan *room.Plan) (*planned, error) {
	body, err := json.Marshal(plan)
	if err != nil {
		return nil, errs.Wrap(err, "write the plan of a live room")
	}
	state := room.New(plan)
	text, err := json.Marshal(state)
	if err != nil {
		return nil, errs.Wrap(err, "write the state of a live room")
	}
	return &planned{roomRow: roomRow{RoomID: s.ids.Next(), ContestID: c.ContestID, PlanKey: key,
		Rehearsal: c.RehearsalOf != 0, Running: true, Seq: state.Seq, MadeAt: s.millis(), State: string(text),
		SealKey: s.keys.NewestID()},
		Plan: string(body)}, nil
}

// insertRoom stores a room under a code that no other running room has.
func (s *Service) insertRoom(ctx context.Context, by staff.Actor, c *catalog.Contest, row *planned) error {
	const tries = 20
	for range tries {
		code, err := newCode()
		if err != nil {
			return err
		}
		row.Code = &code
		err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
			if err := sqldb.Insert(ctx, tx, "INSERT INTO live_rooms", []*planned{row}); err != nil {
				return err
			}
			err := sqldb.Insert(ctx, tx, "INSERT INTO live_gates", []gateRow{{RoomID: row.RoomID}})
			if err != nil {
				return err
			}
			return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "live.make", Subject: c.Slug,
				Detail: map[string]any{"room": row.RoomID.String(), "plan": row.PlanKey, "rehearsal": row.Rehearsal}})
		})
		if !sqldb.IsDuplicate(err) {
			return errs.Wrap(err, "make a live room")
		}
		made, err := s.madeBefore(ctx, row)
		switch {
		case err != nil:
			return err
		case made:
			return errMade
		}
	}
	return errs.New(errs.Unavailable, "live_codes", "房间太多，请先结束不用的房间")
}

// newCode is six digits, the first of them not 0.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(900_000))
	if err != nil {
		return "", errs.Wrap(err, "make a code")
	}
	return fmt.Sprint(100_000 + n.Int64()), nil
}

// plan draws the questions of a room: those that the definition lists, or as many as it
// says, and one more to warm up with where the bank has it.
func (s *Service) plan(ctx context.Context, c *catalog.Contest, key string) (*room.Plan, error) {
	var live *contest.Live
	for i := range c.Live {
		if c.Live[i].Key == key {
			live = &c.Live[i]
		}
	}
	if live == nil {
		return nil, ErrPlanUnknown
	}
	from, err := s.bankOf(ctx, c, live)
	if err != nil {
		return nil, err
	}
	var seed [8]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return nil, errs.Wrap(err, "draw questions")
	}
	plan := &room.Plan{Live: *live, Seed: binary.BigEndian.Uint64(seed[:])}
	if len(live.List) > 0 {
		err = listed(plan, from.Questions)
	} else {
		err = drawn(plan, from.Questions)
	}
	return plan, err
}

// listed takes the questions that the definition names, in its order.
func listed(plan *room.Plan, questions []question.Question) error {
	pool, err := plan.Live.Listed(questions)
	var unlisted *contest.Unlisted
	if errors.As(err, &unlisted) {
		return errs.InvalidField(fmt.Sprintf("list[%d]", unlisted.At), "题库里没有能用的题目 "+unlisted.ID)
	}
	for _, index := range pool {
		plan.Questions = append(plan.Questions, questions[index])
	}
	return err
}

// drawn draws the questions, those of one draw after those of another, and one more of
// the first draw to warm up with where the bank has it.
func drawn(plan *room.Plan, questions []question.Question) error {
	paper, err := paperOf(&plan.Live, questions, plan.Seed)
	if err != nil {
		return errs.New(errs.Conflict, "bank_too_small", "题库里的题目不够").Because(err)
	}
	asked := map[int32]bool{}
	for _, a := range paper {
		asked[a.Question] = true
		plan.Questions = append(plan.Questions, questions[a.Question])
	}
	wider := plan.Live
	wider.Draw = slices.Clone(wider.Draw)
	wider.Draw[0].Count++
	more, err := paperOf(&wider, questions, plan.Seed)
	if err != nil {
		return nil //nolint:nilerr // the bank has no more
	}
	for _, a := range more {
		if a.Draw == 0 && !asked[a.Question] {
			plan.Warmup = &questions[a.Question]
			break
		}
	}
	return nil
}

// paperOf draws by the rules of a level's paper, in the order of the draws.
func paperOf(live *contest.Live, questions []question.Question, seed uint64) ([]contest.Asked, error) {
	pools, err := live.Pools(questions)
	if err != nil {
		return nil, err
	}
	level := contest.Level{Questions: live.Draw}
	paper := level.Paper(pools, contest.BondsOf(questions), seed)
	slices.SortStableFunc(paper, func(a, b contest.Asked) int { return int(a.Draw) - int(b.Draw) })
	return paper, nil
}

func (s *Service) bankOf(ctx context.Context, c *catalog.Contest, live *contest.Live) (*bank.Bank, error) {
	name := live.Bank
	if name == "" || name == c.Bank.Name {
		return c.Bank, nil
	}
	version, err := s.banks.Current(ctx, name)
	if err != nil {
		return nil, errs.Wrap(err, "find bank %s", name)
	}
	return s.banks.Load(ctx, name, version)
}
