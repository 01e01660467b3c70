package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// Errors of applying a definition.
var (
	errNoReason  = errs.InvalidField("reason", "修改已有的活动要写明原因")
	errTaken     = errs.New(errs.Conflict, "contest_taken", "已经有一个活动用这个标识，请换一个标识")
	errRenamed   = errs.New(errs.Conflict, "contest_renamed", "标识在链接和二维码里，发布以后不能改。要办新的活动，请从副本开始")
	errReserved  = errs.New(errs.Conflict, "contest_rehearsal", "以 -rehearsal 结尾的标识留给演练，请换一个标识")
	errRehearsal = errs.New(errs.Conflict, "contest_rehearsal", "这是演练，不能单独修改；请修改活动本身，再重新演练")
)

var errTooSmall = errs.New(errs.Conflict, "bank_too_small", "题库中的题目不够出题")

// BankFits refuses questions that would leave a running contest with too few to
// draw from, or a live room of one without a question of its list; it is the guard of
// banks. The error names the contest, its cause the place.
func (c *Catalog) BankFits(name string, questions []question.Question) error {
	for _, running := range c.All() {
		index := slices.Index(running.Banks(), name)
		if index < 0 {
			continue
		}
		if err := fits(running.Definition, index, &bank.Bank{Name: name, Questions: questions}); err != nil {
			e := errs.New(errs.Conflict, errTooSmall.Code, "活动“"+running.Title+"”的题目会不够出题，请先改活动的关卡或直播答题，或补足题目")
			return e.Because(err)
		}
	}
	return nil
}

// Apply is ApplyBy from the command line, whatever version is stored.
func (c *Catalog) Apply(ctx context.Context, file string, text []byte, reason string) (*Contest, error) {
	return c.ApplyBy(ctx, staff.CommandLine, Application{File: file, Text: text, Reason: reason, Base: anyVersion})
}

// Application is a definition to be stored. File names the source in findings,
// Reason stands in the public change log, Base is the version that was edited (0:
// a new contest). Draft is the draft that it was written in, at its Revision, which
// ends with it; 0: none.
type Application struct {
	File     string
	Text     []byte
	Reason   string
	Base     int
	Draft    sqldb.ID
	Revision int

	agreed *agreement // nil: nobody was asked
}

const anyVersion = -1

// ApplyBy checks a definition against its banks and stores it as the next version
// of its contest, with an entry in the audit log; the same text again changes
// nothing.
//
// Errors: contest.Findings, Unanswered where nobody answers for a serious concern,
// ErrUnknown of package bank, a bank too small for a level, a slug that is another
// contest's or a rehearsal's, a change without a reason, what a guard refuses,
// ErrChanged when another version than Base is stored.
func (c *Catalog) ApplyBy(ctx context.Context, by staff.Actor, a Application) (*Contest, error) {
	definition, err := Check(a.File, a.Text)
	if err != nil {
		return nil, err
	}
	if err := c.fitsBanks(ctx, definition); err != nil {
		return nil, err
	}
	if err := c.fitsMaterials(ctx, definition, a.File, a.Text); err != nil {
		return nil, err
	}
	if err := c.answersForThemselves(by, definition); err != nil {
		return nil, err
	}
	err = c.db.InTx(ctx, func(tx *sqldb.Tx) error { return c.store(ctx, tx, by, definition, a) })
	return c.published(ctx, definition, err)
}

// published is the contest that a definition is, after err came of storing it.
func (c *Catalog) published(ctx context.Context, definition *contest.Definition, err error) (*Contest, error) {
	if sqldb.IsDuplicate(err) {
		return nil, ErrChanged.Because(err)
	}
	if err != nil {
		return nil, errs.Wrap(err, "store contest %s", definition.Slug)
	}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c.Current(definition.Slug)
}

// answersForThemselves holds that who accepts a finding of compliance is who sends the
// definition: nobody signs in another's name. What stood before stays; whoever holds the
// server writes what they like, as before. Errors: invalid_field text.
func (c *Catalog) answersForThemselves(by staff.Actor, d *contest.Definition) error {
	if by.ID == 0 {
		return nil
	}
	var before []contest.Accepted
	if present, err := c.Current(d.Slug); err == nil {
		before = present.Definition.Accept
	}
	for _, a := range d.Accept {
		if a.By != by.Name && !slices.Contains(before, a) {
			return errs.InvalidField("text", "接受风险的人（accept 里的 by）要写您自己的姓名“"+by.Name+"”，不能替别人写“"+a.By+"”")
		}
	}
	return nil
}

// Unanswered are the serious concerns that keep a definition out: nobody answers
// for them by name. It is the cause of the errors of Check and ApplyBy.
type Unanswered []compliance.Concern

// Error lists the concerns by code and path.
func (u Unanswered) Error() string {
	texts := make([]string, len(u))
	for i, concern := range u {
		texts[i] = concern.Code + " " + concern.Path
	}
	return "nobody answers for " + strings.Join(texts, ", ")
}

