package bankfile

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"reflect"
	"slices"
	"sort"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Loss is something that a format could not hold.
type Loss struct {
	// Field is the JSON key of what changed, or "question" when all of it is gone.
	Field string `json:"field"`
	// Message says why, in Chinese, where there is more to say than the field.
	Message string `json:"message,omitempty"`
	// Questions are the numbers of the questions in the bank, from 1.
	Questions []int `json:"questions"`
}

// Write writes a bank in the format of that name. The losses are measured, not
// promised: what was written is read again and compared, question by question.
func Write(w io.Writer, format string, bank *Bank) ([]Loss, error) {
	f := named(format)
	if f == nil || f.Write == nil {
		return nil, draft.Refuse(draft.FormatUnknown, "没有名为 "+format+" 的格式")
	}
	part := &Bank{Name: bank.Name, Images: bank.Images, References: bank.References}
	var numbers []int
	losses := lossList{}
	for i := range bank.Questions {
		if f.Cannot != nil {
			if why := f.Cannot(&bank.Questions[i]); why != "" {
				losses.add("question", why, i+1)
				continue
			}
		}
		q := bank.Questions[i]
		if q.Material != nil && !slices.Contains(f.Keeps, "material") {
			losses.add("material", folded(&q), i+1)
		}
		part.Questions = append(part.Questions, q)
		numbers = append(numbers, i+1)
	}
	var out bytes.Buffer
	if err := f.Write(&out, part); err != nil {
		return nil, fmt.Errorf("write %s: %w", format, err)
	}
	if len(part.Questions) > 0 {
		losses.measure(f, out.Bytes(), part, numbers)
	}
	_, err := w.Write(out.Bytes())
	return losses.sorted(), err
}

// folded puts the material of a question before its stem, for formats that know no
// materials, and says what became of it.
func folded(q *question.Question) string {
	stem := strings.Join(append(q.Material.Paragraphs(), q.Stem), " ")
	picture := q.Material.Image
	q.Material = nil
	if len(stem) > question.MaxTextBytes {
		return "材料太长，放不进题干"
	}
	q.Stem = stem
	if picture != "" {
		return "材料写进了各题的题干，材料的图片没有写进去"
	}
	return "材料写进了各题的题干"
}

type lossList map[[2]string][]int

func (l lossList) add(field, message string, number int) {
	key := [2]string{field, message}
	l[key] = append(l[key], number)
}

func (l lossList) sorted() []Loss {
	var list []Loss
	for key, numbers := range l {
		list = append(list, Loss{key[0], key[1], numbers})
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].Field+list[i].Message < list[j].Field+list[j].Message
	})
	return list
}

// measure reads what was written and notes every difference.
func (l lossList) measure(f *Format, data []byte, bank *Bank, numbers []int) {
	r := draft.NewReading("bank"+f.Extension, data, Options{})
	err := f.Read(r)
	if err != nil || len(r.Drafts) != len(bank.Questions) {
		for _, number := range numbers {
			l.add("question", "有的题读回来时与别的题连在一起", number)
		}
		return
	}
	r.Check()
	for i, d := range r.Drafts {
		if d.Rejected {
			l.add("question", d.Problems[len(d.Problems)-1].Message, numbers[i])
			continue
		}
		for _, field := range differences(&bank.Questions[i], &d.Q) {
			l.add(field, drawn(f, bank, field, &bank.Questions[i]), numbers[i])
		}
	}
}

// drawn says why a field is lost that names drawings in SVG or WebP; "" of others.
func drawn(f *Format, bank *Bank, field string, q *question.Question) string {
	named := map[string][]string{"image": {q.Image}, "option_images": q.OptionImages,
		"material_image": {material(q).Image}}[field]
	if slices.ContainsFunc(named, func(name string) bool {
		return bank.Images[name] != nil && slices.Contains([]string{".svg", ".webp"}, path.Ext(name))
	}) {
		return f.Drawings
	}
	return ""
}

// differences names the JSON keys in which two questions differ. The order of the
// right side of a matching question is none.
func differences(a, b *question.Question) []string {
	var fields []string
	differ := func(field string, same bool) {
		if !same {
			fields = append(fields, field)
		}
	}
	differ("id", a.ID == b.ID)
	differ("kind", a.Kind == b.Kind)
	am, bm := material(a), material(b)
	differ("material_image", am.Image == bm.Image && am.ImageAlt == bm.ImageAlt)
	differ("material", am.ID == bm.ID && am.Title == bm.Title && am.Text == bm.Text)
	differ("stem", a.Stem == b.Stem)
	differ("image", a.Image == b.Image)
	differ("image_alt", a.ImageAlt == b.ImageAlt)
	differ("options", slices.Equal(a.Options, b.Options))
	differ("option_images", slices.Equal(a.OptionImages, b.OptionImages))
	if a.Kind == question.Matching {
		differ("answer", slices.Equal(matched(a), matched(b)))
		differ("matches", slices.Equal(sortedTexts(a.Matches), sortedTexts(b.Matches)))
	} else {
		differ("answer", slices.Equal(a.Right, b.Right) && (len(a.Blanks) == 0 && len(b.Blanks) == 0 ||
			reflect.DeepEqual(a.Blanks, b.Blanks)))
	}
	differ("tolerance", slices.Equal(draft.NonZero(a.Tolerance), draft.NonZero(b.Tolerance)))
	differ("explanation", a.Explanation == b.Explanation)
	as, bs := a.Source, b.Source
	as.Key, bs.Key = "", ""
	differ("source", as == bs)
	differ("key", a.Source.Key == b.Source.Key)
	differ("topics", slices.Equal(a.Topics, b.Topics))
	differ("difficulty", max(1, a.Difficulty) == max(1, b.Difficulty))
	differ("audience", slices.Equal(a.Audience, b.Audience))
	differ("score", a.Score == b.Score)
	differ("apart", slices.Equal(a.Apart, b.Apart))
	differ("review", a.Review == b.Review)
	return fields
}

func material(q *question.Question) question.Material {
	if q.Material == nil {
		return question.Material{}
	}
	return *q.Material
}

func matched(q *question.Question) []string {
	var list []string
	for _, index := range q.Right {
		if index >= 0 && index < len(q.Matches) {
			list = append(list, q.Matches[index])
		}
	}
	return list
}

func sortedTexts(texts []string) []string {
	sorted := slices.Clone(texts)
	slices.Sort(sorted)
	return sorted
}

// What formats cannot hold at all.
