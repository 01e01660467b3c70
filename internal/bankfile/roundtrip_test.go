package bankfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// generator makes random questions such as organizers write.
type generator struct {
	*rand.Rand
	n int
}

var (
	phrases = []string{"发现火灾", "应当立即", "拨打电话", "119", "切断电源", "低于1.5米", "“安全第一”", "TN-C-S系统", "50%以上", "（特种作业）",
		"a<b", "A类", "R&D",
		"=5", "~2", "{x}", "#3", "50℃", "1:2", `C:\temp`, "a->b", "《消防法》", "-5", "@所有人", "+86", "'引号'", "\"双引号\"",
		"逗号,分号;", "x|y", "**", "$5"}
	signs = []string{"，", "；", "。", "、", "：", " ", ""}
)

func (g *generator) text(least int) string {
	g.n++
	var out strings.Builder
	for i := range least + g.IntN(4) {
		if i > 0 {
			out.WriteString(signs[g.IntN(len(signs))])
		}
		out.WriteString(phrases[g.IntN(len(phrases))])
	}
	return strings.TrimSpace(fmt.Sprintf("%s%d号", out.String(), g.n))
}

// calm is a text without the signs that some format uses for itself.
func (g *generator) calm() string {
	g.n++
	things, deeds := []string{"灭火器", "安全帽", "电气设备", "危险化学品"}, []string{"检查", "使用", "管理"}
	return fmt.Sprintf("%s%s%d", things[g.IntN(4)], deeds[g.IntN(3)], g.n)
}

func (g *generator) texts(n int, make func() string) []string {
	var list []string
	for range n {
		list = append(list, make())
	}
	return list
}

func (g *generator) question(kind question.Kind, text func() string) question.Question {
	q := question.Question{ID: fmt.Sprintf("id-%d", g.n), Kind: kind, Stem: text() + "怎样做？", Difficulty: 1 + g.IntN(5)}
	if g.IntN(2) == 0 {
		q.Explanation, q.Topics, q.Audience = text(), []string{"消防", "急救"}, []string{"家庭"}
		q.Source = question.Source{Title: "中华人民共和国消防法", Article: "第四十四条", Version: "2021年修正", Effective: "2021-04-29"}
		q.Score = float64(1 + g.IntN(5))
		q.Source.Key, q.Apart = "fire-law", []string{"id-1"}
		q.Review = question.Review{By: "张三", On: "2026-11-30", Against: "法条原文", Seen: question.SeenText}
	}
	n := 3 + g.IntN(3)
	switch kind {
	case question.Single:
		q.Options, q.Right = g.texts(n, text), []int{g.IntN(n)}
	case question.Multiple:
		q.Options, q.Right = g.texts(n, text), g.Perm(n)[:2+g.IntN(n-1)]
		slices.Sort(q.Right)
	case question.Indefinite:
		q.Options, q.Right = g.texts(n, text), g.Perm(n)[:1+g.IntN(n)]
		slices.Sort(q.Right)
	case question.TrueFalse:
		q.Options, q.Right = question.TrueFalseOptions, []int{g.IntN(2)}
	case question.Fill:
		q.Stem = text() + "是" + question.Blank + "号。"
		q.Blanks = [][]string{g.texts(1+g.IntN(2), text)}
		if g.IntN(3) == 0 {
			q.Blanks, q.Tolerance = [][]string{{fmt.Sprint(g.IntN(100))}}, []float64{0.5}
		}
	case question.Ordering:
		q.Options, q.Right = g.texts(n, text), g.Perm(n)
	case question.Matching:
		q.Options, q.Matches, q.Right = g.texts(n, text), g.texts(n, text), g.Perm(n)
	}
	return q
}

func (g *generator) bank(f *Format, text func() string) *Bank {
	bank := &Bank{Name: "试", Images: map[string][]byte{}}
	for i := range 60 {
		q := g.question(question.Kinds()[i%len(question.Kinds())], text)
		if f.Cannot != nil && f.Cannot(&q) != "" {
			continue
		}
		if q.Kind == question.Ordering && f.Name == "moodlexml" {
			slices.Sort(q.Right) // Moodle keeps the right order only
		}
		if n := i / 10; n%2 == 0 && slices.Contains(f.Keeps, "material") {
			q.Material = &question.Material{ID: fmt.Sprintf("案%d", n), Title: "某厂“6·3”事故",
				Text: fmt.Sprintf("第%d起。\n=2人受伤，“安全第一”。", n)}
			if slices.Contains(f.Keeps, "material_image") {
				q.Material.Image, q.Material.ImageAlt = "plan.png", "厂区"
				bank.Images["plan.png"] = pixel(99)
			}
		}
		if i%7 == 0 && slices.Contains(f.Keeps, "image") {
			content := pixel(byte(i))
			q.Image, q.ImageAlt = draft.ImageName(content, ".png"), "一个点"
			bank.Images[q.Image] = content
			g.showOptions(f, bank, &q)
		}
		bank.Questions = append(bank.Questions, q)
	}
	return bank
}

