package pagetest

import (
	"net/http"
	"strings"
	"testing"
)

func TestAPictureOfAPrizeGoesFromTheFormToTheHome(t *testing.T) {
	d := openDesk(t)
	if _, err := d.app.Catalog.Apply(t.Context(), "offering.yaml", []byte(offeringContest), ""); err != nil {
		t.Fatal(err)
	}
	p := d.at(1280, 800, "wang")
	p.tap("活动")
	p.openContest("安全生产月有奖竞答")
	p.tapOn(`[...document.querySelectorAll(".part > summary")].find((s) => s.innerText.includes("奖品和抽奖"))`)
	p.until(`document.querySelector("[name='prizes[0].photo']")`)
	p.chooseFile("[name='prizes[0].photo']", "notes.txt", "not a picture")
	p.see("这个文件不是图片")
	// A large picture is made small before it is sent.
	ask[any](p, `new Promise((done) => {
		const canvas = document.createElement("canvas");
		canvas.width = 1600; canvas.height = 1200;
		const pen = canvas.getContext("2d");
		pen.fillStyle = "#c33"; pen.fillRect(0, 0, 1600, 1200);
		canvas.toBlob((blob) => {
			const field = document.querySelector("[name='prizes[0].photo']"), files = new DataTransfer();
			files.items.add(new File([blob], "应急包.png", { type: "image/png" }));
			field.files = files.files;
			field.dispatchEvent(new Event("change", { bubbles: true }));
			done(null);
		});
	}), undefined`)
	p.until(`document.querySelector(".picture-cell img").naturalWidth === 400`)
	p.textHolds("photo: ")
	p.until(`/photo: [0-9a-f]{32}[.]jpg/.test(document.querySelector(".yaml-text").value)`)
	ask[any](p, `document.querySelector(".picture-cell").scrollIntoView({block: "center"}), undefined`)
	p.fits("contest-picture")
	name := ask[string](p, `/[0-9a-f]{32}[.]jpg/.exec(document.querySelector(".yaml-text").value)[0]`)

	with := strings.Replace(offeringContest, "title: 家庭应急包,", "title: 家庭应急包, photo: "+name+",", 1)
	if _, err := d.app.Catalog.Apply(t.Context(), "offering.yaml", []byte(with), "补上图片"); err != nil {
		t.Fatal(err)
	}
	mine := newPhone(t, 360, 740)
	mine.visit(d.url + "/c/offering")
	mine.until(`document.querySelector(".offer-picture img").naturalWidth === 400`)
	mine.suits("offers-picture")
	reply, err := http.Get(d.url + "/api/v1/images/" + name)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	if kept := reply.Header.Get("Cache-Control"); !strings.Contains(kept, "immutable") {
		t.Errorf("the picture is asked for again on every visit: %q", kept)
	}
}
