package bank

import (
	"errors"
	"strings"
	"testing"
)

const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">` +
	`<g transform="rotate(45 10 10)"><path d="M0,0 L10.5-3z" fill="#d00" stroke-width="4"/></g>` +
	`<text x="10" y="20" font-size="18" text-anchor="middle">119 <tspan>火警</tspan></text></svg>`

// xlink begins a drawing that could link.
const xlink = `<svg xmlns:x="http://www.w3.org/1999/xlink"`

func TestADrawingOfShapesAndWordsIsLetThrough(t *testing.T) {
	for _, body := range []string{drawn, `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + drawn + "\n"} {
		if err := CheckSVG([]byte(body)); err != nil || !looksSVG([]byte(body)) {
			t.Errorf("%v: %s", err, body)
		}
	}
}

func TestADrawingThatHoldsAnythingElseIsRefused(t *testing.T) {
	within := func(part string) string { return strings.Replace(drawn, "<g ", part+"<g ", 1) }
	on := func(attribute string) string { return strings.Replace(drawn, "<g ", "<g "+attribute+" ", 1) }
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"a script":                {within(`<script>alert(1)</script>`), errSVGForeign},
		"a script of html":        {within(`<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>`), errSVGForeign},
		"an element of elsewhere": {within(`<g xmlns="http://example.org/"/>`), errSVGForeign},
		"a handler":               {on(`onload="alert(1)"`), errSVGForeign},
		"a link":                  {within(`<a href="/console">x</a>`), errSVGForeign},
		"an address":              {on(`href="/console"`), errSVGForeign},
		"an old address":          {strings.Replace(drawn, "<svg", xlink, 1), errSVGForeign},
		"a picture":               {within(`<image width="9" height="9"/>`), errSVGForeign},
		"a copy":                  {within(`<use/>`), errSVGForeign},
		"html":                    {within(`<foreignObject/>`), errSVGForeign},
		"a style":                 {within(`<style>*{fill:red}</style>`), errSVGForeign},
		"a style of its own":      {on(`style="fill:red"`), errSVGForeign},
		"a fill from elsewhere":   {on(`fill="url(#a)"`), errSVGForeign},
		"a fill hidden by case":   {on(`fill="URL(#a)"`), errSVGForeign},
		"a movement":              {within(`<animate/>`), errSVGForeign},
		"an entity":               {`<!DOCTYPE svg [<!ENTITY a "x">]>` + drawn, errSVGForeign},
		"an unknown entity":       {within(`<text>&a;</text>`), errSVGBroken},
		"a style sheet":           {`<?xml-stylesheet href="a.css"?>` + drawn, errSVGForeign},
		"a comment":               {within(`<!-- -->`), errSVGForeign},
		"words outside":           {within(`words`), errSVGForeign},
		"a drawing inside":        {within(`<svg viewBox="0 0 10 10"/>`), errSVGForeign},
		"no end":                  {strings.TrimSuffix(drawn, "</svg>"), errSVGBroken},
		"another coding":          {`<?xml version="1.0" encoding="UTF-16"?>` + drawn, errSVGBroken},
		"nothing":                 {"", errSVGBroken},
		"no box":                  {strings.Replace(drawn, ` viewBox="0 0 300 200"`, "", 1), errSVGBox},
		"a box without limit":     {strings.Replace(drawn, "300 200", "99999 200", 1), errSVGBox},
		"too many elements":       {within(strings.Repeat("<g/>", maxSVGElements)), errSVGLarge},
		"too many bytes":          {within(strings.Repeat(" ", maxSVGBytes)), errSVGLarge},
	} {
		if err := CheckSVG([]byte(c.body)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
