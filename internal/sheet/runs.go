package sheet

import (
	"encoding/xml"
	"strings"
)

// runText gathers the runs of a text. Superscripts and subscripts become characters of
// their own; readings of characters (rPh) are no part of it.
type runText struct {
	strings.Builder
	inText, reading bool
	shift           string // superscript, subscript, or ""
	run             strings.Builder
}

func (r *runText) reset() {
	r.Builder.Reset()
	r.inText, r.reading, r.shift = false, false, ""
}

func (r *runText) start(e xml.StartElement) {
	switch e.Name.Local {
	case "r":
		r.shift = ""
	case "vertAlign":
		r.shift = attribute(e, "val")
	case "t":
		r.inText = !r.reading
		r.run.Reset()
	case "rPh":
		r.reading = true
	}
}

func (r *runText) end(name string) {
	switch name {
	case "t":
		if r.inText {
			r.WriteString(shifted(r.run.String(), r.shift))
		}
		r.inText = false
	case "rPh":
		r.reading = false
	case "r":
		r.shift = ""
	}
}

func (r *runText) take(data []byte) {
	if r.inText {
		r.run.Write(data)
	}
}

// shifted is a run of a text whose vertical alignment is given as OOXML names it.
func shifted(text, align string) string {
	switch align {
	case "superscript":
		return Raised(text)
	case "subscript":
		return Lowered(text)
	}
	return text
}
