package contest

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Bounds of prizes.
const (
	maxStock    = 1_000_000
	maxValue    = 1_000_000_00 // cents
	wholeOdds   = 1_000_000    // millionths
	longestTerm = 366 * 24 * time.Hour
)

// photoName is how a stored picture is called: by the hash of what it holds.
var photoName = regexp.MustCompile(`^[0-9a-f]{32}\.(png|jpg|gif|webp)$`)

// prizes checks prizes, and where they are drawn, claimed and certified.
func (c *checker) prizes(d *Definition) {
	keys := map[string]bool{}
	for i := range d.Prizes {
		path := fmt.Sprintf("prizes[%d]", i)
		c.fresh(path+".key", d.Prizes[i].Key, keys, "prize")
		c.prize(path, &d.Prizes[i])
		c.purse(path+".purse", d.Prizes[i].Purse, d)
	}
	keys = map[string]bool{}
	for i := range d.Pools {
		path := fmt.Sprintf("pools[%d]", i)
		c.fresh(path+".key", d.Pools[i].Key, keys, "pool")
		c.pool(path, d, &d.Pools[i])
	}
	keys = map[string]bool{}
	for i := range d.Drawings {
		path := fmt.Sprintf("drawings[%d]", i)
		c.fresh(path+".key", d.Drawings[i].Key, keys, "drawing")
		c.drawing(path, d, &d.Drawings[i])
	}
	keys = map[string]bool{}
	for i := range d.Certificates {
		path := fmt.Sprintf("certificates[%d]", i)
		c.fresh(path+".key", d.Certificates[i].Key, keys, "certificate")
		c.text(path+".title", d.Certificates[i].Title, 1, 20)
		c.text(path+".text", d.Certificates[i].Text, 1, 200)
		if grade := d.Certificates[i].Grade; grade != "" {
			c.key(path+".grade", grade)
		}
		c.nameOn(path+".name", d, d.Certificates[i].Name)
		c.condition(path+".who", d, &d.Certificates[i].Who, "")
	}
	for i, key := range d.Claims.Fields {
		if !slices.ContainsFunc(d.Players.Fields, func(f Field) bool { return f.Key == key }) {
			c.add(fmt.Sprintf("claims.fields[%d]", i), "%q is no field of players.fields", key)
		}
	}
	if d.Claims.Within < Span(time.Hour) || d.Claims.Within > Span(longestTerm) {
		c.add("claims.within", "winners have 1h to 366d to claim")
	}
	if d.Retention < 0 || d.Retention > Span(10*longestTerm) {
		c.add("retention", "personal data is kept 0d to 3660d after the end")
	}
	for i, a := range d.Accept {
		path := fmt.Sprintf("accept[%d]", i)
		c.oneOf(path+".finding", a.Finding, ConcernCodes()...)
		c.text(path+".by", a.By, 1, 40)
		c.text(path+".why", a.Why, 1, 200)
	}
	for i, place := range d.Publish {
		c.oneOf(fmt.Sprintf("publish[%d]", i), place, Channels...)
	}
}

// nameOn checks which name stands on a certificate.
func (c *checker) nameOn(path string, d *Definition, name NameOn) {
	c.oneOf(path, string(name), string(NameNick), string(NameReal))
	if _, asked := d.RealName(); name == NameReal && !asked {
		c.add(path, "no field of players.fields asks everybody for a name; add one of kind name, asked at start or earn")
	}
}

// Channels are where a contest is made known.
var Channels = []string{"wechat", "sms", "web", "poster", "app"}

func (c *checker) prize(path string, p *Prize) {
	c.text(path+".title", p.Title, 1, 30)
	c.text(path+".collect", p.Collect, 0, 100)
	c.oneOf(path+".kind", string(p.Kind), string(PrizeGoods), string(PrizeVoucher), string(PrizeCredit), string(PrizeCash),
		string(PrizePoints), string(PrizeThanks))
	if p.Value < 0 || p.Value > maxValue {
		c.add(path+".value", "a value is 0 to %d cents", maxValue)
	}
	if p.Stock < 0 || p.Stock > maxStock || p.Stock == 0 && p.Kind != PrizeThanks {
		c.add(path+".stock", "the stock is 1 to %d", maxStock)
	}
	c.picture(path+".photo", p.Photo)
	if p.Price < 0 || p.Price > MaxTotal {
		c.add(path+".price", "a price is 1 to %d points", MaxTotal)
	}
}

// picture holds that a name is that of a stored picture, or empty.
func (c *checker) picture(path, name string) {
	if name != "" && !photoName.MatchString(name) {
		c.add(path, "a picture is uploaded in the console, and named by what it holds")
	}
}

func (c *checker) hasPrize(path, key string, d *Definition) {
	if !slices.ContainsFunc(d.Prizes, func(p Prize) bool { return p.Key == key }) {
		c.add(path, "%q is no prize", key)
	}
}

