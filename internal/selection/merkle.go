package selection

import (
	"crypto/sha256"
)

// leafHash is MTH({d}) = SHA-256(0x00 || d) of RFC 6962 section 2.1.
func leafHash(entry []byte) [32]byte {
	return sha256.Sum256(append([]byte{0}, entry...))
}

// nodeHash is SHA-256(0x01 || left || right) of RFC 6962 section 2.1. The two
// prefixes keep a node from passing for an entry.
func nodeHash(left, right [32]byte) [32]byte {
	var text [65]byte
	text[0] = 1
	copy(text[1:], left[:])
	copy(text[33:], right[:])
	return sha256.Sum256(text[:])
}

// Root is the Merkle tree hash of the list, MTH(D[n]) of RFC 6962 section 2.1;
// of an empty list, the hash of nothing. It keeps one hash a level, not the tree.
func (l *List) Root(progress Progress) [32]byte {
	n := l.Len()
	if n == 0 {
		return sha256.Sum256(nil)
	}
	var peaks [][32]byte // of full subtrees, larger ones first
	var line []byte
	for i := range n {
		line = l.appendEntry(line[:0], i)
		hash := leafHash(line)
		for full := i + 1; full&1 == 0; full >>= 1 {
			hash = nodeHash(peaks[len(peaks)-1], hash)
			peaks = peaks[:len(peaks)-1]
		}
		peaks = append(peaks, hash)
		progress.at(i+1, n)
	}
	root := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		root = nodeHash(peaks[i], root)
	}
	return root
}

// Path is the audit path of the entry at index, PATH(m, D[n]) of RFC 6962
// section 2.1.1: the hashes beside its way to the root, from the entry up. It
// reads the whole list.
func (l *List) Path(index int) [][32]byte {
	level := make([][32]byte, l.Len())
	for i := range level {
		level[i] = leafHash(l.appendEntry(nil, i))
	}
	var path [][32]byte
	for len(level) > 1 {
		if beside := index ^ 1; beside < len(level) {
			path = append(path, level[beside])
		}
		// Pairing from the left and passing an odd last one up gives RFC 6962's
		// tree: each left part is the largest power of two below the whole.
		up := level[:0]
		for i := 0; i < len(level); i += 2 {
			if i+1 < len(level) {
				up = append(up, nodeHash(level[i], level[i+1]))
			} else {
				up = append(up, level[i])
			}
		}
		level, index = up, index/2
	}
	return path
}
