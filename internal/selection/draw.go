package selection

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Result is one that was drawn.
type Result struct {
	Place   int    `json:"place"` // from 1, in the order of drawing
	Tier    int    `json:"tier"`  // from 1; 0 for a reserve
	Entry   int    `json:"entry"` // the number on the list, from 1
	ID      string `json:"id"`
	Counter uint64 `json:"counter"` // of the stream, that gave this entry
}

// Forfeit takes a place from the one who had it.
type Forfeit struct {
	Place  int    `json:"place"`
	Reason string `json:"reason"`
	By     int    `json:"by"` // the place of the one who moves up; 0 if nobody is left
}

// Draw is what was drawn.
type Draw struct {
	Seed     string    `json:"seed"`    // hexadecimal; empty for RFC 3797
	Sources  []string  `json:"sources"` // canonical, in the order of the freeze
	Key      string    `json:"key"`     // RFC 3797 section 4
	Results  []Result  `json:"results"`
	Forfeits []Forfeit `json:"forfeits"`
	// Note is what whoever drew has to say of how, as that the installation was not a day
	// old. Mostly empty.
	Note string `json:"note,omitempty"`
	// Thrown are the sources in the order in which their values came, for people; absent
	// where that is the canonical one. Nothing is computed from it.
	Thrown []string `json:"thrown,omitempty"`
}

// Seal is the short form of everything drawn, bound to the freeze: a fingerprint
// of the result as Short of the freeze's hash is of the freeze.
func (d *Draw) Seal(freeze [32]byte) string { return Short(labelled("draw", freeze[:], compact(d))) }

// Run draws. seed is the 32 secret bytes that the freeze commits to, or empty for
// RFC 3797; sources are the values of each source that the freeze names;
// forfeits, in the order in which they happened, need no By. The result is the
// same whenever these are. The list must be the frozen one, which Verify holds.
func (f *Freeze) Run(list *List, seed []byte, sources []string, forfeits []Forfeit, progress Progress) (*Draw, error) {
	if err := f.CheckSeed(seed); err != nil {
		return nil, err
	}
	canonical, key, err := f.readSources(sources)
	if err != nil {
		return nil, err
	}
	d := &drawing{rules: f.Rules, list: list, left: newPool(list.Len()), taken: map[uint32]int{}, won: map[tierGroup]int{}}
	d.numbers = &rfc3797Stream{key: key}
	if f.Algorithm == HMACSHA256 {
		d.numbers = newHMACStream(seed, f.Hash(), key)
	}
	if err := d.all(progress); err != nil {
		return nil, err
	}
	drawn := make([]Forfeit, 0, len(forfeits))
	for _, forfeit := range forfeits {
		if forfeit.By, err = d.forfeit(forfeit.Place); err != nil {
			return nil, err
		}
		if err := checkText("the reason for a forfeit", forfeit.Reason); err != nil {
			return nil, err
		}
		drawn = append(drawn, forfeit)
	}
	return &Draw{Seed: hex.EncodeToString(seed), Sources: canonical, Key: key, Results: d.results, Forfeits: drawn}, nil
}

// CheckSeed holds that seed is the one committed to.
func (f *Freeze) CheckSeed(seed []byte) error {
	if f.Algorithm == RFC3797 {
		if len(seed) > 0 || f.Commitment != "" {
			return errors.New("RFC 3797 has no seed")
		}
		return nil
	}
	if len(seed) != 32 {
		return errSeed
	}
	sum := sha256.Sum256(seed)
	if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(f.Commitment)) != 1 {
		return errors.New("this is not the seed that the freeze commits to: its SHA-256 is another")
	}
	return nil
}

func (f *Freeze) readSources(sources []string) (canonical []string, key string, err error) {
	if len(sources) != len(f.Sources) {
		return nil, "", fmt.Errorf("the freeze names %d sources, not %d", len(f.Sources), len(sources))
	}
	for i, source := range sources {
		text, err := Canonical(source)
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", f.Sources[i].Name, err)
		}
		if n := len(strings.Fields(text)); n != f.Sources[i].Values {
			return nil, "", fmt.Errorf("%s gives %d values, not %d", f.Sources[i].Name, f.Sources[i].Values, n)
		}
		canonical = append(canonical, text)
	}
	key, err = KeyString(canonical)
	return canonical, key, err
}

