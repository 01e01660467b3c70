package publicname

import "strings"

// Spell is a text in pinyin, a part for each character; letters and digits of a to z stand
// as they are, and everything else parts them.
func Spell(text string) (parts []string) {
	run := ""
	end := func() {
		if run != "" {
			parts, run = append(parts, run), ""
		}
	}
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			run += string(r)
		case han(r) && readingOf(r) != "":
			end()
			parts = append(parts, readingOf(r))
		default:
			end()
		}
	}
	end()
	return parts
}
