package forensics

import (
	"cmp"
	"slices"
	"strings"

	"anquanda/internal/sqldb"
)

// A series is so many nicknames that run on (刷1, 刷2, …), or that look made up by a
// program in one way (xkqjzv, bwtrpd, …), close together in time. A contest of a whole
// province has a 平安1 and a 平安2 by chance, but not within some hours and without a gap.
const (
	numberedLeast = 8
	tangledLeast  = 12
	seriesMS      = 6 * 60 * 60 * 1000
	seriesGap     = 2 // how far numbers that follow each other may be apart
)

// named is a player with a nickname.
type named struct {
	PlayerID sqldb.ID `db:"player_id"`
	Nickname string   `db:"nickname"`
	JoinedAt int64    `db:"joined_at"` // UTC ms
}

// series is nicknames of one family.
type series struct {
	stem      string // what they share; empty: nothing
	low, high int    // the numbers, of those that run on; 0 for made-up ones
	length    int    // of what is made up, in characters; 0 for those that run on
	players   []sqldb.ID
	from, to  int64 // when they joined
}

// family is what nicknames of a series have in common.
type family struct {
	stem   string
	length int // of a made-up tail; 0: a number follows
}

// familyOf is the family of a nickname and its number there; ok is false for nearly all.
func familyOf(nickname string) (f family, number int, ok bool) {
	text := []rune(nickname)
	for i, r := range text {
		text[i] = narrow(r)
	}
	digits := tail(text, isDigit)
	if n := len(text) - digits; n > 0 && n <= numberDigits && !tangled(text[tail(text, isLatin):]) {
		for _, r := range text[digits:] {
			number = 10*number + int(r-'0')
		}
		return family{stem: strings.TrimRight(string(text[:digits]), " -_.·#第")}, number, true
	}
	made := tail(text, isLatin)
	if tangled(text[made:]) {
		return family{stem: string(text[:made]), length: len(text) - made}, 0, true
	}
	return family{}, 0, false
}

// numberDigits are the most digits of a running number; longer ones are phone numbers
// and the like.
const numberDigits = 5

// tail is where the last characters of a kind begin.
func tail(text []rune, is func(rune) bool) int {
	at := len(text)
	for at > 0 && is(text[at-1]) {
		at--
	}
	return at
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'z' }

// narrow is a character as it is compared: of half width, and small.
func narrow(r rune) rune {
	const fullWidth = 0xfee0
	if r > 0xff00 && r < 0xff5f {
		r -= fullWidth
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

const (
	tangledLength = 6   // below it initials look the same
	tangledSwaps  = 3   // between letters and digits
	spokenShare   = 0.6 // of neighbouring letters that can be spoken
)

// tangled reports whether letters and digits are no word, no pinyin and no word with a
// number behind it: they change from one to the other again and again, or hardly two
// letters that follow each other can be spoken. Of random letters some four in five are.
func tangled(text []rune) bool {
	if len(text) < tangledLength {
		return false
	}
	swaps, pairs, spoken := 0, 0, 0
	for i := 1; i < len(text); i++ {
		before, is := text[i-1], text[i]
		switch {
		case isDigit(before) != isDigit(is):
			swaps++
		case !isDigit(is):
			pairs++
			if speaks(before, is) {
				spoken++
			}
		}
	}
	return swaps >= tangledSwaps || pairs >= tangledLength-1 && float64(spoken) < spokenShare*float64(pairs)
}

// clusters are consonants that follow each other in words: in pinyin n and g before what
// begins the next syllable, in English the common ones.
const clusters = " zh ch sh th st nd nt ck ll ss tt rs ts pr tr gr br cr fr dr bl cl fl pl sl sp sc sk sm sn sw tw wh ph " +
	"ld lt rt rd rn rm rk ct ft mp nk rr pp mm dd "

func speaks(a, b rune) bool {
	const vowels = "aeiou"
	return strings.ContainsRune(vowels, a) || strings.ContainsRune(vowels, b) || a == 'n' || a == 'g' ||
		strings.Contains(clusters, " "+string(a)+string(b)+" ")
}

// seriesIn finds the series among nicknames, in whatever order they come. A player is in
// one at most.
func seriesIn(names []named) (found []series) {
	families := map[family][]numbered{}
	for _, n := range names {
		if f, number, ok := familyOf(n.Nickname); ok {
			families[f] = append(families[f], numbered{n, number})
		}
	}
	for f, of := range families {
		if f.length > 0 {
			found = append(found, madeUp(f, of)...)
		} else {
			found = append(found, running(f, of)...)
		}
	}
	slices.SortFunc(found, func(a, b series) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.players[0], b.players[0]))
	})
	return found
}

type numbered struct {
	named
	number int
}

func byTime(a, b numbered) int {
	return cmp.Or(cmp.Compare(a.JoinedAt, b.JoinedAt), cmp.Compare(a.PlayerID, b.PlayerID))
}

// madeUp are the crowded stretches of a family of made-up nicknames.
func madeUp(f family, of []numbered) (found []series) {
	slices.SortFunc(of, byTime)
	at := make([]int64, len(of))
	for i := range of {
		at[i] = of[i].JoinedAt
	}
	for _, b := range bursts(at, tangledLeast, seriesMS) {
		found = append(found, seriesOf(f, of[b.from:b.to]))
	}
	return found
}

// running are the runs of a family whose numbers follow each other.
func running(f family, of []numbered) (found []series) {
	slices.SortFunc(of, func(a, b numbered) int { return cmp.Or(cmp.Compare(a.number, b.number), byTime(a, b)) })
	from, distinct := 0, 1
	for i := 1; i <= len(of); i++ {
		if i < len(of) && of[i].number-of[i-1].number <= seriesGap && near(of[i].JoinedAt, of[i-1].JoinedAt) {
			if of[i].number != of[i-1].number {
				distinct++
			}
			continue
		}
		if distinct >= numberedLeast {
			run := seriesOf(f, of[from:i])
			run.low, run.high = of[from].number, of[i-1].number
			found = append(found, run)
		}
		from, distinct = i, 1
	}
	return found
}

func near(a, b int64) bool { return max(a-b, b-a) <= seriesMS }

func seriesOf(f family, of []numbered) series {
	s := series{stem: f.stem, length: f.length, from: of[0].JoinedAt, to: of[0].JoinedAt}
	for _, n := range of {
		s.players = append(s.players, n.PlayerID)
		s.from, s.to = min(s.from, n.JoinedAt), max(s.to, n.JoinedAt)
	}
	slices.Sort(s.players)
	return s
}
