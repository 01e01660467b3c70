package closing

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/pairing"
	"anquanda/internal/report"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
)

// Pairing is a pairing of units that is decided.
type Pairing struct {
	Title     string
	Round     string // title of the period
	DecidedAt int64  // UTC ms
	Final     bool   // one pair, and nobody meets by who won it
	Pairs     []Pair
}

// Pair are two units that met.
type Pair struct {
	First, Second Side
	Winner        string // empty: nobody went on
	Apart         string // by how much; empty where one of them is not told
	Corrected     bool
}

// Side is one of a pair: what it had in the round is told of report.SmallGroup people and
// more.
type Side struct {
	Unit  string // empty: there was nobody to meet
	Score string
}

// List is a list of players that is made. Who is on it is told by number alone.
type List struct {
	Title   string
	MadeAt  int64  // UTC ms
	Of      string // the units that it took, or that won; empty for a list of players
	Players int64
}

// readPairings reads what is decided, in the order of the definition.
func (s *Service) readPairings(ctx context.Context, in *catalog.Contest, f *Figures) error {
	states, err := s.pairings.Of(ctx, in)
	if err != nil {
		return err
	}
	for i := range in.Pairings {
		p := &in.Pairings[i]
		state := states[p.Key]
		if state == nil || state.DecidedAt == 0 {
			continue
		}
		told := Pairing{Title: p.Title, DecidedAt: state.DecidedAt, Final: len(state.Pairs) == 1 &&
			!slices.ContainsFunc(in.Pairings, func(next contest.Pairing) bool { return next.Winners == p.Key })}
		if period, ok := in.PlayedIn(p); ok {
			told.Round = period.Title
		}
		of, _ := in.Board(p.Board)
		for k := range state.Pairs {
			told.Pairs = append(told.Pairs, pairOf(in, &of, &state.Pairs[k]))
		}
		f.Pairings = append(f.Pairings, told)
	}
	return s.readLists(ctx, in, f, states)
}

func pairOf(in *catalog.Contest, of *contest.Board, p *pairing.Pair) Pair {
	measure := rulespage.MeasureUnit(in.Definition, of)
	told := Pair{Corrected: p.CorrectedAt != 0, First: Side{p.FirstName, "没有成绩"}, Second: Side{p.SecondName, "没有成绩"}}
	for _, side := range []struct {
		*Side
		id              sqldb.ID
		points, players int64
	}{{&told.First, p.FirstID, p.FirstPoints, p.FirstPlayers},
		{&told.Second, p.SecondID, p.SecondPoints, p.SecondPlayers}} {
		side.Unit = pairing.NameOf(in, side.id, side.Unit)
		switch {
		case side.id == 0:
			side.Score = ""
		case side.players >= report.SmallGroup:
			side.Score = scoreText(in.PointsOn(of, side.points), measure)
		case side.players > 0:
			side.Score = tooFew
		}
	}
	if p.FirstPlayers >= report.SmallGroup && p.SecondPlayers >= report.SmallGroup {
		told.Apart = scoreText(math.Abs(in.PointsOn(of, p.FirstPoints)-in.PointsOn(of, p.SecondPoints)), measure)
	}
	switch p.WinnerID {
	case 0:
	case p.SecondID:
		told.Winner = told.Second.Unit
	default:
		told.Winner = told.First.Unit
	}
	return told
}

// scoreText writes what a board counts as the pages do.
func scoreText(score float64, measure string) string {
	digits := -1
	switch {
	case measure == "%":
		score = score / 100
	case measure == "秒", strings.Contains(measure, "/"):
		digits = 1
	}
	return strconv.FormatFloat(score, 'f', digits, 64) + measure
}

