package contest

import "slices"

// Prize is one thing that can be won.
type Prize struct {
	Key     string    `yaml:"key"`
	Title   string    `yaml:"title"`
	Kind    PrizeKind `yaml:"kind"`
	Value   int       `yaml:"value"` // cents of yuan; points for kind points
	Stock   int       `yaml:"stock"`
	Tier    string    `yaml:"tier"`    // prizes of a tier share limits; empty: a tier of its own
	Collect string    `yaml:"collect"` // how and where
	Photo   string    `yaml:"photo"`   // name of a picture
	Price   int       `yaml:"price"`   // points for which it can be had in the shop; 0: not there
	Purse   string    `yaml:"purse"`   // that pays the price; empty: the points
}

// PrizeKind is how a prize is handed out.
type PrizeKind string

// The kinds of prizes.
const (
	PrizeGoods   PrizeKind = "goods"     // collected at a booth or sent
	PrizeVoucher PrizeKind = "voucher"   // a code
	PrizeCredit  PrizeKind = "credit"    // for a phone number
	PrizeCash    PrizeKind = "redpacket" // paid through WeChat
	PrizePoints  PrizeKind = "points"
	PrizeThanks  PrizeKind = "thanks" // nothing but thanks
)

// PrizePool is what an instant draw takes from, for one chance each.
type PrizePool struct {
	Key    string      `yaml:"key"`
	Title  string      `yaml:"title"`
	Face   Face        `yaml:"face"`
	Prizes []PoolPrize `yaml:"prizes"`
	Limits []WinLimit  `yaml:"limits"`
	Opens  Moment      `yaml:"opens"`
	Closes Moment      `yaml:"closes"`
}

// Face is how an instant draw looks.
type Face string

// The faces.
const (
	FaceWheel    Face = "wheel"
	FaceScratch  Face = "scratch"
	FaceEnvelope Face = "envelope"
)

// PoolPrize is a prize in a pool. Odds are in millionths of a draw; what the odds
// of all leave over wins nothing. Units come free by Release; without it all at
// once. Guaranteed gives it to a player whose so-manieth draw of the pool it is
// when none before has won anything; 0: never.
type PoolPrize struct {
	Prize      string    `yaml:"prize"`
	Odds       int       `yaml:"odds"`
	Release    []Release `yaml:"release"`
	Guaranteed int       `yaml:"guaranteed"`
}

// Release frees units from a moment on: Units once, or Units each day at the
// time of At until the stock is out.
type Release struct {
	At    Moment `yaml:"at"`
	Units int    `yaml:"units"`
	Daily bool   `yaml:"daily"`
}

// WinLimit bounds wins in a pool: Max for each of By in each Per.
type WinLimit struct {
	By   WinBy  `yaml:"by"`
	Max  int    `yaml:"max"`
	Per  Per    `yaml:"per"`
	Tier string `yaml:"tier"` // only prizes of that tier; empty: all but thanks
}

// WinBy is what wins are counted by.
type WinBy string

// What wins are counted by.
const (
	ByPlayer  WinBy = "player"
	ByPhone   WinBy = "phone"
	ByAddress WinBy = "address"
	ByUnit    WinBy = "unit"
)

// Drawing is a public draw from a list of entrants.
type Drawing struct {
	Key      string       `yaml:"key"`
	Title    string       `yaml:"title"`
	At       Moment       `yaml:"at"`    // when it is held, or the first of a series
	Every    Per          `yaml:"every"` // day, week, month or period: one for each; empty: once
	Who      Condition    `yaml:"who"`
	Tickets  Tickets      `yaml:"tickets"`
	Prizes   []DrawnPrize `yaml:"prizes"`
	Pot      *Pot         `yaml:"pot"` // instead of prizes
	Reserves int          `yaml:"reserves"`
	Repeat   bool         `yaml:"repeat"` // who won in an earlier drawing may win again
	Source   string       `yaml:"source"` // the public source of chance that is named before it exists
}

// DrawnPrize is how many of a prize a drawing gives.
type DrawnPrize struct {
	Prize string `yaml:"prize"`
	Count int    `yaml:"count"`
}

// Tickets is how often an entrant is in the list.
type Tickets string

