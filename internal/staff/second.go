package staff

import (
	"context"
	"slices"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Why two accounts are not two persons. Each says what to do about it.
var (
	ErrSamePerson = errs.New(errs.Conflict, "second_person_needed",
		"这一步要由另一位工作人员来做，同一个人不能做两次")
	ErrByNobody = errs.New(errs.Conflict, "staff_needed", "这一步要由登录的工作人员来做")
	// ErrAccountTooNew is told with the time to wait.
	ErrAccountTooNew = errs.New(errs.Conflict, "account_too_new",
		"两人确认时，双方的账号都要建立满一天，并且一天内没有被别人改过密码、角色或重新启用。请换一位同事，或者稍后再做")
	ErrAccountTouched = errs.New(errs.Conflict, "account_touched",
		"这两个账号还不能算两个人：其中一个是另一个建立的，或者被另一个改过密码、角色或重新启用。请换一位同事；"+
			"也可以请第三个人（另一位负责人，或在服务器上用命令行）给这个账号重新设密码，满一天后再做")
)

// FirstDay is what an act says of itself that was done by two accounts in the first
// day of an installation, when no account can be old enough yet.
const FirstDay = "安装首日"

// settled is how long an account must have been left alone, from when it was made or
// last touched, before it can be one of two persons: time for everybody to see it.
const settled = 24 * time.Hour

// Pair is two accounts that want to count as two persons, and what is known of them.
type Pair struct {
	First, Second sqldb.ID
	Made          map[sqldb.ID]int64 // when each account was made, UTC ms
	Touches       []Touch            // of all accounts
	Installed     int64              // when the first account of all was made, UTC ms
	At            int64              // now, UTC ms
}

// Judge is the rule of two persons; the order of the two does not matter. Both are
// members of staff, not the same, neither was made or touched within a day, and
// neither laid hands on the other's account, unless a third person has given that
// account a new password since. In the first day of an installation any two members
// are taken; then note says so.
//
// What it cannot see: who made both accounts, or holds the server, may hold both
// passwords. Against that stand the day's wait, which all staff are shown, and the
// password that its holder must change.
func (p *Pair) Judge() (note string, err error) {
	switch {
	case p.First == 0 || p.Second == 0:
		return "", ErrByNobody
	case p.First == p.Second:
		return "", ErrSamePerson
	case p.At < p.Installed+settled.Milliseconds():
		return FirstDay, nil
	case p.touchedBy(p.First, p.Second, nil) || p.touchedBy(p.Second, p.First, nil):
		return "", ErrAccountTouched
	}
	if free := max(p.settledAt(p.First), p.settledAt(p.Second)); p.At < free {
		return "", ErrAccountTooNew.After(time.Duration(free-p.At) * time.Millisecond)
	}
	return "", nil
}

// settledAt is from when on an account has been left alone for long enough.
func (p *Pair) settledAt(account sqldb.ID) int64 {
	last := p.Made[account]
	for _, t := range p.Touches {
		if t.Account == account {
			last = max(last, t.At)
		}
	}
	return last + settled.Milliseconds()
}

// touchedBy reports whether by laid hands on the account and nobody else has given it
// a password since. Who is under by's hands too is not somebody else; seen are those
// that are asked about already.
func (p *Pair) touchedBy(account, by sqldb.ID, seen []sqldb.ID) bool {
	var last int64 = -1
	for _, t := range p.Touches {
		if t.Account == account && t.By == by {
			last = max(last, t.At)
		}
	}
	if last < 0 {
		return false
	}
	seen = append(seen, account)
	for _, t := range p.Touches {
		if t.Account != account || t.What != PasswordGiven || t.By == by || t.At <= last {
			continue
		}
		if slices.Contains(seen, t.By) || p.touchedBy(t.By, by, seen) {
			continue
		}
		return false
	}
	return true
}

// SecondPerson holds that whoever did the first half of an act and whoever does the
// second are two persons, by Pair.Judge, at a time in UTC ms. Call it in the
// transaction of the second half and keep note, if there is one, with the act and in
// its entry of the audit log. Errors: ErrByNobody, ErrSamePerson, ErrAccountTooNew,
// ErrAccountTouched.
func SecondPerson(
	ctx context.Context, tx sqldb.Reader, first, second sqldb.ID, at int64,
) (note string, err error) {
	p := Pair{First: first, Second: second, Made: map[sqldb.ID]int64{}, At: at}
	var made []struct {
		ID sqldb.ID `db:"id"`
		At int64    `db:"created_at"`
	}
	err = tx.Select(ctx, &made, "SELECT id, created_at FROM staff ORDER BY created_at")
	if err == nil {
		err = tx.Select(ctx, &p.Touches, "SELECT account_id, touched_by, what, touched_at FROM staff_touches")
	}
	if err != nil {
		return "", errs.Wrap(err, "read who touched whose account")
	}
	for i, m := range made {
		if i == 0 {
			p.Installed = m.At
		}
		p.Made[m.ID] = m.At
	}
	return p.Judge()
}