// showOptions gives pictures to options of a choice, in formats that hold them.
func (g *generator) showOptions(f *Format, bank *Bank, q *question.Question) {
	choice := q.Kind == question.Single || q.Kind == question.Multiple || q.Kind == question.Indefinite
	if !choice || !slices.Contains(f.Keeps, "option_images") {
		return
	}
	q.OptionImages = make([]string, len(q.Options))
	for i := range q.OptionImages {
		if i == 0 || g.IntN(2) == 0 {
			content := append(pixel(byte(g.IntN(9))), byte(i), byte(len(bank.Questions)))
			q.OptionImages[i] = fmt.Sprintf("图%d-%d.png", len(bank.Questions), i)
			bank.Images[q.OptionImages[i]] = content
		}
	}
}

// pixel is a PNG of one pixel; what follows the end of the picture is not looked at.
func pixel(n byte) []byte {
	return append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"), n)
}

// Formats that have signs of their own in plain sight lose texts that use them,
// and the loss report says so; the others keep any text.
var keepsAnyText = []string{"json", "xlsx", "csv", "moodlexml", "qti21", "qti22", "qti30"}

func TestWhatAFormatWritesItReadsAgain(t *testing.T) {
	seeds := uint64(8)
	if raceDetector {
		seeds = 2
	}
	for i := range formats {
		f := &formats[i]
		t.Run(f.Name, func(t *testing.T) {
			for seed := range seeds {
				g := &generator{Rand: rand.New(rand.NewPCG(seed, 7))}
				text := g.calm
				if slices.Contains(keepsAnyText, f.Name) {
					text = func() string { return g.text(2) }
				}
				bank := g.bank(f, text)
				var out bytes.Buffer
				losses, err := Write(&out, f.Name, bank)
				if err != nil {
					t.Fatal(err)
				}
				for _, loss := range losses {
					if slices.Contains(f.Keeps, loss.Field) || slices.Contains([]string{"question", "kind", "stem", "options",
						"matches", "answer"}, loss.Field) {
						q := bank.Questions[loss.Questions[0]-1]
						t.Errorf("seed %d: lost %s %s of %d questions, the first %s", seed, loss.Field, loss.Message,
							len(loss.Questions), asJSON(&q))
					}
				}
				result, err := Read("bank"+f.Extension, out.Bytes(), Options{})
				if err != nil {
					t.Fatal(err)
				}
				if result.Format != f.Name || result.Accepted != len(bank.Questions) {
					t.Errorf("seed %d: read as %s, %d of %d accepted: %s", seed, result.Format, result.Accepted, len(bank.Questions),
						tally(result))
				}
				for name, content := range bank.Images {
					if !bytes.Equal(result.Images[name], content) {
						t.Errorf("seed %d: picture %s is lost", seed, name)
					}
				}
			}
		})
	}
}

func TestALossIsReportedAndNeverSilent(t *testing.T) {
	for i := range formats {
		f := &formats[i]
		g := &generator{Rand: rand.New(rand.NewPCG(3, 9))}
		bank := g.bank(f, func() string { return g.text(3) + "\nA. 甲 B. 乙\n答案：C" })
		var out bytes.Buffer
		losses, err := Write(&out, f.Name, bank)
		if err != nil {
			t.Fatal(err)
		}
		lost := map[int]bool{}
		for _, loss := range losses {
			for _, number := range loss.Questions {
				lost[number] = true
			}
		}
		result, _ := Read("bank"+f.Extension, out.Bytes(), Options{Format: f.Name})
		kept := map[string]*question.Question{}
		for k := range result.Questions {
			kept[result.Questions[k].Stem] = &result.Questions[k]
		}
		for k := range bank.Questions {
			q := &bank.Questions[k]
			if back := kept[q.Stem]; !lost[k+1] && (back == nil || len(differences(q, back)) > 0) {
				t.Errorf("%s: question %d changed without a word: %s", f.Name, k+1, asJSON(q))
			}
		}
	}
}

func TestTheTemplateIsReadBackWithoutLoss(t *testing.T) {
	var out bytes.Buffer
	if err := WriteTemplate(&out); err != nil {
		t.Fatal(err)
	}
	result, err := Read("模板.xlsx", out.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Errorf("problems: %+v", result.Problems)
	}
	want := examples()
	if len(result.Questions) != len(want) {
		t.Fatalf("%d questions of %d", len(result.Questions), len(want))
	}
	for i := range want {
		if fields := differences(&want[i], &result.Questions[i]); fields != nil {
			t.Errorf("question %d differs in %v", i+1, fields)
		}
	}
}
