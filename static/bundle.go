package static

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// engines are the oldest web views that the pages promise to run in: WeChat's on a phone of 2017.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "61"},
	{Name: api.EngineSafari, Version: "11"},
	{Name: api.EngineIOS, Version: "11"},
}

// supported corrects esbuild's table: it counts destructuring as missing in Safari before 14.1 for one corner (a
// parameter
// that shadows the function's name), which these pages do not use.
var supported = map[string]bool{"destructuring": true}

type output struct {
	name string // with the hash: phone-1A2B3C4D.js
	data []byte
}

// bundle makes the scripts and style sheets of every page and returns them by the path of their source: one script and
// one style sheet a page, and one of each for every part that a page imports later; source maps too.
func bundle(fsys fs.FS) (map[string]output, error) {
	built := map[string]output{}
	for _, page := range pages {
		if err := bundlePage(fsys, page, built); err != nil {
			return nil, err
		}
	}
	return built, nil
}

// bundlePage looks first which modules the page's own script holds, then makes the parts, which take those modules from
// it, and last the page, which knows by now what its parts take and where they are.
func bundlePage(fsys fs.FS, page string, into map[string]output) error {
	main, style := page+"/main.js", page+"/"+page+".css"
	look := &feed{fsys: fsys, later: map[string]bool{}}
	seen, err := look.build([]api.EntryPoint{{InputPath: main, OutputPath: page}})
	if err != nil {
		return err
	}
	parts, err := bundleParts(fsys, page, seen.modules, look.later)
	if err != nil {
		return err
	}
	whole := &feed{fsys: fsys, later: map[string]bool{}, tailOf: main, tail: parts.tail()}
	made, err := whole.build([]api.EntryPoint{{InputPath: main, OutputPath: page}, {InputPath: style, OutputPath: page}})
	if err != nil {
		return err
	}
	for source, out := range made.files {
		into[source] = out
	}
	for source, out := range parts.files {
		into[page+" "+source] = out // two pages may import one source later: each has a script of it
	}
	return nil
}

// parts are what a page imports later.
type parts struct {
	*built
	names []string                   // their sources, sorted
	takes map[string]map[string]bool // what they take from the page's script: module, then name
}

// bundleParts makes a script of each source in later, and of what those import later in their turn.
func bundleParts(fsys fs.FS, page string, held map[string]bool, later map[string]bool) (*parts, error) {
	p := &parts{built: &built{}}
	for len(later) > len(p.names) {
		p.names = sorted(later)
		s := &feed{fsys: fsys, held: held, later: later, takes: map[string]map[string]bool{}}
		var entries []api.EntryPoint
		for _, name := range p.names {
			if held[name] {
				return nil, fmt.Errorf("static: %s is imported at once by one source of %s and later by another", name, page)
			}
			_, within, _ := strings.Cut(strings.TrimSuffix(name, path.Ext(name)), "/")
			entries = append(entries, api.EntryPoint{InputPath: name, OutputPath: page + "-" +
				strings.ReplaceAll(within, "/", "-")})
		}
		made, err := s.build(entries)
		if err != nil {
			return nil, err
		}
		p.built, p.takes = made, s.takes
	}
	return p, nil
}

// tail is the end of the page's script: it shares what the parts take, and says where they are.
func (p *parts) tail() string {
	if len(p.names) == 0 {
		return ""
	}
	var text, shared, files strings.Builder
	n := 0
	for _, module := range sorted(p.takes) {
		fmt.Fprintf(&shared, "%q: {", module)
		for _, name := range sorted(p.takes[module]) {
			fmt.Fprintf(&text, "import { %s as shared%d } from %q;\n", name, n, "../"+module)
			fmt.Fprintf(&shared, "%s: shared%d,", name, n)
			n++
		}
		shared.WriteString("},")
	}
	for _, name := range p.names {
		addresses := []string{"/assets/" + p.files[name].name}
		if style, ok := p.files[name+".css"]; ok {
			addresses = append(addresses, "/assets/"+style.name)
		}
		list, _ := json.Marshal(addresses) // strings always encode
		fmt.Fprintf(&files, "%q: %s,", name, list)
	}
	return fmt.Sprintf("\nimport { serveParts } from \"../lazy.js\";\n%sserveParts({%s}, {%s});\n", &text, &shared, &files)
}

// built is what one run of the bundler made.
type built struct {
	files   map[string]output // by the path of the source; a style sheet that a script imports by the script's with ".css"
	modules map[string]bool   // every source that went in
}

func (s *feed) build(entries []api.EntryPoint) (*built, error) {
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: entries,
		EntryNames:          "[name]-[hash]",
		Outdir:              "/",
		AbsWorkingDir:       "/",
		Bundle:              true,
		Format:              api.FormatIIFE,
		Target:              api.ES2017,
		Engines:             engines,
		Supported:           supported,
		Charset:             api.CharsetUTF8,
		LegalComments:       api.LegalCommentsNone, // the licences stand in vendor/
		MinifyWhitespace:    true,
		MinifyIdentifiers:   true,
		MinifySyntax:        true,
		Sourcemap:           api.SourceMapLinked,
		Metafile:            true,
		Plugins:             []api.Plugin{s.plugin()},
	})
	var wrong []error
	for _, m := range append(result.Errors, result.Warnings...) {
		where := ""
		if m.Location != nil {
			where = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
		}
		wrong = append(wrong, fmt.Errorf("static: %s%s", where, m.Text))
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return sort(result)
}

// sort says which file came from which source.
func sort(result api.BuildResult) (*built, error) {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint, CSSBundle string
			Inputs                map[string]struct{}
		}
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, fmt.Errorf("static: the bundler's report: %w", err)
	}
	b := &built{files: map[string]output{}, modules: map[string]bool{}}
	source := map[string]string{} // by the name of the file
	for file, about := range meta.Outputs {
		if about.EntryPoint != "" {
			source[path.Base(file)] = pathOf(about.EntryPoint)
		}
		if about.CSSBundle != "" {
			source[path.Base(about.CSSBundle)] = pathOf(about.EntryPoint) + ".css"
		}
		for input := range about.Inputs {
			if strings.HasPrefix(input, plain+":") {
				b.modules[pathOf(input)] = true
			}
		}
	}
	for _, f := range result.OutputFiles {
		name := path.Base(strings.ReplaceAll(f.Path, `\`, "/"))
		from, ok := source[name]
		if !ok {
			from = name // a source map
		}
		b.files[from] = output{name, f.Contents}
	}
	return b, nil
}

// pathOf takes the namespace off: static:phone/app.js.
func pathOf(input string) string {
	_, name, _ := strings.Cut(input, ":")
	return name
}

func sorted[T any](set map[string]T) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
