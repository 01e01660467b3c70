package static

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
)

// About is what a page tells of its contest before any script runs: to who forwards the link, to
// programs that make a card of it, and to phones without script. All of it is plain text. Where
// people have to choose among several contests, it tells of all: then it has no Slug.
type About struct {
	Title       string
	Description string
	When        string // empty: it has no one time, nor one Organizer
	Organizer   string
	Contact     string // empty: none is named
	Slug        string
	Privacy     []string // the statement on personal data, sentence by sentence
	ICP, Police string   // numbers of the host's filings (ICP备案, 公安备案); empty: none
	Picture     string   // name of a stored picture for cards; empty: the program's own
	Site        string   // where phones reach us, as https://quiz.example.org
}

// Describing is the same pages, which tell of the contests that about knows.
func (s *Site) Describing(about Describe) *Site {
	telling := s.copy()
	telling.about = about
	return telling
}

// Describe tells what there is to know of the contest that an address names; "" where it names none.
// ok is false where there is nothing to tell.
type Describe func(r *http.Request, slug string) (of About, ok bool)

// described is the phone page of a contest, with its head for cards: Open Graph, which WeChat, QQ,
// 钉钉 and messengers read, and itemprop, which QQ reads first. The picture is named and not shown,
// so that the first visit does not fetch it.
func (s *Site) described(r *http.Request, slug string, current file) file {
	var of About
	known := false
	if s.about != nil {
		of, known = s.about(r, slug)
	}
	call := cmp.Or(slug, "current")
	if !known {
		return s.named.page(r.URL.Path, current, "/contests/current", "/contests/"+call)
	}
	address := of.Site + "/"
	if slug != "" {
		address += "c/" + slug
	}
	picture := of.Site + s.card
	if of.Picture != "" {
		picture = of.Site + "/api/v1/images/" + of.Picture
	}
	head, without := of.head(address, picture), of.withoutScript()
	return s.named.page(r.URL.Path+"\n"+head+without, current, "/contests/current", "/contests/"+call,
		"<title>安全答</title>", head, noScript, without, "</body>", of.foot()+"</body>")
}

// statement is the page of a contest's statement on personal data.
func (s *Site) statement(r *http.Request, slug string) (f file, found bool) {
	if s.about == nil {
		return file{}, false
	}
	of, known := s.about(r, slug)
	if !known {
		return file{}, false
	}
	var list strings.Builder
	for _, line := range of.Privacy {
		list.WriteString("<li>" + html.EscapeString(line) + "</li>")
	}
	return s.named.page(r.URL.Path+"\n"+list.String(), s.plain["phone/privacy.html"], "<li>说明</li>", list.String(),
		`href="/"`, `href="/c/`+of.Slug+`"`), true
}

// foot is what the law wants below the home: it is hidden until the home shows it (home.js).
func (a About) foot() string {
	return `<footer id="records" hidden>` + lines("主办：", a.Organizer, "联系：", a.Contact) + a.links() + "</footer>"
}

// lines are paragraphs of a name and what it is, without those that are nothing.
func lines(named ...string) (text string) {
	for i := 0; i < len(named); i += 2 {
		if named[i+1] != "" {
			text += "<p>" + named[i] + html.EscapeString(named[i+1]) + "</p>"
		}
	}
	return text
}

var digits = regexp.MustCompile(`[0-9]+`)

// links lead to the statement on personal data and to the filings, the police's to its own entry.
func (a About) links() string {
	text := ""
	if a.Slug != "" {
		text = `<p><a href="/privacy/` + a.Slug + `">个人信息保护说明</a></p>`
	}
	police := "https://beian.mps.gov.cn/#/query/webSearch?code=" + digits.FindString(a.Police)
	for _, record := range [][2]string{{a.ICP, "https://beian.miit.gov.cn/"}, {a.Police, police}} {
		if record[0] != "" {
			text += `<p><a href="` + record[1] + `" rel="noopener">` + html.EscapeString(record[0]) + "</a></p>"
		}
	}
	return text
}

// noScript stands in the page where nothing is known of a contest.
const noScript = "<p class=\"failed\">请允许网页运行脚本，然后刷新。</p>"

func (a About) head(address, picture string) string {
	title, description := html.EscapeString(a.Title), html.EscapeString(a.Description)
	var out strings.Builder
	fmt.Fprintf(&out, "<title>%s</title>", title)
	for _, meta := range [][2]string{{`name="description"`, description}, {`itemprop="name"`, title},
		{`itemprop="description"`, description}, {`itemprop="image"`, picture}, {`property="og:type"`, "website"},
		{`property="og:site_name"`, html.EscapeString(cmp.Or(a.Organizer, a.Title))}, {`property="og:title"`, title},
		{`property="og:description"`, description}, {`property="og:url"`, html.EscapeString(address)},
		{`property="og:image"`, html.EscapeString(picture)}} {
		fmt.Fprintf(&out, "\n<meta %s content=\"%s\">", meta[0], meta[1])
	}
	return out.String()
}

func (a About) withoutScript() string {
	text := fmt.Sprintf(`<main class="plain statement"><h1>%s</h1><p>%s</p>`, html.EscapeString(a.Title),
		html.EscapeString(a.Description))
	return text + lines("时间：", a.When, "主办：", a.Organizer, "联系：", a.Contact) + "<p><b>请允许网页运行脚本，然后刷新，就能答题。</b></p>" + a.links() + "</main>"
}
