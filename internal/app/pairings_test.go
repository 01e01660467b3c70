package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

func TestARehearsalOfPairingsThatEndsLeavesNothingBehind(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		rehearsal, err := d.Catalog.Rehearse(t.Context(), staff.CommandLine, d.c.Slug)
		if err != nil {
			t.Fatal(err)
		}
		real := d.c
		d.c = rehearsal // its dates are moved, so that it is open now
		d.changed()
		d.clock.Store(d.c.Periods[0].Opens.MS + 1)
		d.looks()
		d.comes(d.c, "a", 1)
		d.comes(d.c, "d", 1)
		d.clock.Store(d.c.Periods[0].Closes.MS + 20_000)
		d.looks()
		d.proposes(1, pairing.Second)
		left := func() (text string) {
			for _, table := range []string{"pairings", "unit_pairs", "shortlists", "shortlisted", "deeds", "grants",
				"staff_proposals"} {
				text += fmt.Sprintf("%s %d ", table, d.rows(table+" WHERE contest_id = "+rehearsal.ContestID.String()))
			}
			return strings.TrimSpace(text)
		}
		const played = "pairings 1 unit_pairs 2 shortlists 1 shortlisted 2 deeds 2 grants 2 staff_proposals 1"
		if got := left(); got != played {
			t.Errorf("the rehearsal has %s", got)
		}
		d.clock.Store(d.c.Periods[1].Opens.MS)
		if err := d.EndRehearsal(t.Context(), staff.CommandLine, real.Slug); err != nil {
			t.Fatal(err)
		}
		// Another node has begun to look with the rehearsal that it knew.
		taken, err := d.nodes[1].takenBy(t.Context(), rehearsal, rehearsal.List("on"))
		if !errors.Is(err, errUndecided) {
			t.Errorf("the list would take %v, %v", taken, err)
		}
		for range 2 {
			err := errors.Join(d.nodes[1].Pairings.Advance(t.Context(), rehearsal),
				d.nodes[1].makeListsOf(t.Context(), rehearsal))
			if err != nil {
				t.Error(err)
			}
			taken.Players = []sqldb.ID{1}
			if made, err := d.nodes[1].Lists.Make(t.Context(), rehearsal, "on", taken, d.clock.Load()); made || err != nil {
				t.Errorf("a list is made of a rehearsal that has ended: %t, %v", made, err)
			}
		}
		d.looks()
		const nothing = "pairings 0 unit_pairs 0 shortlists 0 shortlisted 0 deeds 0 grants 0 staff_proposals 0"
		if got := left(); got != nothing {
			t.Errorf("of the rehearsal is left %s", got)
		}
		d.c = real
		d.changed()
		if got := d.shows("semi"); !strings.HasPrefix(got, "甲村") {
			t.Errorf("the contest itself shows %s", got)
		}
	})
}

func TestAUnitThatIsRenamedOrMovedBetweenTheRoundsGoesOnUnderItsPresentName(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		a, c, loser := d.comes(d.c, "a", 1), d.comes(d.c, "c", 1), d.comes(d.c, "b", 0)
		d.at(semiOver)
		if err := d.Pairings.Advance(t.Context(), d.c); err != nil { // and the program dies before the list
			t.Fatal(err)
		}
		d.imports("编码,名称,上级\na,甲社区,\nc,丙村,a\n", unit.Merge)
		if got := d.shows("semi"); got != "甲社区!:乙村 丙村!:丁村" {
			t.Errorf("after the units were changed the first round shows %s", got)
		}
		d.looks()
		if got := d.on("on", a, c, loser); !slices.Equal(got, []bool{true, true, false}) {
			t.Errorf("on the list are %v", got)
		}
		d.at(finalOn)
		d.looks()
		if got := d.shows("final"); got != "甲社区" {
			t.Errorf("a unit that has taken in the other winner meets %s", got)
		}
		playLevel(t, d.App, d.c, c, "last", rightOptions)
		d.at(finalOver)
		d.looks()
		d.looks()
		if got := d.shows("final"); got != "甲社区!" {
			t.Errorf("the final shows %s", got)
		}
		if got := d.on("best", a, c, loser); !slices.Equal(got, []bool{true, true, false}) {
			t.Errorf("on the list of the best are %v", got)
		}
		if n := d.rows("pairings"); n != 2 {
			t.Errorf("%d pairings are made", n)
		}
	})
}

func TestWhoBelongsToAUnitThatStaffTookOffTheTreeGoesOnWithIt(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		player, other := d.comes(d.c, "a", 1), d.comes(d.c, "b", 0)
		d.imports("编码,名称,上级\nb,乙村,\nc,丙村,\nd,丁村,\n", unit.Replace)
		d.at(semiOver)
		d.looks()
		if got := d.shows("semi"); got != "甲村!:乙村 丙村:丁村" {
			t.Errorf("shown is %s", got)
		}
		if got := d.on("on", player, other); !slices.Equal(got, []bool{true, false}) {
			t.Errorf("on the list are %v", got)
		}
	})
}

