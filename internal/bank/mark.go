package bank

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Mark is what is said of many questions at once: what levels draw by, and nothing of
// what is asked or right, so that no result changes. An attempt under way keeps the
// version that it began with.
type Mark struct {
	Audience   []string // nil: stays
	Topics     []string // nil: stays
	Difficulty int      // 0: stays
	Add        bool     // audience and topics join those that a question has
}

// Bounds of a mark.
const (
	maxMarkTopics = 8
	maxTopicRunes = 20
)

// check cleans the mark. Error: invalid_field.
func (m *Mark) check() error {
	if m.Audience == nil && m.Topics == nil && m.Difficulty == 0 {
		return errs.InvalidField("set", "请选要设置的适用对象、知识点或难度")
	}
	if m.Difficulty < 0 || m.Difficulty > 5 {
		return errs.InvalidField("set.difficulty", "难度应为 1 到 5")
	}
	for _, a := range m.Audience {
		if !slices.Contains(question.Audiences, a) {
			return errs.InvalidField("set.audience", "适用对象只有"+strings.Join(question.Audiences, "、"))
		}
	}
	if len(m.Topics) > maxMarkTopics {
		return errs.InvalidField("set.topics", "知识点最多 8 个")
	}
	for _, topic := range m.Topics {
		if n := utf8.RuneCountInString(topic); n < 1 || n > maxTopicRunes {
			return errs.InvalidField("set.topics", "一个知识点 1 到 20 个字")
		}
	}
	return nil
}

// on sets the mark on a question; the lists of the question are not touched, for it may
// be shared.
func (m *Mark) on(q *question.Question) {
	set := func(has, wanted []string) []string {
		switch {
		case wanted == nil:
			return has
		case m.Add:
			has = slices.Clone(has)
		default:
			has = nil
		}
		for _, text := range wanted {
			if !slices.Contains(has, text) {
				has = append(has, text)
			}
		}
		return has
	}
	q.Audience, q.Topics = set(q.Audience, m.Audience), set(q.Topics, m.Topics)
	if m.Difficulty != 0 {
		q.Difficulty = m.Difficulty
	}
}

// Marked is what marking would do, or did.
type Marked struct {
	Version int // newest of the bank
	Found   int // questions that were named
	Changed int // of them, those that the mark makes other
}

// Mark sets a mark on the questions of a bank with these ids and makes one new version
// of them all, with one entry of the audit log; Undo takes it back. base is the version
// that was looked at. With try nothing is written. Where nothing changes there is no new
// version. Errors: ErrUnknown, ErrNoQuestion, ErrChanged, invalid_field, and the guard's.
func (s *Store) Mark(
	ctx context.Context, by staff.Actor, name string, base int, ids []string, m Mark, try bool,
) (*Marked, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	present, err := s.Current(ctx, name)
	if err != nil {
		return nil, err
	}
	if present != base {
		return nil, ErrChanged
	}
	questions, err := s.Stored(ctx, name, present)
	if err != nil {
		return nil, err
	}
	done := &Marked{Version: present}
	if done.Found = m.onAll(questions, ids); done.Found == 0 {
		return nil, ErrNoQuestion
	}
	if try {
		before, err := s.bodies(ctx, name, present)
		if err != nil {
			return nil, err
		}
		c, err := compare(before, questions)
		done.Changed = len(c.Changed)
		return done, err
	}
	err = s.nextVersion(ctx, name, present, questions, "成批设置", func(tx *sqldb.Tx, d Difference) error {
		done.Version, done.Changed = present+1, len(d.Changed)
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.mark", Subject: name, Detail: map[string]any{
			"version": present + 1, "questions": done.Found, "changed": done.Changed, "audience": m.Audience,
			"topics": m.Topics, "difficulty": m.Difficulty, "add": m.Add}})
	})
	if errors.Is(err, errNoChange) {
		return done, nil
	}
	return done, errs.Wrap(err, "mark questions of bank %s", name)
}

// onAll sets the mark on the questions with these ids and tells how many there are.
func (m *Mark) onAll(questions []question.Question, ids []string) (found int) {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	for i := range questions {
		if wanted[questions[i].ID] {
			m.on(&questions[i])
			found++
		}
	}
	return found
}
