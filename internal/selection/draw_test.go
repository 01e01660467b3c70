package selection

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The worked example of RFC 3797 section 6.
func TestTheWorkedExampleOfRFC3797ComesOut(t *testing.T) {
	key, picks, err := NomCom(25, 10, []string{"9319", "2 5 12 8 10", "9 18 26 34 41 45"})
	if err != nil || key != "9319./2.5.8.10.12./9.18.26.34.41.45./" {
		t.Error(key, err)
	}
	if want := []int{17, 7, 2, 16, 25, 23, 8, 24, 19, 13}; !slices.Equal(picks, want) {
		t.Errorf("%v, the RFC has %v", picks, want)
	}
}

func TestSourcesHaveOneSpelling(t *testing.T) {
	for given, want := range map[string]string{
		"2 5 12 8 10":     "2.5.8.10.12./",
		" 012  8\t5 10 2": "2.5.8.10.12./",
		"0":               "0./",
		"000 1.50 .":      "",
		"1.50 01.25 1":    "1.1.251.5/", // as the RFC writes them: a number that holds its point gets none
		"a3Ff09":          "A3FF09/",
		"a3 4":            "",
		"":                "",
		"-1":              "",
		"1,2":             "",
		"１":               "",
	} {
		key, err := KeyString([]string{given})
		if key != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v, want %q", given, key, err, want)
		}
	}
}

func TestCanonicalSourcesAreSortedBySize(t *testing.T) {
	for range 500 {
		var values []string
		for range 1 + rand.IntN(6) {
			values = append(values, fmt.Sprintf("%d.%d", rand.IntN(200), rand.IntN(30)))
		}
		text, err := Canonical(strings.Join(values, " "))
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := Canonical(text); again != text {
			t.Fatalf("%q becomes %q", text, again)
		}
		var last *big.Rat
		for value := range strings.SplitSeq(text, " ") {
			number, _ := new(big.Rat).SetString(value)
			if last != nil && last.Cmp(number) > 0 {
				t.Fatalf("%q is not in order", text)
			}
			last = number
		}
	}
}

func TestThePoolGivesTheKthThatIsLeft(t *testing.T) {
	for range 200 {
		n := 1 + rand.IntN(100)
		left, slow := newPool(n), []int{}
		for i := range n {
			slow = append(slow, i)
		}
		var out []int
		for range 300 {
			if len(out) > 0 && (len(slow) == 0 || rand.IntN(3) == 0) {
				back := out[len(out)-1]
				out = out[:len(out)-1]
				at, _ := slices.BinarySearch(slow, back)
				slow = slices.Insert(slow, at, back)
				left.put(back)
				continue
			}
			k := rand.IntN(len(slow))
			if got := left.take(k); got != slow[k] || left.size != len(slow)-1 {
				t.Fatalf("the %dth of %v is not %d", k, slow, got)
			}
			out = append(out, slow[k])
			slow = slices.Delete(slow, k, k+1)
		}
	}
}

// chi2 is the statistic of counts against equal expectations.
func chi2(counts []int) float64 {
	total := 0
	for _, n := range counts {
		total += n
	}
	expected, sum := float64(total)/float64(len(counts)), 0.0
	for _, n := range counts {
		sum += (float64(n) - expected) * (float64(n) - expected) / expected
	}
	return sum
}

