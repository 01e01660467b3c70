package unit

import (
	"cmp"
	"slices"
	"strings"
)

// Match is by what a suggested unit resembles a typed name.
type Match string

// The matches, the surest first.
const (
	ByName    Match = "name"    // it is called so
	ByAlias   Match = "alias"   // it is also called so
	ByCode    Match = "code"    // it is its code
	ByForm    Match = "form"    // but for 镇, 村委会, 有限公司 …
	BySimilar Match = "similar" // it shares most of its signs
)

// Suggestion is a unit that a typed name may mean. Score is from 0 to 100.
type Suggestion struct {
	Unit  *Unit
	By    Match
	Score int
}

// least is the score from which a unit is suggested.
const least = 40

// Suggest lists at most limit units that a typed name may mean, the likeliest
// first.
func (t *Tree) Suggest(typed string, limit int) []Suggestion {
	f := t.finding()
	asked := formOf(typed, "")
	best := map[*Unit]Suggestion{}
	for _, at := range f.sharing(asked) {
		found := f.forms[at]
		by, score := asked.compare(found.form)
		if score >= least && score > best[found.unit].Score {
			best[found.unit] = Suggestion{found.unit, by, score}
		}
	}
	list := make([]Suggestion, 0, len(best))
	for _, s := range best {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Suggestion) int { return cmp.Or(b.Score-a.Score, cmp.Compare(a.Unit.ID, b.Unit.ID)) })
	return list[:min(limit, len(list))]
}

// form is one way in which a unit is called, ready to be compared.
type form struct {
	by     Match
	folded string
	core   string
	grams  []string // pairs of neighbouring signs of the core, each once, sorted
}

func formOf(name string, by Match) form {
	f := form{by: by, folded: FoldName(name), core: core(name)}
	signs := []rune(f.core)
	for i := range signs {
		f.grams = append(f.grams, string(signs[i:min(i+2, len(signs))]))
	}
	if len(signs) > 1 {
		f.grams = f.grams[:len(signs)-1]
	}
	slices.Sort(f.grams)
	f.grams = slices.Compact(f.grams)
	return f
}

// compare tells how alike a typed name and a unit's are.
func (f form) compare(of form) (Match, int) {
	switch {
	case f.folded == of.folded:
		return cmp.Or(of.by, ByName), 100
	case of.by == ByCode:
		return ByCode, 0
	case f.core == of.core:
		return ByForm, 90
	}
	shared := 0
	for _, gram := range f.grams {
		if _, found := slices.BinarySearch(of.grams, gram); found {
			shared++
		}
	}
	score := 85 * 2 * shared / (len(f.grams) + len(of.grams))
	if len([]rune(of.core)) >= 2 && strings.Contains(f.core, of.core) || len([]rune(f.core)) >= 2 &&
		strings.Contains(of.core, f.core) {
		score = max(score, 60)
	}
	return BySimilar, score
}

type foundForm struct {
	unit *Unit
	form form
}

// finder finds the units that share signs with a name, without looking at all.
type finder struct {
	forms []foundForm
	grams map[string][]int // indexes of forms
}

func newFinder(t *Tree) *finder {
	f := &finder{grams: map[string][]int{}}
	for _, u := range t.order {
		f.add(u, u.Name, ByName)
		f.add(u, u.Code, ByCode)
		for _, alias := range u.Aliases {
			f.add(u, alias, ByAlias)
		}
		for _, typed := range u.Typed {
			f.add(u, typed, ByAlias)
		}
		// 青禾镇柳湾村: people write the units above in front.
		names := t.names(u.ID)
		for from := len(names) - 2; from >= 0; from-- {
			f.add(u, strings.Join(names[from:], ""), ByForm)
		}
	}
	return f
}

func (f *finder) add(u *Unit, name string, by Match) {
	made := formOf(name, by)
	for _, gram := range made.keys() {
		f.grams[gram] = append(f.grams[gram], len(f.forms))
	}
	f.forms = append(f.forms, foundForm{u, made})
}

// keys are what forms are found by.
func (f form) keys() []string { return append(slices.Clone(f.grams), "="+f.folded) }

// sharing lists the forms that share something with a name, each once.
func (f *finder) sharing(asked form) (list []int) {
	for _, key := range asked.keys() {
		list = append(list, f.grams[key]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
