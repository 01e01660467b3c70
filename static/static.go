// Package static holds the pages of Anquanda: the phone page, the page of live quizzes, the big screen, the
// console, what a link to a draft shows, and what says whether a certificate is genuine.
//
// What stands in this folder is what a developer reads: plain ES modules and style sheets with relative imports. Load
// bundles them once, when the program starts, so there is no build step to run and no built file to keep in step:
// one script and one style sheet a page, in syntax that old WeChat web views read, under a name that carries the hash
// of the content. A browser may therefore keep them for ever, and a page names new ones as soon as the content changed.
// Everything is compressed once and served from memory.
//
// Browsers: Chrome 61 and Safari 11, the web views of phones of 2017. What a page fetches later is parted from its
// script here (bundle.go, feed.go, lazy.js) and not by esbuild's own splitting, which needs native import() (Chrome 63,
// Safari 11.1): esbuild makes a file of every set of modules that the same parts share, so the first visit would load
// 11
// scripts instead of one, 22.4 KB instead of 21.1 KB compressed, where the budget is 6 requests in all. Raising the
// floor
// would save about 250 lines here and cost every first visit on a slow network; measured in November 2026.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
)

//go:embed *.js *.css art brand lib phone live screen console look fill cert vendor/*.js
var sources embed.FS

// A Site is the pages, ready to be sent.
type Site struct {
	pages  map[string]file // by the folder of the page: phone, live, screen, console, look, fill, cert
	assets map[string]file // by name with hash
	named  namedPages
	plain  map[string]file // plainPages by their source
	card   string          // path of the picture that cards of links show
	about  Describe
	policy string // what a page may load and do
	worker file   // answers workerPath
	// keeps tells whether worker keeps pages; noWorker is the one that removes itself.
	keeps    bool
	noWorker file
}

// copy is the same pages, whose named ones are made anew.
func (s *Site) copy() *Site {
	return &Site{pages: s.pages, assets: s.assets, plain: s.plain, card: s.card, about: s.about, policy: s.policy,
		worker: s.worker, keeps: s.keeps, noWorker: s.noWorker}
}

// A file is one answer: the bytes as they are and compressed.
type file struct {
	mime  string
	etag  string
	plain []byte
	gzip  []byte
}

// pages are the folders that hold a page: index.html, main.js, and a style sheet that is named like the folder.
var pages = []string{"phone", "live", "screen", "console", "look", "fill", "cert"}

// plainPages have no script, and the style of the phone page: what stands in place of what is not
// here, and the statement on personal data.
var plainPages = []string{"phone/lost.html", "phone/privacy.html"}

// Load bundles the embedded sources. It fails only when they are wrong, which the tests find first.
func Load() (*Site, error) { return LoadFrom(sources) }

// LoadFrom bundles the sources found in fsys, laid out as in this folder: os.DirFS("static") while developing.
func LoadFrom(fsys fs.FS) (*Site, error) {
	site := &Site{pages: map[string]file{}, plain: map[string]file{}, assets: map[string]file{}, policy: policy}
	built, err := bundle(fsys)
	if err != nil {
		return nil, err
	}
	if site.worker, site.noWorker, err = buildWorker(fsys, built); err != nil {
		return nil, err
	}
	site.keeps = true
	icon, err := fs.ReadFile(fsys, "brand/mark.svg")
	if err != nil {
		return nil, err
	}
	card, err := fs.ReadFile(fsys, "brand/card.png")
	if err != nil {
		return nil, err
	}
	built["card.png"] = output{name: "card-" + hash(card)[:8] + ".png", data: card}
	site.card = "/assets/" + built["card.png"].name
	built["icon.svg"] = output{name: "icon-" + hash(icon)[:8] + ".svg", data: icon}
	for _, out := range built {
		site.assets[out.name] = newFile(out.name, out.data)
	}
	for _, page := range slices.Concat(plainPages, pages) {
		name, isPlain := page+"/index.html", slices.Contains(plainPages, page)
		if isPlain {
			page, name = "phone", page
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		filled := strings.NewReplacer(
			"{{script}}", "/assets/"+built[page+"/main.js"].name,
			"{{style}}", "/assets/"+built[page+"/"+page+".css"].name,
			"{{icon}}", "/assets/"+built["icon.svg"].name,
			"{{icon data}}", "data:image/svg+xml,"+url.PathEscape(strings.TrimSpace(string(icon))),
		).Replace(squeeze(string(text)))
		if strings.Contains(filled, "{{") {
			return nil, fmt.Errorf("static: %s names a place that nothing fills", name)
		}
		if isPlain {
			site.plain[name] = newFile(name, []byte(filled))
			continue
		}
		site.pages[page] = newFile("index.html", []byte(filled))
	}
	return site, nil
}

// squeeze drops the indentation of a page: it is the first thing a phone waits for.
func squeeze(page string) string {
	lines := strings.Split(page, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}

func newFile(name string, data []byte) file {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is a constant that exists
	w.Write(data)
	w.Close()
	return file{mime: mimes[path.Ext(name)], etag: `"` + hash(data)[:16] + `"`, plain: data, gzip: packed.Bytes()}
}

// mimes has the kinds of file that a page is made of. It stands here because the machine's own table varies.
var mimes = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".map":  "application/json",
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