// readLists reads the lists that are made, in the order of the definition.
func (s *Service) readLists(
	ctx context.Context, in *catalog.Contest, f *Figures, states map[string]*pairing.State,
) error {
	if len(in.Lists) == 0 {
		return nil
	}
	made, err := s.lists.Made(ctx, in.ContestID)
	if err != nil {
		return err
	}
	counts, err := s.lists.Counts(ctx, in.ContestID)
	if err != nil {
		return err
	}
	for i := range in.Lists {
		l := &in.Lists[i]
		if made[l.Key] == 0 {
			continue
		}
		units, err := s.lists.Units(ctx, in.ContestID, l.Key)
		if err != nil {
			return err
		}
		if state := states[l.Pairing]; state != nil {
			units = state.Winners()
		}
		var names []string
		for _, id := range units {
			if u, ok := in.Units.Get(id); ok { // teams are groups of few people, and not named
				names = append(names, u.Name)
			}
		}
		f.Lists = append(f.Lists, List{l.Title, made[l.Key], strings.Join(names, "、"), counts[l.Key]})
	}
	return nil
}

// pairingsTable lists who met whom, and who went on.
func (f *Figures) pairingsTable() sheet.Table {
	t := sheet.Table{Name: "单位对阵", Header: []string{"对阵", "第几对", "哪一期", "单位", "成绩", "对手", "对手成绩", "相差", "胜者",
		"评定时间", "说明"}, Widths: []float64{20, 8, 20, 26, 12, 26, 12, 12, 26, 20, 14}}
	f.eachPair(func(p *Pairing, place int, pair *Pair) {
		note := ""
		if pair.Corrected {
			note = "两人更正过"
		}
		t.Rows = append(t.Rows, []any{p.Title, place, p.Round, pair.First.Unit, pair.First.Score, pair.against(),
			pair.Second.Score, pair.Apart, pair.won(), f.moment(p.DecidedAt), note})
	})
	return t
}

func (f *Figures) eachPair(tell func(p *Pairing, place int, pair *Pair)) {
	for i := range f.Pairings {
		for k := range f.Pairings[i].Pairs {
			tell(&f.Pairings[i], k+1, &f.Pairings[i].Pairs[k])
		}
	}
}

func (p *Pair) against() string {
	if p.Second.Unit == "" {
		return "轮空"
	}
	return p.Second.Unit
}

func (p *Pair) won() string {
	if p.Winner == "" {
		return "都未晋级"
	}
	return p.Winner
}

// PairingsInShort lists who met whom, as it is handed in and published.
func (f *Figures) PairingsInShort() sheet.Table {
	t := sheet.Table{Name: "单位对阵", Header: []string{"对阵", "单位", "成绩", "对手", "对手成绩", "胜者"}}
	f.eachPair(func(p *Pairing, _ int, pair *Pair) {
		t.Rows = append(t.Rows, []any{p.Title, pair.First.Unit, pair.First.Score, pair.against(), pair.Second.Score,
			pair.won()})
	})
	return t
}

// listsTable lists how many players stand on lists.
func (f *Figures) listsTable() sheet.Table {
	t := sheet.Table{Name: "名单", Header: []string{"名单", "人数", "哪些单位", "确定时间"}, Widths: []float64{24, 12, 60, 20}}
	for _, l := range f.Lists {
		var people any = tooFew
		if l.Players >= report.SmallGroup || l.Players == 0 {
			people = int(l.Players)
		}
		t.Rows = append(t.Rows, []any{l.Title, people, l.Of, f.moment(l.MadeAt)})
	}
	return t
}

// met tells how many units met, and of at most two finals who won them.
func (f *Figures) met() string {
	pairs, finals := 0, 0
	f.eachPair(func(*Pairing, int, *Pair) { pairs++ })
	if pairs == 0 {
		return ""
	}
	text := fmt.Sprintf("单位对阵。共评定%d轮、%d对。", len(f.Pairings), pairs)
	for i := range f.Pairings {
		p := &f.Pairings[i]
		if !p.Final || p.Pairs[0].Winner == "" || finals == 2 {
			continue
		}
		finals++
		pair := &p.Pairs[0]
		text += fmt.Sprintf("%s由%s获胜", cut(p.Title, 20), cut(pair.Winner, 30))
		if pair.Apart != "" {
			text += fmt.Sprintf("，%s%s，%s%s", cut(pair.First.Unit, 30), pair.First.Score, cut(pair.Second.Unit, 30),
				pair.Second.Score)
		}
		text += "。"
	}
	return text
}
