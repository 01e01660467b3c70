package livecrowd

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"anquanda/internal/testkit"
)

const (
	// answersWithin is after how long a player turns to another server, asksEvery how
	// often one without a stream asks, silentFor after how long one with a stream does.
	answersWithin = 3 * time.Second
	asksEvery     = 150 * time.Millisecond
	silentFor     = 2 * time.Second
)

// Snapshot is a room and how a player stands in it.
type Snapshot struct {
	Room Room
	Me   *struct {
		Number, Points, Rank int
	}
}

// Room is what phones see of a room.
type Room struct {
	Room, Code, Phase string
	Seq               int64
	Round             int
	OpensAt           int64 `json:"opens_at"`
	ClosesAt          int64 `json:"closes_at"`
	Members, Answered int
	Question          *struct {
		Round   int
		Options []struct{ ID string }
	}
	Standings *struct {
		Top []struct{ Number, Rank, Points int }
	}
}

// fate is what became of a player's answer to a round.
type fate struct {
	counted bool
	option  string // that was acknowledged last
	ended   bool   // no more is sent
}

// Phone is one player. What it saw may be read while it plays.
type Phone struct {
	path    string // of the room
	bases   []string
	streams bool
	number  int

	mu    sync.Mutex
	base  int // index of the server that it talks to
	cut   context.CancelFunc
	seen  Room
	heard time.Time // when the stream last said something
	fates map[int]fate
	busy  bool // an answer is under way
	acks  int
	again int
	wrong []string

	player *testkit.Player
}

func newPhone(h *Host, bases []string, i int) *Phone {
	p := &Phone{path: "/api/v1/live/rooms/" + h.Room, bases: bases, base: i % len(bases), streams: i%2 == 0,
		fates: map[int]fate{}, player: testkit.NewPlayer(bases[i%len(bases)], "livefaults", nil), cut: func() {}}
	p.player.Client.Timeout = testkit.Patience // to join; then it is impatient
	return p
}

func (p *Phone) join(code, name string) error {
	if err := p.player.Enrol(name, ""); err != nil {
		return err
	}
	var joined Snapshot
	err := p.player.Call(http.MethodPost, p.path+"/join", map[string]string{"code": code}, &joined)
	if err == nil {
		p.number = joined.Me.Number
		p.see(joined.Room)
		p.player.Client.Timeout = answersWithin
	}
	return err
}

func (p *Phone) room() Room {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

func (p *Phone) fate(round int) fate {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fates[round]
}

// counts is how many answers were acknowledged, and how many were told to be sent again.
func (p *Phone) counts() (acks, again int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.acks, p.again
}

func (p *Phone) failures() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wrong
}

// see takes what is newer than what the phone has: a server may lag behind another.
func (p *Phone) see(room Room) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if room.Seq > p.seen.Seq {
		p.seen = room
	}
}

// turn goes on to the next server from one that failed, unless the phone has by now.
func (p *Phone) turn(from string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bases[p.base] == from {
		p.base = (p.base + 1) % len(p.bases)
		p.cut()
	}
}

func (p *Phone) at() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bases[p.base]
}

func (p *Phone) silent() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.streams || time.Since(p.heard) > silentFor
}

// call is a call to a server.
func (p *Phone) call(base, method, path string, body, reply any) error {
	to := *p.player
	to.Base = base
	return to.Call(method, p.path+path, body, reply)
}

// ask reads how the room stands on a server.
func (p *Phone) ask(base string, into *Snapshot) error {
	*into = Snapshot{}
	return p.call(base, http.MethodGet, "/state?plain=1", nil, into)
}

// play follows the room and answers, until stop.
func (p *Phone) play(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(asksEvery):
		}
		if p.silent() {
			var now Snapshot
			base := p.at()
			if err := p.ask(base, &now); err != nil {
				p.turn(base)
			} else {
				p.see(now.Room)
			}
		}
		p.answer(stop)
	}
}

// changes is how often a player changes an answer while the question is open: the room
// takes 50.
const changes = 40

