package tally

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"anquanda/internal/sqldb"
)

// Sheet is what a player did: by hours, and by questions that were met.
type Sheet struct {
	Visits   []Visit   // by hour and unit, in order
	Meetings []Meeting // by question, in order
}

// Visit is what a player finished within an hour, for one unit.
type Visit struct {
	Hour                               int // since 1970, UTC
	Unit                               sqldb.ID
	Attempts, Answers, Correct, Passed int64
}

// Meeting is how a player met a question. A question that came again tells of the person's
// memory of the paper, so the first meeting stands apart.
type Meeting struct {
	Question int    // its number in the contest
	Right    bool   // at the first meeting
	Again    bool   // it was met more than once
	Last     bool   // right at the last meeting
	Chosen   uint32 // options at the first meeting, a bit each; 0 for none, or text
	UsedMS   int64  // at the first meeting, to a tenth of a second
	Hour     int    // of the end of the attempt that met it first
	LastHour int    // of the end of the attempt that met it last
}

// met counts the questions that were met, and those right at once.
func (s *Sheet) met() (met, right int) {
	for i := range s.Meetings {
		if s.Meetings[i].Right {
			right++
		}
	}
	return len(s.Meetings), right
}

// visit adds a finished attempt.
func (s *Sheet) visit(v Visit) {
	at, found := slices.BinarySearchFunc(s.Visits, v, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Hour, b.Hour), cmp.Compare(a.Unit, b.Unit))
	})
	if !found {
		s.Visits = slices.Insert(s.Visits, at, v)
		return
	}
	to := &s.Visits[at]
	to.Attempts += v.Attempts
	to.Answers += v.Answers
	to.Correct += v.Correct
	to.Passed += v.Passed
}

// meet adds a question that came before the player, after all that came before it.
func (s *Sheet) meet(m Meeting) {
	at, found := slices.BinarySearchFunc(s.Meetings, m, func(a, b Meeting) int {
		return cmp.Compare(a.Question, b.Question)
	})
	if !found {
		m.Last, m.LastHour = m.Right, m.Hour
		s.Meetings = slices.Insert(s.Meetings, at, m)
		return
	}
	s.Meetings[at].Again, s.Meetings[at].Last, s.Meetings[at].LastHour = true, m.Right, m.Hour
}

const sheetForm = 1 // the first byte of a packed sheet

const (
	flagRight = 1 << iota
	flagAgain
	flagLast
)

const tenth = 100 // milliseconds

// pack writes a sheet in few bytes: some six a question, so that a hundred questions of
// 100,000 players are 60 MB and not 800.
func (s *Sheet) pack() []byte {
	out := make([]byte, 1, 16+16*len(s.Visits)+8*len(s.Meetings))
	out[0] = sheetForm
	put := func(n int64) { out = binary.AppendVarint(out, n) }
	put(int64(len(s.Visits)))
	hour, first := 0, 0
	for i, v := range s.Visits {
		if i == 0 {
			first = v.Hour
		}
		put(int64(v.Hour - hour))
		hour = v.Hour
		for _, n := range []int64{int64(v.Unit), v.Attempts, v.Answers, v.Correct, v.Passed} {
			put(n)
		}
	}
	put(int64(len(s.Meetings)))
	number := 0
	for i := range s.Meetings {
		m := &s.Meetings[i]
		put(int64(m.Question - number))
		number = m.Question
		put(flag(m.Right)*flagRight + flag(m.Again)*flagAgain + flag(m.Last)*flagLast)
		put(int64(m.Chosen))
		put(m.UsedMS / tenth)
		put(int64(m.Hour - first))
		if m.Again {
			put(int64(m.LastHour - m.Hour))
		}
	}
	return out
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

var errPacked = errors.New("a packed sheet is damaged")

// unpack is the inverse of pack; nothing is an empty sheet.
func unpack(packed []byte) (*Sheet, error) {
	s := &Sheet{}
	if len(packed) == 0 {
		return s, nil
	}
	if packed[0] != sheetForm {
		return nil, errPacked
	}
	rest, damaged := packed[1:], false
	next := func() int64 {
		n, size := binary.Varint(rest)
		if size <= 0 {
			damaged, rest = true, nil
			return 0
		}
		rest = rest[size:]
		return n
	}
	length := func() int {
		n := next()
		if n < 0 || n > int64(len(rest)) { // each takes a byte at least
			damaged = true
			return 0
		}
		return int(n)
	}
	s.Visits = make([]Visit, length())
	hour := 0
	for i := range s.Visits {
		hour += int(next())
		s.Visits[i] = Visit{Hour: hour, Unit: sqldb.ID(next()), Attempts: next(), Answers: next(), Correct: next(),
			Passed: next()}
	}
	first := 0
	if len(s.Visits) > 0 {
		first = s.Visits[0].Hour
	}
	s.Meetings = make([]Meeting, length())
	number := 0
	for i := range s.Meetings {
		number += int(next())
		flags := next()
		m := Meeting{Question: number, Right: flags&flagRight != 0, Again: flags&flagAgain != 0,
			Last: flags&flagLast != 0, Chosen: uint32(next()), UsedMS: next() * tenth, Hour: first + int(next())}
		m.LastHour = m.Hour
		if m.Again {
			m.LastHour += int(next())
		}
		s.Meetings[i] = m
	}
	if damaged || len(rest) > 0 {
		return nil, errPacked
	}
	return s, nil
}
