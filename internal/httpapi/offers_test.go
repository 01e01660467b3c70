package httpapi_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const offeringContest = `
contest: offering
title: 安全生产月有奖竞答
organizer: 县安委办
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
earnings: [{key: signed, for: pledge, give: {points: 120, chances: 2}, max: 1, per: contest}]
prizes:
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 20, collect: 到社区服务站领取, photo: 0123456789abcdef0123456789abcdef.png}
  - {key: film, title: 电影票, kind: voucher, value: 4000, stock: 100, price: 50}
  - {key: kit, title: 灭火器套装, kind: goods, value: 30000, stock: 4, collect: 到社区服务站领取}
  - {key: spare, title: 备用品, kind: goods, value: 100, stock: 9, collect: 到社区服务站领取}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools:
  - {key: wheel, title: 幸运转盘, prizes: [{prize: kettle, odds: 1000000}, {prize: thanks}]}
drawings:
  - key: grand
    title: 大奖
    at: 2026-12-04 10:00
    who: {finished: 1}
    prizes: [{prize: kit, count: 2}, {prize: kettle, count: 3}]
    source: 双色球
`

type offersPage struct {
	Prizes []struct {
		Key, Photo         string
		Value, Stock, Left int
		Price, Drawn       int
		Pools, Live        bool
	}
	Drawings []struct {
		Key, Every string
		At         int64
		Late       bool
		Prizes     []struct {
			Title string
			Count int
		}
	}
}

func TestEverybodySeesWhatThereIsToWinAndHowMuchIsLeft(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		if _, err := h.app.Catalog.Apply(t.Context(), "offering.yaml", []byte(offeringContest), "test"); err != nil {
			t.Fatal(err)
		}
		offers := func() (page offersPage) {
			t.Helper()
			stranger := h.player("offering")
			if err := stranger.Call(http.MethodGet, stranger.InContest("/offers"), nil, &page); err != nil {
				t.Fatal(err)
			}
			return page
		}
		page := offers()
		if len(page.Prizes) != 3 {
			t.Fatalf("what nothing gives is offered: %+v", page.Prizes)
		}
		kettle, film, kit := page.Prizes[0], page.Prizes[1], page.Prizes[2]
		if kettle.Key != "kettle" || kettle.Left != 17 || kettle.Stock != 20 || !kettle.Pools || kettle.Value != 9900 ||
			kettle.Photo != "0123456789abcdef0123456789abcdef.png" || kettle.Drawn != 3 {
			t.Errorf("20 kettles, of which 3 are drawn: %+v", kettle)
		}
		if film.Left != 0 || film.Price != 50 || film.Pools {
			t.Errorf("a voucher without a code: %+v", film)
		}
		if kit.Drawn != 2 || kit.Pools || kit.Price != 0 {
			t.Errorf("what is only drawn: %+v", kit)
		}
		if w := page.Drawings; len(w) != 1 || w[0].Prizes[0].Title != "灭火器套装" || w[0].Prizes[0].Count != 2 ||
			time.UnixMilli(w[0].At).UTC().Format(time.DateOnly) != "2026-12-04" {
			t.Errorf("the drawings to come are %+v", page.Drawings)
		}

		passed := strings.Replace(offeringContest, "2026-12-04", "2026-06-04", 1)
		if _, err := h.app.Catalog.Apply(t.Context(), "offering.yaml", []byte(passed), "test"); err != nil {
			t.Fatal(err)
		}
		if w := offers().Drawings; !w[0].Late {
			t.Errorf("a drawing whose day has passed is told as %+v", w)
		}

		p := h.enrolled("offering")
		if err := p.Call(http.MethodPost, p.InContest("/pledge"), map[string]any{"name": "张建国"}, nil); err != nil {
			t.Fatal(err)
		}
		chance := drawsOf(t, p).Me.Chances[0]
		if err := p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"), map[string]string{"chance": chance},
			nil); err != nil {
			t.Fatal(err)
		}
		waitFor(t, func() bool { return offers().Prizes[0].Left == 16 }) // once what was counted is old
		desk := h.member(staff.Prizes)
		if added, said := h.send(desk, http.MethodPost, consolePath+"/contests/offering/prizes/film/codes", asFile,
			strings.NewReader("AB12-CD34\n")); added.StatusCode != http.StatusCreated {
			t.Fatalf("codes: %d %s", added.StatusCode, said)
		}
		waitFor(t, func() bool { return offers().Prizes[1].Left == 1 })
	})
}

func TestAPictureIsStoredByWhoSetsContestsUpWithinItsBounds(t *testing.T) {
	h := openHouse(t, embedded(t))
	desk, path := h.member(staff.Organizer), consolePath+"/pictures?name=kit.png"
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^{"name":"([0-9a-f]{32}\.png)"}\s*$`)
	stored := ""
	for range 2 {
		reply, text := h.send(desk, http.MethodPost, path, asFile, bytes.NewReader(small.Bytes()))
		found := name.FindStringSubmatch(text)
		if reply.StatusCode != http.StatusCreated || found == nil || stored != "" && found[1] != stored {
			t.Fatalf("%d %s, before %s", reply.StatusCode, text, stored)
		}
		stored = found[1]
	}
	seen, err := http.Get(h.url + "/api/v1/images/" + stored)
	if err != nil {
		t.Fatal(err)
	}
	defer seen.Body.Close()
	if seen.StatusCode != http.StatusOK || seen.Header.Get("Content-Type") != "image/png" {
		t.Errorf("read: %d %v", seen.StatusCode, seen.Header)
	}
	for _, c := range []struct {
		by   *testkit.Player
		body string
		want string
	}{
		{desk, "<svg xmlns='http://www.w3.org/2000/svg'/>", "invalid_field"},
		{desk, "not a picture", "invalid_field"},
		{desk, small.String() + strings.Repeat("x", 200<<10), "picture_too_large"},
		{h.member(staff.Viewer), small.String(), "not_permitted"},
	} {
		if _, text := h.send(c.by, http.MethodPost, path, asFile, strings.NewReader(c.body)); !strings.Contains(text, c.want) {
			t.Errorf("%s, want %s", text, c.want)
		}
	}
}