// answer answers the question that is open, and changes the answer again and again while
// it is.
func (p *Phone) answer(stop <-chan struct{}) {
	room, begun := p.begin()
	if !begun {
		return
	}
	defer p.end(room.Round)
	options := room.Question.Options
	for revision := 1; revision <= changes && p.room().Round == room.Round && p.room().Phase == "open"; revision++ {
		option := options[(p.number+room.Round+revision)%len(options)].ID
		counted, ok := p.send(stop, room.Round, revision, option)
		if !ok {
			return
		}
		if !counted {
			break
		}
		p.mu.Lock()
		p.fates[room.Round] = fate{counted: true, option: option}
		p.acks++
		p.mu.Unlock()
		select {
		case <-stop:
			return
		case <-time.After(asksEvery):
		}
	}
}

// begin reports whether a question is open that the phone has not done with.
func (p *Phone) begin() (Room, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen.Phase != "open" || p.seen.Question == nil || p.fates[p.seen.Round].ended {
		return p.seen, false
	}
	p.busy = true
	return p.seen, true
}

func (p *Phone) end(round int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.fates[round]
	f.ended, p.busy = true, false
	p.fates[round] = f
}

// settled reports whether the phone sees a round closed, with nothing under way.
func (p *Phone) settled(round int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.busy && p.seen.Round == round && p.seen.Phase != "open" && p.seen.Phase != "ready"
}

// send sends an answer until it is known what became of it.
func (p *Phone) send(stop <-chan struct{}, round, revision int, option string) (counted, ok bool) {
	for {
		var reply struct {
			Counted  bool
			Revision int
		}
		base := p.at()
		err := p.call(base, http.MethodPost, "/answers",
			map[string]any{"round": round, "revision": revision, "options": []string{option}, "blanks": []string{}}, &reply)
		if err == nil {
			if reply.Counted && reply.Revision != revision {
				p.fail(fmt.Sprintf("revision %d of round %d was acknowledged as %d", revision, round, reply.Revision))
			}
			return reply.Counted, true
		}
		var problem *testkit.Problem
		switch {
		case !errors.As(err, &problem):
			p.turn(base)
		case problem.Code == "live_paused":
		case problem.Status < http.StatusInternalServerError:
			p.fail(fmt.Sprintf("revision %d of round %d: %v", revision, round, err))
			return false, false
		case problem.Code != "unavailable":
			p.fail(fmt.Sprintf("an answer to be sent again is told by %v", err))
		default:
			p.mu.Lock()
			p.again++
			p.mu.Unlock()
		}
		select {
		case <-stop:
			return false, false
		case <-time.After(asksEvery / 3):
		}
	}
}

func (p *Phone) fail(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wrong = append(p.wrong, what)
}

// listen follows the stream, and turns to the next server when it ends, until stop.
func (p *Phone) listen(stop <-chan struct{}) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-stop; cancel() }()
	for ctx.Err() == nil {
		base := p.at()
		p.stream(ctx, base)
		p.turn(base)
		select {
		case <-ctx.Done():
		case <-time.After(asksEvery):
		}
	}
}

func (p *Phone) stream(ctx context.Context, base string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p.mu.Lock()
	p.cut = cancel
	p.mu.Unlock()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+p.path+"/stream?plain=1", nil)
	if err != nil {
		p.fail(err.Error())
		return
	}
	client := http.Client{Jar: p.player.Client.Jar}
	reply, err := client.Do(request)
	if err != nil {
		return
	}
	defer reply.Body.Close()
	lines := bufio.NewScanner(reply.Body)
	lines.Buffer(nil, 1<<20)
	event := ""
	for lines.Scan() {
		p.mu.Lock()
		p.heard = time.Now()
		p.mu.Unlock()
		name, isEvent := strings.CutPrefix(lines.Text(), "event: ")
		data, isData := strings.CutPrefix(lines.Text(), "data: ")
		switch {
		case isEvent:
			event = name
		case isData && event == "room":
			var room Room
			if err := json.Unmarshal([]byte(data), &room); err != nil {
				p.fail("a frame cannot be read: " + err.Error())
				return
			}
			p.see(room)
		}
	}
}
