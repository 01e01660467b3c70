package bankfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

const cased = `{"format": "anquanda-bank/1", "name": "案例", "questions": [
  {"id": "a", "kind": "truefalse", "stem": "第一题", "answer": true, "material": "fire"},
  {"id": "b", "kind": "truefalse", "stem": "第二题", "answer": false, "material": "fire"},
  {"id": "c", "kind": "truefalse", "stem": "第三题", "answer": false}],
 "materials": [
  {"id": "fire", "title": "某厂火灾", "text": "6月3日，某厂起火。\n两人受伤。", "image": "plan.png", "image_alt": "厂区平面图"}],
 "images": {"plan.png": "iVBORw0KGgo="}}`

func TestQuestionsOfABankShareTheMaterialThatTheyName(t *testing.T) {
	result, err := Read("b.json", []byte(cased), Options{})
	if err != nil || result.Accepted != 3 {
		t.Fatalf("%v: %+v", err, result.Report)
	}
	a, b := result.Questions[0].Material, result.Questions[1].Material
	if a == nil || a != b || a.Title != "某厂火灾" || len(a.Paragraphs()) != 2 || a.Image != "plan.png" {
		t.Fatalf("the materials are %+v and %+v", a, b)
	}
	if result.Questions[2].Material != nil || result.Images["plan.png"] == nil {
		t.Errorf("the third has %+v; pictures are %d", result.Questions[2].Material, len(result.Images))
	}
}

func TestWhatIsWrongWithAMaterialIsToldWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		old, now string
		want     string
	}{
		"unknown": {`"material": "fire"}`, `"material": "flood"}`, "2:1 material_unknown flood"},
		"unused":  {`"materials": [`, `"materials": [{"id": "idle", "text": "没有人用"},`, "5:0 material_unused idle"},
		"empty": {`"text": "6月3日，某厂起火。\n两人受伤。", "image": "plan.png", "image_alt": "厂区平面图"`, `"text": " "`,
			"2:1 invalid 没有文字"},
		"long":  {"两人受伤。", strings.Repeat("伤", 4000), "2:1 invalid 4000 字"},
		"twice": {`"materials": [`, `"materials": [{"id": "fire", "text": "另一段"},`, "6:0 material_repeated fire"},
	} {
		text := strings.Replace(cased, c.old, c.now, 1)
		if text == cased {
			t.Fatalf("%s changes nothing", name)
		}
		result, err := Read("b.json", []byte(text), Options{})
		var refused *Unreadable
		if errors.As(err, &refused) != (name == "twice") {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.ContainsFunc(result.Problems, func(p Problem) bool {
			place := fmt.Sprintf("%d:%d %s", p.Line, p.Question, p.Code)
			at, says, _ := cutLast(c.want)
			return place == at && strings.Contains(p.Message, says)
		}) {
			t.Errorf("%s: want %s, the problems are %+v", name, c.want, result.Problems)
		}
	}
}

// cutLast parts a text at its second blank.
func cutLast(text string) (before, after string, found bool) {
	first := strings.Index(text, " ")
	second := strings.Index(text[first+1:], " ") + first + 1
	return text[:second], text[second+1:], second > first
}

func TestRowsOfASheetThatSayTheSameShareAMaterial(t *testing.T) {
	sheet := "题干,选项A,选项B,答案,材料,材料标题\n" +
		"起火的原因是？,烟头,雷击,A,\"某厂起火。\n两人受伤。\",火灾\n" +
		"应当怎样逃生？,走楼梯,坐电梯,A,\"某厂起火。\n两人受伤。\",火灾\n" +
		"谁来报警？,任何人,厂长,A,另一个厂。,火灾\n" +
		"火警电话是？,119,110,A,,\n"
	result, err := Read("b.csv", []byte(sheet), Options{})
	if err != nil || result.Accepted != 4 {
		t.Fatalf("%v: %+v", err, result.Report)
	}
	q := result.Questions
	if q[0].Material == nil || q[0].Material != q[1].Material || q[2].MaterialID() == q[0].MaterialID() ||
		q[3].Material != nil || len(q[0].Material.Paragraphs()) != 2 {
		t.Errorf("materials are %+v, %+v, %+v, %+v", q[0].Material, q[1].Material, q[2].Material, q[3].Material)
	}
}

