package contest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"anquanda/internal/contest"
)

// Papers that are stored are drawn again from their seed. These sums were taken before
// materials could bind questions: a bank without any has the papers that it had.
func TestABankWithoutMaterialsHasThePapersThatItHad(t *testing.T) {
	bank := mixed(12)
	for i := range bank {
		if i%5 == 0 {
			bank[i].Apart = []string{bank[(i*7+3)%len(bank)].ID}
		}
	}
	draws := []contest.Draw{{Count: 7, Kinds: []string{"single"}}, {Count: 5, Topics: []string{"用电"}}, {Count: 9}}
	for name, c := range map[string]struct {
		level contest.Level
		want  string
	}{
		"one by one": {contest.Level{Key: "a", Questions: draws}, "58150bf1bcbb5e35"},
		"paper":      {contest.Level{Key: "b", Mode: contest.ModePaper, Questions: draws}, "ce58afe6b1b81cb7"},
		"same":       {contest.Level{Key: "c", Drawn: contest.DrawnSame, Questions: draws}, "486e6bd47f0b2a8e"},
		"several":    {contest.Level{Key: "d", Drawn: contest.DrawnSame, Papers: 3, Questions: draws}, "aababc25713072e8"},
	} {
		pools, err := c.level.Pools(bank)
		if err != nil {
			t.Fatal(err)
		}
		apart, sum := contest.BondsOf(bank), sha256.New()
		for seed := range uint64(400) {
			fmt.Fprintln(sum, c.level.Paper(pools, apart, seed))
		}
		fmt.Fprintln(sum, c.level.Dealt(pools, apart, bank))
		if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != c.want {
			t.Errorf("%s: the papers sum to %s, want %s", name, got, c.want)
		}
	}
}

// A day's sample is drawn again with them.
func TestABankWithoutMaterialsHasTheSamplesThatItHad(t *testing.T) {
	questions, d := mixed(40), withGoods(t)
	sum := sha256.New()
	whole := make([][]contest.Pool, len(d.Levels))
	for i := range d.Levels {
		d.Levels[i].Questions = []contest.Draw{{Count: 4, Kinds: []string{"single"}}, {Count: 2 + i}}
		whole[i] = poolsOf(t, &d.Levels[i], questions)
	}
	for day := 20260601; day <= 20260630; day++ {
		fmt.Fprintln(sum, d.Sample(questions, whole, day))
	}
	if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != "cb22fc9c2eb58271" {
		t.Errorf("the samples sum to %s", got)
	}
}
