package contest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// maxOptions bounds the options of a choice: more are found only by who searches, as units
// are.
const maxOptions = 40

// maxFields bounds what is asked of a player: the keys of all fields are stored in
// one column.
const maxFields = 12

// players checks who may take part, what is asked, and where they belong.
func (c *checker) players(d *Definition) {
	p := &d.Players
	c.oneOf("players.unit.ask", string(p.Unit.Ask), string(AskNo), string(AskOptional), string(AskRequired))
	c.text("players.unit.label", p.Unit.Label, 1, 20)
	if p.Unit.Changes < 0 || p.Unit.Changes > 100 {
		c.add("players.unit.changes", "a unit may be changed 0 to 100 times")
	}
	switch per := time.Duration(p.Unit.Per); {
	case per == 0:
	case per < 24*time.Hour || per > 366*24*time.Hour:
		c.add("players.unit.per", "changes of unit are counted over 1 to 366 days")
	case p.Unit.Changes == 0:
		c.add("players.unit.per", "a unit that may not be changed needs no time over which changes are counted")
	}
	c.oneOf("players.names.unfit", string(p.Names.Unfit), string(UnfitRefused), string(UnfitReplaced))
	c.oneOf("players.names.mask", string(p.Names.Mask), string(MaskNone), string(MaskRest), string(MaskAll))
	if len(p.Fields) > maxFields {
		c.add("players.fields", "there may be %d fields at most", maxFields)
	}
	keys, classed := map[string]bool{}, map[Class]string{}
	for i, field := range p.Fields {
		path := fmt.Sprintf("players.fields[%d]", i)
		c.fresh(path+".key", field.Key, keys, "field")
		c.text(path+".label", field.Label, 1, 20)
		c.text(path+".why", field.Why, 0, 100)
		c.oneOf(path+".kind", string(field.Kind), string(FieldName), string(FieldPhone), string(FieldAddress),
			string(FieldID), string(FieldText), string(FieldChoice))
		c.options(path+".options", &field)
		c.classes(path+".classes", &field, classed)
		c.oneOf(path+".ask", string(field.Ask), string(AskOptional), string(AskRequired))
		c.oneOf(path+".when", string(field.When), string(WhenStart), string(WhenEarn), string(WhenClaim))
	}
	keys = map[string]bool{}
	for i, division := range p.Divisions {
		path := fmt.Sprintf("players.divisions[%d]", i)
		c.fresh(path+".key", division.Key, keys, "division")
		c.text(path+".title", division.Title, 1, 12)
	}
	if len(p.Divisions) > maxRules {
		c.add("players.divisions", "there may be %d divisions at most", maxRules)
	}
	c.proof(p)
	c.guests(p)
	c.venues(p.Places)
	if p.Ages.Least < 0 || p.Ages.Least > 120 {
		c.add("players.ages.least", "an age is 0 to 120")
	}
}

// options checks what a choice offers.
func (c *checker) options(path string, f *Field) {
	if f.Kind != FieldChoice {
		if len(f.Options) > 0 {
			c.add(path, "only a choice has options")
		}
		return
	}
	if len(f.Options) < 2 || len(f.Options) > maxOptions {
		c.add(path, "a choice has 2 to %d options", maxOptions)
	}
	for i, option := range f.Options {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.text(at, option, 1, 20)
		if option != strings.TrimSpace(option) || slices.Index(f.Options, option) < i {
			c.add(at, "options differ from each other, without blanks around them")
		}
	}
}

const (
	maxVenues = 50
	// A venue is a house or a campus, not a province: its people are passed over by what
	// keeps scripts out.
	widestIPv4, widestIPv6 = 16, 40
)

// venues checks the networks that many people come from.
func (c *checker) venues(venues []Venue) {
	if len(venues) > maxVenues {
		c.add("players.places", "there may be %d places at most", maxVenues)
	}
	for i, venue := range venues {
		path := fmt.Sprintf("players.places[%d]", i)
		c.text(path+".name", venue.Name, 1, 40)
		within, ok := venue.Range()
		if !ok {
			c.add(path+".network", "a network is an address or a range, as 203.0.113.7 or 203.0.113.0/24")
			continue
		}
		widest := widestIPv4
		if within.Addr().Is6() {
			widest = widestIPv6
		}
		if within.Bits() < widest && !within.Addr().IsPrivate() {
			c.add(path+".network", "this range is too wide for a place: /%d at most", widest)
		}
	}
}

// fresh checks a key that must be the first of its name.
func (c *checker) fresh(path, key string, keys map[string]bool, what string) {
	c.key(path, key)
	if keys[key] {
		c.add(path, "another %s has the key %q", what, key)
	}
	keys[key] = true
}

func (c *checker) division(path, key string, d *Definition) {
	if !slices.ContainsFunc(d.Players.Divisions, func(v Division) bool { return v.Key == key }) {
		c.add(path, "%q is no division of players.divisions", key)
	}
}

func (c *checker) units(d *Definition) {
	codes := map[string]bool{}
	var walk func(path string, units []Unit, depth int)
	walk = func(path string, units []Unit, depth int) {
		if len(units) > 0 && depth > 8 {
			c.add(path, "the tree of units is over 8 deep")
			return
		}
		for i, unit := range units {
			at := fmt.Sprintf("%s[%d]", path, i)
			if unit.Code == "" || len(unit.Code) > 32 || codes[unit.Code] {
				c.add(at+".code", "a unit's code must be unique, 1 to 32 characters; this one is %q", unit.Code)
			}
			codes[unit.Code] = true
			c.text(at+".name", unit.Name, 1, 40)
			for j, alias := range unit.Aliases {
				c.text(fmt.Sprintf("%s.aliases[%d]", at, j), alias, 1, 40)
			}
			if unit.Headcount < 0 {
				c.add(at+".headcount", "headcount cannot be negative")
			}
			walk(at+".children", unit.Children, depth+1)
		}
	}
	walk("units", d.Units, 1)
	if len(codes) > maxUnitsInYAML {
		c.add("units", "a definition holds at most %d units", maxUnitsInYAML)
	}
}

// unitLine is the codes from the top down to a unit; nil for one that there is not.
func unitLine(units []Unit, code string) []string {
	for i := range units {
		if units[i].Code == code {
			return []string{code}
		}
		if below := unitLine(units[i].Children, code); below != nil {
			return append([]string{units[i].Code}, below...)
		}
	}
	return nil
}
