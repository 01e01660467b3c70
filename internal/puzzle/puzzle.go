// Package puzzle makes and checks proofs of work: small sums that cost a phone a moment
// and a script that asks a thousand times a thousand moments. It is friction, not proof
// of anybody.
//
// A challenge is text that the server sealed (HMAC-SHA-256) together with the place that
// it is for, its effort and its end, so nothing is stored until it is used. Whoever takes
// an answer spends its ID once (Solved), in a store that all nodes share.
//
// The sum: seed is the SHA-256 of the challenge. For each i from 0 to Answers-1 a number
// n below 2³² is wanted so that SHA-256(seed ‖ i ‖ n), both as four bytes, big end first,
// begins with Bits zero bits. Several small sums instead of a large one make the time that
// a phone needs predictable. Each is one block of SHA-256. static/lib/work.js solves it.
package puzzle

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/keyring"
)

// Effort is how much is asked: Answers numbers of Bits leading zero bits each, about
// Answers·2^Bits hashes.
type Effort struct {
	Bits    int `json:"bits"`
	Answers int `json:"answers"`
}

// Usual takes about 65,000 hashes, and in 99 cases of 100 less than twice as many: a
// phone of 2015, which makes 100,000 a second in JavaScript, is done within two seconds.
var Usual = Effort{Bits: 13, Answers: 8}

const (
	mostBits    = 24
	mostAnswers = 64
)

// Challenge is what a page is given to solve.
type Challenge struct {
	Text string `json:"challenge"`
	Effort
}

// Solved is a challenge that was solved; it is to be spent once, before Until.
type Solved struct {
	ID    string
	Until time.Time
}

// Errors of Check. Each means: give another challenge.
var (
	ErrForeign = errors.New("no challenge of ours, or one for another place")
	ErrExpired = errors.New("the time of the challenge is over")
	ErrWrong   = errors.New("the answer does not solve the challenge")
)

// Maker makes challenges with the newest of its keys and checks them with all. It is safe for concurrent use.
type Maker struct{ keys *keyring.Made[[]byte] }

// New returns the maker of keys of at least 32 bytes, which nodes share.
func New(keys *keyring.Made[[]byte]) *Maker { return &Maker{keys} }

const (
	idBytes   = 12
	macBytes  = 16
	headBytes = 8 + 2 // end, bits, answers
	allBytes  = headBytes + idBytes + macBytes
)

// Make makes a challenge for a place, which names all that it is bound to: what the call
// is for, and who asks. The place is not in it.
func (m *Maker) Make(place string, effort Effort, until time.Time) Challenge {
	raw := make([]byte, headBytes+idBytes, allBytes)
	binary.BigEndian.PutUint64(raw, uint64(until.UnixMilli()))
	raw[8], raw[9] = byte(effort.Bits), byte(effort.Answers)
	rand.Read(raw[headBytes:])
	raw = append(raw, mac(m.keys.Newest(), raw, place)...)
	return Challenge{Text: base64.RawURLEncoding.EncodeToString(raw), Effort: effort}
}

func mac(key, head []byte, place string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(head)
	h.Write([]byte(place))
	return h.Sum(nil)[:macBytes]
}

// Check holds an answer against the challenge of a place. An answer is numbers, parted by
// dots. Errors: ErrForeign, ErrExpired, ErrWrong.
func (m *Maker) Check(place, challenge, answer string, now time.Time) (Solved, error) {
	raw, err := base64.RawURLEncoding.DecodeString(challenge)
	if err != nil || len(raw) != allBytes {
		return Solved{}, ErrForeign
	}
	head, made := raw[:headBytes+idBytes], raw[headBytes+idBytes:]
	if !m.keys.Any(func(key []byte) bool { return hmac.Equal(made, mac(key, head, place)) }) {
		return Solved{}, ErrForeign
	}
	until := time.UnixMilli(int64(binary.BigEndian.Uint64(head)))
	if !now.Before(until) {
		return Solved{}, ErrExpired
	}
	if !solves(challenge, answer, Effort{Bits: int(head[8]), Answers: int(head[9])}) {
		return Solved{}, ErrWrong
	}
	return Solved{ID: base64.RawURLEncoding.EncodeToString(head[headBytes:]), Until: until}, nil
}

func solves(challenge, answer string, effort Effort) bool {
	if effort.Answers > mostAnswers || len(answer) > mostAnswers*11 {
		return false
	}
	numbers := strings.Split(answer, ".")
	if len(numbers) != effort.Answers {
		return false
	}
	sum := newSum(challenge)
	for i, text := range numbers {
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil || sum.zeros(uint32(i), uint32(n)) < effort.Bits {
			return false
		}
	}
	return true
}

// sum is the block that is hashed.
type sum [sha256.Size + 8]byte

func newSum(challenge string) *sum {
	var s sum
	seed := sha256.Sum256([]byte(challenge))
	copy(s[:], seed[:])
	return &s
}

// zeros counts the leading zero bits of the hash with n as the answer i.
func (s *sum) zeros(i, n uint32) int {
	binary.BigEndian.PutUint32(s[sha256.Size:], i)
	binary.BigEndian.PutUint32(s[sha256.Size+4:], n)
	hash := sha256.Sum256(s[:])
	return bits.LeadingZeros64(binary.BigEndian.Uint64(hash[:]))
}

// Solve solves a challenge, for programs that call the server as pages do. It gives up,
// with "", on efforts that no server of ours asks for.
func Solve(c Challenge) string {
	if c.Bits > mostBits || c.Answers > mostAnswers {
		return ""
	}
	sum, numbers := newSum(c.Text), make([]string, c.Answers)
	for i := range numbers {
		var n uint32
		for sum.zeros(uint32(i), n) < c.Bits {
			n++
		}
		numbers[i] = strconv.FormatUint(uint64(n), 10)
	}
	return strings.Join(numbers, ".")
}
