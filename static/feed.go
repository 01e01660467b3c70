package static

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// The namespaces of what goes into the bundler.
const (
	plain = "static" // a source as it is
	later = "later"  // what stands for a source that is imported later
	held  = "held"   // in a part: what stands for a module of the page's script
	entry = "entry"  // the beginning of a part
)

// A feed lets esbuild read out of fsys (an embedded file has no path on the disk), and parts what a page fetches later
// from what it needs at once. A page imports a module later by `import("./x.js")`.
type feed struct {
	fsys   fs.FS
	held   map[string]bool // for parts: the modules of the page's script; nil for a page
	tailOf string          // the source to which tail is added
	tail   string

	lock  sync.Mutex
	later map[string]bool            // found: the sources imported later
	takes map[string]map[string]bool // found: the names that parts import from held modules
}

var loaders = map[string]api.Loader{".js": api.LoaderJS, ".css": api.LoaderCSS}

func (s *feed) plugin() api.Plugin {
	all := func(namespace string) api.OnLoadOptions { return api.OnLoadOptions{Filter: ".*", Namespace: namespace} }
	return api.Plugin{Name: "sources", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, s.resolve)
		b.OnLoad(all(plain), s.load)
		// A module that exports `then` is one that import() waits for.
		b.OnLoad(all(later), made(`export const then = (done, fail) => window.aqd.load(%q).then(done, fail);`))
		b.OnLoad(all(held), made(`module.exports = window.aqd.shared[%q];`))
		b.OnLoad(all(entry), func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			return made(fmt.Sprintf("import * as part from %q; window.aqd.parts[%%q] = part;", "./"+path.Base(a.Path)))(a)
		})
	}}
}

// made answers with a text that is given the path.
func made(format string) func(api.OnLoadArgs) (api.OnLoadResult, error) {
	return func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text := fmt.Sprintf(format, a.Path)
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	}
}

func (s *feed) resolve(a api.OnResolveArgs) (api.OnResolveResult, error) {
	if a.Kind == api.ResolveEntryPoint {
		if s.held != nil {
			return api.OnResolveResult{Path: a.Path, Namespace: entry}, nil
		}
		return api.OnResolveResult{Path: a.Path, Namespace: plain}, nil
	}
	if !strings.HasPrefix(a.Path, ".") {
		return api.OnResolveResult{}, fmt.Errorf("%s imports %q: only relative paths work without a build",
			a.Importer, a.Path)
	}
	name := beside(a.Importer, a.Path)
	switch {
	case a.Kind == api.ResolveJSDynamicImport:
		s.lock.Lock()
		defer s.lock.Unlock()
		s.later[name] = true
		return api.OnResolveResult{Path: name, Namespace: later}, nil
	case s.held[name]:
		return api.OnResolveResult{Path: name, Namespace: held}, nil
	}
	return api.OnResolveResult{Path: name, Namespace: plain}, nil
}

// beside is the path that an importer means.
func beside(importer, relative string) string {
	return strings.TrimPrefix(path.Join(path.Dir(importer), relative), "/")
}

func (s *feed) load(a api.OnLoadArgs) (api.OnLoadResult, error) {
	data, err := fs.ReadFile(s.fsys, a.Path)
	if err != nil {
		return api.OnLoadResult{}, err
	}
	text := string(data)
	if a.Path == s.tailOf {
		text += s.tail
	}
	if s.held != nil {
		if err := s.note(a.Path, text); err != nil {
			return api.OnLoadResult{}, err
		}
	}
	return api.OnLoadResult{Contents: &text, Loader: loaders[path.Ext(a.Path)]}, nil
}

var importLine = regexp.MustCompile(`(?m)^(?:import|export)\s*(?:\{([^}]*)\}|(\S[^"{}]*?))\s*from\s*"([^"]+)"`)

// note finds the names that a source of a part imports from the modules of the page's script. The page shares those and
// no others, so that what nobody uses stays out of it.
func (s *feed) note(file, text string) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, m := range importLine.FindAllStringSubmatch(text, -1) {
		module := beside(file, m[3])
		if !s.held[module] {
			continue
		}
		if m[2] != "" {
			return fmt.Errorf("%s imports %q whole: a part takes things from the page's script by their names", file, m[3])
		}
		if s.takes[module] == nil {
			s.takes[module] = map[string]bool{}
		}
		for _, name := range strings.Split(m[1], ",") {
			if name, _, _ = strings.Cut(strings.TrimSpace(name), " as "); name != "" {
				s.takes[module][strings.TrimSpace(name)] = true
			}
		}
	}
	return nil
}
