package draft

import (
	"io"
	"slices"

	"anquanda/internal/question"
)

// Format is one way in which banks are written.
type Format struct {
	// Name is how it is asked for: bank convert --to NAME.
	Name string
	// Title is what organizers call it, Extension its usual ending with the dot.
	Title, Extension string
	// Sniff reports whether the beginning of the file looks like this format.
	Sniff func(*Probe) bool
	Read  func(*Reading) error
	// Write is nil for formats that are only read.
	Write func(io.Writer, *Bank) error
	// Cannot says why a question cannot be written at all; "" when it can.
	Cannot func(*question.Question) string
	// Keeps lists the JSON keys of what survives being written and read again,
	// beside kind, stem, options and answer, which all formats keep.
	Keeps []string
	// Drawings says why pictures in SVG or WebP are lost where others are kept; "" where all are.
	Drawings string
}

// Writes reports whether banks can be written in this format.
func (f Format) Writes() bool { return f.Write != nil }

// What the formats keep that hold everything, or everything but pictures.
var (
	AllKeys = []string{"id", "image", "tolerance", "explanation", "source", "topics", "difficulty", "audience",
		"score"}
	// Everything holds the notes of editors too; the list of references is in our own
	// schema alone.
	Everything = append(slices.Clone(AllKeys), "option_images", "image_alt", "key", "apart", "review",
		"material")
	EverythingWithoutImage = append(slices.Clone(WithoutImage), "key", "apart", "review", "material")
	WithoutImage           = []string{"id", "tolerance", "explanation", "source", "topics", "difficulty",
		"audience", "score"}
)
