package contest

import (
	"slices"
	"strconv"
)

// EarnAttempt is what a finished attempt earns. The summary holds the attempt's
// end, and the grants of before. The result is for the ledger.
func (d *Definition) EarnAttempt(s *Summary, a Attempt) []Grant {
	return d.earn(s, deedOf(a), &a, nil)
}

// EarnRescored is what an attempt earns beyond what it earned before it was
// scored again. Nothing is taken away from who scored less. The record holds the
// attempt as it is scored now.
func (d *Definition) EarnRescored(r *Record, before, after Attempt) []Grant {
	deed := deedOf(after)
	return d.earn(d.summarize(r, after.FinishedAt, deed.name()), deed, &after, &before)
}

// EarnLate is what an attempt earns that was held back and now counts. The record
// holds it as it counts now.
func (d *Definition) EarnLate(r *Record, a Attempt) []Grant {
	deed := deedOf(a)
	return d.earn(d.summarize(r, a.FinishedAt, deed.name()), deed, &a, nil)
}

func deedOf(a Attempt) Deed {
	return Deed{Kind: DeedAttempt, Ref: strconv.FormatInt(a.ID, 36), At: a.FinishedAt}
}

// EarnDeed is what another deed earns, which s.Follows or the summary is of its
// moment.
func (d *Definition) EarnDeed(s *Summary, deed Deed) []Grant {
	last := s.Latest
	if last != nil && d.Day(last.FinishedAt) != d.Day(deed.At) {
		last = nil
	}
	return d.earn(s, deed, last, nil)
}

// name is what a rule without a Max counts a deed by.
func (d Deed) name() string { return string(d.Kind[0]) + d.Ref }

// Earns reports whether the definition gives anything for anything.
func (d *Definition) Earns() bool { return len(d.Earnings) > 0 }

func (d *Definition) earn(s *Summary, deed Deed, a, before *Attempt) []Grant {
	switch {
	case d.EarnsOnlyRegistered() && !s.Registered:
		return nil
	case deed.Kind == DeedAttempt && a.Training():
		return nil
	case deed.Kind != DeedAttempt && !d.Window.Holds(deed.At):
		return nil
	case deed.Kind == DeedList && !d.givesListed(s, deed.Ref):
		return nil
	}
	e := earner{d: d, s: s, deed: deed}
	for i := range d.Earnings {
		rule := &d.Earnings[i]
		if !rule.rewards(deed) {
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

// rewards reports whether the rule is for deeds of that kind.
func (e *Earning) rewards(deed Deed) bool {
	switch {
	case deed.Kind == DeedMakeup:
		return e.Days > 0
	case deed.Kind == DeedFound:
		return e.For == DeedFound && e.ofSpot(SpotOf(deed.Ref))
	case deed.Kind == DeedList:
		return e.For == DeedList && e.List == deed.Ref
	}
	return e.For == deed.Kind
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

func (e *Earning) ofSpot(key string) bool { return len(e.Spots) == 0 || slices.Contains(e.Spots, key) }

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
	s      *Summary
	deed   Deed
	grants []Grant
}

// apply gives by a rule so many times more, as far as its Max allows.
func (e *earner) apply(rule *Earning, times int, a *Attempt) {
	prefix := rule.Key + "/" + e.countedIn(rule, a) + "/"
	given := e.s.gave(prefix)
	due := given + times
	switch {
	case rule.Days > 0:
		due = e.s.Rows.full(rule.Days)
	case rule.overDay():
		due = e.s.in(PerDay, e.deed.At).Right / rule.Each.Correct
	}
	if rule.Max > 0 {
		due = min(due, rule.Max)
	}
	for n := given + 1; n <= due; n++ {
		e.give(rule, prefix+strconv.Itoa(n), a)
	}
}

// overDay reports whether the rule counts right answers over all attempts of a
// day.
func (e *Earning) overDay() bool { return e.Each.Correct > 0 && e.Each.Over == OverDay }

// periodOfRule names the period in which what a rule gives is counted; counted is
// false for a rule without a Max, which counts each deed by itself.
func (d *Definition) periodOfRule(rule *Earning, at int64) (name string, counted bool) {
	switch {
	case rule.Days > 0:
		return inRows, true
	case rule.overDay():
		return strconv.Itoa(d.Day(at)), true
	case rule.Max == 0:
		return "", false
	}
	return strconv.Itoa(d.PeriodOf(Per(rule.Per), at)), true
}

// countedIn names what a rule's Max is counted in. Without a Max each deed is
// counted by itself, so that the same deed never gives twice.
func (e *earner) countedIn(rule *Earning, a *Attempt) string {
	period, counted := e.d.periodOfRule(rule, e.deed.At)
	switch {
	case !counted:
		return e.deed.name()
	case rule.Per == EarnPerLevel && a != nil && !rule.overDay():
		return "level-" + a.Level
	}
	return period
}

func (e *earner) give(rule *Earning, source string, a *Attempt) {
	give := rule.Give
	points := give.Points
	if give.Score && a != nil {
		points += e.d.WholePoints(a.Score)
	}
	if points = min(points, e.room(GrantPoints)); points > 0 {
		e.add(rule, GrantPoints, source, points)
	}
	into := GrantInto(give.Purse)
	if amount := min(give.Amount, e.room(into)); give.Purse != "" && amount > 0 {
		e.add(rule, into, source, amount)
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
	if card != "" && !e.s.Holds(card) && !slices.ContainsFunc(e.grants, func(g Grant) bool {
		return g.Kind == GrantCard && g.Source == card
	}) {
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
		if c.kind() != kind {
			continue
		}
		sum := e.s.in(c.Per, e.deed.At).Granted[kind]
		for i := range e.grants {
			if g := &e.grants[i]; g.Kind == kind {
				sum += g.Amount // all of the deed's moment
			}
		}
		left = min(left, c.Max-sum)
	}
	return max(0, left)
}

// CardsHeld lists the cards of the definition that the player has, in its order.
func (d *Definition) CardsHeld(s *Summary) []Card {
	return slices.DeleteFunc(slices.Clone(d.Cards), func(c Card) bool { return !s.Holds(c.Key) })
}
