package bank

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// svgMIME is the kind of a drawing.
const svgMIME = "image/svg+xml"

// Bounds of a drawing: every phone draws it anew.
const (
	maxSVGBytes    = 64 << 10
	maxSVGElements = 2000
)

const svgSpace = "http://www.w3.org/2000/svg"

// The elements and attributes of a drawing: shapes and words, nothing that runs,
// loads, links, repeats itself or moves.
var (
	svgElements = strings.Fields(`svg g path rect circle ellipse line polyline polygon text tspan title`)
	svgShapes   = strings.Fields(`viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform
		fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity
		opacity font-size font-weight font-family text-anchor`)
	svgValue = regexp.MustCompile(`^[-+#.,%() \n\t\w]*$`)
	svgBox   = regexp.MustCompile(`^0 0 [1-9][0-9]{1,3} [1-9][0-9]{1,3}$`)
)

// Errors of a drawing, for whoever mends it.
var (
	errSVGBroken  = errors.New("它不是完整的 SVG 图形")
	errSVGLarge   = errors.New("它太大了：SVG 图形最多 64 KB、2000 个元素")
	errSVGForeign = errors.New("它除了图形和文字还有别的内容（如脚本、链接、样式、外部图片）")
	errSVGBox     = errors.New("它没有写明 viewBox，应为 0 0 宽 高")
)

// looksSVG reports whether a file says of itself that it is a drawing.
func looksSVG(body []byte) bool {
	head := body[:min(len(body), 512)]
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// CheckSVG lets through drawings made of listed elements and attributes alone. What
// is not on the list is an error, not dropped: the author sees what is shown.
func CheckSVG(body []byte) error {
	if len(body) > maxSVGBytes {
		return errSVGLarge
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	var open []string
	for elements := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			if elements == 0 {
				return errSVGBroken
			}
			return nil
		}
		if err != nil {
			return errSVGBroken
		}
		switch t := token.(type) {
		case xml.StartElement:
			if elements++; elements > maxSVGElements {
				return errSVGLarge
			}
			if err := checkSVGElement(t, len(open) == 0); err != nil {
				return err
			}
			open = append(open, t.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 && (len(open) == 0 ||
				!slices.Contains([]string{"text", "tspan", "title"}, open[len(open)-1])) {
				return errSVGForeign
			}
		case xml.ProcInst:
			if t.Target != "xml" || elements > 0 {
				return errSVGForeign
			}
		default: // comments, and directives that declare entities
			return errSVGForeign
		}
	}
}

func checkSVGElement(e xml.StartElement, outermost bool) error {
	if e.Name.Space != svgSpace || (e.Name.Local == "svg") != outermost || !slices.Contains(svgElements, e.Name.Local) {
		return errSVGForeign
	}
	box := ""
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local == "xmlns" && a.Value == svgSpace {
			continue
		}
		if a.Name.Space != "" || !slices.Contains(svgShapes, a.Name.Local) || !svgValue.MatchString(a.Value) ||
			strings.Contains(strings.ToLower(a.Value), "url") {
			return errSVGForeign
		}
		if a.Name.Local == "viewBox" {
			box = a.Value
		}
	}
	if outermost && !svgBox.MatchString(box) {
		return errSVGBox
	}
	return nil
}
