package bankfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// pictured is a sheet whose rows have pictures in cells.
func pictured(t *testing.T, rows [][]string, cells ...string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		for k, text := range row {
			ref, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStr("Sheet1", ref, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, cell := range cells {
		if err := book.AddPictureFromBytes("Sheet1", cell, &excelize.Picture{Extension: ".png",
			File: pixel(byte(i + 1))}); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesInOptionCellsBelongToTheirOptions(t *testing.T) {
	data := pictured(t, [][]string{
		{"题干", "选项A", "选项B", "选项C", "答案"},
		{"哪一张是禁止吸烟？", "", "", "", "B"},
		{"哪一张是干粉灭火器？", "红色的瓶子", "水桶", "沙箱", "A"},
	}, "B2", "C2", "D2", "B3", "A3")
	result, err := Read("a.xlsx", data, Options{})
	if err != nil || result.Accepted != 2 {
		t.Fatalf("%v: %+v", err, result.Problems)
	}
	name := func(i int) string { return draft.ImageName(pixel(byte(i)), ".png") }
	first, second := result.Questions[0], result.Questions[1]
	if !slices.Equal(first.Options, []string{"图1", "图2", "图3"}) || first.Image != "" || first.Right[0] != 1 ||
		!slices.Equal(first.OptionImages, []string{name(1), name(2), name(3)}) {
		t.Errorf("the first is %+v", first)
	}
	if second.Image != name(5) || !slices.Equal(second.OptionImages, []string{name(4), "", ""}) {
		t.Errorf("the second is %+v", second)
	}
	if got := tally(result); got != "option_picture_unnamed 1" {
		t.Errorf("it was said: %s", got)
	}
	if len(result.Images) != 5 {
		t.Errorf("%d pictures are kept", len(result.Images))
	}
}

func TestDrawingsThatOfficeCannotShowAreReportedWithTheWay(t *testing.T) {
	drawing := []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`)
	bank := &Bank{Questions: []question.Question{
		{ID: "a", Kind: question.Single, Stem: "图里是什么？", Image: "a.svg",
			Options: []string{"甲", "乙"}, Right: []int{0}},
		{ID: "b", Kind: question.Single, Stem: "哪一张是？", Options: []string{"甲", "乙"}, Right: []int{0},
			OptionImages: []string{"a.svg", ""}}}, Images: map[string][]byte{"a.svg": drawing}}
	for format, fields := range map[string]string{"xlsx": "image option_images",
		"docx": "image option_images", "json": ""} {
		losses, err := Write(&bytes.Buffer{}, format, bank)
		if err != nil {
			t.Fatal(err)
		}
		var lost []string
		for _, loss := range losses {
			if lost = append(lost, loss.Field); !strings.Contains(loss.Message, "SVG") {
				t.Errorf("%s loses %+v and does not say why", format, loss)
			}
		}
		if strings.Join(lost, " ") != fields {
			t.Errorf("%s loses %v, not %s", format, lost, fields)
		}
	}
}

func TestASheetIsWrittenWithoutThePicturesThatItCannotShow(t *testing.T) {
	two := []string{"甲", "乙"}
	bank := &Bank{
		Images: map[string][]byte{"a.webp": []byte("RIFF....WEBPVP8 "), "b.png": []byte("none"), "c.png": pixel(1)},
		Questions: []question.Question{
			{ID: "a", Kind: question.Single, Stem: "图里是什么？", Image: "a.webp", Options: two, Right: []int{0}},
			{ID: "b", Kind: question.Single, Stem: "哪一张是？", Options: two, Right: []int{0},
				OptionImages: []string{"a.webp", "c.png"}},
			{ID: "c", Kind: question.Single, Stem: "这里呢？", Options: two, Right: []int{0},
				Image: "c.png", Material: &question.Material{ID: "m", Text: "看图。", Image: "b.png"}}}}
	var out bytes.Buffer
	losses, err := Write(&out, "xlsx", bank)
	if err != nil {
		t.Fatal(err)
	}
	var lost []string
	for _, l := range losses {
		lost = append(lost, fmt.Sprint(l.Field, l.Questions, strings.Contains(l.Message, "WebP")))
	}
	if got := strings.Join(lost, " "); got != "image[1] true material_image[3] false option_images[2] true" {
		t.Errorf("lost is %s", got)
	}
	again, err := Read("b.xlsx", out.Bytes(), Options{})
	if err != nil || again.Accepted != 3 || again.Questions[2].Image != "c.png" || len(again.Images) != 1 {
		t.Errorf("%v: %+v", err, again.Questions)
	}
}

func TestAPictureWhereNoOptionCanShowItRejectsTheQuestion(t *testing.T) {
	for what, data := range map[string][]byte{
		"of a fill-in": pictured(t, [][]string{{"题型", "题干", "选项A", "选项B", "答案"},
			{"填空题", "火警电话是____。", "", "", "119"}}, "C2"),
		"of a statement": pictured(t, [][]string{{"题型", "题干", "选项A", "选项B", "答案"},
			{"判断题", "水能灭油火。", "正确", "错误", "B"}}, "C2"),
	} {
		result, err := Read("a.xlsx", data, Options{})
		if err != nil || result.Accepted != 0 {
			t.Errorf("%s: %v, accepted: %+v", what, err, result.Questions)
		}
	}
}

func TestLinesOfWordWithAPictureAreOptionsWithIt(t *testing.T) {
	const lines = "1.哪一张是禁止吸烟？\nA.图1\n选项A的图片：a.png\nB.有字\n选项B的图片：b.png\n答案：B\n"
	pictures := map[string][]byte{"a.png": pixel(1), "b.png": pixel(2)}
	result, err := Read("a.txt", []byte(lines), Options{Images: pictures})
	if err != nil || result.Accepted != 1 {
		t.Fatalf("%v: %+v", err, result.Problems)
	}
	q := result.Questions[0]
	if strings.Join(q.Options, "/") != "图1/有字" || !slices.Equal(q.OptionImages, []string{"a.png", "b.png"}) {
		t.Errorf("it is %+v", q)
	}
}
