package selection

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// MaxEntries bounds a list.
const MaxEntries = 10_000_000

// ID is an entrant's salted id: HMAC-SHA-256(key = salt, text = the entrant as on
// the slip, UTF-8). The salt is published, so that people can find themselves;
// a slip must therefore not carry what can be guessed, such as a phone number.
func ID(salt [32]byte, entrant string) [32]byte { return mac(salt[:], []byte(entrant)) }

// List is the frozen list: salted ids in ascending order, so that nobody chose
// the order. A group joins the entries of one person: groups are numbered from 1
// in the order in which they first appear; a person with one entry has 0.
type List struct {
	ids    [][32]byte
	groups []uint32 // nil where no person has two entries
}

// Len is the number of entries.
func (l *List) Len() int { return len(l.ids) }

func (l *List) group(i int) uint32 {
	if l.groups == nil {
		return 0
	}
	return l.groups[i]
}

// Entry is the text of the entry at index i: its id in lower-case hexadecimal
// and, where it has one, a blank and its group. It is a leaf of the Merkle tree.
func (l *List) Entry(i int) string { return string(l.appendEntry(nil, i)) }

func (l *List) appendEntry(line []byte, i int) []byte {
	line = hex.AppendEncode(line, l.ids[i][:])
	if g := l.group(i); g > 0 {
		line = append(line, ' ')
		line = strconv.AppendUint(line, uint64(g), 10)
	}
	return line
}

// Find is the index of an id, or false.
func (l *List) Find(id [32]byte) (int, bool) {
	return slices.BinarySearchFunc(l.ids, id, func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
}

// check holds that the list is canonical: ascending, nobody twice, groups
// numbered as they appear and never of one.
func (l *List) check() error {
	var sizes []int
	for i := range l.ids {
		if i > 0 && bytes.Compare(l.ids[i-1][:], l.ids[i][:]) >= 0 {
			return fmt.Errorf("entry %d is not above the one before it", i+1)
		}
		g := int(l.group(i))
		switch {
		case g > len(sizes)+1:
			return fmt.Errorf("entry %d: group %d before group %d", i+1, g, len(sizes)+1)
		case g == len(sizes)+1:
			sizes = append(sizes, 1)
		case g > 0:
			sizes[g-1]++
		}
	}
	for g, size := range sizes {
		if size < 2 {
			return fmt.Errorf("group %d has one entry only", g+1)
		}
	}
	return nil
}

var errEntries = errors.New("the entrants are not as they are written here")

// UnmarshalJSON reads a JSON array of entries.
func (l *List) UnmarshalJSON(text []byte) error {
	if len(text) == 0 || text[0] != '[' {
		return errEntries
	}
	*l = List{ids: make([][32]byte, 0, bytes.Count(text, []byte{'"'})/2)}
	for {
		open := bytes.IndexByte(text, '"')
		if open < 0 {
			return nil
		}
		text = text[open+1:]
		end := bytes.IndexByte(text, '"')
		if end < 64 || len(l.ids) >= MaxEntries {
			return errEntries
		}
		var id [32]byte
		if _, err := hex.Decode(id[:], text[:64]); err != nil {
			return errEntries
		}
		l.ids = append(l.ids, id)
		if end > 64 {
			if err := l.readGroup(text[64:end]); err != nil {
				return err
			}
		} else if l.groups != nil {
			l.groups = append(l.groups, 0)
		}
		text = text[end+1:]
	}
}

func (l *List) readGroup(text []byte) error {
	g, err := strconv.ParseUint(string(text[1:]), 10, 32)
	if err != nil || g == 0 || text[0] != ' ' {
		return errEntries
	}
	if l.groups == nil {
		l.groups = make([]uint32, len(l.ids)-1, cap(l.ids))
	}
	l.groups = append(l.groups, uint32(g))
	return nil
}
