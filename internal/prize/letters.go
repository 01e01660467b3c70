package prize

import (
	"encoding/base32"
	"strings"
)

// Alphabet is Crockford's base 32: no I, L, O or U to misread or mishear.
const Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var letters = base32.NewEncoding(Alphabet).WithPadding(base32.NoPadding)

// Letters writes bytes as so many letters and digits of Alphabet, five bits each;
// the bytes must hold that many bits.
func Letters(bytes []byte, length int) string { return letters.EncodeToString(bytes)[:length] }

// Grouped puts a dash after every four characters, to be read aloud.
func Grouped(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(text[i])
	}
	return out.String()
}
