package bankfile

import (
	"io"
	"strings"

	"anquanda/internal/question"
)

// Format is one way in which banks are written.
type Format struct {
	// Name is how it is asked for: bank convert --to NAME.
	Name string
	// Title is what organizers call it, Extension its usual ending with the dot.
	Title, Extension string
	// sniff reports whether the beginning of the file looks like this format.
	sniff func(*probe) bool
	read  func(*reading) error
	// write is nil for formats that are only read.
	write func(io.Writer, *Bank) error
	// cannot says why a question cannot be written at all; "" when it can.
	cannot func(*question.Question) string
	// Keeps lists the JSON keys of what survives being written and read again,
	// beside kind, stem, options and answer, which all formats keep.
	Keeps []string
}

// Bank is what is written.
type Bank struct {
	Name      string
	Questions []question.Question
	Images    map[string][]byte
}

// formats in the order in which they are tried: those that show themselves by
// signature first, plain text, which nearly everything is, last.
var formats = []Format{
	{Name: "xlsx", Title: "Excel", Extension: ".xlsx", sniff: looksXLSX, read: readXLSX, write: writeXLSX, Keeps: allKeys},
	{Name: "docx", Title: "Word", Extension: ".docx", sniff: looksDOCX, read: readDOCX, write: writeDOCX, Keeps: allKeys},
	{Name: "json", Title: "JSON", Extension: ".json", sniff: looksJSON, read: readJSON, write: writeJSON, Keeps: allKeys},
	{Name: "moodlexml", Title: "Moodle XML", Extension: ".xml", sniff: looksMoodle, read: readMoodle, write: writeMoodle,
		cannot: oneBlank, Keeps: []string{"id", "image", "tolerance", "explanation", "topics", "score"}},
	{Name: "qti21", Title: "QTI 2.1", Extension: ".zip", sniff: looksQTI("qti21"), read: readQTI, write: writeQTI(qti21), Keeps: qtiKeys},
	{Name: "qti22", Title: "QTI 2.2", Extension: ".zip", sniff: looksQTI("qti22"), read: readQTI, write: writeQTI(qti22), Keeps: qtiKeys},
	{Name: "qti30", Title: "QTI 3.0", Extension: ".zip", sniff: looksQTI("qti30"), read: readQTI, write: writeQTI(qti30), Keeps: qtiKeys},
	{Name: "aiken", Title: "Aiken", Extension: ".txt", sniff: looksAiken, read: readAiken, write: writeAiken, cannot: onlySingle},
	{Name: "gift", Title: "GIFT", Extension: ".gift", sniff: looksGIFT, read: readGIFT, write: writeGIFT,
		cannot: noOrdering, Keeps: []string{"id", "tolerance", "explanation", "topics"}},
	{Name: "csv", Title: "CSV", Extension: ".csv", sniff: looksCSV, read: readCSV, write: writeCSV, Keeps: withoutImage},
	{Name: "text", Title: "文本", Extension: ".txt", sniff: looksText, read: readText, write: writeText, Keeps: withoutImage},
}

var (
	allKeys      = []string{"id", "image", "tolerance", "explanation", "source", "topics", "difficulty", "audience", "score"}
	withoutImage = []string{"id", "tolerance", "explanation", "source", "topics", "difficulty", "audience", "score"}
	qtiKeys      = []string{"id", "image", "tolerance", "explanation", "score"}
)

// aliases are other names by which people ask for a format.
var aliases = map[string]string{"excel": "xlsx", "word": "docx", "txt": "text", "tsv": "csv", "moodle": "moodlexml", "qti": "qti22"}

// named finds a format by its name or alias; nil when there is none.
func named(name string) *Format {
	name = strings.ToLower(name)
	if full, ok := aliases[name]; ok {
		name = full
	}
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i]
		}
	}
	return nil
}

// Formats lists the formats for menus and help.
func Formats() []Format { return formats }

// Writes reports whether banks can be written in this format.
func (f Format) Writes() bool { return f.write != nil }
