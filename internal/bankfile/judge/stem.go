package judge

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// NumberStyle is how a stem writes its number at its beginning.
type NumberStyle uint8

const (
	noNumber      NumberStyle = iota
	PointedNumber             // 1. 1、 1． 1， 1) followed by anything but a digit
	CloseNumber               // the same followed by a digit: 3.15 or the number 3
	SpacedNumber              // a number and white space
	plainNumber               // digits only: 1一般, but also 110报警
	FramedNumber              // （1） 第1题
	CircledNumber             // ①
)

// LeadingNumber splits the number from a stem, if it may have one.
func LeadingNumber(stem string) (number int, style NumberStyle, rest string) {
	s := strings.TrimLeft(stem, " \t\u3000\u00a0")
	framed := false
	for _, frame := range []string{"第", "（", "("} {
		if strings.HasPrefix(s, frame) {
			s, framed = s[len(frame):], true
			break
		}
	}
	if r, size := utf8.DecodeRuneInString(s); !framed && r >= '①' && r <= '⑳' {
		return int(r-'①') + 1, CircledNumber, trimPoint(s[size:])
	}
	if r, size := utf8.DecodeRuneInString(s); !framed && r >= '⑴' && r <= '⒇' {
		return int(r-'⑴') + 1, CircledNumber, trimPoint(s[size:])
	}
	s = plainDigits(s)
	digits := 0
	for digits < len(s) && digits < 5 && s[digits] >= '0' && s[digits] <= '9' {
		number = number*10 + int(s[digits]-'0')
		digits++
	}
	if digits == 0 || digits == 5 || number == 0 {
		return 0, noNumber, stem
	}
	s = s[digits:]
	if framed {
		for _, frame := range []string{"题", "）", ")"} {
			if strings.HasPrefix(s, frame) {
				return number, FramedNumber, trimPoint(s[len(frame):])
			}
		}
		return 0, noNumber, stem
	}
	rest = trimPoint(s)
	switch {
	case rest == "":
		return 0, noNumber, stem
	case rest == s:
		style = plainNumber
	case strings.TrimLeft(s, " \t\u3000\u00a0") == rest:
		style = SpacedNumber
	case rest[0] >= '0' && rest[0] <= '9' && !strings.ContainsAny(s[:len(s)-len(rest)], " \t"):
		style = CloseNumber
	default:
		style = PointedNumber
	}
	return number, style, rest
}

// plainDigits makes the full-width digits at the beginning of a text plain.
func plainDigits(s string) string {
	end := 0
	for _, r := range s {
		if r < '０' || r > '９' {
			break
		}
		end += utf8.RuneLen(r)
	}
	return narrow(s[:end]) + s[end:]
}

// trimPoint drops the punctuation and blanks that follow a number.
func trimPoint(s string) string { return strings.TrimLeft(s, ".、．，,:：)）\u00a0 \t\u3000") }

// Tidy trims a text and turns tabs and special blanks inside it into plain ones;
// line breaks stay. changed tells that something inside had to be turned.
func Tidy(text string) (clean string, changed bool) {
	text = strings.Trim(text, " \t\r\n\u00a0\u3000\u200b\u200c\ufeff")
	if !strings.ContainsAny(text, "\t\r\n\u00a0\u200b\u200c\ufeff") {
		return text, false
	}
	text = strings.NewReplacer("\t", " ", "\r\n", "\n", "\r", "\n", "\u00a0", " ",
		"\u200b", "", "\u200c", "", "\ufeff", "").Replace(text)
	for strings.Contains(text, "  ") {
		text = strings.ReplaceAll(text, "  ", " ")
	}
	return text, true
}

// stemOf cleans the stem of a record.
func (j *judge) stemOf(d *draft.Draft, rec *Record, numbered bool) string {
	raw := rec.Text(FieldStem)
	if rec.Exact {
		return raw
	}
	stem, changed := Tidy(raw)
	if changed {
		d.Note(draft.BlankCleaned, rec.Ref(FieldStem), "", raw)
	}
	if rec.Stripped {
		return stem
	}
	_, style, rest := LeadingNumber(stem)
	switch {
	case style == noNumber:
	case numbered || style == PointedNumber:
		d.Note(draft.NumberRemoved, rec.Ref(FieldStem), "", raw)
		stem = rest
	case style == CloseNumber && strings.ContainsAny(stem[:len(stem)-len(rest)], "、．，"):
		d.Note(draft.NumberUnclear, rec.Ref(FieldStem), "", raw)
	}
	return stem
}

var (
	underscores = regexp.MustCompile(`\(%_+%\)|_{2,}|＿{2,}|﹍{2,}`)
	emptyFrames = regexp.MustCompile(`（[ \x{3000}]*）|\([ \x{3000}]*\)|【[ \x{3000}]*】|\[[ \x{3000}]*\]|〔[ \x{3000}]*〕`)
)

// setBlanks writes the blanks of a stem as ____ and counts them. Underscores are
// blanks; where there are none, empty brackets are.
func setBlanks(stem string) (string, int) {
	pattern := underscores
	if !pattern.MatchString(stem) {
		pattern = emptyFrames
	}
	count := len(pattern.FindAllStringIndex(stem, -1))
	return pattern.ReplaceAllLiteralString(stem, question.Blank), count
}

// OneUnderscore marks the only blank of a stem, when it is written in underscores.
func OneUnderscore(stem string) (marked string, ok bool) {
	marked, blanks := setBlanks(stem)
	return marked, blanks == 1 && underscores.MatchString(stem)
}

// answered finds an answer written into brackets in the stem.
var answered = regexp.MustCompile(`[（(]\s*([A-HＡ-Ｈ](?:[、，, ]?[A-HＡ-Ｈ]){0,7}|T|Ｔ|√|×|✓|✗|对|错|正确|错误)\s*[）)]|` +
	`[【\[]\s*(√|×|✓|✗|对|错|正确|错误)\s*[】\]]`)

// answerInStem returns what the last such brackets hold, and the stem with them
// emptied.
func answerInStem(stem string) (answer, emptied string) {
	found := answered.FindAllStringSubmatchIndex(stem, -1)
	if len(found) == 0 {
		return "", stem
	}
	last := found[len(found)-1]
	start, end := last[2], last[3]
	if start < 0 {
		start, end = last[4], last[5]
	}
	return stem[start:end], stem[:last[0]] + "（ ）" + stem[last[1]:]
}

// narrow makes full-width signs half-width, trims, and makes letters capital.
func narrow(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\u3000' || r == '\u00a0':
			r = ' '
		case r == utf8.RuneError:
			continue
		}
		out.WriteRune(question.HalfWidth(r))
	}
	return strings.ToUpper(strings.TrimSpace(out.String()))
}
