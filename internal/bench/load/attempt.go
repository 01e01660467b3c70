package load

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"
)

// attempt is a started attempt with the answer to its next question.
type attempt struct {
	cookie   string
	position int    // of the question that answer is for, from 1
	ticket   []byte // their memory is used again for the next question
	answer   []byte
	deadline int64 // of that question, UTC milliseconds
}

var errNoQuestion = errors.New("the reply holds no question")

// read takes the ticket and the question out of a reply and chooses an answer to
// it at random. Replies are searched and not decoded, which would cost more than
// all the rest of this side; inside a JSON text a quotation mark stands after a
// backslash, so no question can look like the key that is searched.
func (a *attempt) read(reply []byte, random *rand.Rand) error {
	_, rest, _ := bytes.Cut(reply, []byte(`"ticket":"`))
	ticket, rest, _ := bytes.Cut(rest, []byte(`"`))
	_, rest, _ = bytes.Cut(rest, []byte(`"question":{"id":"`))
	id, rest, found := bytes.Cut(rest, []byte(`"`))
	if !found {
		return errNoQuestion
	}
	a.ticket = append(a.ticket[:0], ticket...)
	a.answer = append(a.answer[:0], `{"question":"`...)
	a.answer = append(a.answer, id...)
	_, options, _ := bytes.Cut(rest, []byte(`"options":[`))
	options, after, _ := bytes.Cut(options, []byte(`],"blanks":`))
	if option := chooseOption(options, random); option != nil {
		a.answer = append(a.answer, `","options":["`...)
		a.answer = append(a.answer, option...)
		a.answer = append(a.answer, `"]}`...)
	} else {
		a.answer = append(a.answer, `","blanks":["119"`...)
		for range number(after, nil) - 1 {
			a.answer = append(a.answer, `,"119"`...)
		}
		a.answer = append(a.answer, `]}`...)
	}
	a.deadline = number(after, []byte(`"deadline":`))
	return nil
}

// chooseOption returns the id of one option, nil when there is none.
func chooseOption(options []byte, random *rand.Rand) []byte {
	key := []byte(`{"id":"`)
	count := bytes.Count(options, key)
	if count == 0 {
		return nil
	}
	for range random.IntN(count) + 1 {
		_, options, _ = bytes.Cut(options, key)
	}
	id, _, _ := bytes.Cut(options, []byte(`"`))
	return id
}

// number reads the whole number after key, 0 when there is none.
func number(text, key []byte) int64 {
	_, text, _ = bytes.Cut(text, key)
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	n, _ := strconv.ParseInt(string(text[:end]), 10, 64)
	return n
}

// stock is started attempts that wait for a player. It is safe for concurrent use.
type stock struct {
	attempts []*attempt
	next     atomic.Int64
}

// answerMargin is how long before its question's deadline an attempt is too old
// to be taken.
const answerMargin = 2 * time.Second

// take returns the next attempt whose question can still be answered, nil when
// there is none.
func (s *stock) take() *attempt {
	oldest := time.Now().Add(answerMargin).UnixMilli()
	for {
		at := s.next.Add(1) - 1
		if at >= int64(len(s.attempts)) {
			return nil
		}
		if a := s.attempts[at]; a.deadline > oldest {
			return a
		}
	}
}
