package pagetest

import (
	"context"
	"fmt"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/question"
)

// county is the real program with its shipped contest, for all tests of this
// package: each test is another citizen.
var county struct {
	sync.Once
	address string
	app     *app.App
	close   func()
	err     error
}

func server(t *testing.T) string {
	t.Helper()
	county.Do(func() { county.err = openCounty() })
	if county.err != nil {
		t.Fatal(county.err)
	}
	return county.address
}

func openCounty() (err error) {
	county.app, county.address, county.close, err = openProgram()
	return err
}

// shippedByStem are the questions of the bank that the program ships.
var shippedByStem = sync.OnceValues(func() (map[string]question.Question, error) {
	questions, err := app.ShippedQuestions()
	byStem := map[string]question.Question{}
	for _, q := range questions {
		byStem[plain(q.Stem)] = q
	}
	return byStem, err
})

// openContest starts the program with one more contest, whose boards are there
// already: they are built in the background, and a quick citizen looks before.
func openContest(name, definition string) (a *app.App, address string, stop func(), err error) {
	if a, address, stop, err = openProgram(); err != nil {
		return nil, "", nil, err
	}
	ctx := context.Background()
	in, err := a.Catalog.Apply(ctx, name, []byte(definition), "")
	if err == nil {
		err = a.Boards.Rebuild(ctx, in.ContestID)
	}
	if err == nil {
		err = a.Referrals.Rebuild(ctx, in.ContestID)
	}
	return a, address, stop, err
}

// openProgram starts the program on embedded stores of its own.
func openProgram() (a *app.App, address string, stop func(), err error) {
	folder, err := os.MkdirTemp("", "anquanda-pagetest")
	if err != nil {
		return nil, "", nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		a, err = app.New(ctx, app.Config{Data: folder, AtOnce: true})
	}
	if err != nil {
		cancel()
		return nil, "", nil, err
	}
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx, listener) }()
	return a, "http://" + listener.Addr().String(), func() {
		cancel()
		<-served
		a.Close()
		os.RemoveAll(folder)
	}, nil
}

var blank = regexp.MustCompile(`_{2,}`)

func plain(stem string) string { return blank.ReplaceAllString(strings.TrimSpace(stem), "____") }

// signIn takes a citizen from the link to the first question.
func (p *phone) signIn(name string) {
	p.t.Helper()
	p.open("/")
	p.tap("马上开始")
	p.write("#nickname", name)
	p.tap("同意并开始")
	p.until(`document.querySelector(".stem")`)
}

// at is the number of the question on the page, once it is there to be answered.
func (p *phone) at() int {
	p.t.Helper()
	p.until(`document.querySelector(".play-at b") && !document.querySelector(".verdict")`)
	return ask[int](p, `Number(document.querySelector(".play-at b").textContent.replace(/\D/g, ""))`)
}

// question is the bank's question that the page shows.
func (p *phone) question() question.Question {
	p.t.Helper()
	p.until(`document.querySelector(".stem") && !document.querySelector(".verdict")`)
	stem := ask[string](p,
		`document.querySelector(".stem").textContent.replace(/^第\d+题，...。/, "").replace(/（填空）/g, "____")`)
	bank, err := shippedByStem()
	p.must(err)
	q, ok := bank[plain(stem)]
	if !ok {
		p.t.Fatalf("the page asks %q, which is not in the bank", stem)
	}
	return q
}

// choose answers the question on the page, but does not confirm.
func (p *phone) choose(rightly bool) {
	p.t.Helper()
	p.until(`document.querySelector(".option, .blank input") && !document.querySelector(".verdict")`)
	q := p.question()
	if len(q.Blanks) > 0 {
		for i, accepted := range q.Blanks {
			text := accepted[0]
			if !rightly {
				text = "不知道"
			}
			p.write(fmt.Sprintf(".blank:nth-of-type(%d) input", i+1), text)
		}
		return
	}
	for i, text := range optionTexts(q) {
		if right := slices.Contains(q.Right, i); right == rightly {
			p.tapOn(fmt.Sprintf(`[...document.querySelectorAll(".option")].find((o) => o.querySelector(".option-text").textContent === %q)`, text))
			if len(q.Right) == 1 || !rightly {
				return
			}
		}
	}
}

func optionTexts(q question.Question) []string {
	if len(q.Options) == 0 {
		return []string{"正确", "错误"}
	}
	return q.Options
}

// answer answers the question on the page and waits for the verdict.
func (p *phone) answer(rightly bool) {
	p.t.Helper()
	p.choose(rightly)
	p.tap("确定")
	if rightly {
		p.until(`document.querySelector(".verdict.right")`)
	} else {
		p.until(`document.querySelector(".verdict.wrong")`)
	}
}
