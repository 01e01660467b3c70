package bankfile

import (
	"strings"

	"anquanda/internal/bankfile/aiken"
	"anquanda/internal/bankfile/csv"
	"anquanda/internal/bankfile/docx"
	"anquanda/internal/bankfile/gift"
	"anquanda/internal/bankfile/json"
	"anquanda/internal/bankfile/moodle"
	"anquanda/internal/bankfile/qti"
	"anquanda/internal/bankfile/text"
	"anquanda/internal/bankfile/xlsx"
)

// formats in the order in which they are tried: those that show themselves by
// signature first, plain text, which nearly everything is, last.
var formats = []Format{
	xlsx.Format,
	docx.Format,
	json.Format,
	moodle.Format,
	qti.V21,
	qti.V22,
	qti.V30,
	aiken.Format,
	gift.Format,
	csv.Format,
	text.Format,
}

// aliases are other names by which people ask for a format.
var aliases = map[string]string{"excel": "xlsx", "word": "docx", "txt": "text", "tsv": "csv", "moodle": "moodlexml",
	"qti": "qti22"}

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
