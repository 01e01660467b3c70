// Package publicname decides which names the public may read: nicknames, signatures,
// typed names of units, names of teams. It owns the list of words that a name may not
// hold (words.txt, and the table name_words of an organizer's own), and the one place
// (shown.go) that turns a name into what others see.
//
// Who takes in a name asks Check; who keeps one keeps a State beside it; who shows
// one asks a View. The packages that keep names own them in SQL: identity nicknames,
// pledge signatures, unit typed names.
package publicname

import (
	"sync/atomic"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Kind is what a name names.
type Kind int

// The kinds. A unit may bear the name of an office, a person may not.
const (
	Person Kind = iota
	Group       // a unit or a team
)

// Names holds names against the list. nil holds them against the shipped list alone.
// It is safe for concurrent use.
type Names struct {
	db       *sqldb.DB
	now      func() time.Time
	current  atomic.Pointer[own]
	settling atomic.Pointer[settling]
}

// New returns the names of an installation; now is the server's clock. Call Follow to
// read its own words.
func New(db *sqldb.DB, now func() time.Time) *Names { return &Names{db: db, now: now} }

// Check refuses a name of at most so many characters that cannot stand in a list, or
// that the public should not read. Errors: invalid_field, which call the name what
// and never repeat it.
func (n *Names) Check(kind Kind, field, what, text string, most int) (string, error) {
	name, err := Clean(field, what, text, most)
	if err != nil {
		return "", err
	}
	if sentence := n.Unfit(kind, what, name); sentence != "" {
		return "", errs.InvalidField(field, sentence)
	}
	return name, nil
}

// Unfit is why the public should not read a name, told to the person; "" where it
// may.
func (n *Names) Unfit(kind Kind, what, name string) string {
	form := fold(name)
	if holdsNumber(form) {
		return what + "会公开显示，请不要写电话或其他号码"
	}
	if holdsContact(name, form) {
		return what + "会公开显示，请不要写账号或网址"
	}
	if in := n.list().offence(form, kind == Person); in != nil {
		return in.sentence
	}
	return ""
}

func (n *Names) list() *list {
	if n != nil {
		if own := n.current.Load(); own != nil {
			return own.list
		}
	}
	return shipped()
}