// Check reads a definition as ApplyBy does first, without any store. Errors:
// contest.Findings, Unanswered.
func Check(file string, text []byte) (*contest.Definition, error) {
	definition, err := contest.Parse(file, text)
	if err != nil {
		return nil, err
	}
	open := compliance.Open(compliance.Check(definition))
	if len(open) == 0 {
		return definition, nil
	}
	messages := make([]string, len(open))
	for i, concern := range open {
		messages[i] = fmt.Sprintf("%s（%s）", concern.Message, concern.Code)
	}
	said := fmt.Sprintf("有 %d 处严重的合规提示，要先改好，或有人确认负责：%s", len(open), strings.Join(messages, "；"))
	return nil, errs.New(errs.Conflict, "concerns_open", said).Because(Unanswered(open))
}

// fitsBanks checks that the banks of a definition are there and hold enough.
func (c *Catalog) fitsBanks(ctx context.Context, definition *contest.Definition) error {
	for i, name := range definition.Banks() {
		version, err := c.banks.Current(ctx, name)
		if err != nil {
			return errs.Wrap(err, "bank %s of contest %s", name, definition.Slug)
		}
		questions, err := c.bank(ctx, name, version)
		if err != nil {
			return err
		}
		if err := fits(definition, i, questions); err != nil {
			return errTooSmall.Because(err)
		}
	}
	return nil
}

// fits checks that the definition's bank of that index holds what levels and live rooms
// ask. Loading a contest asks for the levels alone: a room takes its questions when it
// is made.
func fits(definition *contest.Definition, index int, questions *bank.Bank) error {
	if _, err := poolsOf(definition, index, questions); err != nil {
		return err
	}
	for i := range definition.Live {
		if definition.LiveBankIndex(i) != index {
			continue
		}
		if err := liveFits(&definition.Live[i], questions); err != nil {
			return fmt.Errorf("live[%d].%w (bank %s)", i, err, questions.Name)
		}
	}
	return nil
}

// stored is the newest version of a contest; the zero value is none.
type stored struct {
	ID          sqldb.ID `db:"id"`
	Version     int      `db:"version"`
	RehearsalOf sqldb.ID `db:"rehearsal_of"`
	Body        string   `db:"body"`
}

// admits refuses a text that would become another contest than the one that was
// edited, and what would change a rehearsal. again tells that the text is stored.
func (present stored) admits(slug string, a Application) (again bool, err error) {
	known := present.ID != 0
	switch {
	case known && present.RehearsalOf != 0:
		return false, errRehearsal
	case !known && contest.OfRehearsal(slug):
		return false, errReserved
	case known && a.Base == 0:
		return false, errTaken
	case !known && a.Base > 0:
		return false, errRenamed
	case known && present.Body == string(a.Text):
		return true, nil
	case known && a.Base != anyVersion && a.Base != present.Version:
		return false, ErrChanged
	case known && strings.TrimSpace(a.Reason) == "":
		return false, errNoReason
	}
	return false, nil
}

func (c *Catalog) store(
	ctx context.Context, tx *sqldb.Tx, by staff.Actor, definition *contest.Definition, a Application,
) error {
	var present stored
	err := tx.Get(ctx, &present, `
		SELECT c.id, c.version, c.rehearsal_of, v.body FROM contests c
		JOIN contest_versions v ON v.contest_id = c.id AND v.version = c.version
		WHERE c.slug = ?`, definition.Slug)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	again, err := present.admits(definition.Slug, a)
	if err != nil {
		return err
	}
	if err := a.mayPublish(ctx, tx, by); err != nil {
		return err
	}
	if err := a.endDraft(ctx, tx, present.ID); err != nil || again {
		return err
	}
	now := c.now().UnixMilli()
	if present.ID == 0 {
		present.ID = c.ids.Next()
		_, err = tx.Exec(ctx, "INSERT INTO contests (id, slug, version, created_at) VALUES (?, ?, 1, ?)",
			present.ID, definition.Slug, now)
	} else {
		_, err = tx.Exec(ctx, "UPDATE contests SET version = ? WHERE id = ? AND version = ?",
			present.Version+1, present.ID, present.Version)
	}
	if err != nil {
		return err
	}
	if err := c.guard.pass(ctx, tx, present.ID, definition); err != nil {
		return err
	}
	_, err = tx.Exec(ctx,
		"INSERT INTO contest_versions (contest_id, version, reason, body, created_at) VALUES (?, ?, ?, ?, ?)",
		present.ID, present.Version+1, a.Reason, string(a.Text), now)
	if err != nil {
		return err
	}
	err = staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.apply", Subject: definition.Slug,
		Detail: a.detail(present.Version + 1)})
	if err != nil {
		return err
	}
	return unit.Sync(ctx, tx, c.ids, present.ID, definition.Units)
}
