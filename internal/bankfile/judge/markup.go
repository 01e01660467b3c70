package judge

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"anquanda/internal/sheet"
)

var (
	anyTag     = regexp.MustCompile(`(?s)<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*|/)?>`)
	scripts    = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)\s*>`)
	raisedTags = regexp.MustCompile(`(?is)<(sup|sub)\b[^<>]*>(.*?)</(?:sup|sub)\s*>`)
	entity     = regexp.MustCompile(`&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,24}[0-9]{0,2});`)
	imageTag   = regexp.MustCompile(`(?i)\bsrc\s*=\s*["']?([^"'\s>]+)`)
	blockTags  = map[string]bool{"p": true, "div": true, "br": true, "li": true, "tr": true, "blockquote": true,
		"h1": true, "h2": true, "h3": true, "h4": true, "ul": true, "ol": true, "table": true, "pre": true}
	knownTags = map[string]bool{"b": true, "i": true, "u": true, "em": true, "strong": true, "span": true,
		"font": true, "sub": true, "sup": true, "a": true, "img": true, "td": true, "th": true, "tbody": true,
		"thead": true, "center": true, "small": true, "big": true, "code": true, "tt": true, "hr": true, "del": true,
		"ins": true, "object": true, "param": true, "embed": true, "audio": true, "video": true, "source": true,
		"iframe": true, "nolink": true, "dl": true, "dt": true, "dd": true}
	manyBreaks = regexp.MustCompile(`[ \t]*\n\s*`)
)

// hasEntity reports whether a text holds a character as pages write it; other words
// behind an & stay.
func hasEntity(text string) bool {
	return strings.Contains(text, "&") && slices.ContainsFunc(entity.FindAllString(text, -1), func(written string) bool {
		return html.UnescapeString(written) != written
	})
}

// PlainText turns HTML into text: paragraphs become lines, entities characters.
// It returns the pictures referred to, and whether formatting other than
// paragraphs went. Only tags of HTML go; a < that begins none stays.
func PlainText(text string) (plain string, images []string, dropped bool) {
	if !strings.ContainsAny(text, "<&") {
		return strings.TrimSpace(text), nil, false
	}
	text = scripts.ReplaceAllString(text, "")
	text = raisedTags.ReplaceAllStringFunc(text, func(tag string) string {
		found := raisedTags.FindStringSubmatch(tag)
		inner := html.UnescapeString(anyTag.ReplaceAllString(found[2], ""))
		if strings.EqualFold(found[1], "sup") {
			return html.EscapeString(sheet.Raised(inner))
		}
		return html.EscapeString(sheet.Lowered(inner))
	})
	text = anyTag.ReplaceAllStringFunc(text, func(tag string) string {
		found := anyTag.FindStringSubmatch(tag)
		name := strings.ToLower(found[2])
		switch {
		case strings.HasPrefix(tag, "<!--"):
			return ""
		case name == "img":
			if src := imageTag.FindStringSubmatch(found[3]); src != nil {
				images = append(images, html.UnescapeString(src[1]))
			}
			return ""
		case blockTags[name]:
			return "\n"
		case knownTags[name]:
			dropped = true
			return ""
		}
		return tag
	})
	text = strings.ReplaceAll(html.UnescapeString(text), "\u00a0", " ")
	text = manyBreaks.ReplaceAllString(text, "\n")
	return strings.TrimSpace(text), images, dropped
}

// IsBlock reports whether an element of HTML begins a new line.
func IsBlock(name string) bool { return blockTags[name] }
