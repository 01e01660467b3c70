package simulation

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
)

// person is one simulated player: how good, how eager, how social.
type person struct {
	d      *contest.Definition
	days   int
	number int // among all players, from 0
	random *rand.Rand
	record contest.Record
	rules  *contest.Summary // of the record
	now    int64
	nextID int64
	// wrong is, for each level, how many questions of each of its draws the last attempt
	// did not answer right.
	wrong   map[string][]int
	seen    map[string]bool // levels whose material was read
	unit    int             // among the units, from 0
	listed  []*contest.List // that the player may come on and did not yet
	on      []string        // keys of those where the player is
	chances int             // earned and not used
	paid    int             // for days that were made up
	turns   int32           // taken at pools and shop

	right    float64 // share of questions answered right
	comes    float64 // chance of coming on a day
	patience int     // attempts on a day at most
	social   float64 // chance of sharing on a day
}

func newPerson(d *contest.Definition, c Config, player int) *person {
	random := rand.New(rand.NewPCG(c.Seed, uint64(player)))
	p := &person{d: d, days: c.Days, number: player, random: random, wrong: map[string][]int{}, seen: map[string]bool{}}
	p.right = min(1, 0.3+0.5*random.Float64()+0.25*random.Float64())
	if random.IntN(20) == 0 { // one who presses without reading
		p.right = 0.35 * random.Float64()
	}
	p.comes = 0.1 + 0.9*random.Float64()*random.Float64()
	p.patience = 1 + random.IntN(10)
	p.social = 0.5 * random.Float64()
	p.record.Registered = random.IntN(20) > 0
	if n := len(d.Players.Divisions); n > 0 {
		p.record.Division = d.Players.Divisions[random.IntN(n)].Key
	}
	p.listed = listsOf(d, c.Players, player, c.Seed)
	p.unit = random.IntN(max(1, units(d.Units)))
	p.rules = d.Summarize(&p.record, d.Window.Opens.MS)
	return p
}

// units counts those of a tree.
func units(tree []contest.Unit) int {
	n := len(tree)
	for i := range tree {
		n += units(tree[i].Children)
	}
	return n
}

// live goes through the training and the days, and counts what it comes to.
func (p *person) live(r *part) {
	if training := p.d.Training; training != nil {
		for _, day := range daysOf(p.d, training.Opens.MS, training.Closes.MS, p.days) {
			if p.random.Float64() < p.comes {
				p.now = max(p.now, p.moment(day))
				p.play(r)
			}
		}
	}
	days := daysOf(p.d, p.d.Window.Opens.MS, p.d.Window.Closes.MS, p.days)
	for i, day := range days {
		if p.random.Float64() < p.comes {
			p.now = max(p.now, p.moment(day))
			p.visit(r, strconv.Itoa(i))
		}
	}
	if len(days) > 0 && days[len(days)-1].to == p.d.Window.Closes.MS {
		p.afterwards(r)
	}
	p.count(r)
}

// visit is what a player does on a day: to check in before or after playing is the same
// to many.
func (p *person) visit(r *part, day string) {
	p.find(r)
	early := p.random.IntN(2) == 0
	if early {
		p.deed(r, contest.DeedCheckin, day)
	}
	p.play(r)
	if !early {
		p.deed(r, contest.DeedCheckin, day)
	}
	p.makeUp(r)
	if p.random.Float64() < p.social {
		p.deed(r, contest.DeedShare, day)
		p.play(r) // where sharing gives another try
	}
	for friend := 0; friend < p.d.Share.PerDay && p.random.Float64() < p.social/2; friend++ {
		p.deed(r, contest.DeedInvite, day+"/"+strconv.Itoa(friend))
	}
	if p.d.Pledge != nil && p.rules.Did(contest.DeedPledge).Count == 0 && p.random.Float64() < p.social {
		p.deed(r, contest.DeedPledge, "once")
	}
	told := p.rules.Did(contest.DeedProfile).Count > 0
	if p.d.GivesForProfile() && p.record.Registered && !told && p.random.IntN(3) == 0 {
		p.deed(r, contest.DeedProfile, "once")
	}
	p.spend(r)
}

