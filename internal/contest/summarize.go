package contest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Summarize sums up all of a record, with the counts of the periods that hold at
// (UTC ms). The order of the record's parts does not matter.
func (d *Definition) Summarize(r *Record, at int64) *Summary {
	return d.summarize(r, at, "")
}

// summarize is Summarize for rules that look at what a deed earned before, given
// by the name under which it is counted (see deedName).
func (d *Definition) summarize(r *Record, at int64, about string) *Summary {
	s := &Summary{Division: r.Division, Registered: r.Registered}
	d.turn(s, at)
	for _, a := range r.History {
		d.begin(s, a)
	}
	for _, a := range r.byFinish() {
		d.end(s, a)
	}
	for _, deed := range r.Deeds {
		s.do(deed)
	}
	if d.CountsDays() {
		s.Rows = d.rows(r.Deeds)
	}
	for i := range r.Grants {
		d.gain(s, r.Grants[i], at, about)
	}
	return s
}

// LatestAt is when the newest thing of the record happened, UTC ms.
func (r *Record) LatestAt() int64 {
	latest := int64(0)
	for _, a := range r.History {
		latest = max(latest, a.StartedAt, a.FinishedAt)
	}
	for _, deed := range r.Deeds {
		latest = max(latest, deed.At)
	}
	for i := range r.Grants {
		latest = max(latest, r.Grants[i].At)
	}
	return latest
}

// Begin adds an attempt that begins to the summary. Its StartedAt must not lie
// before s.Now of that moment.
func (d *Definition) Begin(s *Summary, a Attempt) {
	d.turn(s, a.StartedAt)
	d.begin(s, a)
}

// End adds the end of an attempt that Begin added. s.Follows must hold for its
// FinishedAt.
func (d *Definition) End(s *Summary, a Attempt) {
	d.turn(s, a.FinishedAt)
	d.end(s, a)
}

// Do adds a deed. s.Follows must hold for its moment.
func (d *Definition) Do(s *Summary, deed Deed) {
	d.turn(s, deed.At)
	s.do(deed)
	if day, ok := d.cameOn(deed); ok && d.CountsDays() {
		if s.Rows == nil {
			s.Rows = &DaysInRow{}
		}
		s.Rows.come(day, d.rowLengths())
	}
}

// Gain adds what was granted. s.Follows must hold for the moment of each.
func (d *Definition) Gain(s *Summary, grants []Grant) {
	for _, g := range grants {
		d.turn(s, g.At)
		d.gain(s, g, g.At, "")
	}
}

// Clone is a copy that shares nothing with s.
func (s *Summary) Clone() *Summary {
	c := *s
	c.Open, c.Cards = slices.Clone(s.Open), slices.Clone(s.Cards)
	c.Levels, c.Training = cloneEach(s.Levels), cloneEach(s.Training)
	c.Periods = cloneEach(s.Periods)
	for _, p := range c.Periods {
		p.Levels, p.Training, p.Granted = cloneEach(p.Levels), cloneEach(p.Training), maps.Clone(p.Granted)
	}
	c.Given, c.about, c.Deeds = maps.Clone(s.Given), maps.Clone(s.about), cloneEach(s.Deeds)
	c.Found = maps.Clone(s.Found)
	if s.Rows != nil {
		rows := *s.Rows
		rows.Past = maps.Clone(rows.Past)
		c.Rows = &rows
	}
	c.Whole, c.Today, c.Rounds = cloneTallies(s.Whole), cloneTallies(s.Today), cloneEach(s.Rounds)
	for _, r := range c.Rounds {
		r.By = cloneTallies(r.By)
	}
	return &c
}

func cloneTallies(tallies map[string]*MeasureTally) map[string]*MeasureTally {
	c := cloneEach(tallies)
	for _, t := range c {
		t.Levels = slices.Clone(t.Levels)
	}
	return c
}

func cloneEach[K comparable, V any](m map[K]*V) map[K]*V {
	c := maps.Clone(m)
	for key, value := range c {
		copied := *value
		c[key] = &copied
	}
	return c
}