func TestNamesThatAreMergedAfterADecisionDecideNothingAgain(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		types := func(name string) sqldb.ID {
			player := d.comes(d.c, "", 2)
			if _, err := d.Units.Type(t.Context(), d.c.ContestID, player, name); err != nil {
				t.Fatal(err)
			}
			return player
		}
		typed := types("乙村民小组")
		winner := d.comes(d.c, "a", 1)
		d.at(semiOver)
		d.looks()
		in := unit.Contest{ID: d.c.ContestID, Slug: d.c.Slug}
		b, _ := d.c.Units.ByCode("b")
		var name sqldb.ID
		if err := d.DB.Get(t.Context(), &name, "SELECT id FROM unit_names"); err != nil {
			t.Fatal(err)
		}
		if err := d.Units.MergeInto(t.Context(), wang, in, name, b.ID); err != nil {
			t.Fatal(err)
		}
		d.changed()
		d.looks()
		if got := d.shows("semi"); got != "甲村!:乙村 丙村:丁村" {
			t.Errorf("the pairing shows %s", got)
		}
		if got := d.on("on", winner, typed); !slices.Equal(got, []bool{true, false}) {
			t.Errorf("on the list are %v", got)
		}
	})
}

func TestACorrectionAtTheMomentAtWhichTheListIsMadeReachesIt(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		a, b := d.comes(d.c, "a", 1), d.comes(d.c, "b", 0)
		d.at(semiOver)
		if err := d.Pairings.Advance(t.Context(), d.c); err != nil {
			t.Fatal(err)
		}
		list := d.c.List("on")
		taken, err := d.nodes[1].takenBy(t.Context(), d.c, list) // read, and not written yet
		if err != nil || !slices.Equal(taken.Players, []sqldb.ID{a}) {
			t.Fatal(taken, err)
		}
		d.corrects(1, pairing.Second)
		made, err := d.nodes[1].Lists.Make(t.Context(), d.c, "on", taken, d.clock.Load())
		if made || !errors.Is(err, pairing.ErrOvertaken) {
			t.Errorf("the list of who won before the correction is made: %t, %v", made, err)
		}
		d.looks()
		if got := d.on("on", a, b); !slices.Equal(got, []bool{false, true}) {
			t.Errorf("on the list are %v", got)
		}
		// And both at once: whichever is first, the list, the final and the pair agree.
		proposal := d.proposes(1, pairing.First)
		d.at(finalOn)
		var all sync.WaitGroup
		all.Go(func() { _ = d.Pairings.Agree(context.WithoutCancel(t.Context()), li, d.c, proposal) }) // or refused
		for _, node := range d.nodes {
			all.Go(func() {
				if err := node.MakeLists(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		d.looks()
		semi, final, on := d.shows("semi"), d.shows("final"), d.on("on", a, b)
		first := semi == "甲村!:乙村 丙村:丁村" && final == "甲村" && on[0] && !on[1]
		second := semi == "甲村:乙村! 丙村:丁村" && final == "乙村" && !on[0] && on[1]
		if !first && !second {
			t.Errorf("shown are %s and %s, and on the list are %v", semi, final, on)
		}
	})
}

// What a correction does to somebody in the middle of an attempt: see shortlist.Exchange.
func TestWhoACorrectionTakesOffTheListEndsTheAttemptAndBeginsNoMore(t *testing.T) {
	eachCup(t, func(t *testing.T, d *cupDay) {
		a, b := d.comes(d.c, "a", 1), d.comes(d.c, "b", 0)
		playLevel(t, d.App, d.c, b, "heat", wrongOption)
		d.at(semiOver)
		d.looks()
		step, err := d.Play.Start(t.Context(), d.c, a, "last", play.With{})
		if err != nil {
			t.Fatal(err)
		}
		d.corrects(1, pairing.Second)
		d.looks()
		q := byStem(t, d.c, step.Question.Stem)
		reply, err := d.Play.Respond(t.Context(), a, step.Ticket,
			play.Response{Question: step.Question.ID, Options: rightOptions(step.Question, q)})
		if err != nil || reply.Result == nil || !reply.Result.Passed {
			t.Errorf("what was begun ends as %+v, %v", reply, err)
		}
		if _, err := d.Play.Start(t.Context(), d.c, a, "last", play.With{}); err == nil {
			t.Error("who is off the list begins again")
		}
		if _, err := d.Play.Start(t.Context(), d.c, b, "last", play.With{}); err != nil {
			t.Errorf("who is on it now may not begin: %v", err)
		}
		for _, player := range []sqldb.ID{a, b} { // what was given stays, and nobody is given it twice
			if n := d.rows("grants WHERE rule_key = 'on' AND player_id = " + player.String()); n != 1 {
				t.Errorf("somebody has %d chances", n)
			}
		}
		d.at(finalOn)
		d.looks()
		if got := d.shows("final"); got != "乙村" {
			t.Errorf("in the final is %s", got)
		}
	})
}
