package compliance

// english says in a sentence what each code means, for who reads no Chinese. What
// exactly is the matter stands in Message.
var english = map[string]string{
	"share-reward":    "sharing in WeChat is rewarded; reward answering instead",
	"invite-reward":   "inviting is rewarded, which WeChat may take for induced sharing",
	"top-prize":       "a prize of chance is worth more than the law allows (50,000 yuan)",
	"prize-collect":   "say how and where the prize is collected",
	"drawing-date":    "say when the drawing is held",
	"drawing-source":  "say which public source decides the drawing",
	"delivery":        "winners are not asked for what the prize is delivered by",
	"huge-share":      "where few people share the pot, one gets more than WeChat pays without a real name; bound it by most",
	"live-pot":        "a pot of worth in a live room; see who may win it",
	"unproven-prizes": "something of worth goes to people who have proven nothing",
	"proven-twice":    "one person can be proven twice, by two ways",
	"training-bank":   "a training or a level for practice tells the answers of the bank that counts",
	"forwarded-code":  "the picture of a code does for who was never there; let it change daily or give it hours",
	"contact":         "say how the organizer is reached",
	"assessment":      "rankings of units are used to judge them",
	"id-number":       "identity card numbers are asked for",
	"address-asked":   "addresses are asked for, and nothing is sent",
	"not-needed":      "personal data is asked for that nothing needs",
	"asked-early":     "personal data is asked for earlier than it is needed",
	"field-why":       "tell players why this is asked",
	"retention":       "say how long personal data is kept",
	"minors":          "personal data of people under 14 needs a guardian's consent",
	"no-chance":       "a pool for which nobody gets a chance, or chances without a pool",
	"no-points":       "a prize costs points, and nothing gives points",
	"over-stock":      "more of a prize is promised than there is",
	"tiny-odds":       "odds are millionths of a draw; these look like per cent",
	"level-outside":   "the level is never open while the contest is on",
	"division-locked": "players of this division can play nothing",
	"no-units":        "everybody must choose a unit, and there is none",
	"beyond-reach":    "nobody can ever reach this",
	"unused":          "nothing gives this prize",
	"contradicts":     "the certificate and the pass mark contradict each other",
	"public-list":     "a list that everybody may see stays empty until staff fill it, or tells who answered right too early",
	"past":            "the window lies in the past",
	"ignored":         "this has no effect",
	"hurried":         "a slow reader cannot read every question within its time; give it more, or take shorter ones",
	"lone-average":    "one good player can win this ranking of units",
}

// English says what is the matter, in general.
func (c Concern) English() string { return english[c.Code] }
