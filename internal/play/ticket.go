package play

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/keyring"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

// ticket is what the phone holds between two responses: the right to answer one
// position of one attempt. Times are UTC milliseconds.
type ticket struct {
	Player   sqldb.ID
	Attempt  sqldb.ID
	Edition  catalog.Edition
	Seed     uint64
	Sample   int   // the day of the sample that the paper is drawn from; 0: the whole bank
	Level    uint8 // index in the definition
	Position uint8 // from 1; the position that may be answered next
	Run      contest.Run
	Carried  carriedSet
	Started  int64
	Deadline int64 // of the attempt, at the latest
	Shown    int64 // when this position's question was handed out; while it waits, when the one before was answered
	Read     int64 // ms of reading explanations, which do not count in the level's time
	Large    bool  // large type, with its time
	Waiting  bool  // the question is not handed out yet
	Unsure   bool  // when it was handed out is not known: Shown is when the one before was answered
	Hasty    bool  // an answer before was too fast: what the run comes to is told at the end

	keys *ticketKeys // with which it is sealed, and by which the ids that go with it are made
}

const (
	ticketVersion = 4
	ticketBytes   = 1 + 3*8 + 3*4 + 8 + 3 + 5 + 4 + len(carriedSet{}) + 4*8 + 4
)

// sealer seals tickets (package seal), so that a phone can neither read nor forge
// one. It is safe for concurrent use.
type sealer struct {
	scoped  *keyring.Made[*scoped]
	earlier *keyring.Made[*ticketKeys]
	now     func() time.Time
}

func newSealer(keys *keyring.Keys, now func() time.Time) *sealer {
	return &sealer{scoped: keyring.Make(keys, newScoped), earlier: keyring.Make(keys, earlierTickets), now: now}
}

// seal returns the ticket as base64url text. The ids of what it asks are made from then on
// with the keys that it is sealed with.
func (s *sealer) seal(t *ticket) string {
	by := s.scoped.Newest()
	t.keys = by.of(scopeAt(by.secret, t.Edition.ContestID, s.now()))
	by.keep(t.keys)
	var plain [ticketBytes]byte
	b := append(plain[:0], ticketVersion)
	for _, v := range [...]uint64{uint64(t.Player), uint64(t.Attempt), uint64(t.Edition.ContestID)} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	for _, v := range [...]int{t.Edition.Version, t.Edition.Bank, t.Edition.BankVersion} {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	b = binary.BigEndian.AppendUint64(b, t.Seed)
	r := t.Run
	b = append(b, t.Level, t.Position, t.marks(),
		uint8(r.Answered), uint8(r.Correct), uint8(r.Wrong), uint8(r.Streak), uint8(r.Steps))
	b = binary.BigEndian.AppendUint32(b, uint32(r.Score))
	b = append(b, t.Carried[:]...)
	for _, v := range [...]int64{t.Started, t.Deadline, t.Shown, t.Read} {
		b = binary.BigEndian.AppendUint64(b, uint64(v))
	}
	b = binary.BigEndian.AppendUint32(b, uint32(t.Sample))
	at := t.keys.scope[:]
	return base64.RawURLEncoding.EncodeToString(append(at[:len(at):len(at)], t.keys.box.Seal(b, at)...))
}

// What the byte of marks in a ticket holds.
const (
	markLarge = 1 << iota
	markWaiting
	markUnsure
	markHasty
)

func (t *ticket) marks() (marks uint8) {
	for _, m := range [...]struct {
		set  bool
		mark uint8
	}{{t.Large, markLarge}, {t.Waiting, markWaiting}, {t.Unsure, markUnsure}, {t.Hasty, markHasty}} {
		if m.set {
			marks |= m.mark
		}
	}
	return marks
}

var strictBase64 = base64.RawURLEncoding.Strict()

// open reads a ticket; anything that we did not seal is ErrTicket.
func (s *sealer) open(text string) (*ticket, error) {
	keys, b := s.unseal(text)
	if len(b) != ticketBytes || b[0] != ticketVersion {
		return nil, ErrTicket
	}
	word := func(at int) uint64 { return binary.BigEndian.Uint64(b[at:]) }
	half := func(at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	t := &ticket{
		Player:   sqldb.ID(word(1)),
		Attempt:  sqldb.ID(word(9)),
		Edition:  catalog.Edition{ContestID: sqldb.ID(word(17)), Version: half(25), Bank: half(29), BankVersion: half(33)},
		Seed:     word(37),
		Level:    b[45],
		Position: b[46],
		Run: contest.Run{Answered: int(b[48]), Correct: int(b[49]), Wrong: int(b[50]), Streak: int(b[51]), Steps: int(b[52]),
			Score: int(int32(half(53)))},
		Started:  int64(word(57 + len(carriedSet{}))),
		Deadline: int64(word(65 + len(carriedSet{}))),
		Shown:    int64(word(73 + len(carriedSet{}))),
		Read:     int64(word(81 + len(carriedSet{}))),
		Sample:   half(89 + len(carriedSet{})),
		Large:    b[47]&markLarge != 0,
		Waiting:  b[47]&markWaiting != 0,
		Unsure:   b[47]&markUnsure != 0,
		Hasty:    b[47]&markHasty != 0,
	}
	copy(t.Carried[:], b[57:])
	t.keys = keys
	return t, nil
}

// unseal returns what a text was sealed from, and with which keys; nothing for what we did
// not seal.
func (s *sealer) unseal(text string) (*ticketKeys, []byte) {
	// base64 passes over line breaks; with the exact length none can be there.
	n := base64.RawURLEncoding.DecodedLen(len(text))
	if n != scopeBytes+ticketBytes+seal.Overhead && n != ticketBytes+seal.Overhead {
		return nil, nil
	}
	sealed, err := strictBase64.DecodeString(text)
	if err != nil || len(sealed) != n {
		return nil, nil
	}
	if n == ticketBytes+seal.Overhead {
		for _, keys := range s.earlier.All() {
			if plain, err := keys.box.Open(bytes.Clone(sealed), nil); err == nil {
				return keys, plain
			}
		}
		return nil, nil
	}
	at := scope(sealed)
	by, ok := s.scoped.By(at.secret())
	if !ok {
		return nil, nil
	}
	keys := by.of(at)
	plain, err := keys.box.Open(sealed[scopeBytes:], at[:])
	if err != nil {
		return nil, nil
	}
	by.keep(keys)
	return keys, plain
}

// questionMark stands in the place of an option for the id of the question.
const questionMark = 0xff

// matchMark is added to the index of the right side of a matching question.
const matchMark = 0x80

// opaque makes the id under which a question (option questionMark) or one of
// its options goes to the phone: a keyed permutation of attempt, position and
// option, so that it says nothing and fits no other attempt.
func (t *ticket) opaque(option uint8) string {
	block := blocks.Get().(*[aes.BlockSize]byte)
	defer blocks.Put(block)
	*block = [aes.BlockSize]byte{}
	binary.BigEndian.PutUint64(block[:], uint64(t.Attempt))
	block[8], block[9] = t.Position, option
	t.keys.ids.Encrypt(block[:], block[:])
	return base64.RawURLEncoding.EncodeToString(block[:6])
}

// blocks spares an allocation an id: an answer's reply holds some six of them.
var blocks = sync.Pool{New: func() any { return new([aes.BlockSize]byte) }}
