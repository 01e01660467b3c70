package spot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// codeOf is the code of a spot on a day (0: of one that is not daily), by a key. It is made
// of the contest, so the codes of a rehearsal are none of the contest's. A guess hits one of
// a hundred spots once in 8.5e9 tries, and limit.Find bounds them.
func codeOf(key []byte, contestID sqldb.ID, s *contest.Spot, day int) string {
	mac := hmac.New(sha256.New, key)
	for _, n := range []uint64{uint64(contestID), uint64(max(1, s.Issue)), uint64(day)} {
		mac.Write(binary.BigEndian.AppendUint64(nil, n))
	}
	mac.Write([]byte(s.Key))
	return typed.CodeOf(mac.Sum(nil))
}

// dayOf is the day whose code a spot has, of one that is not daily none.
func dayOf(s *contest.Spot, day int) int {
	if s.Daily {
		return day
	}
	return 0
}
