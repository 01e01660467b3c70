package closing

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// chart is one series as bars, in the type that Word draws by itself (ECMA-376 part 1, 21.2
// DrawingML charts): whoever edits the draft can change its look, and no font ships with it.
// The values stand in the chart itself, and in a table of the draft for who cannot see it.
type chart struct {
	title  string
	across bool // bars lie, for long labels
	labels []string
	values []int64
}

const (
	drawingML    = "http://schemas.openxmlformats.org/drawingml/2006/main"
	drawingChart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	chartType    = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
	chartRelates = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
	// barColour is dark enough to be told from paper when it is copied in black and white.
	barColour = "1F5F4A"
)

// document is the part of a Word file that holds the chart.
func (c *chart) document() string {
	direction, labelsAt, valuesAt := "col", "b", "l"
	order := "minMax"
	if c.across {
		direction, labelsAt, valuesAt = "bar", "l", "b"
		order = "maxMin" // the first on top
	}
	var out strings.Builder
	out.WriteString(xml.Header + `<c:chartSpace xmlns:c="` + drawingChart + `" xmlns:a="` + drawingML + `">` +
		`<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="0"/>` +
		`</a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="0"/><a:t>` + escaped(c.title) + `</a:t></a:r></a:p></c:rich></c:tx>` +
		`<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="` +
		direction + `"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>` +
		`<c:tx><c:v>` + escaped(c.title) + `</c:v></c:tx><c:spPr><a:solidFill><a:srgbClr val="` + barColour + `"/>` +
		`</a:solidFill></c:spPr><c:invertIfNegative val="0"/>`)
	if c.across || len(c.values) <= 10 { // more would cover each other
		out.WriteString(`<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>` +
			`<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`)
	}
	count := `<c:ptCount val="` + strconv.Itoa(len(c.values)) + `"/>`
	out.WriteString(`<c:cat><c:strLit>` + count)
	for i, label := range c.labels {
		out.WriteString(`<c:pt idx="` + strconv.Itoa(i) + `"><c:v>` + escaped(label) + `</c:v></c:pt>`)
	}
	out.WriteString(`</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode>` + count)
	for i, value := range c.values {
		out.WriteString(`<c:pt idx="` + strconv.Itoa(i) + `"><c:v>` + strconv.FormatInt(value, 10) + `</c:v></c:pt>`)
	}
	out.WriteString(`</c:numLit></c:val></c:ser><c:gapWidth val="40"/><c:axId val="1"/><c:axId val="2"/></c:barChart>` +
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="` + order + `"/></c:scaling><c:delete val="0"/>` +
		`<c:axPos val="` + labelsAt + `"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>` +
		`<c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>` +
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>` +
		`<c:delete val="0"/><c:axPos val="` + valuesAt + `"/><c:numFmt formatCode="0" sourceLinked="0"/>` +
		`<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="` + c.valuesLabelled() +
		`"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/>` +
		`</c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return out.String()
}

// valuesLabelled is where the numbers of the axis stand: nowhere where each bar bears its own.
func (c *chart) valuesLabelled() string {
	if c.across {
		return "none"
	}
	return "nextTo"
}

// height is how high the chart stands on paper, in mm.
func (c *chart) height() int {
	if c.across {
		return 25 + 8*len(c.values)
	}
	return 70
}

// largest keeps the n largest bars, the largest first, and reports whether others were left out.
func (c *chart) largest(n int) (cut bool) {
	order := make([]int, len(c.values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.values[b], c.values[a]) })
	kept := order[:min(n, len(order))]
	labels, values := make([]string, len(kept)), make([]int64, len(kept))
	for i, from := range kept {
		labels[i], values[i] = c.labels[from], c.values[from]
	}
	c.labels, c.values = labels, values
	return len(order) > n
}

// mostBars is how many units a chart shows: more would not be read.
const mostBars = 10

// charts are the players of each day and of the units at the top; one of nothing is left out.
func (f *Figures) charts() (all []chart) {
	days := chart{title: "每日参与人数"}
	for _, d := range f.Days {
		days.labels = append(days.labels, fmt.Sprintf("%d.%d", d.Day/100%100, d.Day%100)) // thirty stand side by side
		days.values = append(days.values, d.Players)
	}
	units := chart{title: "各单位参与人数", across: true}
	for i := range f.Units {
		if l := &f.Units[i]; l.Depth == 1 && l.Unit != nil && l.Players > 0 && !l.Hidden() {
			units.labels, units.values = append(units.labels, cut(l.Unit.Name, 14)), append(units.values, l.Players)
		}
	}
	if units.largest(mostBars) {
		units.title += "（前 " + strconv.Itoa(mostBars) + " 名）"
	}
	for _, c := range []chart{days, units} {
		if len(c.values) > 1 {
			all = append(all, c)
		}
	}
	return all
}
