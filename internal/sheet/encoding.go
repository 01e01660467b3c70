package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Names of encodings, as people are told them.
const (
	UTF8    = "UTF-8"
	UTF8BOM = "UTF-8 BOM"
	UTF16LE = "UTF-16LE"
	UTF16BE = "UTF-16BE"
	GB18030 = "GB18030"
	Windows = "Windows-1252"
)

// Text decodes a file of text and names its encoding; the error is ErrEncoding.
// Line ends become \n, in place of \r\n and a lone \r, so that lines count the
// same everywhere.
func Text(data []byte) (text, encoding string, err error) {
	text, encoding, ok := Decode(data)
	if !ok {
		return "", "", ErrEncoding
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), encoding, nil
}

// Decode decodes a text and names its encoding: a byte order mark says it; zeros in every second
// byte mean UTF-16; valid UTF-8 is UTF-8; letters with accents
// among plain ones are Windows-1252; the rest must be valid GB18030, of which GBK and
// GB2312 are parts.
func Decode(data []byte) (text, name string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		text, name = string(data[3:]), UTF8BOM
		return text, name, utf8.ValidString(text)
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], unicode.LittleEndian, UTF16LE)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], unicode.BigEndian, UTF16BE)
	}
	if even, odd := zeros(data); odd > even && odd*4 > len(data)/2 {
		return decodeUTF16(data, unicode.LittleEndian, UTF16LE)
	} else if even > odd && even*4 > len(data)/2 {
		return decodeUTF16(data, unicode.BigEndian, UTF16BE)
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return string(data), UTF8, true
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", false
	}
	if lonely(data) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		return string(decoded), Windows, err == nil && !bytes.ContainsRune(decoded, utf8.RuneError)
	}
	decoded, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", false
	}
	return string(decoded), GB18030, true
}

// lonely reports whether bytes above 7F stand alone, or two small letters with accents
// side by side: Chinese text in GB18030 is made of longer rows, and its common
// characters begin below those letters.
func lonely(data []byte) bool {
	const small = 0xdf
	for i := 1; i < len(data); i++ {
		if data[i] <= 0x7f || data[i-1] <= 0x7f {
			continue
		}
		if data[i] < small || data[i-1] < small || i > 1 && data[i-2] > 0x7f {
			return false
		}
	}
	return true
}

func decodeUTF16(data []byte, order unicode.Endianness, name string) (string, string, bool) {
	decoded, _, err := transform.Bytes(unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder(), data)
	if err != nil || len(data)%2 != 0 || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", false
	}
	return string(decoded), name, true
}

// zeros counts the zero bytes at even and odd places of the beginning.
func zeros(data []byte) (even, odd int) {
	for i, b := range data[:min(len(data), 4096)] {
		if b == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	return even, odd
}
