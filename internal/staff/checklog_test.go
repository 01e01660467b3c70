package staff

import (
	"bytes"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

func TestTheLogIsWholeOverAChangeOfTheKeyAndNobodyWritesOnWithTheOneBefore(t *testing.T) {
	first, second := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	before, after := &sqldb.DB{}, &sqldb.DB{}
	before.SignWith(keyring.Only(first))
	after.SignWith(keyring.Only(second, first))
	const minute = int64(time.Minute / time.Millisecond)
	type written struct {
		by *sqldb.DB
		at int64 // minutes
	}
	for name, c := range map[string]struct {
		entries []written
		whole   bool
	}{
		"one key":                            {[]written{{before, 1}, {before, 2}}, true},
		"the key changes":                    {[]written{{before, 1}, {after, 2}, {after, 99}}, true},
		"a node is late to change":           {[]written{{before, 1}, {after, 2}, {before, 2}, {after, 3}}, true},
		"the earlier key is used days later": {[]written{{before, 1}, {after, 2}, {after, 99}, {before, 100}}, false},
	} {
		check, whole := LogCheck{}, true
		for i, w := range c.entries {
			entry := Logged{Seq: int64(i + 1), At: w.at * minute, Action: "a", Detail: "{}", Keyed: true}
			entry.Hash = w.by.Sign(entry.text(check.Last.Hash))
			whole = whole && check.follows(after, &entry)
			check.Last = entry
		}
		if whole != c.whole {
			t.Errorf("%s: the log is whole: %t", name, whole)
		}
	}
}
