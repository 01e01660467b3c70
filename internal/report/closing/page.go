package closing

import (
	_ "embed"
	"html/template"
	"io"

	"anquanda/internal/report"
	"anquanda/internal/report/tally"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"minute": minute, "day": dayText, "percent": percent, "share": report.Percent,
}).Parse(pageText))

// WritePage writes a page that can be published as it stands: it loads nothing, tells
// nothing of fewer people than report.SmallGroup, and no right answer before the end.
func (f *Figures) WritePage(w io.Writer) error {
	most := int64(1)
	var days []tally.Day
	for _, d := range f.Days {
		if d.Players > 0 {
			days = append(days, d)
			most = max(most, d.Players)
		}
	}
	return page.Execute(w, struct {
		*Figures
		Played    []tally.Day
		Most      int64
		Missed    []Missed
		UnitCells [][]any
	}{f, days, most, f.missedInPublic(), f.unitsInShort().Rows})
}

// missedInPublic are the least known questions, once nobody plays any more.
func (f *Figures) missedInPublic() []Missed {
	if f.At.Before(f.Closes) {
		return nil
	}
	return f.Missed
}
