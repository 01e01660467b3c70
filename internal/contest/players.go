package contest

import (
	"net/netip"
	"slices"
)

// Players says who may take part and what is asked of them.
type Players struct {
	Unit      AskUnit    `yaml:"unit"`
	Fields    []Field    `yaml:"fields"`
	Divisions []Division `yaml:"divisions"`
	Ages      Ages       `yaml:"ages"`
	Names     Names      `yaml:"names"`

	Proof  []Proof `yaml:"proof"`  // what proves a person, any one of them; none: all are guests
	Proven []Need  `yaml:"proven"` // what is for proven persons only
	Guests Guests  `yaml:"guests"`
	Places []Venue `yaml:"places"`
}

// Venue is a hall, a school or a firm whose people all come from one network: many at
// once are no crowd of scripts.
type Venue struct {
	Name    string `yaml:"name"`
	Network string `yaml:"network"` // an address, or a range as 203.0.113.0/24
}

// Range is the addresses of a venue; false for what is none.
func (v Venue) Range() (netip.Prefix, bool) {
	if ip, err := netip.ParseAddr(v.Network); err == nil {
		return netip.PrefixFrom(ip, ip.BitLen()), ip.Zone() == "" && !ip.Is4In6()
	}
	prefix, err := netip.ParsePrefix(v.Network)
	return prefix.Masked(), err == nil && !prefix.Addr().Is4In6()
}

// VenueRanges are the addresses of all venues.
func (d *Definition) VenueRanges() []netip.Prefix {
	var all []netip.Prefix
	for _, venue := range d.Players.Places {
		if within, ok := venue.Range(); ok {
			all = append(all, within)
		}
	}
	return all
}

// Names says what becomes of names that others see.
type Names struct {
	Unfit  UnfitName `yaml:"unfit"`
	Review bool      `yaml:"review"` // screens show an alias until staff has looked
	Mask   NameMask  `yaml:"mask"`   // on the screens of a hall
}

// UnfitName is what becomes of a name that holds a word it may not hold.
type UnfitName string

// What becomes of it.
const (
	UnfitRefused  UnfitName = "refuse"  // the player is asked for another one
	UnfitReplaced UnfitName = "replace" // it is taken, and others see an alias
)

// NameMask is how names stand on the screens of a hall.
type NameMask string

// The masks.
const (
	MaskNone NameMask = "none" // as they are
	MaskRest NameMask = "rest" // the first character: 陈*
	MaskAll  NameMask = "all"  // an alias
)

// AskUnit says how the unit is asked for, and how often it may be changed after
// the first attempt.
type AskUnit struct {
	Ask     Ask    `yaml:"ask"`
	Label   string `yaml:"label"`
	Changes int    `yaml:"changes"`
	Per     Span   `yaml:"per"`   // changes are counted over the last so long; 0: over the contest
	Typed   bool   `yaml:"typed"` // who does not find the own unit may type a name
}

// Ask is whether a field is asked for.
type Ask string

// The ways to ask.
const (
	AskNo       Ask = "no"
	AskOptional Ask = "optional"
	AskRequired Ask = "required"
)

// Field is one thing asked of a player beside nickname and unit. What is asked is
// personal data: it is kept sealed and asked no earlier than it is needed.
type Field struct {
	Key   string    `yaml:"key"`
	Label string    `yaml:"label"`
	Kind  FieldKind `yaml:"kind"`
	Ask   Ask       `yaml:"ask"`
	When  FieldWhen `yaml:"when"`
	Why   string    `yaml:"why"` // told to the player

	Options []string      `yaml:"options"` // of a choice: one of them is told
	Classes []OptionClass `yaml:"classes"` // under which the options count
}

// FieldKind is what a field holds.
type FieldKind string

// The kinds of fields.
const (
	FieldName    FieldKind = "name"
	FieldPhone   FieldKind = "phone"
	FieldAddress FieldKind = "address"
	FieldID      FieldKind = "id" // the number of an identity card
	FieldText    FieldKind = "text"
	FieldChoice  FieldKind = "choice" // one of the field's options
)

// FieldWhen is when a field is asked for.
type FieldWhen string

// When fields are asked for. Who has not filled in what earning needs may play,
// but holds no points, cards or chances and stands on no board.
const (
	WhenStart FieldWhen = "start" // before the first attempt
	WhenEarn  FieldWhen = "earn"  // before anything is earned
	WhenClaim FieldWhen = "claim" // of winners only
)

// Division is a group of players that plays or ranks by itself (组别), or a role
// that a player chooses.
type Division struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
}

// Ages says who the contest is for; zero is without bound.
type Ages struct {
	Least  int  `yaml:"least"`
	Minors bool `yaml:"minors"` // people under 18 are addressed
}

// EarnsOnlyRegistered reports whether some field must be filled in before
// anything is earned.
func (d *Definition) EarnsOnlyRegistered() bool {
	for _, field := range d.Players.Fields {
		if field.When == WhenEarn && field.Ask == AskRequired {
			return true
		}
	}
	return false
}

// ClaimFields are what winners are asked, all of them alike: the fields that only
// winners fill in, and those of others that claims name. Some of it may have been
// filled in before.
func (d *Definition) ClaimFields() (fields []Field) {
	for _, field := range d.Players.Fields {
		if field.When == WhenClaim || slices.Contains(d.Claims.Fields, field.Key) {
			fields = append(fields, field)
		}
	}
	return fields
}

// Registered reports whether all is filled in that earning needs.
func (d *Definition) Registered(filled func(key string) bool) bool {
	return len(d.Missing(WhenStart, filled)) == 0 && len(d.Missing(WhenEarn, filled)) == 0
}

// ProfileFull reports whether a player has told all that is asked of everybody, what may
// be left out too: the fields but for those of winners, the unit and the division. It is
// never so where nothing is asked.
func (d *Definition) ProfileFull(filled func(key string) bool, unit, division bool) bool {
	asked, full := false, true
	ask := func(told bool) { asked, full = true, full && told }
	for _, field := range d.Players.Fields {
		if field.When != WhenClaim {
			ask(filled(field.Key))
		}
	}
	if d.Players.Unit.Ask != AskNo {
		ask(unit)
	}
	if len(d.Players.Divisions) > 0 {
		ask(division)
	}
	return asked && full
}

// GivesForProfile reports whether something is earned by a full profile.
func (d *Definition) GivesForProfile() bool {
	return slices.ContainsFunc(d.Earnings, func(e Earning) bool { return e.For == DeedProfile })
}

// LooksBeyondAttempts reports whether what a player earns or ranks by depends on
// more than the attempts.
func (d *Definition) LooksBeyondAttempts() bool {
	points := func(b Board) bool { return b.Measure == MeasurePoints } // of before a change, perhaps
	return d.Earns() || slices.ContainsFunc(d.Boards, points) || len(d.Players.Fields) > 0 || len(d.Players.Divisions) > 0
}

// Missing lists the required fields that must be filled in at a time and are not.
func (d *Definition) Missing(when FieldWhen, filled func(key string) bool) []Field {
	var missing []Field
	for _, field := range d.Players.Fields {
		if field.Ask == AskRequired && field.When == when && !filled(field.Key) {
			missing = append(missing, field)
		}
	}
	return missing
}
