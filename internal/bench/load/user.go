package load

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// user is who sends requests over one connection, one after the other. It is not
// safe for concurrent use.
type user interface {
	// request is the next request; nil when there is nothing left to ask. It is
	// valid until the next call.
	request() []byte
	// reply takes the reply to it.
	reply(status int, body []byte)
	// lose tells that there will be no reply.
	lose()
	count() *Count
}

// Count is what came of the requests of one user, or of all.
type Count struct {
	Acknowledged int            // answers stored, by the server's word
	Correct      int            // of those
	Finished     int            // attempts
	Lost         int            // requests without a reply: stored or not
	Refused      map[string]int // any other reply, by status and code
}

// Add adds what came of others' requests.
func (c *Count) Add(other *Count) {
	c.Acknowledged += other.Acknowledged
	c.Correct += other.Correct
	c.Finished += other.Finished
	c.Lost += other.Lost
	for why, n := range other.Refused {
		c.refuse(why, n)
	}
}

func (c *Count) refuse(why string, n int) {
	if c.Refused == nil {
		c.Refused = map[string]int{}
	}
	c.Refused[why] += n
}

// refusal names what a reply says that is no verdict.
func refusal(status int, body []byte) string {
	_, code, _ := bytes.Cut(body, []byte(`"code":"`))
	code, _, _ = bytes.Cut(code, []byte(`"`))
	return fmt.Sprintf("%d %.40s", status, code)
}

var errOtherVerdict = errors.New("200 with the verdict of another answer")

// judge counts an answer by the reply to it; last tells that it ended the attempt.
func (c *Count) judge(a *attempt, body []byte) (last bool, err error) {
	verdict := append(strconv.AppendInt([]byte(`"verdict":{"position":`), int64(a.position), 10), ',')
	if !bytes.Contains(body, []byte(`"repeated":false`)) || !bytes.Contains(body, verdict) {
		return false, errOtherVerdict
	}
	c.Acknowledged++
	if bytes.Contains(body, []byte(`"correct":true`)) {
		c.Correct++
	}
	a.position++
	if last = bytes.Contains(body, []byte(`"result":{`)); last {
		c.Finished++
	}
	return last, nil
}

// player answers question after question, attempt after attempt.
type player struct {
	Count
	stock   *stock
	random  *rand.Rand
	attempt *attempt
	// leaveAfter is after how many answers the first attempt is left: players
	// who begin together would otherwise finish together, in waves that no
	// contest knows.
	leaveAfter int
	buffer     []byte
}

func newPlayer(stock *stock, index, questions int) *player {
	return &player{stock: stock, random: rand.New(rand.NewPCG(uint64(index), 1)), leaveAfter: 1 + index%questions}
}

func (p *player) count() *Count { return &p.Count }
func (p *player) lose()         { p.Lost++ }

func (p *player) request() []byte {
	if p.attempt == nil {
		if p.attempt = p.stock.take(); p.attempt == nil {
			return nil
		}
	}
	p.buffer = appendPost(p.buffer[:0], p.attempt.cookie, p.attempt.answer,
		[]byte("/api/v1/attempts/"), p.attempt.ticket, []byte("/responses"))
	return p.buffer
}

func (p *player) reply(status int, body []byte) {
	a := p.attempt
	p.attempt = nil
	if status != 200 {
		p.refuse(refusal(status, body), 1)
		return
	}
	last, err := p.judge(a, body)
	if err != nil {
		p.refuse(err.Error(), 1)
		return
	}
	p.leaveAfter--
	switch {
	case last:
	case p.leaveAfter == 0:
	default:
		if err := a.read(body, p.random); err != nil {
			p.refuse(err.Error(), 1)
			return
		}
		p.attempt = a
	}
}

// bystander sends the no-op handler what it would send as an answer.
type bystander struct {
	Count
	post []byte
}

func newBystander() *bystander {
	const ticketBytes, tokenBytes = 128, 64 // as the program makes them, in base64
	post := appendPost(nil, "aq_player="+strings.Repeat("c", tokenBytes),
		[]byte(`{"question":"aaaaaaaa","options":["bbbbbbbb"]}`),
		[]byte("/api/v1/attempts/"), bytes.Repeat([]byte("t"), ticketBytes), []byte("/responses"))
	return &bystander{post: post}
}

func (b *bystander) count() *Count   { return &b.Count }
func (b *bystander) lose()           { b.Lost++ }
func (b *bystander) request() []byte { return b.post }

func (b *bystander) reply(status int, body []byte) {
	if status != 200 {
		b.refuse(refusal(status, body), 1)
	}
}
