package contest

import (
	"slices"
	"strconv"
	"strings"
)

// EarnAttempt is what a finished attempt earns. The record holds the attempt,
// and the grants of before. The result is for the ledger.
func (d *Definition) EarnAttempt(r *Record, a Attempt) []Grant {
	return d.earn(r, deedOf(a), &a, nil)
}

// EarnRescored is what an attempt earns beyond what it earned before it was
// scored again. Nothing is taken away from who scored less.
func (d *Definition) EarnRescored(r *Record, before, after Attempt) []Grant {
	return d.earn(r, deedOf(after), &after, &before)
}

func deedOf(a Attempt) Deed {
	return Deed{Kind: DeedAttempt, Ref: strconv.FormatInt(a.ID, 36), At: a.FinishedAt}
}

// EarnDeed is what another deed earns. The record holds the deed already.
func (d *Definition) EarnDeed(r *Record, deed Deed) []Grant {
	var last *Attempt
	if a, ok := r.Counting().latest(""); ok && d.Day(a.FinishedAt) == d.Day(deed.At) {
		last = &a
	}
	return d.earn(r, deed, last, nil)
}

// Earns reports whether the definition gives anything for anything.
func (d *Definition) Earns() bool { return len(d.Earnings) > 0 }

func (d *Definition) earn(r *Record, deed Deed, a, before *Attempt) []Grant {
	if d.EarnsOnlyRegistered() && !r.Registered || a != nil && deed.Kind == DeedAttempt && a.Training() || !d.Window.Holds(deed.At) && deed.Kind != DeedAttempt {
		return nil
	}
	e := earner{d: d, r: r, deed: deed}
	for i := range d.Earnings {
		rule := &d.Earnings[i]
		if rule.For != deed.Kind {
			continue
		}
		times := rule.times(a)
		if before != nil {
			times -= rule.times(before)
		}
		e.apply(rule, times, a)
	}
	return e.grants
}

// times is how often a deed with that attempt (nil: none to look at) fulfils the
// rule.
func (e *Earning) times(a *Attempt) int {
	switch {
	case !e.fits(a):
		return 0
	case e.Each.Correct > 0 && a != nil:
		return a.Correct / e.Each.Correct
	}
	return 1
}

func (e *Earning) fits(a *Attempt) bool {
	if a == nil {
		return e.When == When{} && len(e.Levels) == 0
	}
	if len(e.Levels) > 0 && !slices.Contains(e.Levels, a.Level) {
		return false
	}
	if a.Correct < e.When.Least || e.When.Below > 0 && a.Correct >= e.When.Below {
		return false
	}
	switch e.When.Result {
	case ResultPassed:
		return a.Passed
	case ResultFailed:
		return !a.Passed
	case ResultFull:
		return a.Full
	}
	return true
}

// earner gathers the grants of one deed.
type earner struct {
	d      *Definition
	r      *Record
	deed   Deed
	grants []Grant
}

// apply gives by a rule so many times more, as far as its Max allows.
func (e *earner) apply(rule *Earning, times int, a *Attempt) {
	prefix := rule.Key + "/" + e.countedIn(rule, a) + "/"
	given := e.given(rule.Key, prefix)
	due := given + times
	if rule.Each.Correct > 0 && rule.Each.Over == OverDay {
		due = e.correctToday() / rule.Each.Correct
	}
	if rule.Max > 0 {
		due = min(due, rule.Max)
	}
	for n := given + 1; n <= due; n++ {
		e.give(rule, prefix+strconv.Itoa(n), a)
	}
}

// countedIn names what a rule's Max is counted in. Without a Max each deed is
// counted by itself, so that the same deed never gives twice.
func (e *earner) countedIn(rule *Earning, a *Attempt) string {
	if rule.Each.Over == OverDay && rule.Each.Correct > 0 {
		return strconv.Itoa(e.d.Day(e.deed.At))
	}
	if rule.Max == 0 {
		return string(e.deed.Kind[0]) + e.deed.Ref
	}
	if rule.Per == EarnPerLevel && a != nil {
		return "level-" + a.Level
	}
	return strconv.Itoa(e.d.PeriodOf(Per(rule.Per), e.deed.At))
}

// given is how often the rule gave under the prefix: the highest number there.
func (e *earner) given(rule, prefix string) int {
	highest := 0
	for _, grants := range [][]Grant{e.r.Grants, e.grants} {
		for i := range grants {
			g := &grants[i]
			if g.Rule != rule || !strings.HasPrefix(g.Source, prefix) {
				continue
			}
			number, _, _ := strings.Cut(g.Source[len(prefix):], "+")
			if n, err := strconv.Atoi(number); err == nil {
				highest = max(highest, n)
			}
		}
	}
	return highest
}

func (e *earner) give(rule *Earning, source string, a *Attempt) {
	give := rule.Give
	points := give.Points
	if give.Score && a != nil {
		points += a.Score
	}
	if points = min(points, e.room(GrantPoints)); points > 0 {
		e.add(rule, GrantPoints, source, points)
	}
	for n := range min(give.Chances, e.room(GrantChance)) {
		numbered := source
		if n > 0 {
			numbered += "+" + strconv.Itoa(n)
		}
		e.add(rule, GrantChance, numbered, 1)
	}
	if give.Tries > 0 {
		e.add(rule, GrantTry, source, give.Tries)
	}
	card := give.Card
	if card == CardOfLevel && a != nil {
		card = a.Level
	}
	if card != "" && !e.r.Holds(card) && !slices.ContainsFunc(e.grants, func(g Grant) bool { return g.Kind == GrantCard && g.Source == card }) {
		e.add(rule, GrantCard, card, 1)
	}
}

func (e *earner) add(rule *Earning, kind GrantKind, source string, amount int) {
	e.grants = append(e.grants, Grant{Kind: kind, Source: source, Rule: rule.Key, Amount: amount, At: e.deed.At})
}

// room is how much of a kind the caps leave.
func (e *earner) room(kind GrantKind) int {
	left := MaxTotal
	for _, c := range e.d.Caps {
		if c.Of != kind {
			continue
		}
		period, sum := e.d.spanOf(c.Per, e.deed.At), 0
		for _, grants := range [][]Grant{e.r.Grants, e.grants} {
			for i := range grants {
				if g := &grants[i]; g.Kind == kind && period.holds(g.At) {
					sum += g.Amount
				}
			}
		}
		left = min(left, c.Max-sum)
	}
	return max(0, left)
}

// correctToday adds up the right answers of the attempts finished on the day of
// the deed.
func (e *earner) correctToday() int {
	today, sum := e.d.spanOf(PerDay, e.deed.At), 0
	for _, a := range e.r.Counting() {
		if today.holds(a.FinishedAt) {
			sum += a.Correct
		}
	}
	return sum
}

// CardsHeld lists the cards of the definition that the player has, in its order.
func (d *Definition) CardsHeld(r *Record) []Card {
	return slices.DeleteFunc(slices.Clone(d.Cards), func(c Card) bool { return !r.Holds(c.Key) })
}
