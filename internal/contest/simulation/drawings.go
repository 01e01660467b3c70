package simulation

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"anquanda/internal/contest"
)

// enter puts the player into the lists of the drawings.
func (p *person) enter(r *part) {
	for i := range p.d.Drawings {
		w := &p.d.Drawings[i]
		for time, h := range r.holdings[i] {
			seen := p.recordOf(h)
			if idle(seen) && needsDeeds(&w.Who) || !p.d.Meets(w.Who, seen, h.From, h.To) {
				continue
			}
			tickets := p.d.TicketsOf(w, seen, h.From, h.To)
			if tickets == 0 {
				continue
			}
			in := r.entrants[held{i, time}]
			if in == nil {
				in = &crowd{}
				r.entrants[held{i, time}] = in
			}
			at := p.number - r.first
			in.players[at/64] |= 1 << (at % 64)
			in.tickets += int64(tickets)
		}
	}
}

// recordOf is the part of the player's record that a drawing looks at. The record is in
// the order of time, so that a series of drawings costs what was done, not their number.
func (p *person) recordOf(h contest.Holding) *contest.Record {
	seen := p.record
	seen.History = between(seen.History, h, func(a contest.Attempt) int64 { return a.FinishedAt })
	seen.Deeds = between(seen.Deeds, h, func(d contest.Deed) int64 { return d.At })
	seen.Grants = between(seen.Grants, h, func(g contest.Grant) int64 { return g.At })
	if len(p.rules.Cards) > 0 || p.rules.Did(contest.DeedPledge).Count > 0 { // of any time before
		seen.Grants, seen.Deeds = slices.Clone(seen.Grants), slices.Clone(seen.Deeds)
		for _, g := range p.record.Grants {
			if g.Kind == contest.GrantCard && g.At < h.From {
				seen.Grants = append(seen.Grants, g)
			}
		}
		for _, d := range p.record.Deeds {
			if d.Kind == contest.DeedPledge && d.At < h.From {
				seen.Deeds = append(seen.Deeds, d)
			}
		}
	}
	return &seen
}

func between[T any](all []T, h contest.Holding, at func(T) int64) []T {
	from, _ := slices.BinarySearchFunc(all, h.From, func(t T, ms int64) int { return cmp.Compare(at(t), ms) })
	to, _ := slices.BinarySearchFunc(all, h.To, func(t T, ms int64) int { return cmp.Compare(at(t), ms) })
	return all[from:max(from, to)]
}

func idle(r *contest.Record) bool { return len(r.History)+len(r.Deeds)+len(r.Grants) == 0 }

// needsDeeds reports whether nobody can fulfil a condition without doing something.
func needsDeeds(who *contest.Condition) bool {
	return who.Finished+who.Points+int(who.Score)+who.Invited+who.Cards+who.Found > 0 || who.Full || who.Pledged ||
		who.Best != nil || len(who.Passed) > 0
}

// draw holds the drawings in the order of their time: who won before is left out where
// the definition says so. Tickets are counted, and every entrant has the same luck.
func (r *Result) draw(d *contest.Definition, parts []*part, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1<<63))
	won := map[int]bool{}
	for _, at := range inTime(parts) {
		w := &d.Drawings[at.drawing]
		count := &r.Drawings[at.drawing]
		var entrants []int
		for _, p := range parts {
			if in := p.entrants[at]; in != nil {
				count.Tickets += in.tickets
				for i := range together {
					if in.players[i/64]&(1<<(i%64)) != 0 {
						entrants = append(entrants, p.first+i)
					}
				}
			}
		}
		if top := w.Who.Top; top != nil && len(entrants) > top.Count { // no more than are ranked
			entrants = entrants[:top.Count]
			count.Tickets = min(count.Tickets, int64(top.Count))
		}
		count.Held++
		count.Players += int64(len(entrants))
		if w.Pot != nil {
			r.share(d, w.Pot, count, len(entrants))
			continue
		}
		if !w.Repeat {
			entrants = slices.DeleteFunc(entrants, func(player int) bool { return won[player] })
		}
		random.Shuffle(len(entrants), func(i, j int) { entrants[i], entrants[j] = entrants[j], entrants[i] })
		for _, p := range w.Prizes {
			n := min(p.Count, len(entrants))
			for _, player := range entrants[:n] {
				won[player] = true
			}
			entrants = entrants[n:]
			count.Winners += int64(n)
			count.Unclaimed += int64(p.Count - n)
			r.Prizes[prizeIndex(d, p.Prize)].Drawings += int64(n)
		}
	}
}

// share divides a pot among so many people.
func (r *Result) share(d *contest.Definition, pot *contest.Pot, count *DrawingCount, people int) {
	if d.Prize(pot.Prize).Kind == contest.PrizeCash {
		r.Budget += int64(pot.Total)
	}
	for _, part := range pot.Parts(people) {
		count.Winners += int64(part.People)
		count.Shared += int64(part.People) * int64(part.Share)
		count.Share = part.Share
		r.Prizes[prizeIndex(d, pot.Prize)].Shared += int64(part.People) * int64(part.Share)
	}
}

// inTime lists when drawings are held, the earliest first.
func inTime(parts []*part) (all []held) {
	if len(parts) == 0 {
		return nil
	}
	holdings := parts[0].holdings
	for drawing := range holdings {
		for time := range holdings[drawing] {
			all = append(all, held{drawing, time})
		}
	}
	slices.SortStableFunc(all, func(a, b held) int {
		return cmp.Compare(holdings[a.drawing][a.time].To, holdings[b.drawing][b.time].To)
	})
	return all
}

func prizeIndex(d *contest.Definition, key string) int {
	return slices.IndexFunc(d.Prizes, func(p contest.Prize) bool { return p.Key == key })
}
