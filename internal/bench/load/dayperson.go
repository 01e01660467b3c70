package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/puzzle"
)

// What a hundred people do. They are set by hand: nobody publishes such figures of a real day.
const (
	ofLeave    = 12 // look at the page and go
	ofUnit     = 50 // say which unit they are of
	ofStop     = 4  // leave in the middle of a level
	ofGoOn     = 60 // play on after a level that they passed
	ofTryAgain = 40 // play a level again that they did not pass
	ofRank     = 45 // look at a board
	ofUnits    = 40 // and of those at the board of units
	ofShare    = 15 // share
	ofDraw     = 70 // of those with a chance: draw, and prove their phone for it
	ofPrizes   = 50 // look at what they won
	ofReturn   = 25 // come back later
	levelsMost = 4  // that one person plays in a visit
)

// How long people take on average. Each takes another time, most less than this and some much more.
const (
	toRead   = 6 * time.Second // a screen
	toType   = 8 * time.Second // a name
	toAnswer = 7 * time.Second // a question, and to read why the answer was right
	toAwait  = 15 * time.Second
	toReturn = 2 * time.Minute
)

// DayLasts is by when nearly all have gone who do not come back.
const DayLasts = 5 * time.Minute

// person is one who comes. It is not safe for concurrent use.
type person struct {
	Count
	*day
	number  int
	random  *rand.Rand
	cookies map[string]string
	loaded  map[string]bool // files that the browser has
	network string
	wanted  time.Time // when the next request is wanted
	at      int       // the level that comes next
	chances bool
	proven  bool
	drawn   int
}

func newPerson(d *day, number int, at time.Time) *person {
	random := rand.New(rand.NewPCG(uint64(number), 19))
	return &person{day: d, number: number, random: random, cookies: map[string]string{}, loaded: map[string]bool{},
		wanted: at, network: fmt.Sprintf("36.%d.%d.%d", random.IntN(256), random.IntN(256), 1+random.IntN(254))}
}

// of reports whether this person is one of so many in a hundred.
func (p *person) of(hundred int) bool { return p.random.IntN(100) < hundred }

// think lets time pass; false when the day is over.
func (p *person) think(average time.Duration) bool {
	takes := time.Duration((0.3 + 0.7*p.random.ExpFloat64()) * float64(average) / p.Hurry)
	p.wanted = time.Now().Add(takes)
	if p.wanted.After(p.until) {
		return false
	}
	time.Sleep(takes)
	return true
}

// ask sends a request, and true means that the reply is a success. into reads its body; nil: nobody does.
func (p *person) ask(kind DayKind, method, path string, body []byte, into func([]byte) error) bool {
	wanted := p.wanted
	if !time.Now().Before(p.until) {
		return false
	}
	why := ""
	err := p.do(p.request(method, path, body), func(c *client, status int, sent []byte) error {
		for _, cookie := range c.cookies {
			name, value, _ := strings.Cut(cookie, "=")
			p.cookies[name] = value
		}
		if status < 400 && into == nil {
			return nil
		}
		text, err := plain(c, sent)
		switch {
		case err != nil:
			why = "a body that is not gzip"
		case status >= 400:
			why = refusal(status, text)
		default:
			if err := into(text); err != nil {
				why = err.Error()
			}
		}
		return nil
	})
	if err != nil {
		p.Lost++
		return false
	}
	p.record(kind, wanted)
	p.wanted = time.Now() // what a page asks next by itself
	if why != "" {
		p.refuse(string(kind)+": "+why, 1)
	}
	return why == ""
}

func (p *person) request(method, path string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\nX-Forwarded-For: %s\r\n", method, path,
		p.network)
	if len(p.cookies) > 0 {
		b.WriteString("Cookie: ")
		between := ""
		for name, value := range p.cookies {
			b.WriteString(between + name + "=" + value)
			between = "; "
		}
		b.WriteString("\r\n")
	}
	if method == "POST" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// get is ask for something of the contest that only looks.
func (p *person) get(kind DayKind, path string, into func([]byte) error) bool {
	return p.ask(kind, "GET", "/api/v1/contests/"+p.Contest+path, nil, into)
}

// post is ask with JSON.
func (p *person) post(kind DayKind, path string, body any, into func([]byte) error) bool {
	text, err := json.Marshal(body)
	if err != nil {
		p.refuse(err.Error(), 1)
		return false
	}
	return p.ask(kind, "POST", "/api/v1/contests/"+p.Contest+path, text, into)
}

// load fetches files that the browser does not have yet.
func (p *person) load(files []string) bool {
	for _, file := range files {
		if p.loaded[file] {
			continue
		}
		if !p.ask(DayAsset, "GET", file, nil, nil) {
			return false
		}
		p.loaded[file] = true
	}
	return true
}

// part fetches what a screen is made of.
func (p *person) part(source string) bool { return p.load(p.look.parts["phone/screens/"+source+".js"]) }

// visit is all that the person does.
func (p *person) visit() {
	if !p.open() || p.of(ofLeave) || !p.enrol() || !p.play() || !p.lookAround() {
		return
	}
	if p.of(ofReturn) && p.think(toReturn) && p.open() && p.think(toRead) {
		p.play()
	}
}

// open loads the page as the link in the message leads to it.
func (p *person) open() bool {
	return p.ask(DayPage, "GET", "/c/"+p.Contest+"?c="+url.QueryEscape(p.Channel), nil, nil) && p.load(p.look.first) &&
		p.get(DayHome, "", nil) && p.tellArrival() && p.get(DayDraw, "/offers", nil) && p.get(DayHome, "/live", nil)
}