func TestAMaterialInASheetShowsItsPicture(t *testing.T) {
	data := pictured(t, [][]string{
		{"题干", "选项A", "选项B", "答案", "材料", "材料图片", "材料图片说明"},
		{"起火的原因是？", "烟头", "雷击", "A", "看图，回答下面的题。", "", "厂区平面图"},
		{"从哪里逃生？", "东门", "西门", "A", "看图，回答下面的题。", "", ""},
		{"哪里是死角？", "仓库", "大厅", "B", "看图，回答下面的题。", "", ""},
		{"这一图呢？", "仓库", "大厅", "B", "看图，回答下面的题。", "", ""},
		{"没有字的图呢？", "甲", "乙", "A", "", "", ""},
		{"电话是？", "119", "110", "A", "", "", ""},
	}, "F2", "F4", "F6", "A4")
	result, err := Read("a.xlsx", data, Options{})
	if err != nil || result.Accepted != 6 {
		t.Fatalf("%v: %+v", err, result.Problems)
	}
	name := func(i int) string { return draft.ImageName(pixel(byte(i)), ".png") }
	var images []string
	for _, q := range result.Questions {
		if q.Material == nil {
			images = append(images, "none")
			continue
		}
		images = append(images, q.Material.Image)
	}
	if want := []string{name(1), name(1), name(2), name(2), name(3), "none"}; !slices.Equal(images, want) {
		t.Errorf("the pictures are %v, want %v", images, want)
	}
	q := result.Questions
	if q[0].Material != q[1].Material || q[0].Material.ImageAlt != "厂区平面图" || q[2].Material.ImageAlt != "" ||
		q[2].Image != name(4) || q[4].Material.Text != "" {
		t.Errorf("materials are %+v, %+v, %+v, %+v", q[0].Material, q[1].Material, q[2], q[4].Material)
	}
	if got := tally(result); got != "" {
		t.Errorf("it was said: %s", got)
	}

	var out bytes.Buffer
	bank := &Bank{Questions: result.Questions, Images: result.Images}
	if losses, err := Write(&out, "xlsx", bank); err != nil || len(losses) > 0 {
		t.Fatalf("%v, lost were %+v", err, losses)
	}
	again, err := Read("b.xlsx", out.Bytes(), Options{})
	if err != nil || again.Accepted != 6 || len(again.Images) != 4 || tally(again) != "" {
		t.Fatalf("%v: %d pictures, %+v", err, len(again.Images), again.Problems)
	}
}

func TestThePictureOfAMaterialIsNotLostInSilence(t *testing.T) {
	bank := &Bank{Images: map[string][]byte{"a.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`)},
		Questions: []question.Question{{ID: "a", Kind: question.Single, Stem: "这里是？", Options: []string{"甲", "乙"},
			Right: []int{0}, Difficulty: 1, Material: &question.Material{ID: "m", Text: "看图。", Image: "a.svg"}}}}
	for format, want := range map[string]string{"xlsx": "SVG", "docx": "图片没有写进去", "csv": "", "json": "none"} {
		losses, err := Write(&bytes.Buffer{}, format, bank)
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(losses, func(l Loss) bool {
			return strings.HasPrefix(l.Field, "material") && strings.Contains(l.Message, want)
		})
		if told != (want != "none") {
			t.Errorf("%s: losses are %+v", format, losses)
		}
	}
}

func TestARowMayNameItsMaterialByNumberAlone(t *testing.T) {
	sheet := "题干,选项A,选项B,答案,材料编号,材料\n甲？,是,否,A,案1,某厂起火。\n乙？,是,否,A,案1,\n丙？,是,否,A,案2,\n丁？,是,否,B,案1,说法不同\n"
	result, err := Read("b.csv", []byte(sheet), Options{})
	if err != nil || result.Accepted != 2 || result.Questions[1].Material.Text != "某厂起火。" {
		t.Fatalf("%v: %+v", err, result.Report)
	}
	if got := tally(result); !strings.Contains(got, "material_unknown 1") || !strings.Contains(got, "material_differs 1") {
		t.Errorf("the problems are %s", got)
	}
}

func TestAFormatWithoutMaterialsPutsThemIntoTheStem(t *testing.T) {
	bank := &Bank{Questions: []question.Question{{ID: "a", Kind: question.Single, Stem: "原因是？",
		Options: []string{"烟头", "雷击", "电线"}, Right: []int{0}, Difficulty: 1,
		Material: &question.Material{ID: "m", Text: "某厂起火。"}}}}
	var out bytes.Buffer
	losses, err := Write(&out, "gift", bank)
	if err != nil || !strings.Contains(out.String(), "某厂起火。 原因是？") {
		t.Fatalf("%v: %s", err, out.String())
	}
	if !slices.ContainsFunc(losses, func(l Loss) bool { return l.Field == "material" && l.Message == "材料写进了各题的题干" }) {
		t.Errorf("losses are %+v", losses)
	}
	if bank.Questions[0].Material == nil {
		t.Error("the bank that was written is changed")
	}
}
