package draft

import (
	"strings"

	"anquanda/internal/sheet"
)

// Probe is what the formats look at to recognise themselves.
type Probe struct {
	// Data is the whole file; text its decoded beginning, "" when it is no text.
	Data      []byte
	Text      string
	Extension string
}

// Probed is how much text is looked at, in bytes.
const Probed = 64 << 10

// NewProbe decodes the beginning of a file.
func NewProbe(r *Reading) *Probe {
	p := &Probe{Data: r.Data}
	if dot := strings.LastIndexByte(r.Name, '.'); dot >= 0 {
		p.Extension = strings.ToLower(r.Name[dot:])
	}
	if sheet.IsArchive(r.Data) {
		return p
	}
	text, _, ok := sheet.Decode(r.Data)
	if ok {
		p.Text = strings.TrimSpace(text[:min(len(text), Probed)])
	}
	return p
}

// LooksXML reports whether the text begins as XML does.
func LooksXML(p *Probe) bool { return strings.HasPrefix(p.Text, "<") }
