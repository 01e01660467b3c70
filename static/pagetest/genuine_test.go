package pagetest

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/testkit"
)

// certified is a certificate that somebody earned at the fair.
func certified(t *testing.T) (number, code string) {
	t.Helper()
	p := testkit.NewPlayer(fair.address, "certified", fairQuestions())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.Enrol("赵安全", ""))
	if _, err := p.Play("one", 0); err != nil {
		t.Fatal(err)
	}
	var home struct {
		Me struct {
			Certificates []struct{ Number, Code string }
		}
	}
	must(p.Call(http.MethodGet, p.InContest(""), nil, &home))
	if len(home.Me.Certificates) != 1 {
		t.Fatalf("the player holds %+v", home.Me.Certificates)
	}
	return home.Me.Certificates[0].Number, home.Me.Certificates[0].Code
}

func TestWhoScansACertificateSeesThatItIsGenuine(t *testing.T) {
	p := visit(t, "certified", 360, 740, false)
	number, code := certified(t)
	p.goTo(fair.address + "/cert/" + number + "-" + code)
	p.see("这份证书是真的")
	for _, text := range []string{"安全学习证书", "赵安全", "村里的安全比赛", number} {
		p.see(text)
	}
	p.suits("cert-genuine")

	wrong := "2" + code[1:]
	if wrong == code {
		wrong = "3" + code[1:]
	}
	p.goTo(fair.address + "/cert/" + number + "-" + wrong)
	p.see("没有查到这份证书")
	if strings.Contains(ask[string](p, `document.body.innerText`), "赵安全") {
		t.Error("a wrong code tells the name")
	}
	p.suits("cert-unknown")

	p.goTo(fair.address + "/cert")
	p.see("输入证书下方的编号和校验码")
	p.suits("cert-empty")
	p.write("[name=number]", number)
	p.write("[name=code]", strings.ToLower(code))
	p.tapOn(`document.querySelector(".cert form .main")`)
	p.see("这份证书是真的")
}