// mends reports whether the player keeps points for missed days, and buys nothing.
func (p *person) mends() bool { return p.d.Makeup != nil && p.number%2 == 0 }

// makeUp makes up days that were missed, as far as the points do.
func (p *person) makeUp(r *part) {
	if !p.mends() || !p.d.CountsDays() {
		return
	}
	days, _ := p.d.LastDays(p.rules, p.now)
	for _, day := range days {
		if day.Missed && p.rules.Sum(contest.GrantInto(p.d.Makeup.Purse))-p.paid >= p.d.Makeup.Price &&
			p.d.MayMakeUp(day.Day, p.rules.Did(contest.DeedMakeup).Count, p.now) == nil {
			p.paid += p.d.Makeup.Price
			p.do(r, contest.MakeUp(day.Day, p.now))
		}
	}
}

// find goes to spots that can be found: who comes goes to some of them, and to one again
// only where it is daily.
func (p *person) find(r *part) {
	for i := range p.d.Spots {
		spot := &p.d.Spots[i]
		if p.d.FoundNow(spot, p.rules, p.now) || p.random.IntN(3) > 0 {
			continue
		}
		if deed, err := p.d.FindSpot(spot, p.now); err == nil {
			p.do(r, deed)
		}
	}
}

// spend uses the chances on pools that are open, and now and then looks into the shop.
func (p *person) spend(r *part) {
	if !p.rules.Registered && p.d.EarnsOnlyRegistered() {
		return
	}
	for ; p.chances > 0; p.chances-- {
		open := -1
		for i, n := 0, 0; i < len(p.d.Pools); i++ {
			if chance.OpenAt(p.d, &p.d.Pools[i], p.now) {
				if n++; p.random.IntN(n) == 0 {
					open = i
				}
			}
		}
		if open < 0 {
			return
		}
		r.turn(p, turn{pool: open, random: p.random.Uint64()})
	}
	if len(r.purses) > 0 && p.random.IntN(3) == 0 && !p.mends() {
		for _, purse := range r.purses {
			r.turn(p, turn{pool: inShop, random: p.random.Uint64(), purse: purse,
				earned: int32(p.rules.Sum(contest.GrantInto(purse)))})
		}
	}
}

// afterwards uses the chances that are left once the last answer is given: a pool may
// open, or stay open, then.
func (p *person) afterwards(r *part) {
	p.now = max(p.now, p.d.Window.Closes.MS)
	p.comeOnLists(r)
	moments := []int64{p.d.Window.Closes.MS}
	for i := range p.d.Pools {
		moments = append(moments, chance.OpensOf(p.d, &p.d.Pools[i]))
	}
	slices.Sort(moments)
	for _, at := range moments {
		if at >= p.d.Window.Closes.MS && p.chances > 0 {
			p.now = max(p.now, at)
			p.spend(r)
		}
	}
}

// play begins attempts until none is left or the player has had enough.
func (p *person) play(r *part) {
	p.comeOnLists(r)
	p.rules.Listed = p.on
	for range p.patience {
		level, ok := p.choose(r)
		if !ok {
			return
		}
		p.read(level)
		attempt, _, err := p.d.NewAttempt(p.rules, level.Key, p.now, false)
		r.Decisions++
		if err != nil {
			r.Refused[errs.From(err).Code]++
			return
		}
		p.finish(r, level, attempt)
	}
}

// read takes the time that the material of a level asks for, the first time.
func (p *person) read(level *contest.Level) {
	if level.Material == nil || p.seen[level.Key] {
		return
	}
	p.seen[level.Key] = true
	p.now += level.Material.Reading()
}

