package live

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// given is a member's last answer to a round, as a reader of the results sees it.
type given struct {
	text  string // letters as shown, or the blanks; empty for no answer
	used  int    // ms
	right bool
}

// asked is a round of the results.
type asked struct {
	head  string
	given []given // by number
}

// WriteResults writes a workbook of a room: a row for each member, the best first, with
// the share of the pot where there is one, and of each question what the member chose,
// whether that was right and the ms it took. Rounds that were skipped, are still open,
// were for warming up or wiped by a reset are left out, and so is who was removed. The
// audit log keeps who wrote it.
func (s *Service) WriteResults(ctx context.Context, by staff.Actor, seen *Seen, to io.Writer) error {
	var rounds []asked
	for n := seen.State.From + 1; n <= seen.State.Round(); n++ {
		if r := seen.State.At(n); r.Shut && !r.Skipped && r.Kind != room.Warmup {
			all, err := s.given(ctx, seen, n)
			if err != nil {
				return err
			}
			rounds = append(rounds, asked{headOf(seen, n), all})
		}
	}
	out, err := newResults(seen, rounds)
	if err != nil {
		return errs.Wrap(err, "begin the results of a live room")
	}
	defer out.Close()
	if err := s.writeMembers(ctx, seen, rounds, out); err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "live.results", Subject: seen.RoomID.String(),
			Detail: map[string]any{"members": len(seen.Table.Order)}})
	})
	if err != nil {
		return errs.Wrap(err, "log the results of a live room")
	}
	return errs.Wrap(out.Write(to), "write the results of a live room")
}

func newResults(seen *Seen, rounds []asked) (*sheet.Writer, error) {
	header := []string{"名次", "名字", "队伍", "得分", "答对", "号码"}
	widths := []float64{8, 20, 20, 8, 8, 8}
	if seen.Plan.Live.Pot != nil {
		header, widths = append(header, "奖金（分或积分）"), append(widths, 12)
	}
	for i := range rounds {
		header = append(header, rounds[i].head, "对错", "用时（毫秒）")
		widths = append(widths, 28, 6, 12)
	}
	return sheet.NewWriter("成绩", widths, header)
}

// headOf names a question: its number, what was asked and what was right.
func headOf(seen *Seen, round int) string {
	r := seen.State.At(round)
	q := seen.Plan.Question(r)
	head := fmt.Sprintf("第%d题", r.Number)
	if r.Kind == room.Revival {
		head += "（复活题）"
	}
	if r.Voided {
		head += "（作废）"
	}
	right := question.Choice{Options: q.Right}
	for _, accepted := range q.Blanks {
		right.Blanks = append(right.Blanks, accepted[0])
	}
	return head + " " + q.Stem + " 答案：" + letters(right, q.Kind, placesOf(seen.Plan.Order(round, q)))
}

// letters is a choice as it was shown.
func letters(c question.Choice, kind question.Kind, places []int) string {
	if len(c.Blanks) > 0 {
		return strings.Join(c.Blanks, "；")
	}
	var shown []string
	for _, index := range c.Options {
		if index >= 0 && index < len(places) {
			shown = append(shown, Letter(places[index]))
		}
	}
	if kind != question.Ordering {
		slices.Sort(shown)
	}
	return strings.Join(shown, "")
}

// given reads the last answers to a round, by member. Equal choices share their text.
func (s *Service) given(ctx context.Context, seen *Seen, round int) ([]given, error) {
	r := seen.State.At(round)
	q := seen.Plan.Question(r)
	places := placesOf(seen.Plan.Order(round, q))
	known := map[string]given{}
	all := make([]given, len(seen.Members)+1)
	var row struct {
		Member int    `db:"member"`
		Choice string `db:"choice"`
		UsedMS int    `db:"used_ms"`
	}
	err := s.db.Each(ctx, &row, func() error {
		g, ok := known[row.Choice]
		if !ok {
			choice := question.ReadChoice(q.Kind, row.Choice)
			g = given{text: letters(choice, q.Kind, places), right: seen.Plan.Right(r, choice)}
			known[row.Choice] = g
		}
		if row.Member < len(all) {
			g.used = row.UsedMS
			all[row.Member] = g // a later revision takes the place
		}
		return nil
	}, `SELECT member, choice, used_ms FROM live_answers WHERE room_id = ? AND round = ? ORDER BY member, revision`,
		seen.RoomID, round)
	return all, errs.Wrap(err, "read the answers of round %d", round)
}

// writeMembers writes the rows, the names read some hundreds at a time.
func (s *Service) writeMembers(ctx context.Context, seen *Seen, rounds []asked, out *sheet.Writer) error {
	in, err := s.catalog.Of(seen.ContestID)
	if err != nil {
		return err
	}
	for numbers := range slices.Chunk(seen.Table.Order, 500) {
		placed, err := s.named(ctx, seen, numbers, true)
		if err != nil {
			return err
		}
		for i := range placed {
			p := &placed[i]
			row := []any{int(p.Rank), p.Name, TeamName(in, &seen.Plan.Live, seen.Member(p.Number).Team), int(p.Points),
				int(p.Right), int(p.Number)}
			if seen.Plan.Live.Pot != nil {
				row = append(row, seen.Share(p.Number))
			}
			for _, round := range rounds {
				row = append(row, round.given[p.Number].cells()...)
			}
			if err := out.Row(row); err != nil {
				return errs.Wrap(err, "write a member of a live room")
			}
		}
	}
	return nil
}

func (g given) cells() []any {
	switch {
	case g.text == "":
		return []any{"", "", ""}
	case g.right:
		return []any{g.text, "对", g.used}
	}
	return []any{g.text, "错", g.used}
}
