package selection

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// seed32 is a secret that everyone knows.
func seed32() []byte {
	sum := sha256.Sum256([]byte("a seed for tests"))
	return sum[:]
}

// listOf is a list of n entrants S1 to Sn; person names who an entrant is, or "".
func listOf(t testing.TB, n int, person func(i int) string) (*List, [32]byte) {
	t.Helper()
	salt := sha256.Sum256([]byte("a salt for tests"))
	roll := NewRoll(salt)
	for i := 1; i <= n; i++ {
		who := ""
		if person != nil {
			who = person(i)
		}
		if err := roll.Add(fmt.Sprintf("S%d", i), who, i); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := roll.List()
	if err != nil {
		t.Fatal(err)
	}
	return list, salt
}

func plan(salt [32]byte, rules Rules) Freeze {
	return Freeze{
		Title: "六月安全知识竞赛抽奖", FrozenAt: "2026-06-01T08:00:00Z", Algorithm: HMACSHA256,
		Salt: hex.EncodeToString(salt[:]), Rules: rules,
		Sources: []Source{{"双色球2026068期红球", 6}, {"双色球2026068期蓝球", 1}},
	}
}

var twoTiers = Rules{Tiers: []Tier{{"一等奖", 1, 0}, {"二等奖", 3, 1}}, PerPerson: 2, Reserves: 2}

var red = []string{"9 18 26 34 41 45", "12"}

// drawn is a complete transcript of 12 entrants, of whom S1 to S4 are one person.
func drawn(t testing.TB, forfeits ...Forfeit) []byte {
	t.Helper()
	list, salt := listOf(t, 12, func(i int) string {
		if i <= 4 {
			return "p"
		}
		return ""
	})
	transcript, err := NewFreeze(plan(salt, twoTiers), list, seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := transcript.Complete(seed32(), red, forfeits, nil); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := transcript.Write(&out, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(data []byte) error {
	_, err := Verify(data, "", nil, func(Step) {})
	return err
}

func TestATranscriptReproduces(t *testing.T) {
	if err := verify(drawn(t)); err != nil {
		t.Error(err)
	}
	if err := verify(drawn(t, Forfeit{Place: 1, Reason: "未在期限内领取"})); err != nil {
		t.Error(err)
	}
}

func TestAnyChangeOfAByteFailsAndNamesTheStep(t *testing.T) {
	good := drawn(t, Forfeit{Place: 2, Reason: "放弃"})
	steps := map[Step]int{}
	for at := range good {
		for _, flip := range []byte{1, 2, 4, 16, 32, 128} {
			bad := bytes.Clone(good)
			bad[at] ^= flip
			var failed *StepError
			if err := verify(bad); !errors.As(err, &failed) {
				t.Fatalf("byte %d, %q for %q: %v", at, bad[at], good[at], err)
			}
			steps[failed.Step]++
		}
	}
	for _, step := range []Step{StepFormat, StepList, StepRoot, StepRules, StepFingerprint, StepSeed, StepSource,
		StepResults, StepForfeits, StepSeal} {
		if steps[step] == 0 {
			t.Errorf("no change was found by the step %s: %v", step, steps)
		}
	}
}

func TestAByteMoreOrLessFails(t *testing.T) {
	good := drawn(t)
	for at := range good {
		if verify(slices.Delete(bytes.Clone(good), at, at+1)) == nil {
			t.Fatalf("byte %d is not missed", at)
		}
		for _, more := range []byte(" 0\n") {
			if verify(slices.Insert(bytes.Clone(good), at, more)) == nil {
				t.Fatalf("a byte more at %d is not seen", at)
			}
		}
	}
	if verify(append(bytes.Clone(good), '\n')) == nil {
		t.Error("a byte more at the end is not seen")
	}
}

func FuzzNoOtherFileThanTheTranscriptVerifies(f *testing.F) {
	good := drawn(f, Forfeit{Place: 2, Reason: "放弃"})
	list, salt := listOf(f, 12, nil)
	frozen, err := NewFreeze(plan(salt, twoTiers), list, seed32(), nil)
	if err != nil {
		f.Fatal(err)
	}
	published := frozen.Fingerprint
	f.Add(good, 0)
	f.Add([]byte(`{"format":"anquanda-drawing/1","entrants":[]}`), 3)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		if _, err := Verify(data, published, nil, func(Step) {}); err == nil {
			t.Error("it verifies under a fingerprint that is not its own")
		}
		if len(data) > 0 && at >= 0 {
			spliced := append(bytes.Clone(good[:at%len(good)]), data...)
			if !bytes.Equal(spliced, good) && bytes.HasPrefix(spliced, good[:len(good)/2]) && verify(spliced) == nil {
				t.Error("another file verifies")
			}
		}
	})
}

func TestAFrozenFileThatIsNotDrawnFails(t *testing.T) {
	list, salt := listOf(t, 5, nil)
	frozen, err := NewFreeze(plan(salt, Rules{Tiers: []Tier{{"奖", 1, 0}}, PerPerson: 1}), list, seed32(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := frozen.Write(&out, nil); err != nil {
		t.Fatal(err)
	}
	var failed *StepError
	if err := verify(out.Bytes()); !errors.As(err, &failed) || failed.Step != StepSeed {
		t.Error(err)
	}
}

func TestAnotherPublishedFingerprintFails(t *testing.T) {
	data := drawn(t)
	transcript, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(data, transcript.Fingerprint, nil, func(Step) {}); err != nil {
		t.Error(err)
	}
	_, err = Verify(data, strings.Repeat("0000-", 7)+"0000", nil, func(Step) {})
	var failed *StepError
	if !errors.As(err, &failed) || failed.Step != StepFingerprint {
		t.Error(err)
	}
}

func TestTheOrderOfTheFileDoesNotMatter(t *testing.T) {
	salt := [32]byte{7}
	rows := strings.Split("A,p\nB,\nC,p\nD,q\nE,q\nF,r", "\n")
	var first []byte
	for range 20 {
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		roll := NewRoll(salt)
		if err := roll.ReadCSV(strings.NewReader("\ufeff入围者,参赛者\n"+strings.Join(rows, "\n")), 0, nil); err != nil {
			t.Fatal(err)
		}
		list, _, err := roll.List()
		if err != nil {
			t.Fatal(err)
		}
		var all []byte
		for i := range list.Len() {
			all = append(append(all, list.Entry(i)...), '\n')
		}
		if first == nil {
			first = all
		}
		if !bytes.Equal(all, first) {
			t.Fatalf("another list:\n%s\n%s", all, first)
		}
	}
	if text := string(first); strings.Count(text, " 1\n") != 2 || strings.Count(text, " 2\n") != 2 ||
		strings.Contains(text, " 3") {
		t.Error(text)
	}
}

func TestAnEntrantFindsThemselvesAndTheirPath(t *testing.T) {
	for n := 1; n <= 33; n++ {
		list, salt := listOf(t, n, nil)
		root := list.Root(nil)
		for i := 1; i <= n; i++ {
			at, found := list.Find(ID(salt, fmt.Sprintf("S%d", i)))
			if !found {
				t.Fatalf("S%d is not found", i)
			}
			path := list.Path(at)
			if !onPath(list.Entry(at), at, n, path, root) {
				t.Errorf("%d of %d: the path does not lead to the root", at, n)
			}
			if n > 1 && (onPath(list.Entry(at), at^1, n, path, root) || onPath(list.Entry((at+1)%n), at, n, path, root)) {
				t.Errorf("%d of %d: a wrong place or entry passes", at, n)
			}
		}
		if _, found := list.Find(ID(salt, "S0")); found {
			t.Error("S0 is found")
		}
	}
}

// The tree of RFC 6962 section 2.1, in its own recursive words.
func TestTheRootIsThatOfRFC6962(t *testing.T) {
	var tree func(leaves []string) [32]byte
	tree = func(leaves []string) [32]byte {
		if len(leaves) == 1 {
			return sha256.Sum256([]byte("\x00" + leaves[0]))
		}
		k := 1
		for 2*k < len(leaves) {
			k *= 2
		}
		left, right := tree(leaves[:k]), tree(leaves[k:])
		return sha256.Sum256([]byte("\x01" + string(left[:]) + string(right[:])))
	}
	for n := 1; n <= 70; n++ {
		list, _ := listOf(t, n, nil)
		var leaves []string
		for i := range n {
			leaves = append(leaves, list.Entry(i))
		}
		if list.Root(nil) != tree(leaves) {
			t.Errorf("%d entries: another root", n)
		}
	}
}

func TestBadListsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "nobody is on the list",
		"entrant\n":              "nobody is on the list",
		"person,excluded\nA,B\n": "no column is headed entrant",
		"A\nB\nA\n":              "line 1 and on line 3",
		"A\n\"\"\n":              "line 2: the entrant is empty",
		"A\n\xff\n":              "line 2: the entrant is not UTF-8",
		"A\nB\u200bC\n":          "line 2: the entrant holds the unprintable character U+200B",
	} {
		roll := NewRoll([32]byte{})
		err := roll.ReadCSV(strings.NewReader(text), 0, nil)
		if err == nil {
			_, _, err = roll.List()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestThoseExcludedAreCountedByReason(t *testing.T) {
	roll := NewRoll([32]byte{})
	text := "编号,排除原因\nA,\nB,工作人员\nC,往期已中奖\nD,工作人员\n"
	if err := roll.ReadCSV(strings.NewReader(text), 0, nil); err != nil {
		t.Fatal(err)
	}
	list, excluded, err := roll.List()
	if err != nil || list.Len() != 1 || !slices.Equal(excluded, []Excluded{{"工作人员", 2}, {"往期已中奖", 1}}) {
		t.Error(list.Len(), excluded, err)
	}
}

func TestAFingerprintIs160BitsInEightGroups(t *testing.T) {
	var ones, last [32]byte
	for i := range ones {
		ones[i] = 0xff
	}
	last[19] = 1 // the last of the 160 bits
	if got := Short(ones); got != strings.Repeat("ZZZZ-", 7)+"ZZZZ" {
		t.Error(got)
	}
	if got := Short(last); got != strings.Repeat("0000-", 7)+"0001" {
		t.Error(got)
	}
	first := [32]byte{0x08, 0x42, 0x10, 0x84, 0x21}
	if got := Short(first); !strings.HasPrefix(got, "1111-1111-0000") {
		t.Error(got)
	}
}

// onPath tells whether an entry, as it stands in the transcript, is at index of a
// list of the given size under root.
func onPath(entry string, index, size int, path [][32]byte, root [32]byte) bool {
	if index < 0 || index >= size {
		return false
	}
	hash := leafHash([]byte(entry))
	last := size - 1
	for ; last > 0; index, last = index/2, last/2 {
		if index == last && index&1 == 0 {
			continue // passed up alone
		}
		if len(path) == 0 {
			return false
		}
		if index&1 == 1 {
			hash = nodeHash(path[0], hash)
		} else {
			hash = nodeHash(hash, path[0])
		}
		path = path[1:]
	}
	return len(path) == 0 && bytes.Equal(hash[:], root[:])
}