// choose picks a level: mostly one that may be played and is not passed yet.
func (p *person) choose(r *part) (*contest.Level, bool) {
	if p.random.IntN(20) == 0 { // one that tries what may be locked
		return &p.d.Levels[p.random.IntN(len(p.d.Levels))], true
	}
	states := p.d.LevelStates(p.rules, p.now)
	r.Decisions++
	fond := p.random.IntN(4) == 0 // of any, passed or not
	best, open := -1, 0
	for i, state := range states {
		if !state.Open || state.TriesLeft == 0 {
			continue
		}
		open++
		switch {
		case best < 0, fond && p.random.IntN(open) == 0, !fond && states[best].Passed && !state.Passed:
			best = i
		}
	}
	if best < 0 {
		return nil, false
	}
	return &p.d.Levels[best], true
}

func (p *person) deed(r *part, kind contest.DeedKind, ref string) {
	p.do(r, contest.Deed{Kind: kind, Ref: ref, At: p.now})
}

func (p *person) do(r *part, deed contest.Deed) {
	p.record.Deeds = append(p.record.Deeds, deed)
	p.d.Do(p.rules, deed)
	r.Deeds[deed.Kind]++
	r.Decisions++
	p.take(r, p.d.EarnDeed(p.rules, deed))
}

// take puts grants into the record and counts them by rule. What a rule gives at once
// counts once, whatever it is made of.
func (p *person) take(r *part, grants []contest.Grant) {
	r.Decisions++
	p.record.Grants = append(p.record.Grants, grants...)
	p.d.Gain(p.rules, grants)
	last := ""
	for _, g := range grants {
		at := slices.IndexFunc(p.d.Earnings, func(e contest.Earning) bool { return e.Key == g.Rule })
		count := &r.Rules[at]
		// What a rule gives at one time bears the same number; a card, which comes last, its
		// own key.
		number, _, _ := strings.Cut(g.Source, "+")
		if card := g.Kind == contest.GrantCard; number != last && !(card && strings.HasPrefix(last, g.Rule+"/")) {
			count.Times++
			last = number
		}
		switch g.Kind {
		case contest.GrantPoints:
			count.Points += int64(g.Amount)
		case contest.GrantChance:
			count.Chances += int64(g.Amount)
			p.chances += g.Amount
		case contest.GrantTry:
			count.Tries += int64(g.Amount)
		case contest.GrantCard:
			count.Cards++
		default:
			count.Purse += int64(g.Amount)
		}
	}
}

// count adds what the player holds in the end.
func (p *person) count(r *part) {
	r.Players++
	r.Points.take(int64(p.rules.Sum(contest.GrantPoints)))
	r.Chances.take(int64(p.rules.Sum(contest.GrantChance)))
	r.Cards[len(p.d.CardsHeld(p.rules))]++
	for _, total := range p.d.Totals(p.rules) {
		name := string(total.Measure)
		if of := total.Level + total.Purse; of != "" {
			name += "@" + of
		}
		if total.Measure.AsksAnswers() && total.Answered == 0 { // ranks nowhere
			continue
		}
		switch round, day := contest.RoundIn(total.Period); {
		case day: // of the last day, and those of the contest stand beside them
			continue
		case round != "":
			name += " of the last " + string(round)
		}
		spread := r.Totals[name]
		spread.take(total.RanksBy())
		r.Totals[name] = spread
	}
	if p.rules.Ended > 0 {
		at := p.number - r.first
		r.played[at/64] |= 1 << (at % 64)
	}
	p.enter(r)
	var reached []contest.Certificate
	for _, certificate := range p.d.Certificates {
		if p.d.Meets(certificate.Who, &p.record, p.d.Window.Opens.MS, p.d.Window.Closes.MS) {
			reached = append(reached, certificate)
		}
	}
	for _, certificate := range contest.Graded(reached) {
		r.Certified[certificate.Key]++
	}
}
