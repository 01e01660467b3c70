package play

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// stageWith is one question of an attempt, with its options in the order given.
func stageWith(q *question.Question, attempt sqldb.ID, position uint8, order ...int) *stage {
	level := &contest.Level{Questions: []contest.Draw{{Count: 1}}}
	return &stage{
		ticket:   &ticket{Attempt: attempt, Position: position},
		sheet:    &sheet{contest: &catalog.Contest{Definition: &contest.Definition{}}, level: level},
		question: q,
		order:    order,
	}
}

var (
	multiple = &question.Question{Kind: question.Multiple, Stem: "?", Options: []string{"a", "b", "c", "d"},
		Right: []int{1, 3}}
	single = &question.Question{Kind: question.Single, Stem: "?", Options: []string{"a", "b", "c"}, Right: []int{0}}
	fill   = &question.Question{Kind: question.Fill, Stem: "____ ____", Blanks: [][]string{{"119"}, {"120"}}}
)

// shown is the question as it goes out with a ticket.
func shown(s *sealer, st *stage) *Asked {
	s.seal(st.ticket)
	return st.ask()
}

// idOf is the id of an option that goes out with a ticket.
func idOf(s *sealer, attempt sqldb.ID, position, option uint8) string {
	t := &ticket{Attempt: attempt, Position: position}
	s.seal(t)
	return t.opaque(option)
}

func TestAChoiceIsReadBackByTheBanksIndexes(t *testing.T) {
	s := newTestSealer(t, 1)
	st := stageWith(multiple, 9, 2, 3, 0, 2, 1)
	asked := shown(s, st)
	choice, err := st.choose(Response{Question: asked.ID, Options: []string{asked.Options[0].ID, asked.Options[3].ID}})
	if err != nil || !slices.Equal(choice.Options, []int{1, 3}) || !question.Grade(multiple, choice) {
		t.Errorf("the first and the last shown are %v, %v", choice, err)
	}
}