// drawing is a draw under way.
type drawing struct {
	rules   Rules
	list    *List
	left    *pool
	numbers stream
	results []Result
	tiers   []int // by place - 1: the tier that it holds now, 0 for a reserve
	gone    []bool
	taken   map[uint32]int    // places of a group
	won     map[tierGroup]int // places of a group in a tier
}

type tierGroup struct {
	tier  int
	group uint32
}

// all draws the tiers and the reserves, fewer when the list has no more.
func (d *drawing) all(progress Progress) error {
	counts := make([]int, 0, len(d.rules.Tiers)+1)
	total := 0
	for _, tier := range d.rules.Tiers {
		counts = append(counts, tier.Count)
		total += tier.Count
	}
	total += d.rules.Reserves
	counts = append(counts, d.rules.Reserves)
	for i, count := range counts {
		tier := (i + 1) % len(counts) // the reserves, last, are tier 0
		for range count {
			place, err := d.pick(tier)
			if err != nil {
				return err
			}
			if place == 0 {
				break
			}
			d.hold(place, tier)
			progress.at(place, total)
		}
	}
	return nil
}

// pick draws the next place from the stream, 0 when nobody may take it. One whose
// person has reached the limit in all leaves the pool; one whose person has
// reached the limit of this tier goes back once another is found.
func (d *drawing) pick(tier int) (place int, err error) {
	var aside []int
	defer func() {
		for _, index := range aside {
			d.left.put(index)
		}
	}()
	for d.left.size > 0 {
		k, counter, err := d.numbers.below(d.left.size)
		if err != nil {
			return 0, err
		}
		index := d.left.take(k)
		group := d.list.group(index)
		if group > 0 && d.taken[group] >= d.rules.PerPerson {
			continue
		}
		if !d.fits(tier, group) {
			aside = append(aside, index)
			continue
		}
		if group > 0 {
			d.taken[group]++
		}
		place = len(d.results) + 1
		d.results = append(d.results, Result{Place: place, Tier: tier, Entry: index + 1,
			ID: hex.EncodeToString(d.list.ids[index][:]), Counter: counter})
		d.tiers, d.gone = append(d.tiers, 0), append(d.gone, false)
		return place, nil
	}
	return 0, nil
}

// fits tells whether a group may win one more of a tier.
func (d *drawing) fits(tier int, group uint32) bool {
	if tier == 0 || group == 0 || d.rules.Tiers[tier-1].PerPerson == 0 {
		return true
	}
	return d.won[tierGroup{tier, group}] < d.rules.Tiers[tier-1].PerPerson
}

func (d *drawing) hold(place, tier int) {
	d.tiers[place-1] = tier
	if group := d.list.group(d.results[place-1].Entry - 1); group > 0 && tier > 0 {
		d.won[tierGroup{tier, group}]++
	}
}

// forfeit empties a place and names who moves up: the first reserve that may,
// else the next of the same stream. A reserve that gives up is not replaced.
func (d *drawing) forfeit(place int) (by int, err error) {
	if place < 1 || place > len(d.results) || d.gone[place-1] {
		return 0, fmt.Errorf("the place %d cannot be forfeited: nobody holds it", place)
	}
	d.gone[place-1] = true
	tier := d.tiers[place-1]
	if tier == 0 {
		return 0, nil
	}
	by = 1 + slices.IndexFunc(d.results, func(r Result) bool {
		return d.tiers[r.Place-1] == 0 && !d.gone[r.Place-1] && d.fits(tier, d.list.group(r.Entry-1))
	})
	if by == 0 {
		if by, err = d.pick(tier); err != nil || by == 0 {
			return 0, err
		}
		d.results[by-1].Tier = 0 // drawn to replace, as a reserve is
	}
	d.hold(by, tier)
	return by, nil
}
