package forensics

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"anquanda/internal/sqldb"
)

func TestTheFamilyOfANickname(t *testing.T) {
	for nickname, want := range map[string]struct {
		family
		number int
	}{
		"刷1":        {family{stem: "刷"}, 1},
		"刷票-0012":   {family{stem: "刷票"}, 12},
		"ＡＢ１２":      {family{stem: "ab"}, 12},
		"user7":     {family{stem: "user"}, 7},
		"007":       {family{}, 7},
		"xkqjzv":    {family{length: 6}, 0},
		"玩家a8f3k2":  {family{stem: "玩家", length: 6}, 0},
		"u_x8f2k9":  {family{stem: "u_", length: 6}, 0},
		"bwtrpdkm1": {family{length: 9}, 0},
	} {
		f, number, ok := familyOf(nickname)
		if !ok || f != want.family || number != want.number {
			t.Errorf("%q is %+v %d, %v; want %+v", nickname, f, number, ok, want)
		}
	}
	for _, nickname := range []string{"", "张伟", "平安是福", "zhangwei", "Sunshine", "lyx", "wxyz", "微信用户", "guangming",
		"jennifer", "christopher", "qiangqiang", "13800138000", "Lucky😀", "一路平安", "wangxiaoming", "xiongyingxue"} {
		if f, number, ok := familyOf(nickname); ok {
			t.Errorf("%q is of %+v, %d; want of none", nickname, f, number)
		}
	}
}

const minute = 60 * 1000

func TestSeriesOfNicknames(t *testing.T) {
	run := func(format string, from, to, step int, every int64) (names []named) {
		for i := from; i <= to; i += step {
			names = append(names, named{Nickname: fmt.Sprintf(format, i, ""), JoinedAt: int64(len(names)) * every})
		}
		return names
	}
	made := func(n int, every int64) (names []named) {
		for i := range n {
			names = append(names, named{Nickname: fmt.Sprintf("k%df%dx%d", i%10, i/10, i%7), JoinedAt: int64(i) * every})
		}
		return names
	}
	for name, c := range map[string]struct {
		names []named
		want  int // in series
	}{
		"seven that run on":                  {run("刷%d%s", 1, 7, 1, minute), 0},
		"eight that run on":                  {run("刷%d%s", 1, 8, 1, minute), 8},
		"with a number left out here, there": {run("刷%02d%s", 1, 30, 2, minute), 15},
		"tens of a stem":                     {run("平安%d%s", 10, 500, 10, minute), 0},
		"a stem that comes up all day":       {run("平安%d%s", 1, 40, 1, 7*60*minute), 0},
		"years of birth, days apart":         {run("%d%s", 1960, 2005, 1, 24*60*minute), 0},
		"a family with four phones":          {run("小明%d%s", 1, 4, 1, minute), 0},
		"the same name again and again":      {run("小明1%[2]s", 1, 30, 1, minute), 0},
		"eleven that a program made up":      {made(11, minute), 0},
		"twelve that a program made up":      {made(12, minute), 12},
		"twelve, one a week":                 {made(12, 7*24*60*minute), 0},
		"two series at once, and who is none": {slices.Concat(
			run("刷%d%s", 1, 9, 1, 0), run("票%d%s", 1, 8, 1, 0), run("张%[2]s", 1, 50, 1, 0)), 17},
	} {
		for i := range c.names {
			c.names[i].PlayerID = sqldb.ID(i + 1)
		}
		in := 0
		for _, s := range seriesIn(c.names) {
			in += len(s.players)
		}
		if in != c.want {
			t.Errorf("%s: %d are in series, want %d", name, in, c.want)
		}
	}
}

func TestRandomLettersAreMostlySeenAndWordsNever(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := 0
	for range 1000 {
		text := make([]rune, 8)
		for i := range text {
			text[i] = rune('a' + random.IntN(26))
		}
		if tangled(text) {
			seen++
		}
	}
	if seen < 700 {
		t.Errorf("%d of 1000 are seen, want at least 700", seen)
	}
}

// FuzzSeries holds that whatever names come, nobody is in two series, none is smaller
// than what makes one, and the order in which they come changes nothing.
func FuzzSeries(f *testing.F) {
	f.Add("刷1,刷2,刷3,刷4,刷5,刷6,刷7,刷8,刷9", uint16(7))
	f.Add("k1f2x3,k2f3x4,\xff\xfe1,０１,-,#9", uint16(1))
	f.Add(strings.Repeat("a1b2c3,", 20), uint16(60000))
	f.Fuzz(func(t *testing.T, text string, every uint16) {
		var names []named
		for i, nickname := range strings.Split(text, ",") {
			names = append(names, named{sqldb.ID(i + 1), nickname, int64(i) * int64(every) * 1000})
			if got, _, ok := familyOf(nickname); ok && utf8.ValidString(nickname) && !utf8.ValidString(got.stem) {
				t.Fatalf("%q is of the stem %q", nickname, got.stem)
			}
		}
		found := seriesIn(names)
		in := map[sqldb.ID]bool{}
		for _, s := range found {
			if len(s.players) < numberedLeast || s.from > s.to || s.low > s.high {
				t.Fatalf("%+v", s)
			}
			for _, player := range s.players {
				if in[player] {
					t.Fatalf("%d is in two series", player)
				}
				in[player] = true
			}
		}
		slices.Reverse(names)
		if again := seriesIn(names); !reflect.DeepEqual(found, again) {
			t.Fatalf("%+v, and in reverse %+v", found, again)
		}
	})
}
