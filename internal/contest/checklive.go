package contest

import (
	"fmt"
	"slices"
	"time"

	"anquanda/internal/question"
)

// Bounds of live rooms.
const (
	maxLiveQuestions    = 50
	longestLiveQuestion = 10 * time.Minute
	longestCountdown    = 30 * time.Second
	longestDelay        = 30 * time.Second // as far as a broadcast comes behind
	longestLivePart     = 10 * time.Minute
	mostRevivals        = 20
	// keyOfLive begins the sources of what live rooms give.
	keyOfLive = "live"
)

// live checks the live rooms. It comes after prizes, cards and earnings.
func (c *checker) live(d *Definition) {
	if len(d.Live) > maxRules {
		c.add("live", "there may be %d live rooms at most", maxRules)
	}
	keys, gives := map[string]bool{}, map[string]bool{}
	for i := range d.Earnings {
		gives[d.Earnings[i].Key] = true
		if len(d.Live) > 0 && d.Earnings[i].Key == keyOfLive {
			c.add(fmt.Sprintf("earnings[%d].key", i), "in a contest with live rooms no earning has the key %q", keyOfLive)
		}
	}
	for i := range d.Live {
		path := fmt.Sprintf("live[%d]", i)
		c.fresh(path+".key", d.Live[i].Key, keys, "live room")
		c.liveRoom(path, d, &d.Live[i], gives)
	}
}

func (c *checker) liveRoom(path string, d *Definition, l *Live, gives map[string]bool) {
	c.text(path+".title", l.Title, 1, 30)
	c.optionalMoment(path+".starts", &l.Starts, d)
	c.oneOf(path+".runs", string(l.Runs), string(RunByHost), string(RunByClock))
	if l.Runs == RunByClock && !l.Starts.given() {
		c.add(path+".starts", "a room that runs by the clock says when it starts")
	}
	if l.Bank != "" {
		c.key(path+".bank", l.Bank)
	}
	c.liveQuestions(path, l)
	c.oneOf(path+".mode", string(l.Mode), string(LivePoints), string(LiveElimination))
	c.liveTime(path+".time", &l.Time)
	c.liveScore(path+".score", l)
	c.liveTeams(path+".teams", d, l.Teams)
	c.liveElimination(path, d, l)
	if len(l.Gives) > maxRules {
		c.add(path+".gives", "there may be %d rules at most", maxRules)
	}
	for i := range l.Gives {
		at, give := fmt.Sprintf("%s.gives[%d]", path, i), &l.Gives[i]
		c.fresh(at+".key", give.Key, gives, "earning")
		if give.Least < 0 || give.Least > maxLiveQuestions {
			c.add(at+".least", "right answers are 0 to %d", maxLiveQuestions)
		}
		if give.Rank < 0 || give.Rank > maxStock {
			c.add(at+".rank", "a rank is 1 to %d, or 0 for any", maxStock)
		}
		if give.Left && l.Mode != LiveElimination {
			c.add(at+".left", "only elimination leaves somebody over")
		}
		c.give(at+".give", d, &Earning{For: DeedLive, Give: give.Give})
	}
}

// liveQuestions checks what is asked: a draw or a list.
func (c *checker) liveQuestions(path string, l *Live) {
	if (len(l.Draw) == 0) == (len(l.List) == 0) {
		c.add(path, "a live room has either a draw or a list of questions")
	}
	if n := l.Count(); n > maxLiveQuestions {
		c.add(path, "a live room asks 1 to %d questions; this one asks %d", maxLiveQuestions, n)
	}
	for i := range l.Draw {
		at, draw := fmt.Sprintf("%s.draw[%d]", path, i), &l.Draw[i]
		c.draw(at, draw)
		for j, kind := range draw.Kinds {
			if k := question.Kind(kind); k.Known() && !LiveKind(k) {
				c.add(fmt.Sprintf("%s.kinds[%d]", at, j), "a live room asks no questions of kind %q", kind)
			}
		}
		if draw.Score != 0 {
			c.add(at+".score", "a right answer in a live room is worth what score.right says")
		}
		if draw.Partial != nil || draw.Minus != 0 {
			c.add(at, "in a live room only right answers score")
		}
	}
	c.listed(path+".list", l.List)
}

