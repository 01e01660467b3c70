package static

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// policy lets a page load from its own server only, and run no script or style that is written into the page: a name
// or a question that slipped through as markup could still do nothing.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Allowing is the same pages with scripts of one more origin, as https://host. The origin's owner is trusted with all
// that the pages may do.
func (s *Site) Allowing(origin string) *Site {
	wider := s.copy()
	wider.policy = strings.Replace(s.policy, "script-src 'self'", "script-src 'self' "+origin, 1)
	return wider
}

// PlayingFrom is the same pages with sounds and films of more hosts, as media.example.org.
func (s *Site) PlayingFrom(hosts []string) *Site {
	if len(hosts) == 0 {
		return s
	}
	wider := s.copy()
	wider.policy += "; media-src https://" + strings.Join(hosts, " https://")
	return wider
}

var slug = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// ServeHTTP sends a page or one of its files; everything else is not here.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	f, keep, found := s.find(r)
	if !found {
		s.notFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/look" || r.URL.Path == "/fill" || strings.HasPrefix(r.URL.Path, "/cert/") {
		header.Set("X-Robots-Tag", "noindex, nofollow")
	}
	if s.keeps && (r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/c/")) {
		header.Set(hasWorker, "1")
	}
	header.Set("Content-Type", f.mime)
	header.Set("Vary", "Accept-Encoding")
	header.Set("Content-Security-Policy", s.policy)
	if keep {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache")
	}
	body, etag := f.plain, f.etag
	if AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		// Another body needs another tag, or a cache could join half of one with half of the other.
		body, etag = f.gzip, strings.TrimSuffix(f.etag, `"`)+`-gz"`
		header.Set("Content-Encoding", "gzip")
		header.Set("Content-Length", strconv.Itoa(len(body))) // ServeContent leaves it out of what is encoded
	}
	header.Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// whole is an address of ours with something behind it: SMS and WeChat take the comma of a sentence
// into a link, and people a slash.
var whole = regexp.MustCompile(
	`^(/(?:c|cert|live|screen/live|screen)/[A-Za-z0-9][A-Za-z0-9_-]{0,63}|/(?:cert|console|screen|live)|)` +
		`([^A-Za-z0-9_-].*)$`)

var alphanumeric = regexp.MustCompile(`[A-Za-z0-9]`)

// meant is the address in front of what no name can hold; ok is false where none is found.
func meant(path string) (address string, ok bool) {
	parts := whole.FindStringSubmatch(path)
	if parts == nil || parts[1] == "/screen/live" {
		return "", false
	}
	if parts[1] == "" || parts[2][0] == '/' {
		return cmp.Or(parts[1], "/"), !alphanumeric.MatchString(parts[2])
	}
	return parts[1], true
}

// notFound leads to the address that was meant, or to the contest.
func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	looks := r.Method == http.MethodGet || r.Method == http.MethodHead
	if strings.HasPrefix(r.URL.Path, "/assets/") || !looks {
		http.NotFound(w, r)
		return
	}
	if address, ok := meant(r.URL.Path); ok {
		to := url.URL{Path: address, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return
	}
	header := w.Header()
	lost := s.plain["phone/lost.html"]
	header.Set("Content-Type", lost.mime)
	header.Set("Content-Security-Policy", s.policy)
	header.Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	w.Write(lost.plain) //nolint:errcheck // the phone has gone
}

// find says which file a path means and whether its name carries its hash.
func (s *Site) find(r *http.Request) (f file, keep, found bool) {
	path := r.URL.Path
	if name, ok := strings.CutPrefix(path, "/assets/"); ok {
		f, found = s.assets[name]
		return f, true, found
	}
	switch path {
	case workerPath:
		return s.worker, false, true
	case "/":
		return s.described(r, "", s.pages["phone"]), false, true
	case "/screen", "/console", "/live", "/look", "/fill", "/cert":
		return s.pages[path[1:]], false, true
	}
	if name, ok := strings.CutPrefix(path, "/screen/"); ok && slug.MatchString(strings.TrimPrefix(name, "live/")) {
		return s.pages["screen"], false, true
	}
	if name, ok := strings.CutPrefix(path, "/c/"); ok && slug.MatchString(name) {
		return s.described(r, name, s.pages["phone"]), false, true
	}
	if name, ok := strings.CutPrefix(path, "/cert/"); ok && slug.MatchString(name) {
		return s.pages["cert"], false, true
	}
	if name, ok := strings.CutPrefix(path, "/privacy/"); ok && slug.MatchString(name) {
		f, found = s.statement(r, name)
		return f, false, found
	}
	if name, ok := strings.CutPrefix(path, "/live/"); ok && slug.MatchString(name) {
		call := "/live/rooms/" + name + "/state"
		if roomCode.MatchString(name) {
			call = "/live/codes/" + name
		}
		return s.named.page(path, s.pages["live"], "</head>", fmt.Sprintf(early, call)), false, true
	}
	return file{}, false, false
}

// roomCode is what stands on the big screen of a live room.
var roomCode = regexp.MustCompile(`^\d{6}$`)

// early ends the head of a page with the call that its script will make first.
const early = `<link rel="preload" as="fetch" crossorigin="anonymous" href="/api/v1%s"></head>`

// namedPages are pages whose address names a contest or a live room. The page tells the browser to ask for it while the
// script is still on its way, which saves a slow network one round trip; so the page of each is another.
type namedPages struct {
	lock sync.Mutex
	made map[string]file // by what tells them apart
}

// namedPagesKept bounds the memory that made-up addresses can take.
const namedPagesKept = 64

// page is the page of an address: current, with the first of each old text replaced by the new one
// behind it. key tells apart what the new texts do.
func (n *namedPages) page(key string, current file, oldNew ...string) file {
	n.lock.Lock()
	defer n.lock.Unlock()
	f, ok := n.made[key]
	if !ok {
		text := string(current.plain)
		for i := 0; i+1 < len(oldNew); i += 2 {
			text = strings.Replace(text, oldNew[i], oldNew[i+1], 1)
		}
		f = newFile("index.html", []byte(text))
		if n.made == nil || len(n.made) >= namedPagesKept {
			n.made = map[string]file{}
		}
		n.made[key] = f
	}
	return f
}

// AcceptsGzip reads an Accept-Encoding header; "gzip;q=0" is a refusal, whatever "*" says.
func AcceptsGzip(header string) bool { return accepts(header, "gzip", false) }

// AcceptsPlain tells whether a body may be sent as it is: unless "identity;q=0" says no, or "*;q=0"
// and nothing else of identity (RFC 9110, 12.5.3).
func AcceptsPlain(header string) bool { return accepts(header, "identity", true) }

// accepts is what a header says of a coding, or of all that it does not name.
func accepts(header, coding string, unnamed bool) bool {
	others := unnamed
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(weight, " ", "")), "q=")
		value, err := strconv.ParseFloat(q, 64)
		accepted := q == "" || err == nil && value > 0
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case coding, "x-" + coding: // RFC 9110, 8.4.1.3: the same
			return accepted
		case "*":
			others = accepted
		}
	}
	return others
}
