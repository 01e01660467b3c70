package offline

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
)

func TestAWeeklyPlanIsDueEveryWeekAndAtTheEnd(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	at := func(text string) int64 {
		t.Helper()
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment.UnixMilli()
	}
	for _, c := range []struct {
		name  string
		plan  Plan
		dates string
	}{
		{"weekly", Plan{Weekly: true, FirstDue: at("2026-06-04 12:00"), LastDue: at("2026-07-01 12:00")},
			"06-11 12:00, 06-18 12:00, 06-25 12:00, 07-01 12:00"}, // the first is over
		{"weekly, the end on a week", Plan{Weekly: true, FirstDue: at("2026-06-18 12:00"), LastDue: at("2026-06-25 12:00")},
			"06-18 12:00, 06-25 12:00"},
		{"once", Plan{FirstDue: at("2026-06-18 12:00"), LastDue: at("2026-07-01 12:00")}, "07-01 12:00"},
	} {
		var dates []string
		for _, ms := range c.plan.Dates(time.UnixMilli(at("2026-06-05 08:00")), zone) {
			dates = append(dates, time.UnixMilli(ms).In(zone).Format("01-02 15:04"))
		}
		if got := strings.Join(dates, ", "); got != c.dates {
			t.Errorf("%s: due at %s, want %s", c.name, got, c.dates)
		}
	}
}

func TestNumbersThatCannotBeAreRefusedAndUnlikelyOnesAskedAbout(t *testing.T) {
	items := []Item{{"应急演练", "场"}, {"演练参加人次", "人次"}}
	for _, c := range []struct{ told, refused, odd string }{
		{"2 300", "", ""},
		{"0 0", "", ""},
		{"-1 3", "不能是负数", ""},
		{"2000000000 0", "太大", ""},
		{"2000000 0", "", "超过一百万"},
		{"0 300", "", "是 0"},
		{"1 60000", "", "只有 1"},
	} {
		var told []Figure
		for i, number := range strings.Fields(c.told) {
			var value int64
			for _, digit := range strings.TrimPrefix(number, "-") {
				value = 10*value + int64(digit-'0')
			}
			if strings.HasPrefix(number, "-") {
				value = -value
			}
			told = append(told, Figure{items[i].Title, value})
		}
		if err := checkFigures(items, told); (err == nil) != (c.refused == "") ||
			err != nil && !strings.Contains(errs.From(err).Message, c.refused) {
			t.Errorf("%s: %v, want %q", c.told, err, c.refused)
		}
		if c.refused != "" {
			continue
		}
		if odd := strings.Join(Odd(told), ""); (odd == "") != (c.odd == "") || !strings.Contains(odd, c.odd) {
			t.Errorf("%s is odd: %q, want %q", c.told, odd, c.odd)
		}
	}
	if checkFigures(items, []Figure{{"应急演练", 1}}) == nil ||
		checkFigures(items, []Figure{{"应急演练", 1}, {"应急演练", 2}, {"演练参加人次", 1}}) == nil {
		t.Error("a number that is missing, and one that is told twice, pass")
	}
}

// phoneShot is a JPEG as phones make them: red at the left, lying on its side, and in Exif
// the orientation and the place.
func phoneShot(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for y := range 20 {
		for x := range 40 {
			picture.Set(x, y, color.RGBA{0, 0, 255, 255})
			if x < 20 {
				picture.Set(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, picture, nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08" + // TIFF, big endian, its first directory at 8: one entry
		"\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00GPS 36.65 117.12"
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(append([]byte{0xff, 0xd8}, segment...), plain.Bytes()[2:]...)
}

func TestAPictureIsKeptUprightAndWithoutItsPlace(t *testing.T) {
	kept, err := reencode(phoneShot(t))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(kept, []byte("GPS")) || bytes.Contains(kept, []byte("Exif")) {
		t.Error("the place is still in it")
	}
	picture, kind, err := image.Decode(bytes.NewReader(kept))
	if err != nil || kind != "jpeg" || picture.Bounds().Dx() != 20 || picture.Bounds().Dy() != 40 {
		t.Fatalf("%s %v, %v", kind, picture.Bounds(), err)
	}
	if r, _, b, _ := picture.At(10, 5).RGBA(); r < b { // what was left is at the top: turned to the right
		t.Error("it is turned the wrong way")
	}
}

func TestPicturesThatAreNoneOrTooLargeAreRefusedBeforeTheyAreRead(t *testing.T) {
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 30_000, 1_000))); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"markup":    {[]byte("<svg onload=alert(1)>"), "fill_picture_kind"},
		"cut":       {phoneShot(t)[:300], "fill_picture_kind"},
		"too large": {wide.Bytes(), "fill_picture_large"},
	} {
		if _, err := reencode(c.body); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	large := image.NewGray(image.Rect(0, 0, 4_001, 500))
	var sent bytes.Buffer
	if err := png.Encode(&sent, large); err != nil {
		t.Fatal(err)
	}
	kept, err := reencode(sent.Bytes())
	shape, _, failed := image.DecodeConfig(bytes.NewReader(kept))
	if err != nil || failed != nil || shape.Width > maxSide {
		t.Errorf("a large one is kept %d wide, %v %v", shape.Width, err, failed)
	}
}
