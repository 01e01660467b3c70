package bankfile

// field is a thing that a column, a key or a label may say about a question.
type field uint8

const (
	fieldStem field = iota
	fieldKind
	fieldOptions // all options in one cell
	fieldMatches
	fieldAnswer
	fieldWeights // how much each accepted text of a blank counts
	fieldTolerance
	fieldExplanation
	fieldTitle // of the legal source
	fieldArticle
	fieldVersion
	fieldEffective
	fieldTopics
	fieldDifficulty
	fieldAudience
	fieldScore
	fieldImage
	fieldID
	fieldEnabled
	fieldNumber // of the row; never read
	fieldKindOrTopic
	fieldCount
)

// cell is a text and where it stands: C12 in a sheet, the key in JSON.
type cell struct{ text, ref string }

// record is what one row of a sheet, one object or one pasted question says,
// before it is judged.
type record struct {
	at     place
	fields []filled
	// options that have a column each; those of one cell are in fieldOptions.
	options []cell
	// marks are the correctness columns, in parallel with options, or none.
	marks []cell
	// blanks are the answers of a fill-in that have a column each.
	blanks []cell
	// answers is the answer as a list, when the file holds one.
	answers []string
	// pieces are options as lines of a text, with their letters.
	pieces []string
	// stripped tells that the number was already taken from the stem.
	stripped bool
	// exact tells that the texts are as we wrote them: nothing is cleaned.
	exact bool
}

// filled is a field that is not empty. A list of these is a third of the size of
// an array of all fields, which counts with 50,000 rows in memory.
type filled struct {
	field field
	cell  cell
}

// get returns a field; one that was never set is empty.
func (r *record) get(f field) cell {
	for i := range r.fields {
		if r.fields[i].field == f {
			return r.fields[i].cell
		}
	}
	return cell{}
}

func (r *record) set(f field, c cell) {
	for i := range r.fields {
		if r.fields[i].field == f {
			r.fields[i].cell = c
			return
		}
	}
	r.fields = append(r.fields, filled{f, c})
}

func (r *record) text(f field) string { return r.get(f).text }
func (r *record) ref(f field) string  { return r.get(f).ref }

// facts are what a sheet as a whole tells about each of its rows.
type facts struct {
	// kind is the kind of question that the sheet's name or a heading gives.
	kind string
	// digitTruth tells that 1 is true and 0 or 2 false in answers without options.
	digitTruth bool
	// optionDigits tells that the options are headed 1, 2, 3, so that an answer in
	// digits names an option.
	optionDigits bool
	// numbered tells, for each record, that its stem begins with its number.
	numbered []bool
}

// gather finds the facts that only the records together show.
func (f *facts) gather(records []*record) {
	f.numbered = make([]bool, len(records))
	numbers := make([]int, len(records))
	styles := make([]numberStyle, len(records))
	for i, rec := range records {
		if !rec.exact && !rec.stripped {
			numbers[i], styles[i], _ = leadingNumber(rec.text(fieldStem))
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
		f.numbered[i] = run || styles[i] == pointedNumber && (before || after)
	}
	f.digitTruth = digitsAreTruth(records)
}

// digitsAreTruth looks at all answers without options. Only when they use one of
// the schemes 1/0 or 1/2, both digits occur and nothing else does among the
// digits, do they mean true and false.
func digitsAreTruth(records []*record) bool {
	counts := map[string]int{}
	for _, rec := range records {
		if rec.text(fieldOptions) != "" || hasText(rec.options) || rec.pieces != nil {
			continue
		}
		if answer := narrow(rec.text(fieldAnswer)); answer != "" && answer[0] >= '0' && answer[0] <= '9' {
			counts[answer]++
		}
	}
	zero, one, two := counts["0"], counts["1"], counts["2"]
	return len(counts) == 2 && one > 0 && (zero > 0) != (two > 0)
}

func hasText(cells []cell) bool {
	for _, c := range cells {
		if c.text != "" {
			return true
		}
	}
	return false
}