func TestEveryEntryIsDrawnEquallyOften(t *testing.T) {
	const n, rounds = 13, 20_000
	list, salt := listOf(t, n, nil)
	first, second := make([]int, n), make([]int, n)
	p := plan(salt, Rules{Tiers: []Tier{{"奖", 2, 0}}, PerPerson: 1})
	frozen, err := NewFreeze(p, list, seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rounds {
		drawn, err := frozen.Freeze.Run(list, seed32(), []string{"1 2 3 4 5 6", fmt.Sprint(i)}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		first[drawn.Results[0].Entry-1]++
		second[drawn.Results[1].Entry-1]++
	}
	// 12 degrees of freedom: mean 12, standard deviation sqrt(24); the inputs are fixed.
	for _, counts := range [][]int{first, second} {
		if x := chi2(counts); x > 12+4*math.Sqrt(24) {
			t.Errorf("chi-square %.1f: %v", x, counts)
		}
	}
}

func TestNumbersOfTheIncompleteRunAreRejected(t *testing.T) {
	// 2^64 holds 3·2^61 twice and leaves a quarter of all numbers over, so that a
	// draw costs 4/3 counters on average; the stream is fixed.
	const n, draws = 3 << 61, 3000
	s := newHMACStream(seed32(), [32]byte{}, "1./")
	lower := 0
	for range draws {
		x, _, _ := s.below(n)
		if x < 0 || x >= n {
			t.Fatal(x)
		}
		if x < n/2 {
			lower++
		}
	}
	if s.next < draws*5/4 || s.next > draws*3/2 {
		t.Errorf("%d draws cost %d counters", draws, s.next)
	}
	// The quarter that is left over would all fall below 2/3 of n.
	if lower < draws*46/100 || lower > draws*54/100 {
		t.Errorf("%d of %d are in the lower half", lower, draws)
	}
}

func TestLimitsForAPersonHold(t *testing.T) {
	for round := range 200 {
		list, salt := listOf(t, 30, func(i int) string { return fmt.Sprint("p", i%6) }) // six persons of five entries
		rules := Rules{Tiers: []Tier{{"一", 3, 1}, {"二", 9, 2}}, PerPerson: 3, Reserves: 4}
		frozen, err := NewFreeze(plan(salt, rules), list, seed32(), nil)
		if err != nil {
			t.Fatal(err)
		}
		forfeits := []Forfeit{{Place: 1, Reason: "放弃"}, {Place: 5, Reason: "放弃"}}
		result, err := frozen.Freeze.Run(list, seed32(), []string{"1 2 3 4 5 6", fmt.Sprint(round)}, forfeits, nil)
		if err != nil {
			t.Fatal(err)
		}
		all, inTier, seen := map[uint32]int{}, map[tierGroup]int{}, map[int]bool{}
		tiers := map[int]int{}
		for _, r := range result.Results {
			if seen[r.Entry] {
				t.Fatalf("entry %d is drawn twice", r.Entry)
			}
			seen[r.Entry], tiers[r.Place] = true, r.Tier
			all[list.group(r.Entry-1)]++
		}
		for _, f := range result.Forfeits {
			tiers[f.By] = tiers[f.Place]
		}
		for _, r := range result.Results {
			inTier[tierGroup{tiers[r.Place], list.group(r.Entry - 1)}]++
		}
		for group, n := range all {
			if n > 3 || inTier[tierGroup{1, group}] > 1 || inTier[tierGroup{2, group}] > 2 {
				t.Fatalf("group %d: %d in all, %v", group, n, inTier)
			}
		}
	}
}

func TestAListThatIsTooSmallGivesAllItHas(t *testing.T) {
	list, salt := listOf(t, 3, nil)
	frozen, err := NewFreeze(plan(salt, Rules{Tiers: []Tier{{"一", 2, 0}, {"二", 5, 0}}, PerPerson: 1, Reserves: 2}), list,
		seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := frozen.Freeze.Run(list, seed32(), red, []Forfeit{{Place: 1, Reason: "放弃"}}, nil)
	if err != nil || len(drawn.Results) != 3 || drawn.Forfeits[0].By != 0 {
		t.Error(drawn, err)
	}
}

func TestForfeitsGoToReservesThenOnAlongTheStream(t *testing.T) {
	list, salt := listOf(t, 20, nil)
	frozen, err := NewFreeze(plan(salt, Rules{Tiers: []Tier{{"一", 2, 0}}, PerPerson: 1, Reserves: 1}), list, seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	more := frozen.Freeze
	more.Rules.Reserves = 3
	forfeits := []Forfeit{{Place: 2, Reason: "放弃"}, {Place: 1, Reason: "放弃"}, {Place: 3, Reason: "放弃"}}
	drawn, err := frozen.Freeze.Run(list, seed32(), red, forfeits, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := drawn.Forfeits; f[0].By != 3 || f[1].By != 4 || f[2].By != 5 || len(drawn.Results) != 5 {
		t.Error(drawn.Forfeits, drawn.Results)
	}
	for i, r := range drawn.Results {
		if r.Counter != uint64(i) {
			t.Errorf("place %d has counter %d", r.Place, r.Counter)
		}
	}
	for _, again := range []int{0, 2, 6} {
		if _, err := frozen.Freeze.Run(list, seed32(), red, append(forfeits, Forfeit{Place: again, Reason: "放弃"}),
			nil); err == nil {
			t.Errorf("place %d is forfeited, which nobody holds", again)
		}
	}
}

func TestWrongInputToADrawIsRefused(t *testing.T) {
	list, salt := listOf(t, 5, nil)
	frozen, err := NewFreeze(plan(salt, twoTiers), list, seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(seed32())
	other[0] ^= 1
	for name, run := range map[string]func() error{
		"another seed":      func() error { return frozen.Complete(other, red, nil, nil) },
		"a short seed":      func() error { return frozen.Complete(other[:31], red, nil, nil) },
		"one source":        func() error { return frozen.Complete(seed32(), red[:1], nil, nil) },
		"a number too few":  func() error { return frozen.Complete(seed32(), []string{"1 2 3 4 5", "6"}, nil, nil) },
		"an unknown symbol": func() error { return frozen.Complete(seed32(), []string{"1 2 3 4 5 x", "6"}, nil, nil) },
	} {
		if run() == nil || frozen.Draw != nil {
			t.Errorf("%s is accepted", name)
		}
	}
	for name, bad := range map[string]func(*Freeze){
		"no title":        func(f *Freeze) { f.Title = "" },
		"no source":       func(f *Freeze) { f.Sources = nil },
		"no algorithm":    func(f *Freeze) { f.Algorithm = "dice" },
		"no tier":         func(f *Freeze) { f.Rules.Tiers = nil },
		"a negative tier": func(f *Freeze) { f.Rules.Tiers = []Tier{{"一", -1, 0}} },
		"nobody may win":  func(f *Freeze) { f.Rules.PerPerson = 0 },
		"a short salt":    func(f *Freeze) { f.Salt = f.Salt[2:] },
	} {
		p := plan(salt, twoTiers)
		bad(&p)
		if _, err := NewFreeze(p, list, seed32(), nil); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestRFC3797IsAModeOfADrawing(t *testing.T) {
	list, salt := listOf(t, 25, nil)
	p := plan(salt, Rules{Tiers: []Tier{{"一", 10, 0}}, PerPerson: 1})
	p.Algorithm, p.Sources = RFC3797, []Source{{"a", 1}, {"b", 5}, {"c", 6}}
	frozen, err := NewFreeze(p, list, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := frozen.Complete(nil, []string{"9319", "2 5 12 8 10", "9 18 26 34 41 45"}, nil, nil); err != nil {
		t.Fatal(err)
	}
	var picks []int
	for _, r := range frozen.Draw.Results {
		picks = append(picks, r.Entry)
	}
	if want := []int{17, 7, 2, 16, 25, 23, 8, 24, 19, 13}; !slices.Equal(picks, want) {
		t.Errorf("%v, the RFC has %v", picks, want)
	}
	var out strings.Builder
	if err := frozen.Write(&out, nil); err != nil {
		t.Fatal(err)
	}
	if err := verify([]byte(out.String())); err != nil {
		t.Error(err)
	}
}
