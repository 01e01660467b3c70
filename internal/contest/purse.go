package contest

import (
	"fmt"
	"slices"
	"strings"
)

// Purse is an account beside the points that has a name of its own, such as flowers. What
// is in it pays only for what names it.
type Purse struct {
	Key   string `yaml:"key"` // stands in the ledger, so it must not change while the contest runs
	Title string `yaml:"title"`
}

// longestPurse is how long the key of a purse may be: the ledger keeps it as a kind.
const longestPurse = 15

const purseMark = "@"

// GrantInto is the kind of what goes into a purse; "" stands for the points.
func GrantInto(purse string) GrantKind {
	if purse == "" {
		return GrantPoints
	}
	return GrantKind(purseMark + purse)
}

// Purse is the key of the purse into which grants of the kind go; ok is false for points
// and all else.
func (k GrantKind) Purse() (key string, ok bool) { return strings.CutPrefix(string(k), purseMark) }

// PurseTitle is what a purse is called, its key when it is there no more; "" stands for
// the points.
func (d *Definition) PurseTitle(key string) string {
	if key == "" {
		return "积分"
	}
	if i := slices.IndexFunc(d.Purses, func(p Purse) bool { return p.Key == key }); i >= 0 {
		return d.Purses[i].Title
	}
	return key
}

// kind is what the cap bounds.
func (c Cap) kind() GrantKind {
	if c.Of == GrantPoints || c.Of == GrantChance {
		return c.Of
	}
	return GrantInto(string(c.Of))
}

// purses checks the purses, and that their keys are of no other kind of grant.
func (c *checker) purses(d *Definition) {
	keys := map[string]bool{string(GrantPoints): true, string(GrantChance): true}
	if len(d.Purses) > mostPurses {
		c.add("purses", "there may be %d purses at most", mostPurses)
	}
	for i, p := range d.Purses {
		path := fmt.Sprintf("purses[%d]", i)
		c.fresh(path+".key", p.Key, keys, "purse")
		if len(p.Key) > longestPurse {
			c.add(path+".key", "the text is over %d characters", longestPurse)
		}
		c.text(path+".title", p.Title, 1, 8)
	}
}

// mostPurses bounds how many balances a player has to keep in mind.
const mostPurses = 5

// purse checks a place that names a purse; "" is the points.
func (c *checker) purse(path, key string, d *Definition) {
	if key != "" && !slices.ContainsFunc(d.Purses, func(p Purse) bool { return p.Key == key }) {
		c.add(path, "%q is no purse", key)
	}
}
