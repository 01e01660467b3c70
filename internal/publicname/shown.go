package publicname

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// State is what became of a name since it was typed. It is kept beside the name.
type State string

// The states. An unseen and an approved name are shown; of the others the public
// sees the alias.
const (
	Unseen   State = ""         // nobody has looked at it
	Approved State = "approved" // by staff
	Unfit    State = "unfit"    // it holds a word of the list
	Hidden   State = "hidden"   // by staff
	Waiting  State = "waiting"  // chosen after one was hidden; until staff has looked
)

// Public reports whether others see the name as it was typed.
func (s State) Public() bool { return s == Unseen || s == Approved }

// View is how an audience sees names. The zero View is that of phones.
type View struct {
	review bool
	mask   contest.NameMask
}

// OnPhones shows names as they are, unless they are withheld.
var OnPhones View

// OnScreens is how the screens of a hall show the names of a contest.
func OnScreens(d *contest.Definition) View {
	return View{review: d.Players.Names.Review, mask: d.Players.Names.Mask}
}

// Show is a player's name as the audience sees it: every name that leaves for the
// public goes through here. A name that was deleted stays empty.
func (v View) Show(name string, s State, player sqldb.ID) string {
	return v.ShowMasked(name, s, player, func(name string) string { return name })
}

// ShowMasked is Show for a list that masks the names it shows.
func (v View) ShowMasked(name string, s State, player sqldb.ID, masked func(string) string) string {
	switch {
	case name == "":
		return ""
	case v.withholds(s), v.mask == contest.MaskAll:
		return Alias(player)
	case v.mask == contest.MaskRest:
		return masked(FirstOnly(name))
	}
	return masked(name)
}

// ShowTeam is a team's name as the audience sees it. It names no person, so it is not masked.
func (v View) ShowTeam(name string, s State, team sqldb.ID) string {
	if v.withholds(s) {
		return "队伍" + digits(team)
	}
	return name
}

func (v View) withholds(s State) bool { return !s.Public() || v.review && s != Approved }

// FirstOnly leaves the first character of a name: 陈*.
func FirstOnly(name string) string {
	_, size := utf8.DecodeRuneInString(name)
	return name[:size] + strings.Repeat("*", min(2, utf8.RuneCountInString(name[size:])))
}

// Alias stands for a name that is not shown: 网友 and four digits, always the same of
// a player.
func Alias(player sqldb.ID) string { return "网友" + digits(player) }

func digits(id sqldb.ID) string {
	x := uint64(id) // mixed as SplitMix64 does: ids are made one after the other
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return fmt.Sprintf("%04d", (x^x>>31)%10000)
}