func TestWhatDoesNotFitTheQuestionIsRefusedByName(t *testing.T) {
	s := newTestSealer(t, 1)
	one, many, blank := stageWith(single, 9, 1, 0, 1, 2), stageWith(multiple, 9, 1, 0, 1, 2, 3), stageWith(fill, 9, 1)
	id := shown(s, one)
	shown(s, many)
	shown(s, blank)
	for name, c := range map[string]struct {
		st       *stage
		response Response
		code     string
		field    string
	}{
		"two of a single choice": {one, Response{id.ID, []string{id.Options[0].ID, id.Options[1].ID}, nil, false, 0},
			"invalid_field", "options"},
		"one of many twice": {many, Response{id.ID, []string{id.Options[0].ID, id.Options[0].ID}, nil, false, 0},
			"invalid_field", "options"},
		"an option of no question": {one, Response{id.ID, []string{"x"}, nil, false, 0}, "option_unknown", "options[0]"},
		"the second is of none": {many, Response{id.ID, []string{id.Options[1].ID, "x"}, nil, false, 0}, "option_unknown",
			"options[1]"},
		"the question itself": {one, Response{id.ID, []string{id.ID}, nil, false, 0}, "option_unknown", "options[0]"},
		"an option of a fill-in": {blank, Response{id.ID, []string{id.Options[0].ID}, nil, false, 0}, "option_unknown",
			"options[0]"},
		"a blank of a choice": {one, Response{id.ID, nil, []string{"119"}, false, 0}, "invalid_field", "blanks"},
		"a blank too few":     {blank, Response{id.ID, nil, []string{"119"}, false, 0}, "invalid_field", "blanks"},
		"a blank too many": {blank, Response{id.ID, nil, []string{"1", "2", "3"}, false, 0},
			"invalid_field", "blanks"},
		"another question": {one, Response{"x", nil, nil, false, 0}, "out_of_order", ""},
		"no question":      {one, Response{}, "out_of_order", ""},
	} {
		_, err := c.st.choose(c.response)
		if e := errs.From(err); err == nil || e.Code != c.code || e.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	if errOption.Field != "" {
		t.Error("the error that all share was written to")
	}
}

func TestAnEmptyResponseIsNoChoice(t *testing.T) {
	s := newTestSealer(t, 1)
	for _, st := range []*stage{stageWith(single, 9, 1, 0, 1, 2), stageWith(fill, 9, 1)} {
		id := shown(s, st).ID
		for _, r := range []Response{{Question: id}, {Question: id, Options: []string{}, Blanks: []string{}}} {
			choice, err := st.choose(r)
			if err != nil || !choice.Empty() || choice.Text() != "" {
				t.Errorf("%s: %+v, %v", st.question.Kind, choice, err)
			}
		}
	}
}

func TestIdsOfAnAttemptFitNoOtherQuestionOrAttempt(t *testing.T) {
	s, elsewhere := newTestSealer(t, 1), newTestSealer(t, 2)
	seen := map[string]string{}
	note := func(id, what string) {
		if other, ok := seen[id]; ok {
			t.Fatalf("%s and %s have the id %s", what, other, id)
		}
		seen[id] = what
	}
	for attempt := sqldb.ID(1); attempt <= 20; attempt++ {
		for position := uint8(1); position <= 20; position++ {
			asked := shown(s, stageWith(single, attempt, position, 2, 0, 1))
			note(asked.ID, "a question")
			for _, o := range asked.Options {
				note(o.ID, "an option")
			}
		}
	}
	note(idOf(elsewhere, 1, 1, 0), "an option of another installation")
}

func FuzzOpaqueIdsDiffer(f *testing.F) {
	f.Add(int64(1), int64(2), uint8(1), uint8(2), uint8(0), uint8(questionMark))
	f.Add(int64(0), int64(1)<<40, uint8(255), uint8(255), uint8(3), uint8(3))
	s := newTestSealer(f, 1)
	f.Fuzz(func(t *testing.T, a, b int64, p, q, i, j uint8) {
		first, second := idOf(s, sqldb.ID(a), p, i), idOf(s, sqldb.ID(b), q, j)
		if same := a == b && p == q && i == j; same != (first == second) {
			t.Fatalf("(%d %d %d) is %s, (%d %d %d) is %s", a, p, i, first, b, q, j, second)
		}
		if len(first) != 8 || strings.ContainsAny(first, "+/=") {
			t.Fatalf("%q does not fit into an address", first)
		}
	})
}

func FuzzChoicesAreStoredAsTheyWereMade(f *testing.F) {
	f.Add("119", "一一九", uint8(3))
	f.Add("", "", uint8(0))
	f.Add("a,b", "1", uint8(255))
	f.Fuzz(func(t *testing.T, one, two string, options uint8) {
		if !strings.Contains(one+two, "\x1f") {
			blanks := question.Choice{Blanks: []string{one, two}}
			want := blanks.Blanks
			if blanks.Empty() {
				want = nil // nothing was written: the question was passed
			}
			if got := question.ReadChoice(question.Fill, blanks.Text()); !slices.Equal(got.Blanks, want) {
				t.Fatalf("%q comes back as %q", blanks.Blanks, got.Blanks)
			}
		}
		var chosen question.Choice
		for i := range 8 {
			if options&(1<<i) != 0 {
				chosen.Options = append(chosen.Options, i)
			}
		}
		if got := question.ReadChoice(question.Multiple, chosen.Text()); !slices.Equal(got.Options, chosen.Options) {
			t.Fatalf("%v comes back as %v", chosen.Options, got.Options)
		}
	})
}

func FuzzNoResponseIsAnythingButAChoiceOrAnError(f *testing.F) {
	s := newTestSealer(f, 1)
	st := stageWith(multiple, 9, 1, 3, 2, 1, 0)
	asked := shown(s, st)
	f.Add(asked.ID, asked.Options[0].ID, asked.Options[1].ID, "119")
	f.Add("", "", "", "")
	f.Fuzz(func(t *testing.T, id, one, two, blank string) {
		for _, r := range []Response{{id, []string{one, two}, nil, false, 0}, {id, []string{one}, []string{blank}, false, 0},
			{id, nil, []string{blank}, false, 0}} {
			choice, err := st.choose(r)
			if err != nil {
				if errs.From(err).Kind == errs.Internal {
					t.Fatalf("%+v: %v", r, err)
				}
				continue
			}
			if r.Question != asked.ID || len(choice.Options) != len(r.Options) || !slices.IsSorted(choice.Options) {
				t.Fatalf("%+v is taken for %+v", r, choice)
			}
		}
		if _, err := st.choose(Response{Question: id + "x"}); !errors.Is(err, ErrOutOfOrder) {
			t.Fatalf("another question: %v", err)
		}
	})
}
