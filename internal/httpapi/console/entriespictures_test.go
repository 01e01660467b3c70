package console_test

import (
	"bytes"
	"maps"
	"regexp"
	"slices"

	"anquanda/internal/report/offline"
)

// choosesPictures puts pictures into the summary, of which before is the file without any.
func (d *desk) choosesPictures(c *clerk, before []byte) {
	t := d.t
	t.Helper()
	var ids []string
	err := d.app.DB.Select(t.Context(), &ids, "SELECT id FROM offline_pictures ORDER BY id")
	if err != nil || len(ids) <= offline.MostChosen {
		t.Fatalf("there are %d pictures, %v", len(ids), err)
	}
	path := func(id string) string { return "/contests/month/entries/pictures/" + id + "/choice" }
	for i, id := range ids[:offline.MostChosen+1] {
		if i < offline.MostChosen {
			c.must("PUT", path(id), map[string]bool{"chosen": true}, nil)
			c.must("PUT", path(id), map[string]bool{"chosen": true}, nil) // pressed twice
			continue
		}
		c.wants("PUT", path(id), map[string]bool{"chosen": true}, 409, "offline_chosen_full", "")
	}
	c.wants("PUT", path("12345"), map[string]bool{"chosen": false}, 404, "fill_picture_unknown", "")
	for _, id := range ids[:offline.MostChosen] {
		c.must("PUT", path(id), map[string]bool{"chosen": false}, nil)
	}
	reported := regexp.MustCompile(`"id":"(\d+)"`)
	var pictures []string
	err = d.app.DB.Select(t.Context(), &pictures, "SELECT pictures FROM offline_reports WHERE pictures <> '[]'")
	if err != nil || len(pictures) == 0 || !reported.MatchString(pictures[0]) {
		t.Fatalf("units reported the pictures %v, %v", pictures, err)
	}
	c.must("PUT", path(reported.FindStringSubmatch(pictures[0])[1]), map[string]bool{"chosen": true}, nil)
	files := unpacked(t, c.send("GET", "/contests/month/closing/pack", nil).body)
	parts := unpacked(t, files["总结.docx"])
	if len(parts["word/media/picture1.jpg"]) == 0 || !bytes.Contains(parts["word/document.xml"], []byte("图1　")) ||
		len(unpacked(t, before)["word/media/picture1.jpg"]) != 0 {
		t.Errorf("the summary holds %v", slices.Sorted(maps.Keys(parts)))
	}
}
