package pagetest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"anquanda/internal/selection"

	"github.com/chromedp/chromedp"
)

// verifier opens static/verify.html as people do: from disk, without a network.
func verifier(t *testing.T) *phone {
	t.Helper()
	p := newPhone(t, 390, 844)
	page, err := filepath.Abs("../verify.html")
	p.must(err)
	p.online(false)
	p.goTo("file://" + page)
	return p
}

// give drops a file on the page and waits for its verdict.
func (p *phone) give(transcript []byte, verdict string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "transcript.json")
	p.must(os.WriteFile(file, transcript, 0o600))
	ask[any](p, `void (document.body.dataset.verdict = "")`)
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	p.until(`document.body.dataset.verdict === ` + strconv.Quote(verdict))
}

// drawnOf draws from n entrants S1 to Sn; every third and its neighbour are one
// person.
func drawnOf(t *testing.T, n int, algorithm selection.Algorithm, drawn bool, forfeits ...selection.Forfeit) []byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	salt, seed := [32]byte{1, 2, 3}, bytes.Repeat([]byte{7}, 32)
	if algorithm == selection.RFC3797 {
		seed = nil
	}
	roll := selection.NewRoll(salt)
	for i := 1; i <= n; i++ {
		must(roll.Add(fmt.Sprintf("S%d", i), fmt.Sprint("p", i-i%3/2), i))
	}
	must(roll.Exclude("工作人员"))
	list, excluded, err := roll.List()
	must(err)
	transcript, err := selection.NewFreeze(selection.Freeze{
		Title: "六月安全知识竞赛 <公开摇奖> & \"领奖\"", FrozenAt: "2026-06-01T08:00:00Z", Algorithm: algorithm, Excluded: excluded,
		Salt: hex.EncodeToString(salt[:]),
		Rules: selection.Rules{Tiers: []selection.Tier{{Name: "一等奖", Count: 1}, {Name: "二等奖", Count: 20, PerPerson: 1}},
			PerPerson: 2, Reserves: 3},
		Sources: []selection.Source{{Name: "双色球红球", Values: 6}, {Name: "蓝球", Values: 1}, {Name: "信标", Values: 1},
			{Name: "指数", Values: 2}},
	}, list, seed, nil)
	must(err)
	if drawn {
		must(transcript.Complete(seed, []string{"33 2 5 8 10 12", "07", "a3ff09", "3121.50 0.75"}, forfeits, nil))
	}
	var out bytes.Buffer
	must(transcript.Write(&out, nil))
	return out.Bytes()
}

func TestTheVerifierReproducesADrawingFromDisk(t *testing.T) {
	p := verifier(t)
	gaveUp := []selection.Forfeit{{Place: 2, Reason: "未在期限内领取"}, {Place: 1, Reason: "放弃"}, {Place: 3, Reason: "放弃"},
		{Place: 4, Reason: "放弃"}, {Place: 5, Reason: "放弃"}}
	for _, algorithm := range []selection.Algorithm{selection.HMACSHA256, selection.RFC3797} {
		transcript := drawnOf(t, 37, algorithm, true, gaveUp...)
		p.give(transcript, "good")
		if n := ask[int](p, `document.querySelectorAll("#steps [data-state=ok]").length`); n != 10 {
			t.Errorf("%d steps have a tick", n)
		}
		p.see("递补第 2 位")
		p.see("指纹")
	}
	p.write("#slip", "S17")
	p.see("您在名单里")
	p.until(`document.querySelector("#path").textContent.includes("到达冻结时的总根")`)
	p.keep("verifier-good")
	p.write("#slip", "0")
	p.see("名单里没有这个编号")
	frozen := ask[string](p, `document.querySelector("#fingerprint").textContent`)
	p.write("#seen", strings.ToLower(strings.ReplaceAll(frozen, "-", " ")))
	p.see("指纹相同")
	p.write("#seen", "0")
	p.see("指纹不同")
}

func TestTheVerifierNamesTheStepThatFails(t *testing.T) {
	p := verifier(t)
	good := string(drawnOf(t, 37, selection.HMACSHA256, true, selection.Forfeit{Place: 2, Reason: "放弃"}))
	seed := strings.Repeat("07", 32)
	for step, change := range map[string][2]string{
		"format": {"\n  ]\n}", "\n ]\n}"}, "rules": {`"二等奖"`, `"三等奖"`}, "fingerprint": {"六月", "七月"},
		"seed":   {seed, "17" + seed[2:]},
		"source": {"2 5 8 10 12 33", "2 5 8 10 12 32"}, "results": {`"place": 3,`, `"place": 4,`},
		"forfeits": {`"by": 22`, `"by": 23`}, "seal": {"放弃", "放气"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s: nothing changed", step)
		}
		p.give([]byte(good), "good")
		p.give([]byte(bad), "bad")
		if got := ask[string](p, `document.querySelector("#steps [data-state=bad]").dataset.step`); got != step {
			t.Errorf("the step %s failed, should be %s", got, step)
		}
	}
	at := strings.Index(good, `"entrants"`) + 30
	p.give([]byte(good[:at]+flipHex(good[at])+good[at+1:]), "bad")
	p.keep("verifier-bad")
}

func flipHex(digit byte) string {
	if digit == '0' {
		return "1"
	}
	return "0"
}

func TestTheVerifierSeesAnyChangedByte(t *testing.T) {
	p := verifier(t)
	good := drawnOf(t, 9, selection.HMACSHA256, true, selection.Forfeit{Place: 2, Reason: "放弃"})
	// Coprime steps reach every part of the file; Go's own test takes every byte.
	ask[any](p, `void (async () => {
		const good = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(good)+`"), (c) => c.charCodeAt(0)), missed = [];
		for (let at = 0; at < good.length; at += 29) {
			const bad = good.slice();
			bad[at] ^= [1, 2, 4, 16, 32][at % 5];
			await verify(new File([bad], "bad.json"));
			if (document.body.dataset.verdict !== "bad") missed.push(at);
		}
		await verify(new File([good], "good.json"));
		if (document.body.dataset.verdict !== "good") missed.push(-1);
		window.missed = missed;
	})()`)
	p.until("window.missed")
	if missed := ask[[]int](p, "window.missed"); len(missed) > 0 {
		t.Errorf("not seen: %v", missed)
	}
}

func TestTheVerifierKnowsAFreezeThatIsNotDrawn(t *testing.T) {
	p := verifier(t)
	p.give(drawnOf(t, 1, selection.HMACSHA256, false), "frozen")
	p.see("还没有摇奖")
	p.write("#slip", "S1")
	p.see("您在名单里，是第 1 条")
}

func TestTheVerifierAnswersWhileAHundredThousandAreChecked(t *testing.T) {
	p := verifier(t)
	transcript := drawnOf(t, 100_000, selection.HMACSHA256, true)
	ask[any](p, `window.longest = 0, window.last = performance.now(), setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 10), undefined`)
	p.give(transcript, "good")
	p.write("#slip", "S99999")
	p.see("您在名单里")
	t.Logf("the page was never silent for more than %.0f ms", ask[float64](p, "longest"))
}
