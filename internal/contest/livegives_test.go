package contest_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// gives is a room that gives something for each of the conditions.
var gives = contest.Live{Gives: []contest.LiveGive{
	{Key: "all", Give: contest.Give{Points: 5}},
	{Key: "seven", Least: 7, Give: contest.Give{Points: 20, Tries: 1, Card: "brave"}},
	{Key: "first", Rank: 3, Give: contest.Give{Chances: 3, Card: "brave"}},
	{Key: "left", Left: true, Give: contest.Give{Points: 100}},
}}

func TestAConfirmedResultGivesByRightAnswersRankAndBeingLeft(t *testing.T) {
	for _, c := range []struct {
		result contest.LiveResult
		want   string
	}{
		{contest.LiveResult{}, "[points live/r/all all 5]"},
		{contest.LiveResult{Right: 6, Rank: 4}, "[points live/r/all all 5]"},
		{contest.LiveResult{Right: 7, Rank: 4}, "[points live/r/all all 5 points live/r/seven seven 20 " +
			"try live/r/seven seven 1 card brave seven 1]"},
		{contest.LiveResult{Right: 1, Rank: 3}, "[points live/r/all all 5 chance live/r/first first 1 " +
			"chance live/r/first+1 first 1 chance live/r/first+2 first 1 card brave first 1]"},
		{contest.LiveResult{Left: true}, "[points live/r/all all 5 points live/r/left left 100]"},
	} {
		var got []string
		for _, g := range contest.LiveGives(&gives, "r", c.result, nil, 77) {
			got = append(got, fmt.Sprint(g.Kind, " ", g.Source, " ", g.Rule, " ", g.Amount))
			if g.At != 77 {
				t.Errorf("granted at %d", g.At)
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%+v gives %v, want %s", c.result, got, c.want)
		}
	}
}

func TestALaterConfirmationOfMoreGivesTheDifferenceOnly(t *testing.T) {
	rule := contest.LiveGive{Key: "all", Give: contest.Give{Points: 5, Chances: 1}}
	l := contest.Live{Gives: []contest.LiveGive{rule}}
	held := contest.LiveGives(&l, "r", contest.LiveResult{}, nil, 1)
	l.Gives[0].Give = contest.Give{Points: 9, Chances: 2}
	more := contest.LiveGives(&l, "r", contest.LiveResult{}, held, 2)
	want := []contest.Grant{
		{Kind: contest.GrantPoints, Source: "live/r/all/2", Rule: "all", Amount: 4, At: 2},
		{Kind: contest.GrantChance, Source: "live/r/all+1", Rule: "all", Amount: 1, At: 2},
	}
	if !slices.Equal(more, want) {
		t.Errorf("gives %v, want %v", more, want)
	}
	l.Gives[0].Give = contest.Give{Points: 3}
	if less := contest.LiveGives(&l, "r", contest.LiveResult{}, append(held, more...), 3); less != nil {
		t.Errorf("a result of less gives %v", less)
	}
}

// Whatever results follow one another, in however many rooms: what a player holds of a
// rule is the most that any of them gave, no source comes twice, nothing goes.
func TestNoOrderOfConfirmationsGivesTwiceOrTakesBack(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 616))
	for range 2_000 {
		var ledger []contest.Grant
		most := map[string]int{}
		for range 1 + random.IntN(6) {
			room := []string{"1", "11"}[random.IntN(2)]
			result := contest.LiveResult{Right: random.IntN(4), Rank: random.IntN(4), Left: random.IntN(2) == 0}
			var l contest.Live
			for _, key := range []string{"a", "a1"} {
				one := contest.Live{Gives: []contest.LiveGive{anyGive(random, key)}}
				l.Gives = append(l.Gives, one.Gives...)
				for of, sum := range sums(contest.LiveGives(&one, room, result, nil, 1)) {
					most[of] = max(most[of], sum)
				}
			}
			ledger = append(ledger, contest.LiveGives(&l, room, result, ledger, 1)...)
		}
		if held := sums(ledger); !maps.Equal(held, most) {
			t.Fatalf("held %v, the most that results gave %v: %+v", held, most, ledger)
		}
		seen := map[string]bool{}
		for _, g := range ledger {
			name := string(g.Kind) + " " + g.Source
			if seen[name] || g.Amount < 1 || g.Kind == contest.GrantChance && g.Amount != 1 {
				t.Fatalf("%+v comes twice or is no grant: %+v", g, ledger)
			}
			seen[name] = true
		}
	}
}

func anyGive(random *rand.Rand, key string) contest.LiveGive {
	return contest.LiveGive{Key: key, Least: random.IntN(3), Rank: random.IntN(3), Left: random.IntN(4) == 0,
		Give: contest.Give{Points: random.IntN(4), Chances: random.IntN(4), Tries: random.IntN(3),
			Card: []string{"", "x"}[random.IntN(2)]}}
}

// sums adds grants up by kind, room and rule; a card is of no room and rule.
func sums(grants []contest.Grant) map[string]int {
	all := map[string]int{}
	for _, g := range grants {
		of := string(g.Kind) + " " + g.Source
		if g.Kind != contest.GrantCard {
			of = fmt.Sprint(g.Kind, " ", strings.Split(g.Source, "/")[1], " ", g.Rule)
		}
		all[of] += g.Amount
	}
	return all
}

func TestAPotIsSharedInWholePartsAndNeverMoreThanThereIs(t *testing.T) {
	for _, c := range []struct{ total, left, want int }{
		{100, 3, 33}, {100, 1, 100}, {100, 100, 1}, {100, 101, 0},
		{100, 0, 0}, {0, 3, 0}, {1, 1, 1}, {100, -1, 0}, {-3, 1, 0},
	} {
		if got := contest.PotShare(c.total, c.left); got != c.want {
			t.Errorf("%d among %d: %d each, want %d", c.total, c.left, got, c.want)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		total, left := random.IntN(100_000_000), 1+random.IntN(50_000)
		share := contest.PotShare(total, left)
		if over := total - share*left; over < 0 || over >= left {
			t.Fatalf("%d among %d leaves %d over", total, left, over)
		}
	}
}

func TestSharesOfAPotNeverComeToMoreThanItHowOftenEverItIsConfirmed(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 16))
	for range 20_000 {
		total, players := random.IntN(1000), 1+random.IntN(12)
		had, given := make([]int, players), 0
		for confirmation := 1; confirmation <= 4; confirmation++ {
			var left, fresh []int
			for player := range players {
				if random.IntN(2) == 0 {
					left = append(left, player)
					if had[player] == 0 {
						fresh = append(fresh, player)
					}
				}
			}
			share := contest.PotShareLater(total, given, len(left), len(fresh))
			if share < 0 || confirmation == 1 && share != contest.PotShare(total, len(left)) {
				t.Fatalf("%d left of %d share %d: %d each", len(left), players, total, share)
			}
			for _, player := range fresh {
				had[player] += share
				given += share
			}
			if given > total {
				t.Fatalf("of %d, %d are given by confirmation %d", total, given, confirmation)
			}
		}
	}
}
