package judge

import (
	"strconv"

	"anquanda/internal/bankfile/draft"
)

// Field is a thing that a column, a key or a label may say about a question.
type Field uint8

// The fields.
const (
	FieldStem Field = iota
	FieldKind
	FieldOptions // all options in one cell
	FieldMatches
	FieldAnswer
	FieldWrong   // options that are wrong, beside an answer that is right
	fieldWeights // how much each accepted text of a blank counts
	FieldTolerance
	FieldExplanation
	FieldTitle // of the legal source
	FieldArticle
	FieldVersion
	FieldEffective
	FieldKey // of the source, in a list of references
	FieldApart
	FieldReviewer
	FieldReviewed
	FieldAgainst
	FieldSeen
	FieldOptionImages // the names of the pictures of options, as a list
	FieldImageAlt     // what the picture shows, for who cannot see it
	FieldMaterial     // what is read before the question, which others may share
	FieldMaterialTitle
	FieldMaterialID
	FieldMaterialImage
	FieldMaterialImageAlt
	FieldTopics
	FieldDifficulty
	FieldAudience
	FieldScore
	FieldImage
	FieldID
	fieldEnabled
	fieldNumber // of the row; never read
	fieldKindOrTopic
	// The stem where nothing surer is: a content, else a heading.
	fieldContent
	fieldHeading
	FieldCount
)

// Cell is a text and where it stands: C12 in a sheet, the key in JSON.
type Cell struct{ Text, Ref string }

// Record is what one row of a sheet, one object or one pasted question says,
// before it is judged.
type Record struct {
	At     draft.Place
	fields []filled
	// Options that have a column each; those of one cell are in FieldOptions.
	Options []Cell
	// Pictures are the names of the pictures that options show, in parallel with the
	// options; Unnamed tells that one has no text of its own.
	Pictures []string
	Unnamed  bool
	// Marks are the correctness columns, in parallel with options, or none.
	Marks []Cell
	// Seconds are what other columns or keys say of the answer; all must agree.
	Seconds []Cell
	// Wrong are the wrong options of a choice whose right one is the answer.
	Wrong []Cell
	// Blanks are the answers of a fill-in that have a column each.
	Blanks []Cell
	// Answers is the answer as a list, when the file holds one.
	Answers []string
	// Pieces are options as lines of a text, with their letters.
	Pieces []string
	// Dated are the cells whose number is shown as a date.
	Dated []string
	// Object is the cell where an object stands that cannot be read, "" for none.
	Object string
	// ObjectCode says what it is; "" for what cannot be read at all.
	ObjectCode draft.Code
	// Unread is a text that looks like a question and could not be read as one.
	Unread string
	// AnswerAt is where the answer is looked for, when that is empty.
	AnswerAt string
	// parted tells that the pieces stood in the cell of the stem.
	parted bool
	// Stripped tells that the number was already taken from the stem.
	Stripped bool
	// Exact tells that the texts are as we wrote them: nothing is cleaned.
	Exact bool
}

// filled is a field that is not empty. A list of these is a third of the size of
// an array of all fields, which counts with 50,000 rows in memory.
type filled struct {
	field Field
	cell  Cell
}

// get returns a field; one that was never set is empty.
func (r *Record) get(f Field) Cell {
	for i := range r.fields {
		if r.fields[i].field == f {
			return r.fields[i].cell
		}
	}
	return Cell{}
}

// Add sets a field that is not set yet.
func (r *Record) Add(f Field, c Cell) {
	if r.fields == nil {
		r.fields = make([]filled, 0, 8)
	}
	r.fields = append(r.fields, filled{f, c})
}

// Set fills a field, in place of what it held.
func (r *Record) Set(f Field, c Cell) {
	for i := range r.fields {
		if r.fields[i].field == f {
			r.fields[i].cell = c
			return
		}
	}
	r.fields = append(r.fields, filled{f, c})
}