// turn begins new counts for the periods that are over at a moment.
func (d *Definition) turn(s *Summary, at int64) {
	turned := false
	for _, per := range d.countedPers() {
		if c := s.Periods[per]; c != nil && at < c.To {
			continue
		}
		from, to := int64(0), int64(math.MaxInt64)
		if per != PerContest {
			from, to = d.Bounds(per, at)
		}
		entry(&s.Periods, per).set(from, to)
		turned = true
		if per == PerDay {
			s.Today = nil
		}
	}
	d.turnRounds(s, at)
	if turned {
		maps.DeleteFunc(s.Given, func(prefix string, _ int) bool { return !d.counts(prefix, at) })
	}
}

func (c *PeriodCount) set(from, to int64) { *c = PeriodCount{From: from, To: to} }

// countedPers lists the kinds of periods that some rule looks at; those of a day
// serve the daily boards too.
func (d *Definition) countedPers() []Per {
	pers := make([]Per, 0, 5)
	add := func(per Per) {
		if per != "" && !slices.Contains(pers, per) {
			pers = append(pers, per)
		}
	}
	add(PerContest)
	add(PerDay)
	for i := range d.Levels {
		level := &d.Levels[i]
		if level.Attempts != nil {
			add(level.Attempts.Per)
		}
		for _, after := range level.After {
			if after.List == "" {
				add(after.Same)
			}
		}
	}
	for _, limit := range d.Attempts {
		add(limit.Per)
	}
	for i := range d.Earnings {
		if d.Earnings[i].Per != EarnPerLevel {
			add(Per(d.Earnings[i].Per))
		}
	}
	for _, c := range d.Caps {
		add(c.Per)
	}
	if d.ranksBy(RoundOwn) { // so that Follows knows when one begins
		add(PerPeriod)
	}
	return pers
}

// entry is the entry of a key, made when it is not there yet.
func entry[K comparable, V any](m *map[K]*V, key K) *V {
	if *m == nil {
		*m = map[K]*V{}
	}
	if (*m)[key] == nil {
		(*m)[key] = new(V)
	}
	return (*m)[key]
}

// level are the counts of an attempt's level.
func (c *PeriodCount) level(a *Attempt) *LevelCount {
	if a.Training() {
		return entry(&c.Training, a.Level)
	}
	return entry(&c.Levels, a.Level)
}

func (s *Summary) level(a *Attempt) *LevelPlayed {
	if a.Training() {
		return entry(&s.Training, a.Level)
	}
	return entry(&s.Levels, a.Level)
}

func (d *Definition) begin(s *Summary, a Attempt) {
	s.BegunAt = max(s.BegunAt, a.StartedAt)
	if a.FinishedAt == 0 {
		s.Open = append(s.Open, a)
		slices.SortFunc(s.Open, func(a, b Attempt) int { return cmp.Compare(a.ID, b.ID) })
	}
	l := s.level(&a)
	switch {
	case l.Ordinal != 0 && a.Period == l.Period:
		l.Ordinal = max(l.Ordinal, a.Ordinal)
	case l.Ordinal == 0 || a.StartedAt >= l.BegunAt:
		l.Period, l.Ordinal = a.Period, a.Ordinal
	}
	l.BegunAt = max(l.BegunAt, a.StartedAt)
	for _, c := range s.Periods {
		if c.From <= a.StartedAt && a.StartedAt < c.To {
			c.level(&a).Begun++
		}
	}
}

func (d *Definition) end(s *Summary, a Attempt) {
	s.At = max(s.At, a.FinishedAt)
	s.Open = slices.DeleteFunc(s.Open, func(o Attempt) bool { return o.ID == a.ID })
	if c := s.Periods[PerDay]; c.From <= a.FinishedAt && a.FinishedAt < c.To {
		c.Read += a.Reached // of what is held back too
	}
	switch a.Held {
	case HeldWaits:
		s.Held++
		return
	case HeldOut:
		s.Out++
		return
	}
	l := s.level(&a)
	l.Best, l.Passed = max(l.Best, a.Score), l.Passed || a.Passed
	if d.asksRight(a.Level) {
		l.Right = max(l.Right, a.Correct)
	}
	l.LastID, l.LastAt, l.LastWrong = a.ID, a.FinishedAt, !a.Passed && !a.Full
	for _, c := range s.Periods {
		if a.FinishedAt < c.From || c.To <= a.FinishedAt {
			continue
		}
		count := c.level(&a)
		count.Ended++
		if a.Passed {
			count.Passed++
		}
		if !a.Training() {
			c.Right += a.Correct
		}
	}
	if a.Training() {
		return
	}
	s.Ended++
	s.Full = s.Full || a.Full
	s.Latest = &a
	d.tally(s, a.FinishedAt, a.Level, func(t *MeasureTally) { t.attempt(&a) })
}

