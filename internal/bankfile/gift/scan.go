package gift

import (
	"regexp"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// giftText is a text and its format: moodle, html, markdown or plain.
type giftText struct {
	Format string
	Text   string
}

// giftItem is one entry of a GIFT file, as the reference parser of the format
// (gift-pegjs) describes it.
type giftItem struct {
	Type     string // MC, TF, Short, Numerical, Matching, Essay, Description, Category
	ID       string
	Tags     []string
	Title    string
	Stem     giftText
	Embedded bool // the answers stand inside the stem
	Feedback *giftText
	Choices  []giftChoice
	IsTrue   bool
	// TrueFeedback is shown to who answers true, FalseFeedback to who answers false.
	TrueFeedback, FalseFeedback *giftText
	Pairs                       []giftPair

	line  int
	wrong *judge.Trouble // why it cannot be read
	// before and after are the stem around the answers, with their blanks.
	before, after string
}

// giftChoice is one answer. Weight is in percent; nil when none is written.
type giftChoice struct {
	Correct  bool
	Weight   *float64
	Text     giftText
	Number   *giftNumber
	Feedback *giftText
}

type giftPair struct {
	Question giftText
	Answer   string
}

// giftNumber is a number with a tolerance, or a range from low to high.
type giftNumber struct {
	Type       string // simple, range, high-low
	Number     float64
	Range      float64
	Low, High  float64
	text, span string // as written
}

// giftBlock is the text of one item, without comments, with what comments told.
type giftBlock struct {
	text string
	line int
	id   string
	tags []string
}

var (
	giftID  = regexp.MustCompile(`\[id:([^\]\s]+)\]`)
	giftTag = regexp.MustCompile(`\[tag:([^\]]+)\]`)
)

// giftBlocks divides a file at empty lines. An empty line inside braces divides
// nothing when the brace closes before another opens.
func giftBlocks(text string) []giftBlock {
	lines := strings.Split(text, "\n")
	var blocks []giftBlock
	var now giftBlock
	var body []string
	flush := func() {
		now.text = strings.Trim(strings.Join(body, "\n"), " \t\n")
		if now.text != "" {
			blocks = append(blocks, now)
			now = giftBlock{}
		}
		body = nil
	}
	open := false
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "//"):
			now.comment(trimmed)
		case trimmed == "" && open && closesFirst(lines[i+1:]):
			body = append(body, "")
		case trimmed == "":
			flush()
			open = false
		default:
			if strings.HasPrefix(trimmed, "$CATEGORY:") {
				flush()
				blocks = append(blocks, giftBlock{text: trimmed, line: i + 1})
				continue
			}
			if len(body) == 0 {
				now.line = i + 1
			}
			body = append(body, line)
			open = braceState(line, open)
		}
	}
	flush()
	return blocks
}

func (b *giftBlock) comment(line string) {
	if found := giftID.FindStringSubmatch(line); found != nil {
		b.id = found[1]
	}
	for _, found := range giftTag.FindAllStringSubmatch(line, -1) {
		b.tags = append(b.tags, found[1])
	}
}

// blockLines is how far ahead a closing brace is looked for.
const blockLines = 200

// braceState follows the unescaped braces of a line.
func braceState(line string, open bool) bool {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			open = true
		case '}':
			open = false
		}
	}
	return open
}

func closesFirst(lines []string) bool {
	for _, line := range lines[:min(len(lines), blockLines)] {
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '\\':
				i++
			case '{':
				return false
			case '}':
				return true
			}
		}
	}
	return false
}

// unescaped finds the first unescaped occurrence of any of the signs, or -1.
func unescaped(text, signs string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
		} else if strings.IndexByte(signs, text[i]) >= 0 {
			return i
		}
	}
	return -1
}

// giftUnescape resolves \~ \= \# \{ \} \: \\ and \n. Any other \ stays.
func giftUnescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			switch next := text[i+1]; next {
			case '~', '=', '#', '{', '}', ':', '\\':
				out.WriteByte(next)
				i++
				continue
			case 'n':
				out.WriteByte('\n')
				i++
				continue
			}
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

var (
	giftFormat = regexp.MustCompile(`^\s*\[(html|moodle|markdown|plain)\]`)
	lineBreaks = regexp.MustCompile(`[ \t]*\n[ \t]*`)
)

// giftRead reads a text with its format. Line breaks are blanks except in
// markdown, where they have meaning.
func giftRead(raw, format string) giftText {
	if found := giftFormat.FindStringSubmatch(raw); found != nil {
		format = found[1]
		raw = raw[len(found[0]):]
	}
	raw = strings.Trim(raw, " \t\n")
	if format != "markdown" {
		raw = lineBreaks.ReplaceAllString(raw, " ")
	}
	return giftText{format, giftUnescape(raw)}
}

// giftParse reads one block.
func giftParse(block giftBlock) giftItem {
	item := giftItem{ID: block.id, Tags: block.tags, line: block.line}
	if category, ok := strings.CutPrefix(block.text, "$CATEGORY:"); ok {
		item.Type, item.Title = "Category", strings.TrimSpace(category)
		return item
	}
	text := block.text
	if rest, ok := strings.CutPrefix(text, "::"); ok {
		if end := titleEnd(rest); end >= 0 {
			item.Title = giftUnescape(strings.TrimSpace(rest[:end]))
			text = rest[end+2:]
		}
	}
	open := unescaped(text, "{")
	if open < 0 {
		item.Type, item.Stem = "Description", giftRead(text, "moodle")
		if unescaped(text, "}") >= 0 {
			item.wrong = &judge.Trouble{Code: draft.Malformed, Detail: "有 } 而没有 {", Text: text}
		}
		return item
	}
	size := unescaped(text[open+1:], "}")
	if size < 0 {
		item.wrong = &judge.Trouble{Code: draft.Malformed, Detail: "{ 没有对应的 }", Text: text}
		return item
	}
	item.stem(text[:open], text[open+1+size+1:])
	if inner := unescaped(text[open+1:open+1+size], "{"); inner >= 0 || unescaped(item.after, "{") >= 0 {
		item.wrong = &judge.Trouble{Code: draft.Malformed, Detail: "一道题只能有一对 { }", Text: text}
	}
	body := text[open+1 : open+1+size]
	if clozeBody.MatchString(body) {
		item.wrong = &judge.Trouble{Code: draft.KindUnsupported, Detail: "完形填空（Cloze）", Text: text}
		return item
	}
	item.answers(body)
	return item
}

// clozeBody is how an embedded question of the Cloze format begins.
var clozeBody = regexp.MustCompile(`^\s*\d*:[A-Z_]+:`)

func titleEnd(text string) int {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' {
			i++
		} else if text[i] == ':' && text[i+1] == ':' {
			return i
		}
	}
	return -1
}

// stem joins the texts before and after the answers.
func (item *giftItem) stem(before, after string) {
	item.before, item.after = before, after
	item.Stem = giftRead(before, "moodle")
	if strings.TrimSpace(after) != "" {
		item.Embedded = true
		item.Stem.Text += " _____ " + giftRead(after, item.Stem.Format).Text
	}
}
