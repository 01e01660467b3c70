package spot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// A code is eight characters that do not look alike: 31^8, some 8.5e11. A guess hits one of
// a hundred spots once in 8.5e9 tries, and limit.Find bounds them.
const (
	codeLength = 8
	alphabet   = "23456789abcdefghjkmnpqrstuvwxyz"
)

// codeOf is the code of a spot on a day (0: of one that is not daily), by a key. It is made
// of the contest, so the codes of a rehearsal are none of the contest's.
func codeOf(key []byte, contestID sqldb.ID, s *contest.Spot, day int) string {
	mac := hmac.New(sha256.New, key)
	for _, n := range []uint64{uint64(contestID), uint64(max(1, s.Issue)), uint64(day)} {
		mac.Write(binary.BigEndian.AppendUint64(nil, n))
	}
	mac.Write([]byte(s.Key))
	sum := mac.Sum(nil)
	code := make([]byte, codeLength)
	for i := range code {
		code[i] = alphabet[binary.BigEndian.Uint16(sum[2*i:])%uint16(len(alphabet))]
	}
	return string(code)
}

// dayOf is the day whose code a spot has, of one that is not daily none.
func dayOf(s *contest.Spot, day int) int {
	if s.Daily {
		return day
	}
	return 0
}

// read is a code as somebody typed or pasted it, in the form that codeOf gives; empty for
// what is none.
func read(text string) string {
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -·\t\r\n", r) {
			return -1
		}
		return r
	}, strings.ToLower(typed.Plain(text)))
	if len(code) != codeLength || strings.Trim(code, alphabet) != "" {
		return ""
	}
	return code
}

// Shown is a code in two groups, as it is printed.
func Shown(code string) string {
	return strings.ToUpper(code[:codeLength/2] + "-" + code[codeLength/2:])
}
