package play

import (
	"bytes"
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

func newTestSealer(t testing.TB, key byte) *sealer {
	t.Helper()
	now := func() time.Time { return time.UnixMilli(1_781_568_000_000) }
	return newSealer(keyring.Only(bytes.Repeat([]byte{key}, 32)), now)
}

var sampleTicket = ticket{
	Player: 118_605_843_129_176_064, Attempt: 118_605_843_129_176_065, Seed: 0x0123456789abcdef,
	Edition: catalog.Edition{ContestID: 74_217_034_874_880, Version: 3, Bank: 1, BankVersion: 2},
	Level:   5, Position: 7, Run: contest.Run{Answered: 6, Correct: 4, Wrong: 2, Score: 47, Streak: 3, Steps: 2},
	Carried: carriedSet{0: 1, 12: 8},
	Sample:  20_260_616,
	Started: 1_781_568_000_000, Deadline: 1_781_568_750_000, Shown: 1_781_568_123_456, Read: 61_000, Waiting: true,
}

func TestATicketHoldsWhatWasSealed(t *testing.T) {
	s := newTestSealer(t, 1)
	for _, want := range []ticket{
		{}, sampleTicket,
		{Player: math.MaxInt64, Attempt: math.MaxInt64, Seed: math.MaxUint64, Sample: math.MaxInt32,
			Level: 255, Position: 255,
			Run:     contest.Run{Answered: 255, Correct: 255, Wrong: 255, Score: math.MaxInt32, Streak: 255, Steps: 255},
			Edition: catalog.Edition{ContestID: math.MaxInt64, Version: math.MaxInt32, BankVersion: math.MaxInt32},
			Started: math.MaxInt64, Deadline: math.MaxInt64, Shown: math.MaxInt64, Read: math.MaxInt64},
		{Large: true}, {Waiting: true}, {Unsure: true}, {Large: true, Waiting: true, Unsure: true},
	} {
		got, err := s.open(s.seal(&want))
		if err != nil || *got != want {
			t.Errorf("sealed %+v, opened %+v, %v", want, got, err)
		}
	}
}

func TestTwoTicketsOfTheSameAreNotTheSameText(t *testing.T) {
	s := newTestSealer(t, 1)
	first, second := s.seal(&sampleTicket), s.seal(&sampleTicket)
	if first == second {
		t.Error("a text that repeats tells that two tickets are the same")
	}
	if len(first) != 198 || strings.Trim(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Errorf("%q does not fit into an address", first)
	}
}

func TestATicketWithOneBitTurnedIsNone(t *testing.T) {
	s := newTestSealer(t, 1)
	raw, err := base64.RawURLEncoding.DecodeString(s.seal(&sampleTicket))
	if err != nil {
		t.Fatal(err)
	}
	for bit := range 8 * len(raw) {
		forged := bytes.Clone(raw)
		forged[bit/8] ^= 1 << (bit % 8)
		if _, err := s.open(base64.RawURLEncoding.EncodeToString(forged)); !errors.Is(err, ErrTicket) {
			t.Fatalf("bit %d turned: %v", bit, err)
		}
	}
}

// A text that differs at all must not open, or two texts would be one ticket.
func TestATicketWrittenInAnotherWayIsNone(t *testing.T) {
	s := newTestSealer(t, 1)
	good := s.seal(&sampleTicket)
	for name, text := range map[string]string{
		"nothing": "", "a line break behind": good + "\n", "a line break before": "\r\n" +
			good, "a line break within": good[:9] + "\n" + good[9:],
		"one letter less": good[1:], "one letter less at the end": good[:len(good)-1], "one letter more": good +
			"A", "padding": good + "=",
		"a blank behind": good + " ", "twice": good +
			good, "half of it": good[:len(good)/2], "something long": strings.Repeat("A", 1<<20),
		"only zeros": strings.Repeat("A", len(good)), "the other alphabet": strings.NewReplacer("-", "+", "_",
			"/").Replace(good[:20]) + "+/",
	} {
		if got, err := s.open(text); !errors.Is(err, ErrTicket) {
			t.Errorf("%s: opened %+v, %v", name, got, err)
		}
	}
}

func TestATicketOfAnotherInstallationIsNone(t *testing.T) {
	if _, err := newTestSealer(t, 2).open(newTestSealer(t, 1).seal(&sampleTicket)); !errors.Is(err, ErrTicket) {
		t.Errorf("it opens: %v", err)
	}
}

func TestATicketSaysNothingOfWhatIsInIt(t *testing.T) {
	s := newTestSealer(t, 1)
	raw, err := base64.RawURLEncoding.DecodeString(s.seal(&sampleTicket))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte{0x01, 0x23, 0x45, 0x67}) {
		t.Error("the seed, from which the paper follows, stands there to be read")
	}
}