// How often.
const (
	TicketsOne      Tickets = "one"
	TicketsAttempts Tickets = "attempts" // once for each attempt finished in the period
	TicketsPassed   Tickets = "passed"   // once for each attempt passed in the period
	TicketsPoints   Tickets = "points"   // once for each point earned in the period
)

// Condition is who is eligible: all that is set must hold. Attempts, passes and
// points are counted within the drawing's period where it is one of a series.
type Condition struct {
	Finished int      `yaml:"finished"` // attempts, at least
	Passed   []string `yaml:"passed"`   // levels; "all" for every one
	Full     bool     `yaml:"full"`     // some attempt with every answer right
	Cards    int      `yaml:"cards"`    // different ones, at least
	Points   int      `yaml:"points"`   // at least
	Holds    *Holds   `yaml:"holds"`    // of a purse
	Score    Worth    `yaml:"score"`    // best scores of all levels together, at least
	Best     *Best    `yaml:"best"`
	Invited  int      `yaml:"invited"` // invitees that counted, at least
	Pledged  bool     `yaml:"pledged"`
	Found    int      `yaml:"found"` // different spots, at least
	Top      *Top     `yaml:"top"`
	Unit     string   `yaml:"unit"` // code: it and all below
	Division string   `yaml:"division"`
}

// Holds is what was earned into a purse, spent or not.
type Holds struct {
	Purse string `yaml:"purse"`
	Least int    `yaml:"least"`
}

// Top is the first so many of a board.
type Top struct {
	Board string `yaml:"board"`
	Count int    `yaml:"count"`
}

// Claims says how winners tell where a prize goes.
type Claims struct {
	Fields []string `yaml:"fields"` // keys of players.fields that winners fill in
	Within Span     `yaml:"within"` // after the win; then the prize goes to a reserve or back
}

// Certificate is a picture that a player who meets a condition may keep. Those of one
// Grade exclude each other: a player holds the best that was reached, the first in the list.
type Certificate struct {
	Key   string    `yaml:"key"`
	Title string    `yaml:"title"`
	Text  string    `yaml:"text"`
	Grade string    `yaml:"grade"` // empty: it stands alone
	Score bool      `yaml:"score"` // the score stands on it
	Name  NameOn    `yaml:"name"`  // whose it is
	Who   Condition `yaml:"who"`
}

// Accepted is a finding of `contest check` that somebody answers for.
type Accepted struct {
	Finding string `yaml:"finding"` // its code
	By      string `yaml:"by"`
	Why     string `yaml:"why"`
}

// ConcernCodes are what `accept` may name: all that package compliance looks for.
func ConcernCodes() []string {
	return []string{"share-reward", "invite-reward", "top-prize", "prize-collect", "drawing-date", "drawing-source",
		"delivery", "live-pot", "unproven-prizes", "proven-twice", "training-bank", "forwarded-code",
		"contact",
		"assessment", "id-number", "address-asked", "not-needed", "asked-early", "field-why", "retention", "minors",
		"no-chance", "no-points", "over-stock", "tiny-odds", "level-outside", "division-locked",
		"no-units", "beyond-reach", "unused", "contradicts", "past", "ignored", "lone-average", "hurried", "huge-share"}
}

// Prize is the prize of that key; nil when the definition has none.
func (d *Definition) Prize(key string) *Prize {
	i := slices.IndexFunc(d.Prizes, func(p Prize) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Prizes[i]
}

// Pool is the pool of that key; nil when the definition has none.
func (d *Definition) Pool(key string) *PrizePool {
	i := slices.IndexFunc(d.Pools, func(p PrizePool) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Pools[i]
}

// Drawing is the drawing of that key; nil when the definition has none.
func (d *Definition) Drawing(key string) *Drawing {
	i := slices.IndexFunc(d.Drawings, func(w Drawing) bool { return w.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Drawings[i]
}

// Promised is how many units of a prize the drawings of a definition give in all.
func (d *Definition) Promised(prize string) (units int) {
	for i := range d.Drawings {
		for _, p := range d.Drawings[i].Prizes {
			if p.Prize == prize {
				units += p.Count * max(1, len(d.Holdings(&d.Drawings[i])))
			}
		}
	}
	return units
}
