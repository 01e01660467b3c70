package identity

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// tokenNow is when tests read tokens, UTC ms.
const tokenNow = 1_781_568_000_000

var seven = Session{Player: 7, IssuedAt: tokenNow}

func newTestSessions(key byte) *Sessions {
	keys := keyring.Only(bytes.Repeat([]byte{key}, 32))
	return &Sessions{macs: keyring.Make(keys, newMACs), now: func() time.Time { return time.UnixMilli(tokenNow) }}
}

func TestATokenNamesItsPlayer(t *testing.T) {
	s := newTestSessions(1)
	for _, player := range []sqldb.ID{1, 118_605_843_129_176_064, 1<<63 - 1} {
		of := Session{Player: player, IssuedAt: tokenNow, ID: player - 1, Contest: 3}
		if got, ok := s.Read(s.Token(of)); !ok || got != of {
			t.Errorf("%+v comes back as %+v, %t", of, got, ok)
		}
	}
}

func TestATokenThatWeDidNotSignIsNobodys(t *testing.T) {
	s := newTestSessions(1)
	good := s.Token(seven)
	for name, text := range map[string]string{
		"nothing": "", "another installation's": newTestSessions(2).Token(seven), "one letter less": good[:len(good)-1],
		"one letter more":                   good + "A",
		"a line break in place of a letter": good[:20] + "\n" + good[21:], "padding": good +
			"=", "no signature": good[:43], "a number": "7",
		"zeros": strings.Repeat("A", len(good)), "something long": strings.Repeat("A", 1<<20),
		"not ours at all": "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3In0.",
	} {
		if of, ok := s.Read(text); ok {
			t.Errorf("%s is %+v", name, of)
		}
	}
}

func TestATokenWithOneLetterChangedIsNobodys(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	s := newTestSessions(1)
	good := s.Token(seven)
	for i := range good {
		for _, letter := range alphabet {
			changed := good[:i] + string(letter) + good[i+1:]
			if _, ok := s.Read(changed); ok && changed != good {
				t.Fatalf("%s with %c at %d is taken", good, letter, i)
			}
		}
	}
}

func FuzzOnlySignedTokensNameAPlayer(f *testing.F) {
	s := newTestSessions(1)
	good := s.Token(seven)
	f.Add(int64(7), int64(tokenNow), "")
	f.Add(int64(1), int64(0), good[:63]+"B")
	f.Add(int64(1), int64(0), base64.RawURLEncoding.EncodeToString(make([]byte, 48)))
	f.Fuzz(func(t *testing.T, player, now int64, text string) {
		of := Session{Player: sqldb.ID(player), IssuedAt: now}
		old := tokenNow-now > TokenLife.Milliseconds()
		if got, ok := s.Read(s.Token(of)); got != of || ok == old {
			t.Fatalf("%+v comes back as %+v, %t", of, got, ok)
		}
		// The fuzzer knows one good token, the seed; anything else is a forgery.
		if _, ok := s.Read(text); ok && text != good {
			t.Fatalf("%q is taken", text)
		}
	})
}

func TestANicknameIsShownAsItWasMeant(t *testing.T) {
	for text, want := range map[string]string{
		"青禾小李": "青禾小李", "  青禾   小李 ": "青禾 小李", "\u3000小李\u3000": "小李", "Ann": "Ann", "José": "José", "😀": "😀", "👍🏽": "👍🏽",
		"一二三四五六七八九十十一": "一二三四五六七八九十十一", "'; DROP": "'; DROP", "<b>小李</b>": "<b>小李</b>", "★": "★", "1": "1", "-": "-",
		// Marks that nobody sees come with what is pasted; at the ends they are dropped.
		"\u202eab": "ab", "a\u200b": "a",
	} {
		if got, err := cleanTest(text); err != nil || got != want {
			t.Errorf("%q becomes %q, %v", text, got, err)
		}
	}
}

func cleanTest(text string) (string, error) {
	var names *publicname.Names
	return names.Check(publicname.Person, "nickname", "昵称", text, MaxNickname)
}

func TestANicknameThatABoardMustNotShowIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "blanks": " \u3000\u00a0", "a character too many": "一二三四五六七八九十十一二", "NUL": "a\x00", "a tab": "a\tb",
		"a line break": "a\nb",
		"DEL":          "a\x7f", "a C1 control": "a\u009b", "turned round": "a\u202eb", "zero width": "a\u200bb",
		"a joiner": "a\u200db", "a soft hyphen": "a\u00adb",
		"private use": "\ue000", "no character": "a\ufffd", "not UTF-8": "a\xff", "a filler": "\u3164",
		"half-width filler": "\uffa0", "a filler in it": "a\u115fb",
		"empty braille": "\u2800", "accents alone": "\u0301\u0302", "a variation alone": "\ufe0f", "a tag": "a\U000e0041",
		"a line separator": "a\u2028b",
	} {
		_, err := cleanTest(text)
		if e := errs.From(err); err == nil || e.Code != "invalid_field" || e.Field != "nickname" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNicknamesThatPassCanBeShownAndPassAgain(f *testing.F) {
	for _, seed := range []string{"青禾小李", " a  b ", "\u202e", "\xff", "\u3164", "😀", "a\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := cleanTest(text)
		if err != nil {
			if e := errs.From(err); e.Code != "invalid_field" || e.Field != "nickname" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := cleanTest(name)
		if err != nil || again != name {
			t.Fatalf("%q becomes %q, that %q, %v", text, name, again, err)
		}
		n := utf8.RuneCountInString(name)
		if !utf8.ValidString(name) || n < 1 || n > MaxNickname || len(name) > 64 || name != strings.TrimSpace(name) {
			t.Fatalf("%q becomes %q", text, name)
		}
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Fatalf("%q holds what cannot be shown", name)
		}
	})
}

