package bankfile

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Names of encodings in reports.
const (
	utf8Name    = "UTF-8"
	utf8BOMName = "UTF-8 BOM"
	utf16LEName = "UTF-16LE"
	utf16BEName = "UTF-16BE"
	gb18030Name = "GB18030"
)

// text decodes the file and remembers its encoding. Line ends become \n, in
// place of \r\n and a lone \r, so that lines count the same everywhere.
func (r *reading) text() (string, error) {
	decoded, name, ok := decode(r.data)
	if !ok {
		return "", unreadable(EncodingUnknown, "")
	}
	r.result.Encoding = name
	decoded = strings.ReplaceAll(decoded, "\r\n", "\n")
	return strings.ReplaceAll(decoded, "\r", "\n"), nil
}

// decode finds the encoding: a byte order mark says it; zeros in every second
// byte mean UTF-16; valid UTF-8 is UTF-8; the rest must be valid GB18030, of
// which GBK and GB2312 are parts.
func decode(data []byte) (text, name string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		text, name = string(data[3:]), utf8BOMName
		return text, name, utf8.ValidString(text)
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], unicode.LittleEndian, utf16LEName)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], unicode.BigEndian, utf16BEName)
	}
	if even, odd := zeros(data); odd > even && odd*4 > len(data)/2 {
		return decodeUTF16(data, unicode.LittleEndian, utf16LEName)
	} else if even > odd && even*4 > len(data)/2 {
		return decodeUTF16(data, unicode.BigEndian, utf16BEName)
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return string(data), utf8Name, true
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", false
	}
	decoded, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", false
	}
	return string(decoded), gb18030Name, true
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

func itoa(n int) string { return strconv.Itoa(n) }
