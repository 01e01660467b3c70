package selection

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
)

// Roll collects entrants in any order and makes the canonical list of them.
type Roll struct {
	salt    [32]byte
	ids     hash.Hash // HMAC-SHA-256 under the salt
	rows    []row
	persons map[[16]byte]uint32 // by truncated keyed hash: a third of the memory of names
	entries []uint32            // of each person
	left    map[string]int
}

type row struct {
	id     [32]byte
	person uint32 // index into entries, or alone
	line   uint32
}

const alone = ^uint32(0)

// NewRoll returns an empty roll for a drawing with that salt.
func NewRoll(salt [32]byte) *Roll {
	return &Roll{salt: salt, ids: hmac.New(sha256.New, salt[:]), persons: map[[16]byte]uint32{}, left: map[string]int{}}
}

// Add enters an entrant. Entries of the same non-empty person share the limits
// for a person; an entrant without one is a person alone. line is where it comes
// from, for the error about one that stands twice.
func (r *Roll) Add(entrant, person string, line int) error {
	if err := checkText("the entrant", entrant); err != nil {
		return err
	}
	if len(r.rows) == MaxEntries {
		return fmt.Errorf("more than %d entrants", MaxEntries)
	}
	entry := row{person: alone, line: uint32(line)}
	r.ids.Reset()
	io.WriteString(r.ids, entrant)
	r.ids.Sum(entry.id[:0]) // as ID does, without keying anew
	if person != "" {
		sum := labelled("person", r.salt[:], []byte(person))
		key := [16]byte(sum[:16])
		n, known := r.persons[key]
		if !known {
			n = uint32(len(r.entries))
			r.persons[key] = n
			r.entries = append(r.entries, 0)
		}
		r.entries[n]++
		entry.person = n
	}
	r.rows = append(r.rows, entry)
	return nil
}

// Exclude counts one who is not on the list, by reason.
func (r *Roll) Exclude(reason string) error {
	if err := checkText("the reason for an exclusion", reason); err != nil {
		return err
	}
	r.left[reason]++
	return nil
}

// Excluded is how many were left out for one reason.
type Excluded struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// List sorts the entrants into the canonical list, and tells who was left out.
// The roll is used up.
func (r *Roll) List() (*List, []Excluded, error) {
	slices.SortFunc(r.rows, func(a, b row) int { return bytes.Compare(a.id[:], b.id[:]) })
	list := &List{ids: make([][32]byte, len(r.rows))}
	numbers := make([]uint32, len(r.entries))
	last := uint32(0)
	for i, entry := range r.rows {
		if i > 0 && r.rows[i-1].id == entry.id {
			first, second := min(r.rows[i-1].line, entry.line), max(r.rows[i-1].line, entry.line)
			return nil, nil, fmt.Errorf("the same entrant stands on line %d and on line %d", first, second)
		}
		list.ids[i] = entry.id
		if entry.person == alone || r.entries[entry.person] < 2 {
			continue
		}
		if list.groups == nil {
			list.groups = make([]uint32, len(r.rows))
		}
		if numbers[entry.person] == 0 {
			last++
			numbers[entry.person] = last
		}
		list.groups[i] = numbers[entry.person]
	}
	excluded := []Excluded{}
	for reason, count := range r.left {
		excluded = append(excluded, Excluded{reason, count})
	}
	slices.SortFunc(excluded, func(a, b Excluded) int { return cmp.Compare(a.Reason, b.Reason) })
	*r = *NewRoll(r.salt)
	return list, excluded, nil
}

// columns are the headings that ReadCSV knows, in lower case.
var columns = map[string]int{
	"entrant": 0, "入围者": 0, "编号": 0, "id": 0,
	"person": 1, "参赛者": 1,
	"excluded": 2, "排除原因": 2,
}

// place finds which column holds what in the first row of a file: entrant,
// person and reason of exclusion, -1 for what is not there. A file without known
// headings has its entrants in the first column; headed is false then.
func place(first []string) (at [3]int, headed bool) {
	at = [3]int{-1, -1, -1}
	for i, cell := range first {
		if what, ok := columns[strings.ToLower(strings.TrimSpace(cell))]; ok && at[what] < 0 {
			at[what], headed = i, true
		}
	}
	if !headed {
		at[0] = 0
	}
	return at, headed
}