func (c *checker) liveTime(path string, t *LiveTime) {
	for _, part := range []struct {
		field       string
		span        Span
		least, most time.Duration
	}{
		{"question", t.Question, shortestQuestion, longestLiveQuestion},
		{"countdown", t.Countdown, time.Second, longestCountdown},
		{"delay", t.Delay, 0, longestDelay},
		{"ready", t.Ready, time.Second, longestLivePart},
		{"reveal", t.Reveal, time.Second, longestLivePart},
		{"standings", t.Standings, time.Second, longestLivePart},
	} {
		if part.span < Span(part.least) || part.span > Span(part.most) {
			c.add(path+"."+part.field, "this lasts %s to %s", part.least, part.most)
		}
	}
}

func (c *checker) liveScore(path string, l *Live) {
	s := &l.Score
	c.oneOf(path+".ties", string(s.Ties), string(LiveTiesShared), string(LiveTiesTime))
	switch {
	case s.Right < 1 || s.Right > MaxTotal:
		c.add(path+".right", "score must be 1 to %d", MaxTotal)
	case s.Speed < 0 || s.Speed > s.Right:
		c.add(path+".speed", "being fast is worth 0 to %d points, no more than being right", s.Right)
	case l.Count() <= maxLiveQuestions && l.Count()*(s.Right+s.Speed) > MaxTotal:
		c.add(path, "all questions of a room together must come to at most %d points", MaxTotal)
	}
}

func (c *checker) liveTeams(path string, d *Definition, t *LiveTeams) {
	if t == nil {
		return
	}
	c.oneOf(path+".of", string(t.Of), string(TeamsOfUnits), string(TeamsOfDivisions))
	c.oneOf(path+".measure", string(t.Measure), string(TeamSum), string(TeamAverage))
	switch {
	case t.Of == TeamsOfUnits && d.Players.Unit.Ask == AskNo:
		c.add(path+".of", "players are not asked for their unit; see players.unit.ask")
	case t.Of == TeamsOfDivisions && len(d.Players.Divisions) == 0:
		c.add(path+".of", "the contest has no divisions")
	}
	// Units may come from a file as well; then their depth is not known here.
	deepest := 8
	if len(d.Units) > 0 && t.Of == TeamsOfUnits {
		deepest = depthOf(d.Units)
	}
	if t.Level < 1 || t.Level > deepest {
		c.add(path+".level", "the level of units is 1 to %d", deepest)
	}
	if t.Least < 1 || t.Least > maxStock {
		c.add(path+".least", "the least of a team is 1 to %d players", maxStock)
	}
}

// depthOf is how many levels a tree of units has.
func depthOf(units []Unit) int {
	deepest := 0
	for i := range units {
		deepest = max(deepest, 1+depthOf(units[i].Children))
	}
	return deepest
}

// liveElimination checks what only a room has in which players drop out.
func (c *checker) liveElimination(path string, d *Definition, l *Live) {
	r := &l.Revival
	if r.Most < 0 || r.Most > mostRevivals {
		c.add(path+".revival.most", "a player comes back 1 to %d times in a room", mostRevivals)
	}
	if r.Card != "" && !slices.ContainsFunc(d.Cards, func(card Card) bool { return card.Key == r.Card }) {
		c.add(path+".revival.card", "%q is no card", r.Card)
	}
	if slices.ContainsFunc(d.Earnings, func(e Earning) bool {
		return e.For == DeedInvite && r.Card != "" && e.Give.Card == r.Card
	}) {
		c.add(path+".revival.card", "nobody comes back for having invited others: an earning gives %q for that", r.Card)
	}
	if l.Pot != nil {
		c.potTotal(path+".pot", d, l.Pot.Prize, l.Pot.Total)
	}
	if l.Mode == LiveElimination {
		return
	}
	for _, only := range []struct {
		field string
		set   bool
	}{{"revival", *r != LiveRevival{}}, {"audience", l.Audience}, {"pot", l.Pot != nil}} {
		if only.set {
			c.add(path+"."+only.field, "%s is of rooms with mode elimination only", only.field)
		}
	}
}