func (s *Summary) do(deed Deed) {
	s.At = max(s.At, deed.At)
	c := entry(&s.Deeds, deed.Kind)
	c.Count++
	// Of two at one moment the longer, then the later in the alphabet: the tenth of
	// a day after the ninth.
	if cmp.Or(cmp.Compare(deed.At, c.At), cmp.Compare(len(deed.Ref), len(c.Ref)), cmp.Compare(deed.Ref, c.Ref)) > 0 {
		c.At, c.Ref = deed.At, deed.Ref
	}
	if deed.Kind == DeedFound {
		if s.Found == nil {
			s.Found = map[string]int64{}
		}
		spot := SpotOf(deed.Ref)
		s.Found[spot] = max(s.Found[spot], deed.At)
	}
}

// gain adds a grant to the summary of a moment.
func (d *Definition) gain(s *Summary, g Grant, at int64, about string) {
	s.At = max(s.At, g.At)
	for _, c := range s.Periods {
		if c.From <= g.At && g.At < c.To {
			if c.Granted == nil {
				c.Granted = map[GrantKind]int{}
			}
			c.Granted[g.Kind] += g.Amount
		}
	}
	if g.Kind == GrantCard {
		if !s.Holds(g.Source) {
			s.Cards = append(s.Cards, g.Source)
			slices.Sort(s.Cards)
		}
		return
	}
	if _, purse := g.Kind.Purse(); purse || g.Kind == GrantPoints {
		d.tally(s, g.At, "", func(t *MeasureTally) { t.points(&g) })
	}
	d.countGiven(s, g, at, about)
}

// countGiven notes the number that the source of a grant bears, where its rule
// will look for it again.
func (d *Definition) countGiven(s *Summary, g Grant, at int64, about string) {
	prefix, number := sourceOf(g.Source)
	n, err := strconv.Atoi(number)
	if err != nil || !strings.HasPrefix(prefix, g.Rule+"/") {
		return
	}
	note := func(m *map[string]int) {
		if *m == nil {
			*m = map[string]int{}
		}
		(*m)[prefix] = max((*m)[prefix], n)
	}
	switch {
	case d.counts(prefix, at):
		note(&s.Given)
	case about != "" && prefix == g.Rule+"/"+about+"/":
		note(&s.about)
	}
}

// counts reports whether a rule that has a Max counts what it gave under a prefix
// for a deed done at a moment.
func (d *Definition) counts(prefix string, at int64) bool {
	key, in, _ := strings.Cut(strings.TrimSuffix(prefix, "/"), "/")
	for i := range d.Earnings {
		rule := &d.Earnings[i]
		if rule.Key != key {
			continue
		}
		if rule.Per == EarnPerLevel && strings.HasPrefix(in, "level-") {
			return rule.Max > 0 && !rule.overDay()
		}
		period, counted := d.periodOfRule(rule, at)
		return counted && in == period
	}
	return false
}

// tally changes the totals by every measure that the boards need, for something that
// happened at a level ("": at none).
func (d *Definition) tally(s *Summary, at int64, level string, change func(*MeasureTally)) {
	today := s.Periods[PerDay]
	for _, ranked := range d.Ranked() {
		if ranked.Level != "" && ranked.Level != level {
			continue
		}
		name := ranked.name()
		add := func(to *map[string]*MeasureTally) {
			t := entry(to, name)
			t.Measure, t.Level, t.Purse = ranked.Measure, ranked.Level, ranked.Purse
			change(t)
		}
		if ranked.Whole {
			add(&s.Whole)
		}
		if ranked.Daily && today.From <= at && at < today.To {
			add(&s.Today)
		}
		for _, round := range rounds {
			if r := s.Rounds[round]; ranked.by(round) && r != nil && r.Number != 0 && r.Number == d.RoundOf(round, at) {
				add(&r.By)
			}
		}
	}
}
