package selection

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
)

// A stream turns seed and source into numbers. Each costs at least one counter.
type stream interface {
	// below is a number from 0 to n-1, with the counter that gave it.
	below(n int) (number int, counter uint64, err error)
}

// hmacStream is HMAC-SHA-256 (RFC 2104) in counter mode.
type hmacStream struct {
	mac  hash.Hash
	next uint64
	sum  [32]byte
}

// newHMACStream keys the stream with everything that was frozen, the seed and
// the source:
//
//	K = HMAC-SHA-256(seed, "anquanda-drawing/1 draw\n" || freeze hash || key string)
func newHMACStream(seed []byte, freeze [32]byte, key string) *hmacStream {
	k := mac(seed, []byte(Format+" draw\n"), freeze[:], []byte(key))
	return &hmacStream{mac: hmac.New(sha256.New, k[:])}
}

// below takes x, the first 64 bits of HMAC-SHA-256(K, 64-bit big-endian counter),
// and returns x mod n. The x of the last, incomplete run of n are rejected: taking
// them would favour the first places of the list.
func (s *hmacStream) below(n int) (number int, counter uint64, err error) {
	size := uint64(n)
	incomplete := -size % size // 2^64 mod n
	for {
		counter = s.next
		s.next++
		var text [8]byte
		binary.BigEndian.PutUint64(text[:], counter)
		s.mac.Reset()
		s.mac.Write(text[:])
		x := binary.BigEndian.Uint64(s.mac.Sum(s.sum[:0]))
		if x <= ^uint64(0)-incomplete {
			return int(x % size), counter, nil
		}
	}
}

// rfc3797Stream is the algorithm of RFC 3797 section 4. Its modulo bias is below
// n/2^128; MD5's collisions do not matter here, where nobody chooses the input.
type rfc3797Stream struct {
	key  string
	next uint64
}

var errCounter = errors.New("RFC 3797 counts with 16 bits: it gives 65,536 numbers and no more")

// below is MD5(counter || key string || counter) as a 128-bit big-endian number,
// modulo n; the counter has 16 bits, big-endian.
func (s *rfc3797Stream) below(n int) (number int, counter uint64, err error) {
	if s.next > 0xffff {
		return 0, 0, errCounter
	}
	counter = s.next
	s.next++
	ends := []byte{byte(counter >> 8), byte(counter)}
	text := append(append(append(make([]byte, 0, len(s.key)+4), ends...), s.key...), ends...)
	rest := uint64(0)
	for _, b := range md5.Sum(text) {
		rest = (rest<<8 | uint64(b)) % uint64(n)
	}
	return int(rest), counter, nil
}

// NomCom selects n of a pool numbered from 1, as RFC 3797 section 4 does, and
// returns the key string too.
func NomCom(pool, n int, sources []string) (key string, picks []int, err error) {
	if pool < 1 || pool > MaxEntries || n < 1 || n > pool {
		return "", nil, errors.New("select 1 or more of a pool that is no smaller, and no larger than 10,000,000")
	}
	if len(sources) == 0 {
		return "", nil, errors.New("name at least one source")
	}
	if key, err = KeyString(sources); err != nil {
		return "", nil, err
	}
	left, numbers := newPool(pool), &rfc3797Stream{key: key}
	for range n {
		k, _, err := numbers.below(left.size)
		if err != nil {
			return "", nil, err
		}
		picks = append(picks, left.take(k)+1)
	}
	return key, picks, nil
}
