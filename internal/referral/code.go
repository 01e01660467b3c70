package referral

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math/big"
	"strings"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// An invitation code is one block of AES over contest and player, in base 62: no
// character of it ends a link that a chat makes clickable. Nobody without the key
// can make one that opens to a contest there is (a guess in 2^64), or read the
// player out of it.
const (
	codeLength = 22 // digits of 2^128 in base 62
	codeBase   = 62
)

// Code is the code with which a player invites to a contest.
func (s *Service) Code(contestID, player sqldb.ID) string {
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[:], uint64(contestID))
	binary.BigEndian.PutUint64(block[8:], uint64(player))
	s.codes.Newest().Encrypt(block[:], block[:])
	text := new(big.Int).SetBytes(block[:]).Text(codeBase)
	return strings.Repeat("0", codeLength-len(text)) + text
}

// openCode reads a code. Of one that we did not make, the contest is one that
// there is not. Codes of an earlier key open too: they stand in chats and on posters.
func (s *Service) openCode(code string) (contestID, player sqldb.ID, ok bool) {
	if len(code) != codeLength || strings.ContainsFunc(code, notOfCode) {
		return 0, 0, false
	}
	n, ok := new(big.Int).SetString(code, codeBase)
	if !ok || n.BitLen() > 8*aes.BlockSize {
		return 0, 0, false
	}
	var block [aes.BlockSize]byte
	for _, codes := range s.codes.All() {
		n.FillBytes(block[:])
		codes.Decrypt(block[:], block[:])
		contestID, player = sqldb.ID(binary.BigEndian.Uint64(block[:])), sqldb.ID(binary.BigEndian.Uint64(block[8:]))
		if ok = contestID > 0 && player > 0; ok && s.contestOf(contestID) != nil {
			break // else it may be of an earlier key
		}
	}
	return contestID, player, ok
}

func newBlock(key keyring.Key) cipher.Block {
	block, err := aes.NewCipher(key.Bytes)
	if err != nil {
		panic(err) // it has the right length
	}
	return block
}

// notOfCode keeps out signs and underscores, which numbers may hold too.
func notOfCode(r rune) bool {
	return !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
}
