package crowd

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/board"
	"anquanda/internal/contest"
)

// Held is what a player holds.
type Held struct {
	Points, Chances, Tries int
	Cards                  string // keys in order, parted by blanks
	Attempts               int    // begun
}

// Held reads what a player holds.
func (c *Crowd) Held(player int) Held {
	c.T.Helper()
	r := c.record(player)
	sum := c.Contest.Summarize(r, r.LatestAt())
	h := Held{Points: sum.Sum(contest.GrantPoints), Chances: sum.Sum(contest.GrantChance),
		Tries: sum.Sum(contest.GrantTry), Attempts: len(r.History)}
	var cards []string
	for _, card := range c.Contest.CardsHeld(sum) {
		cards = append(cards, card.Key)
	}
	h.Cards = strings.Join(cards, " ")
	return h
}

func (c *Crowd) record(player int) *contest.Record {
	c.T.Helper()
	r, err := c.Play.Record(c.T.Context(), c.Contest.Definition, c.Contest.ContestID, c.Players[player].ID)
	if err != nil {
		c.T.Fatal(err)
	}
	return r
}

// Board reads a board, as "name points" a line.
func (c *Crowd) Board(key string) []string {
	c.T.Helper()
	c.Until("totals are in Redis", func() bool { return c.Boards.Settled() && !c.Boards.Late() })
	if err := c.Boards.RefreshUnits(c.T.Context(), c.Contest.ContestID); err != nil {
		c.T.Fatal(err)
	}
	var lines []string
	for from := int64(1); ; from += board.MaxPage {
		page, err := c.Boards.Page(c.T.Context(), c.Contest, board.Query{Board: key, From: from, Size: board.MaxPage})
		if err != nil {
			c.T.Fatal(err)
		}
		for _, place := range page.Entries {
			lines = append(lines, fmt.Sprint(place.Name, " ", place.Points))
		}
		if len(page.Entries) < board.MaxPage {
			return lines
		}
	}
}

// Eligible lists the players who may stand in a drawing held at a moment, with
// their tickets; the first of a board and the unit are for the caller.
func (c *Crowd) Eligible(key string, heldAt int64) map[int]int {
	c.T.Helper()
	at := slices.IndexFunc(c.Contest.Drawings, func(d contest.Drawing) bool { return d.Key == key })
	drawing := &c.Contest.Drawings[at]
	from, to := c.Contest.DrawnFrom(drawing, heldAt)
	eligible := map[int]int{}
	for player := range c.Players {
		who, err := c.Arena.Players.Enrolment(c.T.Context(), c.Contest.ContestID, c.Players[player].ID)
		if err != nil {
			c.T.Fatal(err)
		}
		if !c.Contest.Admits(contest.ForDrawings, who.Proofs) {
			continue
		}
		if r := c.record(player); c.Contest.Meets(drawing.Who, r, from, to) {
			eligible[player] = c.Contest.TicketsOf(drawing, r, from, to)
		}
	}
	return eligible
}

// Certified reports whether a player has earned a certificate.
func (c *Crowd) Certified(player int, certificate contest.Certificate) bool {
	return c.Contest.Meets(certificate.Who, c.record(player), c.Contest.Window.Opens.MS, c.Contest.Window.Closes.MS)
}

// Purse is how much of a purse a player has got.
func (c *Crowd) Purse(player int, key string) int {
	c.T.Helper()
	r := c.record(player)
	return c.Contest.Summarize(r, r.LatestAt()).Sum(contest.GrantInto(key))
}