func TestTicketsOfAContestAndMonthHaveAKeyOfTheirOwn(t *testing.T) {
	at := time.Date(2026, 6, 30, 23, 59, 59, 0, time.UTC)
	keys := keyring.Only(bytes.Repeat([]byte{1}, 32))
	s := newSealer(keys, func() time.Time { return at })
	scopeOf := func(contestID sqldb.ID) []byte {
		raw, err := base64.RawURLEncoding.DecodeString(s.seal(&ticket{Edition: catalog.Edition{ContestID: contestID}}))
		if err != nil {
			t.Fatal(err)
		}
		return raw[:scopeBytes]
	}
	june, other := scopeOf(1), scopeOf(2)
	text := s.seal(&sampleTicket)
	at = at.Add(time.Second)
	if july := scopeOf(1); bytes.Equal(june, other) || bytes.Equal(june, july) {
		t.Error("another contest or month has the same key")
	}
	if got, err := s.open(text); err != nil || *got != sampleTicket {
		t.Errorf("in the next month a ticket of this one is %+v, %v", got, err)
	}
}

func TestATicketOpensAfterTheKeyHasChangedAndKeepsItsIds(t *testing.T) {
	now := func() time.Time { return time.UnixMilli(1_781_568_000_000) }
	before := newSealer(keyring.Only(bytes.Repeat([]byte{1}, 32)), now)
	after := newSealer(keyring.Only(bytes.Repeat([]byte{2}, 32), bytes.Repeat([]byte{1}, 32)), now)
	held := sampleTicket
	text := before.seal(&held)
	opened, err := after.open(text)
	if err != nil {
		t.Fatal(err)
	}
	if id := opened.opaque(3); id != held.opaque(3) {
		t.Errorf("the phone answered with %s, the ticket is for %s", held.opaque(3), id)
	}
	next := *opened
	if _, err := before.open(after.seal(&next)); !errors.Is(err, ErrTicket) {
		t.Errorf("the next ticket is sealed with the earlier key: %v", err)
	}
}

// One that a phone holds from before tickets had a key of their contest and month.
func TestATicketOfTheEarlierFormGoesOn(t *testing.T) {
	s := newTestSealer(t, 1)
	const text = "tndPlsUun-J3pkg4G_SXwn-u6zW_LL-RnCobU0Y3GJjtr0EYB7C03doUzseE0rYgFywcir2OGfoczZUiRNBc0r4jIdWPkibBAno" +
		"YNeyl5vFdZHuMKsMeO4akukvkTVzONK1Thc0le9dBkIECqavy1ORrsWS1S8FDfs2NLjhI28V1LM9yB1Q"
	got, err := s.open(text)
	if err != nil {
		t.Fatal(err)
	}
	if got.Player != sampleTicket.Player || got.Position != sampleTicket.Position || got.opaque(3) != "blQPPe2b" {
		t.Errorf("it is %+v with the id %s", got, got.opaque(3))
	}
}

func FuzzSealedTicketsOpenAndNothingElseDoes(f *testing.F) {
	f.Add(int64(1), int64(2), int64(3), uint64(4), int64(5), byte(1), 0, byte(1))
	f.Add(int64(math.MaxInt64), int64(0), int64(-1), uint64(math.MaxUint64), int64(math.MinInt64), byte(255),
		127, byte(0x80))
	s := newTestSealer(f, 1)
	f.Fuzz(func(t *testing.T, player, attempt, contestID int64, seed uint64, at int64, position byte, index int,
		change byte) {
		want := ticket{Player: sqldb.ID(player), Attempt: sqldb.ID(attempt),
			Edition: catalog.Edition{ContestID: sqldb.ID(contestID), Version: int(uint32(at)), BankVersion: int(uint32(seed))},
			Seed:    seed, Level: position / 2, Position: position, Run: contest.Run{Correct: int(position / 3),
				Score: int(int32(seed))}, Started: at, Deadline: at + 1, Shown: at - 1}
		text := s.seal(&want)
		got, err := s.open(text)
		if err != nil || *got != want {
			t.Fatalf("sealed %+v, opened %+v, %v", want, got, err)
		}
		changed := []byte(text)
		changed[(index%len(text)+len(text))%len(text)] ^= change
		if _, err := s.open(string(changed)); change != 0 && !errors.Is(err, ErrTicket) {
			t.Fatalf("%q, changed to %q, opens: %v", text, changed, err)
		}
	})
}

func FuzzOpeningATicketNeverFailsButOneWay(f *testing.F) {
	s := newTestSealer(f, 1)
	f.Add("")
	f.Add(s.seal(&sampleTicket))
	f.Add(strings.Repeat("A", 128))
	f.Add("\n\r=+/")
	f.Fuzz(func(t *testing.T, text string) {
		// A text that opens is one that we sealed with this key: the fuzzer knows
		// one, and any other of the same length is a forgery.
		if got, err := s.open(text); err == nil && *got != sampleTicket || err != nil && !errors.Is(err, ErrTicket) {
			t.Fatalf("%q opens to %+v, %v", text, got, err)
		}
	})
}
