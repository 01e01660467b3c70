package contest

// Earning is one rule of what is given for what. It gives at most Max times in
// each Per (0: as often as it happens).
type Earning struct {
	Key    string   `yaml:"key"` // stands in the ledger, so it must not change while the contest runs
	For    DeedKind `yaml:"for"`
	Levels []string `yaml:"levels"` // of attempts; empty: all
	Spots  []string `yaml:"spots"`  // of spots that are found; empty: all
	List   string   `yaml:"list"`   // of being on a list: which
	Days   int      `yaml:"days"`   // of check-ins: each time that so many days in a row are full; 0: each day
	When   When     `yaml:"when"`
	Each   Each     `yaml:"each"`
	Give   Give     `yaml:"give"`
	Max    int      `yaml:"max"`
	Per    EarnPer  `yaml:"per"`
}

// DeedKind is what a player did that may be rewarded.
type DeedKind string

// The deeds.
const (
	DeedAttempt DeedKind = "attempt" // finished an attempt
	DeedCheckin DeedKind = "checkin" // came on a day
	DeedShare   DeedKind = "share"   // shared the contest or a result
	DeedInvite  DeedKind = "invite"  // somebody came by an invitation
	DeedPledge  DeedKind = "pledge"  // signed the pledge
	DeedFound   DeedKind = "found"   // found a spot
	DeedMakeup  DeedKind = "makeup"  // made up a missed day; only rules for days in a row look at it
	DeedProfile DeedKind = "profile" // filled in all that is asked, see Definition.ProfileFull
	DeedList    DeedKind = "list"    // came on a list, see Definition.Listing
	// DeedLive is a live room whose result was confirmed. It is rewarded by the room's
	// own gives (see LiveGives), never by an Earning.
	DeedLive DeedKind = "live"
)

// When narrows a rule. For an attempt it looks at that attempt; for another deed
// at the last attempt that the player finished on that day.
type When struct {
	Least  int     `yaml:"least"`  // right answers, at least
	Below  int     `yaml:"below"`  // right answers, fewer than; 0: any
	Result Outcome `yaml:"result"` // empty: any
}

// Outcome is how an attempt ended.
type Outcome string

// How attempts end.
const (
	ResultPassed Outcome = "passed"
	ResultFailed Outcome = "failed"
	ResultFull   Outcome = "full" // every question right
)

// Each gives once for every so many right answers, counted in the attempt or
// over all attempts of the day.
type Each struct {
	Correct int      `yaml:"correct"`
	Over    EachOver `yaml:"over"`
}

// EachOver is where right answers are counted.
type EachOver string

// Where right answers are counted.
const (
	OverAttempt EachOver = "attempt"
	OverDay     EachOver = "day"
)

// Give is what a rule gives. A card is given once for a player; "level" is the
// card with the key of the attempt's level. Tries raise the attempts that may be
// made in the period of the deed.
type Give struct {
	Points  int    `yaml:"points"`
	Purse   string `yaml:"purse"` // into which Amount goes
	Amount  int    `yaml:"amount"`
	Score   bool   `yaml:"score"` // as many points as the attempt scored
	Chances int    `yaml:"chances"`
	Tries   int    `yaml:"tries"`
	Card    string `yaml:"card"`
}

// CardOfLevel stands for the card that has the key of the attempt's level.
const CardOfLevel = "level"

// EarnPer is where a rule's Max is counted: a period, or each level.
type EarnPer string

// Where a rule's Max is counted, beside the periods.
const (
	EarnPerDay             = EarnPer(PerDay)
	EarnPerContest         = EarnPer(PerContest)
	EarnPerLevel   EarnPer = "level"
)

// Cap bounds how much of one thing a player gets in a period from all rules
// together.
type Cap struct {
	Of  GrantKind `yaml:"of"` // points, chance or the key of a purse
	Max int       `yaml:"max"`
	Per Per       `yaml:"per"`
}

// Card is one of a set to collect (集卡).
type Card struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
}

// Share is the text under which the contest is shared, and when an invitee
// counts.
type Share struct {
	Title   string `yaml:"title"`
	Text    string `yaml:"text"`
	Picture string `yaml:"picture"` // name of a picture for cards of links; empty: the program's own
	Counts  Counts `yaml:"counts"`
	PerDay  int    `yaml:"per_day"` // invitees of one player that count in a day
	Tree    bool   `yaml:"tree"`    // players see whom they brought
}

// Counts is when an invitee counts for who invited.
type Counts string

// When an invitee counts.
const (
	CountsJoined   Counts = "joined"   // on taking part
	CountsFinished Counts = "finished" // on finishing a first attempt
)

// Pledge is the relay that players sign and hand on.
type Pledge struct {
	Title string   `yaml:"title"`
	Lines []string `yaml:"lines"`
}