func players(t *testing.T, s *testkit.Store) *Players {
	t.Helper()
	s.Migrate(sqldb.Migrations(), Migrations())
	ids, err := sqldb.NewIDs(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	vault := personal.NewVault(keyring.Only(bytes.Repeat([]byte{1}, 32)), keyring.Only(bytes.Repeat([]byte{'h'}, 32)))
	return NewPlayers(s.DB, ids, vault, time.Now)
}

func TestAGuestIsEnrolledOnceAndThenRenamed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p := players(t, s)
		first, err := p.Enrol(t.Context(), 1, 0, " 小李 ", 5)
		if err != nil || first.PlayerID == 0 || first.Nickname != "小李" || first.UnitID != 5 {
			t.Fatalf("enrolled as %+v, %v", first, err)
		}
		if again, err := p.Enrol(t.Context(), 1, first.PlayerID, "小王😀", 6); err != nil || again.PlayerID != first.PlayerID {
			t.Fatalf("renamed to %+v, %v", again, err)
		}
		if got, err := p.Enrolment(t.Context(), 1, first.PlayerID); err != nil || got.Nickname != "小王😀" || got.UnitID != 6 {
			t.Errorf("stored is %+v, %v", got, err)
		}
		// The same name again matches the row, though it changes nothing.
		if _, err := p.Enrol(t.Context(), 1, first.PlayerID, "小王😀", 6); err != nil {
			t.Errorf("the same again: %v", err)
		}
		if n, err := p.Count(t.Context(), 1); err != nil || n != 1 {
			t.Errorf("%d take part, %v", n, err)
		}
	})
}

// Tried on the running program: who was called 已退出 was taken for gone, and left out of
// drawings.
func TestNobodyIsCalledWhatStandsForThoseWhoLeft(t *testing.T) {
	p := players(t, testkit.Embedded(t))
	d := &contest.Definition{}
	d.Players.Names.Unfit = contest.UnfitReplaced
	for _, name := range []string{"已退出", " 已退出 ", "已 退 出"} {
		if _, err := p.Enrol(t.Context(), 1, 0, name, 0); errs.From(err).Field != "nickname" {
			t.Errorf("%q enrols: %v", name, err)
		}
		if _, err := p.Join(t.Context(), d, 1, 0, Application{Nickname: name, At: 1}); errs.From(err).Field != "nickname" {
			t.Errorf("%q joins: %v", name, err)
		}
	}
}

func TestAPlayersPartInOneContestIsNoneInAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p := players(t, s)
		first, err := p.Enrol(t.Context(), 1, 0, "小李", 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Enrolment(t.Context(), 2, first.PlayerID); !errors.Is(err, ErrNotEnrolled) {
			t.Errorf("in another contest: %v", err)
		}
		if _, err := p.Enrol(t.Context(), 2, first.PlayerID, "老李", 0); err != nil {
			t.Fatal(err)
		}
		if got, err := p.Enrolment(t.Context(), 1, first.PlayerID); err != nil || got.Nickname != "小李" {
			t.Errorf("the first contest's name is %+v, %v", got, err)
		}
		found, err := p.Enrolments(t.Context(), 2, []sqldb.ID{first.PlayerID, 999})
		if err != nil || len(found) != 1 || found[first.PlayerID].Nickname != "老李" {
			t.Errorf("found %v, %v", found, err)
		}
		if found, err := p.Enrolments(t.Context(), 2, nil); err != nil || len(found) != 0 {
			t.Errorf("of nobody: %v, %v", found, err)
		}
	})
}

func TestPressingEnrolManyTimesAtOnceEnrolsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p := players(t, s)
		guest, err := p.Enrol(t.Context(), 1, 0, "小李", 0)
		if err != nil {
			t.Fatal(err)
		}
		var pressed sync.WaitGroup
		names := make([]string, 16)
		for i := range names {
			pressed.Go(func() {
				got, err := p.Enrol(t.Context(), 2, guest.PlayerID, fmt.Sprint("小李", i), 0)
				if err != nil || got.PlayerID != guest.PlayerID {
					t.Errorf("%+v, %v", got, err)
				}
				names[i] = got.Nickname
			})
		}
		pressed.Wait()
		if n, err := p.Count(t.Context(), 2); err != nil || n != 1 {
			t.Errorf("%d take part, %v", n, err)
		}
		if got, err := p.Enrolment(t.Context(), 2, guest.PlayerID); err != nil || !slices.Contains(names, got.Nickname) {
			t.Errorf("stored is %+v, %v; told were %v", got, err, names)
		}
	})
}

func TestARefusedNicknameStoresNothing(t *testing.T) {
	s := testkit.Embedded(t)
	p := players(t, s)
	if _, err := p.Enrol(t.Context(), 1, 0, "\u202e", 0); err == nil {
		t.Fatal("it was taken")
	}
	var n int
	if err := s.DB.Get(t.Context(), &n, "SELECT COUNT(*) FROM players"); err != nil || n != 0 {
		t.Errorf("%d players are stored, %v", n, err)
	}
}
