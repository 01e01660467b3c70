package load

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

const (
	// heldWithin spreads what phones tell when they hold a question, in microseconds.
	heldWithin = 1_500_000
	// answerWithin is how long after the opening all phones have answered.
	answerWithin = 3_000_000
)

// slotOf are the phases that a phone waits for.
var slotOf = map[string]LiveSlot{"ready": SlotReady, "open": SlotPressed, "standings": SlotStandings}

// hear notes what a frame tells a phone. Frames are searched and not decoded, as replies
// are; c.mu is held.
func (c *crowd) hear(i int, p *phone, frame []byte, now int64) {
	if p.since == 0 {
		p.since = now
	}
	if bytes.HasPrefix(frame, []byte("event: me\n")) {
		_, result, has := bytes.Cut(frame, []byte(`"result":{`))
		if has && p.round > 0 && int(number(result, []byte(`"round":`))) == p.round &&
			number(frame, []byte(`"rank":`)) > 0 {
			p.note(SlotRank, now)
		}
		return
	}
	_, room, is := bytes.Cut(frame, []byte("event: room\n"))
	if !is {
		return
	}
	_, phase, _ := bytes.Cut(room, []byte(`"phase":"`))
	phase, room, _ = bytes.Cut(phase, []byte(`"`))
	round := int(number(room, []byte(`"round":`)))
	if round > p.round {
		p.round, p.at, p.answered = round, [liveSlots]int64{}, false
	}
	slot, waited := slotOf[string(phase)]
	if !waited || round == 0 {
		return
	}
	if p.note(slot, now) && slot == SlotReady {
		c.posts.later(task{at: now + rand.Int64N(heldWithin), phone: int32(i), round: int32(round), does: holds})
	}
	if slot == SlotPressed && bytes.Contains(room, []byte(`"key":"`)) && p.note(SlotOpened, now) && !p.answered {
		p.answered = true
		opened := number(room, []byte(`"opens_at":`)) * 1000
		c.posts.later(task{at: max(now, opened+rand.Int64N(answerWithin)), phone: int32(i),
			round: int32(round), does: answers})
	}
}

// note notes when a phone was first told something, and reports whether this was it.
func (p *phone) note(slot LiveSlot, now int64) bool {
	first := p.at[slot] == 0
	if first {
		p.at[slot] = now
	}
	return first
}

// await waits until every connected phone has a slot of a round.
func (c *crowd) await(order LiveOrder) (*LiveReply, error) {
	until := time.Now().Add(time.Duration(order.Within) * time.Microsecond)
	for {
		reply := c.look(order)
		if reply.Missing == 0 || time.Now().After(until) {
			return reply, nil
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (c *crowd) look(order LiveOrder) *LiveReply {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply := &LiveReply{}
	for i := range c.phones {
		switch p := &c.phones[i]; {
		case p.since == 0: // away
		case p.round < order.Round || p.at[order.Slot] == 0:
			reply.Missing++
		case p.since > order.Since:
			reply.Returned++
		default:
			reply.Micros = append(reply.Micros, p.at[order.Slot]-order.Since)
		}
	}
	return reply
}

// answers waits until no answer of a round is under way and every connected phone has
// sent its own.
func (c *crowd) answers(order LiveOrder) (*LiveReply, error) {
	until := time.Now().Add(time.Duration(order.Within) * time.Microsecond)
	for {
		waiting := c.posts.waiting()
		c.mu.Lock()
		for i := range c.phones {
			if p := &c.phones[i]; p.since > 0 && (p.round < order.Round || !p.answered) {
				waiting++
			}
		}
		count := LiveCount{}
		if counted := c.counts[order.Round]; counted != nil {
			count = *counted
			count.Refused, count.Micros = maps.Clone(count.Refused), slices.Clone(count.Micros)
		}
		c.mu.Unlock()
		if waiting == 0 || time.Now().After(until) {
			return &LiveReply{Answers: &count, Missing: waiting}, nil
		}
		time.Sleep(5 * time.Millisecond)
	}
}