func (c *checker) pool(path string, d *Definition, p *PrizePool) {
	c.text(path+".title", p.Title, 1, 20)
	c.oneOf(path+".face", string(p.Face), string(FaceWheel), string(FaceScratch), string(FaceEnvelope))
	c.optionalMoment(path+".opens", &p.Opens, d)
	c.optionalMoment(path+".closes", &p.Closes, d)
	if len(p.Prizes) == 0 || len(p.Prizes) > maxRules {
		c.add(path+".prizes", "a pool has 1 to %d prizes", maxRules)
	}
	odds := 0
	for i := range p.Prizes {
		at, prize := fmt.Sprintf("%s.prizes[%d]", path, i), &p.Prizes[i]
		c.hasPrize(at+".prize", prize.Prize, d)
		if prize.Odds < 0 || prize.Odds > wholeOdds {
			c.add(at+".odds", "odds are 0 to %d millionths", wholeOdds)
		} else if odds += prize.Odds; odds > wholeOdds {
			c.add(at+".odds", "the odds of a pool come to more than %d millionths", wholeOdds)
		}
		if prize.Guaranteed < 0 || prize.Guaranteed > maxTries {
			c.add(at+".guaranteed", "a prize is guaranteed with the 1st to the %dth draw, or 0 never", maxTries)
		}
		for j := range prize.Release {
			c.optionalMoment(fmt.Sprintf("%s.release[%d].at", at, j), &prize.Release[j].At, d)
			if prize.Release[j].Units < 1 || prize.Release[j].Units > maxStock {
				c.add(fmt.Sprintf("%s.release[%d].units", at, j), "units are 1 to %d", maxStock)
			}
		}
	}
	for i, limit := range p.Limits {
		at := fmt.Sprintf("%s.limits[%d]", path, i)
		c.oneOf(at+".by", string(limit.By), string(ByPlayer), string(ByPhone), string(ByAddress), string(ByUnit))
		c.per(at+".per", limit.Per, d)
		if limit.Max < 1 || limit.Max > maxStock {
			c.add(at+".max", "wins are 1 to %d", maxStock)
		}
	}
}

func (c *checker) drawing(path string, d *Definition, w *Drawing) {
	c.text(path+".title", w.Title, 1, 30)
	c.text(path+".source", w.Source, 0, 100)
	c.optionalMoment(path+".at", &w.At, d)
	if w.Every != "" {
		c.per(path+".every", w.Every, d)
	}
	c.oneOf(path+".tickets", string(w.Tickets), string(TicketsOne), string(TicketsAttempts), string(TicketsPassed),
		string(TicketsPoints))
	if w.Pot != nil {
		c.pot(path+".pot", d, w)
	} else if len(w.Prizes) == 0 || len(w.Prizes) > maxRules {
		c.add(path+".prizes", "a drawing has 1 to %d prizes", maxRules)
	}
	for i, p := range w.Prizes {
		at := fmt.Sprintf("%s.prizes[%d]", path, i)
		c.hasPrize(at+".prize", p.Prize, d)
		if p.Count < 1 || p.Count > maxStock {
			c.add(at+".count", "a count is 1 to %d", maxStock)
		}
	}
	if w.Reserves < 0 || w.Reserves > maxStock {
		c.add(path+".reserves", "reserves are 0 to %d", maxStock)
	}
	c.condition(path+".who", d, &w.Who, w.Every)
}

func (c *checker) best(path string, d *Definition, b *Best) {
	if l := c.counts(path+".level", b.Level, d); l != nil && b.Right > l.Count() {
		c.add(path+".right", "the level has only %d questions", l.Count())
	}
	if b.Score < 0 || b.Score > MaxTotal {
		c.add(path+".score", "this is 0 to %d", c.mostScore)
	}
	if b.Right < 0 {
		c.add(path+".right", "this is 0 to %d", MaxTotal)
	}
	if b.Share < 0 || b.Share > 100 {
		c.add(path+".share", "this is 0 to %d", 100)
	}
	set := 0
	for _, n := range []int{int(b.Score), b.Right, b.Share} {
		set += min(1, max(0, n))
	}
	if set != 1 {
		c.add(path, "write one of score, right and share")
	}
}

// condition checks what is asked of who wins or gets something each such period; empty:
// over the whole contest.
func (c *checker) condition(path string, d *Definition, w *Condition, every Per) {
	for _, least := range []struct {
		field string
		n     int
	}{{"finished", w.Finished}, {"cards", w.Cards}, {"points", w.Points}, {"invited", w.Invited}, {"found", w.Found}} {
		if least.n < 0 || least.n > MaxTotal {
			c.add(path+"."+least.field, "this is 0 to %d", MaxTotal)
		}
	}
	if w.Score < 0 || w.Score > MaxTotal {
		c.add(path+".score", "this is 0 to %d", c.mostScore)
	}
	if w.Cards > len(d.Cards) {
		c.add(path+".cards", "the contest has only %d cards", len(d.Cards))
	}
	if w.Found > len(d.Spots) {
		c.add(path+".found", "the contest has only %d spots", len(d.Spots))
	}
	if h := w.Holds; h != nil {
		c.text(path+".holds.purse", h.Purse, 1, longestPurse)
		c.purse(path+".holds.purse", h.Purse, d)
		if h.Least < 1 || h.Least > MaxTotal {
			c.add(path+".holds.least", "points are 1 to %d", MaxTotal)
		}
	}
	if w.Best != nil {
		c.best(path+".best", d, w.Best)
	}
	for i, key := range w.Passed {
		if key != AllLevels {
			c.counts(fmt.Sprintf("%s.passed[%d]", path, i), key, d)
		}
	}
	if w.Division != "" {
		c.division(path+".division", w.Division, d)
	}
	if w.Unit != "" && len(d.Units) > 0 && unitLine(d.Units, w.Unit) == nil {
		c.add(path+".unit", "no unit has the code %q", w.Unit)
	}
	if w.Top != nil {
		if board, ok := d.Board(w.Top.Board); !ok || board.Subject != SubjectPlayer {
			c.add(path+".top.board", "%q is no board of players", w.Top.Board)
		} else if board.Period == RoundWeek && every != PerWeek || board.Period == RoundOwn && every != PerPeriod {
			c.add(path+".top.board", "this board ranks rounds; only a drawing of each round can go by it")
		}
		if w.Top.Count < 1 || w.Top.Count > maxStock {
			c.add(path+".top.count", "the first 1 to %d", maxStock)
		}
	}
}
