package player

import (
	"context"
	"slices"
	"strconv"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// gainsReply is what there is to gain in a contest.
type gainsReply struct {
	Earnings []earningReply `json:"earnings"`
	Cards    []cardReply    `json:"cards"`
	Points   bool           `json:"points"`   // some are earned
	Draws    bool           `json:"draws"`    // there are pools to draw from
	Buys     []string       `json:"buys"`     // keys of the purses that pay in the shop; empty for the points
	Prizes   bool           `json:"prizes"`   // there is something to win at all
	Drawings bool           `json:"drawings"` // some of it in public drawings
}

type earningReply struct {
	For  contest.DeedKind `json:"for"`
	Text string           `json:"text"`
}

type cardReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

type windowReply struct {
	OpensAt  int64 `json:"opens_at"`
	ClosesAt int64 `json:"closes_at"`
}

func windowOf(w *contest.Window) *windowReply {
	if w == nil {
		return nil
	}
	return &windowReply{w.Opens.MS, w.Closes.MS}
}

func gainsOf(d *contest.Definition) gainsReply {
	reply := gainsReply{
		Earnings: []earningReply{}, Cards: []cardReply{}, Draws: len(d.Pools) > 0, Prizes: len(d.Prizes) > 0,
		Drawings: len(d.Drawings) > 0,
		Points:   slices.ContainsFunc(d.Earnings, func(e contest.Earning) bool { return e.Give.Points > 0 || e.Give.Score }),
		Buys:     []string{},
	}
	for i := range d.Prizes {
		if p := &d.Prizes[i]; p.Price > 0 && !slices.Contains(reply.Buys, p.Purse) {
			reply.Buys = append(reply.Buys, p.Purse)
		}
	}
	for _, note := range rulespage.EarningNotes(d) {
		reply.Earnings = append(reply.Earnings, earningReply(note))
	}
	for _, card := range d.Cards {
		reply.Cards = append(reply.Cards, cardReply(card))
	}
	return reply
}

// gainedReply is what the player has gained.
type gainedReply struct {
	Points       int                `json:"points"`  // all that were earned, spent ones too
	Chances      int                `json:"chances"` // draws that wait
	Cards        []string           `json:"cards"`   // keys
	CheckedIn    bool               `json:"checked_in"`
	Purses       []leftReply        `json:"purses,omitempty"`  // beside the points
	Rows         *rowsReply         `json:"rows,omitempty"`    // where something hangs on days in a row
	Profile      *bool              `json:"profile,omitempty"` // is full; nil where nothing is earned by it
	Listed       []string           `json:"listed,omitempty"`  // what lists gave, in words
	Limits       []string           `json:"limits"`            // what is left over all levels, in words
	Certificates []certificateReply `json:"certificates"`
}

func (a *API) gainedOf(ctx context.Context, in *catalog.Contest, e identity.Enrolment,
	summary *contest.Summary) (gainedReply, error) {
	now := a.millis()
	held, err := a.certificatesOf(ctx, in, e, summary)
	if err != nil {
		return gainedReply{}, err
	}
	reply := gainedReply{
		Points: summary.Sum(contest.GrantPoints), Cards: []string{}, Limits: []string{}, Certificates: held,
	}
	for _, card := range in.CardsHeld(summary) {
		reply.Cards = append(reply.Cards, card.Key)
	}
	for _, left := range in.LeftOver(summary, now) {
		reply.Limits = append(reply.Limits, contestview.TriesText(left))
	}
	today := strconv.Itoa(in.Day(now))
	reply.CheckedIn = summary.Did(contest.DeedCheckin).Ref == today
	if reply.Purses, err = a.heldIn(ctx, in, e.PlayerID, summary); err != nil {
		return reply, err
	}
	if in.CountsDays() {
		reply.Rows = rowsOf(in.Definition, summary, now)
	}
	if in.GivesForProfile() {
		full := summary.Did(contest.DeedProfile).Count > 0
		reply.Profile = &full
	}
	if summary.Did(contest.DeedList).Count > 0 {
		if reply.Listed, err = a.listedOf(ctx, in, e.PlayerID); err != nil {
			return reply, err
		}
	}
	if summary.Sum(contest.GrantChance) == 0 {
		return reply, nil
	}
	_, waiting, err := a.Instant.Chances(ctx, in.ContestID, e.PlayerID, 1)
	reply.Chances = waiting
	return reply, err
}

// listedOf tells what lists gave a player.
func (a *API) listedOf(ctx context.Context, in *catalog.Contest, player sqldb.ID) (texts []string, err error) {
	var rules []string
	for i := range in.Earnings {
		if e := &in.Earnings[i]; e.For == contest.DeedList {
			rules = append(rules, e.Key)
		}
	}
	earned, err := a.Play.EarnedBy(ctx, in.ContestID, player, rules)
	for _, rule := range rules {
		if text := rulespage.ListGave(in.Definition, rule, earned); text != "" {
			texts = append(texts, text)
		}
	}
	return texts, err
}
