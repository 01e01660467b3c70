package crowd

import (
	"time"

	"anquanda/internal/contest"
)

// Script is how a crowd spends its days.
type Script struct {
	Days  []int // of the contest, from 0, on which something happens
	Crowd int   // players at the beginning; invitees come besides
	Units []string
	Leave bool // players leave attempts and come back
	// Guests lets a quarter of the crowd play without registering.
	Guests bool
	// Parts lets half of the wrong answers to questions of several right options be right
	// in part.
	Parts  bool
	Pledge bool // some sign the pledge
	Comes  bool // most check in on most days
}

// Live lets the crowd live through the script.
func (c *Crowd) Live(s Script) {
	c.T.Helper()
	c.guests, c.parts = s.Guests, s.Parts
	unit := func() string {
		if len(s.Units) == 0 {
			return ""
		}
		return s.Units[c.Random.IntN(len(s.Units))]
	}
	for range s.Crowd {
		c.Join(unit(), []float64{0.3, 0.6, 0.8, 0.95, 1}[c.Random.IntN(5)])
	}
	opens := c.opens()
	const day = 24 * 60 * 60 * 1000
	for _, number := range s.Days {
		if morning := opens + int64(number)*day; morning > c.Clock.MS() {
			c.GoTo(morning)
		}
		// Around the clock, so that some play over midnight.
		pause := time.Duration(day/(len(c.Players)*3)) * time.Millisecond
		for range len(c.Players) * 3 {
			if c.Clock.MS() >= opens+int64(number+1)*day {
				break
			}
			c.act(c.Random.IntN(len(c.Players)), s, unit)
			c.Clock.Pass(time.Duration(c.Random.Int64N(int64(pause))))
			c.sweep()
		}
	}
}

// act is one thing that a player does.
func (c *Crowd) act(player int, s Script, unit func() string) {
	if spots := c.Contest.Spots; len(spots) > 0 && c.Random.IntN(3) == 0 {
		c.Find(player, spots[c.Random.IntN(len(spots))].Key)
	}
	if s.Comes && c.Random.IntN(2) == 0 {
		c.Do(player, contest.DeedCheckin, 0)
	}
	if s.Pledge && c.Random.IntN(8) == 0 {
		c.Do(player, contest.DeedPledge, 0)
	}
	level := func() string { return c.Contest.Levels[c.Random.IntN(len(c.Contest.Levels))].Key }
	switch c.Random.IntN(20) {
	case 0, 1:
		c.Do(player, contest.DeedShare, 0)
	case 2, 3:
		c.Do(player, contest.DeedCheckin, 0)
	case 4:
		c.Do(player, contest.DeedInvite, c.Join(unit(), 0.7))
	case 5, 6:
		c.Race(player, level(), level())
	case 7:
		c.Try(player, level(), Manner{Quit: 1 + c.Random.IntN(3)})
	case 8:
		c.Try(player, level(), Manner{Two: true})
	case 9:
		c.Try(player, level(), Manner{Cheat: true})
	case 10:
		if s.Leave {
			c.Try(player, level(), Manner{Leave: 1})
			return
		}
		fallthrough
	default: // a greedy one goes on until nothing is left
		for range 1 + c.Random.IntN(3) {
			if try := c.Try(player, level(), Manner{}); try.Refused != "" && c.Random.IntN(2) == 0 {
				return
			}
		}
	}
}
