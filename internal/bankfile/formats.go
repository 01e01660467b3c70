package bankfile

import (
	"io"

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
	// holds says what survives being written and read again.
	holds holding
}

// holding is what a format can hold beyond stem, options and answer.
type holding struct {
	kinds []question.Kind
	// Fields of a question.
	id, explanation, source, topics, difficulty, audience, score, image, tolerance bool
	// newlines inside texts, and several accepted texts of a blank.
	newlines, alternatives bool
	// blanks is how many blanks a fill-in may have; 0 is any number.
	blanks int
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
	{Name: "xlsx", Title: "Excel", Extension: ".xlsx", sniff: looksXLSX, read: readXLSX},
	{Name: "docx", Title: "Word", Extension: ".docx", sniff: looksDOCX, read: readDOCX},
	{Name: "json", Title: "JSON", Extension: ".json", sniff: looksJSON, read: readJSON, write: writeJSON, holds: everything},
	{Name: "moodlexml", Title: "Moodle XML", Extension: ".xml", sniff: looksMoodle, read: readMoodle},
	{Name: "qti21", Title: "QTI 2.1", Extension: ".zip", sniff: looksQTI("qti21"), read: readQTI},
	{Name: "qti22", Title: "QTI 2.2", Extension: ".zip", sniff: looksQTI("qti22"), read: readQTI},
	{Name: "qti30", Title: "QTI 3.0", Extension: ".zip", sniff: looksQTI("qti30"), read: readQTI},
	{Name: "aiken", Title: "Aiken", Extension: ".aiken.txt", sniff: looksAiken, read: readAiken},
	{Name: "gift", Title: "GIFT", Extension: ".gift", sniff: looksGIFT, read: readGIFT},
	{Name: "csv", Title: "CSV", Extension: ".csv", sniff: looksCSV, read: readCSV},
	{Name: "text", Title: "文本", Extension: ".txt", sniff: looksText, read: readText},
}

var everything = holding{kinds: question.Kinds(), id: true, explanation: true, source: true, topics: true,
	difficulty: true, audience: true, score: true, image: true, tolerance: true, newlines: true, alternatives: true}

// Formats lists the formats for menus and help.
func Formats() []Format { return formats }

// Writes reports whether banks can be written in this format.
func (f Format) Writes() bool { return f.write != nil }