func (p *person) enrol() bool {
	unit := ""
	if !p.think(toRead) {
		return false
	}
	if len(p.Units) > 0 && p.of(ofUnit) {
		unit = p.Units[p.random.IntN(len(p.Units))]
		if !p.load(p.look.parts["lib/enrol/unitpicker.js"]) || !p.get(DayEnrol, "/units", nil) {
			return false
		}
	}
	return p.think(toType) && p.post(DayEnrol, "/enrolment",
		map[string]string{"nickname": "试压" + strconv.Itoa(p.number), "unit": unit}, nil) &&
		p.tellArrival()
}

// tellArrival tells by which link the person came, as the page does when it opens and when it has a name.
func (p *person) tellArrival() bool {
	return p.post(DayShare, "/visits", map[string]string{"channel": p.Channel, "referral": ""}, nil)
}

// play plays levels until the person has enough.
func (p *person) play() bool {
	if !p.part("play") {
		return false
	}
	for range levelsMost {
		passed, ended := p.level(p.Levels[p.at])
		if !ended || !p.think(toRead) || !p.get(DayHome, "", nil) {
			return false
		}
		switch {
		case passed:
			p.chances = true
			p.at = min(p.at+1, len(p.Levels)-1)
			if !p.of(ofGoOn) {
				return true
			}
		case !p.of(ofTryAgain):
			return true
		}
	}
	return true
}

// level plays a level; ended is false for who left in the middle.
func (p *person) level(key string) (passed, ended bool) {
	a := &attempt{position: 1}
	read := func(body []byte) error { return a.read(body, p.random) }
	if !p.post(DayStart, "/levels/"+key+"/attempts", struct{}{}, read) {
		return false, false
	}
	stops := p.of(ofStop)
	for {
		if !p.think(toAnswer) || stops && p.random.IntN(5) == 0 {
			return false, false
		}
		last := false
		ok := p.ask(DayAnswer, "POST", "/api/v1/attempts/"+string(a.ticket)+"/responses", a.answer, func(body []byte) error {
			var err error
			if last, err = p.judge(a, body); err != nil || last {
				passed = bytes.Contains(body, []byte(`"passed":true`))
				return err
			}
			return read(body)
		})
		if !ok {
			return false, false
		}
		if last {
			// Where the result stands on the board, which the page asks for by itself.
			return passed, p.get(DayBoard, "/boards/"+p.Boards[0]+"?from=1&size=1", nil)
		}
	}
}

func (p *person) lookAround() bool {
	if p.of(ofRank) && !p.rank() || p.of(ofShare) && !p.share() {
		return false
	}
	return !p.chances || !p.of(ofDraw) || p.draw()
}

func (p *person) rank() bool {
	if !p.think(toRead) || !p.part("ranking") || !p.get(DayBoard, "/boards/"+p.Boards[0]+"?from=1&size=50", nil) {
		return false
	}
	if len(p.Boards) == 1 || !p.of(ofUnits) {
		return true
	}
	return p.think(toRead) && p.get(DayBoard, "/boards/"+p.Boards[1]+"?from=1&size=50", nil)
}

func (p *person) share() bool {
	return p.think(toRead) && p.part("invite") && p.get(DayShare, "/invitations", nil) && p.think(toRead) &&
		p.post(DayShare, "/shares", map[string]string{"of": "contest"}, nil)
}

// draw uses all chances; who was not proven yet is asked for a phone first.
func (p *person) draw() bool {
	if !p.think(toRead) || !p.part("draw") || !p.get(DayDraw, "/draws", nil) || !p.proven && !p.prove() {
		return false
	}
	var seen struct {
		Me struct {
			Chances []string `json:"chances"`
		} `json:"me"`
	}
	if !p.get(DayDraw, "/draws", func(body []byte) error { return json.Unmarshal(body, &seen) }) {
		return false
	}
	for _, chance := range seen.Me.Chances {
		if !p.think(toRead) || !p.post(DayDraw, "/pools/"+p.Pool+"/draws", map[string]string{"chance": chance}, nil) {
			return false
		}
		p.drawn++
	}
	return !p.of(ofPrizes) || p.think(toRead) && p.part("prizes") && p.get(DayDraw, "/prizes", nil) &&
		p.get(DayDraw, "/drawings", nil)
}

// prove signs in by a code that comes by text message.
func (p *person) prove() bool {
	number := fmt.Sprintf("139%08d", p.number)
	var door struct {
		Consent struct {
			Version string `json:"version"`
		} `json:"consent"`
	}
	var work puzzle.Challenge
	body := map[string]string{"phone": number}
	if !p.load(p.look.parts["lib/enrol/prove.js"]) ||
		!p.get(DaySignIn, "/signin/phone", func(text []byte) error { return json.Unmarshal(text, &door) }) ||
		!p.think(toType) ||
		!p.post(DaySignIn, "/signin/phone/challenge", body, func(text []byte) error { return json.Unmarshal(text, &work) }) {
		return false
	}
	body["consent"], body["challenge"], body["nonce"] = door.Consent.Version, work.Text, puzzle.Solve(work)
	if !p.post(DaySignIn, "/signin/phone/code", body, nil) || !p.think(toAwait) {
		return false
	}
	p.proven = p.post(DaySignIn, "/signin/phone", map[string]string{"phone": number, "code": p.Code(number)}, nil)
	return p.proven
}