// Text is the text of a field, "" when it is empty.
func (r *Record) Text(f Field) string { return r.get(f).Text }

// place is where a field stands in the file.
func (r *Record) place(f Field) draft.Place {
	at := r.At
	at.Cell = r.Ref(f)
	return at
}

// Ref is where the field stands; of an answer that is missing, where it belongs, and ""
// for any other.
func (r *Record) Ref(f Field) string {
	ref := r.get(f).Ref
	if ref == "" && f == FieldAnswer {
		return r.AnswerAt
	}
	return ref
}

// ShowInOption gives a picture to the option of a column, which may have no text; false
// where it has one already.
func (r *Record) ShowInOption(index int, name, ref string) bool {
	for len(r.Options) <= index {
		r.Options = append(r.Options, Cell{})
	}
	if text := r.Options[index].Text; text == "" || cellPicture.MatchString(text) {
		r.Options[index], r.Unnamed = Cell{PictureText(index), ref}, true
	}
	return r.Picture(index, name)
}

// Picture notes the picture of an option; false where it has one already.
func (r *Record) Picture(index int, name string) bool {
	for len(r.Pictures) <= index {
		r.Pictures = append(r.Pictures, "")
	}
	if r.Pictures[index] != "" {
		return false
	}
	r.Pictures[index] = name
	return true
}

// PictureText is the text of an option that is a picture alone.
func PictureText(index int) string { return "图" + strconv.Itoa(index+1) }

// facts are what a sheet as a whole tells about each of its rows.
type facts struct {
	Hints
	// digitTruth tells that 1 is true and 0 or 2 false in answers without options.
	digitTruth bool
	// digitTexts tells that some answer in digits can only be the text of an option,
	// digitPlaces that some can only be its place.
	digitTexts, digitPlaces bool
	// decided is the first answer in digits, or the first that left one reading only
	// (then shown); nil where there is none. digitRows counts them.
	decided   *Record
	shown     bool
	digitRows int
	// numbered tells, for each record, that its stem begins with its number.
	numbered []bool
}

// gather finds the facts that only the records together show.
func (f *facts) gather(r *draft.Reading, records []*Record) {
	f.numbered = make([]bool, len(records))
	numbers := make([]int, len(records))
	styles := make([]NumberStyle, len(records))
	for i, rec := range records {
		if !rec.Exact && !rec.Stripped {
			numbers[i], styles[i], _ = LeadingNumber(rec.Text(FieldStem))
		}
	}
	at := func(i int) int {
		if i < 0 || i >= len(numbers) {
			return -9
		}
		return numbers[i]
	}
	for i, n := range numbers {
		if styles[i] == noNumber {
			continue
		}
		before, after := at(i-1) == n-1, at(i+1) == n+1
		run := before && after || before && at(i-2) == n-2 || after && at(i+2) == n+2
		f.numbered[i] = run || styles[i] == PointedNumber && (before || after)
	}
	f.digitTruth = digitsAreTruth(records)
	f.readDigits(r, records)
}

// digitsAreTruth looks at all answers without options. Only when they use one of
// the schemes 1/0 or 1/2, both digits occur and nothing else does among the
// digits, do they mean true and false.
func digitsAreTruth(records []*Record) bool {
	counts := map[string]int{}
	for _, rec := range records {
		if rec.Text(FieldOptions) != "" || hasText(rec.Options) || rec.Pieces != nil {
			continue
		}
		if answer := narrow(rec.Text(FieldAnswer)); answer != "" && answer[0] >= '0' && answer[0] <= '9' {
			counts[answer]++
		}
	}
	zero, one, two := counts["0"], counts["1"], counts["2"]
	return len(counts) == 2 && one > 0 && (zero > 0) != (two > 0)
}

func hasText(cells []Cell) bool {
	for _, c := range cells {
		if c.Text != "" {
			return true
		}
	}
	return false
}
