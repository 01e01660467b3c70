package contest

import (
	"slices"
	"strconv"
	"strings"
)

// LiveResult is how a player stands in a live room when its result is confirmed.
type LiveResult struct {
	Right int  // questions answered right
	Rank  int  // from 1; 0 for who has none
	Left  bool // of an elimination: was left at the end
}

// LiveGives is what a confirmed result gives a player beyond what the ledger holds
// already: all of the first time; of a result that was confirmed again, after a void
// or a correction, the difference. Nothing is ever taken back. room is unique among
// the contest's rooms and holds no "/"; already are the player's grants in the contest
// (cards of any origin, others of this room are looked at); at is UTC milliseconds.
//
// Sources are live/ROOM/KEY, for what a later confirmation adds live/ROOM/KEY/2 and so
// on, for a further chance live/ROOM/KEY+1, for a card its key, as everywhere: so the
// ledger's unique key bounds what two confirmations at once can give. Caps do not
// lessen it. Who must register before earning (EarnsOnlyRegistered) is the caller's to
// leave out.
func LiveGives(l *Live, room string, r LiveResult, already []Grant, at int64) []Grant {
	g := liveGiver{prefix: keyOfLive + "/" + room + "/", at: at, already: already}
	for i := range l.Gives {
		if rule := &l.Gives[i]; rule.fits(r) {
			g.give(rule)
		}
	}
	return g.grants
}

func (g *LiveGive) fits(r LiveResult) bool {
	return r.Right >= g.Least && (g.Rank == 0 || r.Rank > 0 && r.Rank <= g.Rank) && (r.Left || !g.Left)
}

// liveGiver gathers what one result gives.
type liveGiver struct {
	prefix  string
	at      int64
	already []Grant
	grants  []Grant
}

func (g *liveGiver) give(rule *LiveGive) {
	source := g.prefix + rule.Key
	g.rest(rule, GrantPoints, source, rule.Give.Points)
	if rule.Give.Purse != "" {
		g.rest(rule, GrantInto(rule.Give.Purse), source, rule.Give.Amount)
	}
	g.rest(rule, GrantTry, source, rule.Give.Tries)
	_, chances := g.given(GrantChance, source, "+")
	for n := chances; n < rule.Give.Chances; n++ {
		numbered := source
		if n > 0 {
			numbered += "+" + strconv.Itoa(n)
		}
		g.add(rule, GrantChance, numbered, 1)
	}
	if card := rule.Give.Card; card != "" && !g.holds(card) {
		g.add(rule, GrantCard, card, 1)
	}
}

// rest gives what is not given yet of an amount.
func (g *liveGiver) rest(rule *LiveGive, kind GrantKind, source string, amount int) {
	times, sum := g.given(kind, source, "/")
	if sum >= amount {
		return
	}
	if times > 0 {
		source += "/" + strconv.Itoa(times+1)
	}
	g.add(rule, kind, source, amount-sum)
}

// given is how often, and how much, the ledger holds of a kind for a source and those
// that follow it.
func (g *liveGiver) given(kind GrantKind, source, mark string) (times, sum int) {
	for i := range g.already {
		if had := &g.already[i]; had.Kind == kind && (had.Source == source || strings.HasPrefix(had.Source, source+mark)) {
			times, sum = times+1, sum+had.Amount
		}
	}
	return times, sum
}

// holds reports whether the player has a card, or gets it here.
func (g *liveGiver) holds(card string) bool {
	is := func(had Grant) bool { return had.Kind == GrantCard && had.Source == card }
	return slices.ContainsFunc(g.already, is) || slices.ContainsFunc(g.grants, is)
}

func (g *liveGiver) add(rule *LiveGive, kind GrantKind, source string, amount int) {
	g.grants = append(g.grants, Grant{Kind: kind, Source: source, Rule: rule.Key, Amount: amount, At: g.at})
}
