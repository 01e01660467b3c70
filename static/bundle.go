package static

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// engines are the oldest web views that the pages promise to run in: WeChat's on a phone of 2017.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "61"},
	{Name: api.EngineSafari, Version: "11"},
	{Name: api.EngineIOS, Version: "11"},
}

// supported corrects esbuild's table: it counts destructuring as missing in Safari before 14.1 for one corner (a parameter
// that shadows the function's name), which these pages do not use.
var supported = map[string]bool{"destructuring": true}

type output struct {
	name string // with the hash: main-1A2B3C4D.js
	data []byte
}

// bundle makes one script and one style sheet a page and returns them by the path of their source, source maps too.
func bundle(fsys fs.FS) (map[string]output, error) {
	var entries []string
	for _, page := range pages {
		entries = append(entries, page+"/main.js", page+"/"+page+".css")
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       entries,
		EntryNames:        "[dir]-[hash]",
		Outdir:            "/",
		AbsWorkingDir:     "/",
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2017,
		Engines:           engines,
		Supported:         supported,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone, // the licences stand in vendor/
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Sourcemap:         api.SourceMapLinked,
		Metafile:          true,
		Plugins:           []api.Plugin{from(fsys)},
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
	built := map[string]output{}
	for _, f := range result.OutputFiles {
		name := path.Base(strings.ReplaceAll(f.Path, `\`, "/"))
		page, _, _ := strings.Cut(name, "-")
		switch path.Ext(name) {
		case ".js":
			built[page+"/main.js"] = output{name, f.Contents}
		case ".css":
			built[page+"/"+page+".css"] = output{name, f.Contents}
		default:
			built[name] = output{name, f.Contents}
		}
	}
	return built, nil
}

// from lets esbuild read the sources out of fsys: an embedded file has no path on the disk.
func from(fsys fs.FS) api.Plugin {
	loaders := map[string]api.Loader{".js": api.LoaderJS, ".css": api.LoaderCSS}
	return api.Plugin{Name: "sources", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			name := a.Path
			if a.Kind != api.ResolveEntryPoint {
				if !strings.HasPrefix(name, ".") {
					return api.OnResolveResult{}, fmt.Errorf("%s imports %q: only relative paths work without a build", a.Importer, a.Path)
				}
				name = path.Join(path.Dir(a.Importer), name)
			}
			return api.OnResolveResult{Path: strings.TrimPrefix(name, "/"), Namespace: "static"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "static"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(fsys, a.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text := string(data)
			return api.OnLoadResult{Contents: &text, Loader: loaders[path.Ext(a.Path)]}, nil
		})
	}}
}
