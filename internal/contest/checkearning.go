package contest

import (
	"fmt"
	"slices"
)

// maxRules bounds lists of rules; every finished attempt goes through them.
const maxRules = 50

func (c *checker) earnings(d *Definition) {
	keys := map[string]bool{}
	for i, card := range d.Cards {
		path := fmt.Sprintf("cards[%d]", i)
		c.fresh(path+".key", card.Key, keys, "card")
		c.text(path+".title", card.Title, 1, 12)
	}
	c.purses(d)
	keys = map[string]bool{}
	if len(d.Earnings) > maxRules {
		c.add("earnings", "there may be %d rules at most", maxRules)
	}
	for i := range d.Earnings {
		path := fmt.Sprintf("earnings[%d]", i)
		c.fresh(path+".key", d.Earnings[i].Key, keys, "earning")
		c.earning(path, d, &d.Earnings[i])
	}
	if m := d.Makeup; m != nil {
		if m.Price < 1 || m.Price > MaxTotal {
			c.add("makeup.price", "a price is 1 to %d points", MaxTotal)
		}
		c.purse("makeup.purse", m.Purse, d)
		if m.Most < 1 || m.Most > mostMadeUp {
			c.add("makeup.most", "a player makes up 1 to %d days", mostMadeUp)
		}
	}
	for i, limit := range d.Caps {
		path := fmt.Sprintf("caps[%d]", i)
		if limit.Of != GrantPoints && limit.Of != GrantChance {
			c.purse(path+".of", string(limit.Of), d)
		}
		c.per(path+".per", limit.Per, d)
		if limit.Max < 1 || limit.Max > MaxTotal {
			c.add(path+".max", "a cap is 1 to %d", MaxTotal)
		}
	}
}

// counts finds the level whose attempts are to count.
func (c *checker) counts(path, key string, d *Definition) *Level {
	l, _, ok := d.Level(key)
	switch {
	case !ok:
		c.add(path, "%q is no level", key)
		return nil
	case l.Practice:
		c.add(path, "%q is a level for practice, which counts for nothing", key)
	}
	return l
}

func (c *checker) earning(path string, d *Definition, e *Earning) {
	c.oneOf(path+".for", string(e.For), string(DeedAttempt), string(DeedCheckin), string(DeedShare), string(DeedInvite),
		string(DeedPledge), string(DeedFound), string(DeedProfile), string(DeedList))
	c.daysInRow(path, d, e)
	c.listEarns(path, d, e)
	for i, key := range e.Levels {
		c.counts(fmt.Sprintf("%s.levels[%d]", path, i), key, d)
	}
	for i, key := range e.Spots {
		c.spot(fmt.Sprintf("%s.spots[%d]", path, i), key, d)
	}
	if len(e.Spots) > 0 && e.For != DeedFound {
		c.add(path+".spots", "only what is given for finding a spot (for: found) names spots")
	}
	if e.When.Least < 0 || e.When.Below < 0 || e.When.Below > 0 && e.When.Below <= e.When.Least {
		c.add(path+".when", "least and below are numbers of right answers, least the lower one")
	}
	c.oneOf(path+".when.result", string(e.When.Result), "", string(ResultPassed), string(ResultFailed), string(ResultFull))
	if e.Each.Correct < 0 || e.Each.Correct > maxQuestions {
		c.add(path+".each.correct", "once for every 1 to %d right answers", maxQuestions)
	}
	c.oneOf(path+".each.over", string(e.Each.Over), string(OverAttempt), string(OverDay))
	if e.Max < 0 || e.Max > maxTries {
		c.add(path+".max", "a rule gives 1 to %d times, or 0 for as often as it happens", maxTries)
	}
	c.per(path+".per", Per(e.Per), d, string(EarnPerLevel))
	if e.Per == EarnPerLevel && e.For != DeedAttempt {
		c.add(path+".per", "only attempts are of a level")
	}
	if e.For != DeedAttempt && e.Each.Correct > 0 {
		c.add(path+".each", "only attempts have right answers")
	}
	c.give(path+".give", d, e)
}

// daysInRow checks an earning for days in a row.
func (c *checker) daysInRow(path string, d *Definition, e *Earning) {
	switch {
	case e.Days == 0:
	case e.For != DeedCheckin:
		c.add(path+".days", "only check-ins (for: checkin) make days in a row")
	case e.Days < 2 || e.Days > mostInRow:
		c.add(path+".days", "days in a row are 2 to %d", mostInRow)
	case e.When != When{} || len(e.Levels) > 0:
		c.add(path+".when", "days in a row ask nothing of an attempt")
	case e.Per != EarnPerContest:
		c.add(path+".per", "days in a row are counted in the whole contest (per: contest)")
	}
}

// mostMadeUp bounds how many days a player may make up.
const mostMadeUp = 100

// mostInRow bounds how many days in a row an earning may ask.
const mostInRow = 366

func (c *checker) give(path string, d *Definition, e *Earning) {
	give := e.Give
	if give == (Give{}) {
		c.add(path, "the rule gives nothing")
	}
	if give.Points < 0 || give.Points > MaxTotal {
		c.add(path+".points", "points are 1 to %d", MaxTotal)
	}
	c.purse(path+".purse", give.Purse, d)
	switch {
	case give.Amount < 0 || give.Amount > MaxTotal:
		c.add(path+".amount", "points are 1 to %d", MaxTotal)
	case (give.Amount == 0) != (give.Purse == ""):
		c.add(path+".purse", "purse and amount stand together: into which purse, and how much")
	}
	if give.Chances < 0 || give.Chances > 100 {
		c.add(path+".chances", "chances are 1 to 100")
	}
	if give.Tries < 0 || give.Tries > 100 {
		c.add(path+".tries", "tries are 1 to 100")
	}
	if e.For != DeedAttempt && (give.Score || give.Card == CardOfLevel) {
		c.add(path, "only attempts have a score and a level")
	}
	known := func(key string) bool {
		return slices.ContainsFunc(d.Cards, func(card Card) bool { return card.Key == key })
	}
	switch {
	case give.Card == CardOfLevel:
		for i := range d.Levels {
			if key := d.Levels[i].Key; (len(e.Levels) == 0 || slices.Contains(e.Levels, key)) && !known(key) {
				c.add(path+".card", "no card has the key of level %q", key)
			}
		}
	case give.Card != "" && !known(give.Card):
		c.add(path+".card", "%q is no card", give.Card)
	}
}

func (c *checker) sharing(d *Definition) {
	least := 1
	if d.Title == "" { // it is the title's, which is missing already
		least = 0
	}
	c.text("share.title", d.Share.Title, least, 60)
	c.text("share.text", d.Share.Text, 0, 120)
	c.picture("share.picture", d.Share.Picture)
	c.oneOf("share.counts", string(d.Share.Counts), string(CountsJoined), string(CountsFinished))
	if d.Share.PerDay < 1 || d.Share.PerDay > 1_000 {
		c.add("share.per_day", "1 to 1000 invitees of one player count in a day")
	}
	if d.Pledge == nil {
		return
	}
	c.text("pledge.title", d.Pledge.Title, 1, 30)
	if n := len(d.Pledge.Lines); n < 1 || n > 20 {
		c.add("pledge.lines", "a pledge has 1 to 20 lines")
	}
	for i, line := range d.Pledge.Lines {
		c.text(fmt.Sprintf("pledge.lines[%d]", i), line, 1, 100)
	}
}
