package static

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// workerPath is where phones find the worker that opens the phone page without a network. It is
// not under /assets/, since a worker has what lies beside and below it.
const workerPath = "/worker.js"

// workerMeta tells the page that there is one.
const workerMeta = `<meta name="worker" content="` + workerPath + `">`

// hasWorker goes with each phone page. A page without it comes of a release that has no worker,
// and makes the one that an earlier release has left on the phone remove itself (phone/worker.js).
const hasWorker = "Anquanda-Worker"

// offline are the parts that a page needs to open without a network, and to go on with a question.
var offline = []string{"phone/parts/away.js", "phone/screens/play.js"}

// buildWorker is the script, and what takes its place where there shall be none.
func buildWorker(fsys fs.FS, built map[string]output) (worker, none file, err error) {
	text, err := fs.ReadFile(fsys, "phone/worker.js")
	if err != nil {
		return file{}, file{}, err
	}
	small := api.Transform(string(text), api.TransformOptions{
		Loader: api.LoaderJS, Target: api.ES2017, Engines: engines, Supported: supported, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true})
	if len(small.Errors) > 0 {
		return file{}, file{}, fmt.Errorf("static: phone/worker.js: %s", small.Errors[0].Text)
	}
	files := []string{"/assets/" + built["phone/main.js"].name, "/assets/" + built["phone/phone.css"].name}
	for _, part := range offline {
		for _, source := range []string{part, part + ".css"} {
			if out, ok := built["phone "+source]; ok {
				files = append(files, "/assets/"+out.name)
			}
		}
	}
	release := hash([]byte(strings.Join(files, "\n") + string(small.Code)))[:12]
	with := func(release string, files []string) file {
		list, _ := json.Marshal(files) // strings always encode
		return newFile("worker.js", fmt.Appendf(nil, "self.kept={release:%q,files:%s};%s", release, list, small.Code))
	}
	return with(release, files), with("", []string{}), nil
}

// WithoutWorker is the same pages for phones that shall keep nothing: what they have kept goes as
// soon as they open a page.
func (s *Site) WithoutWorker() *Site {
	bare := s.copy()
	bare.worker, bare.keeps = s.noWorker, false
	bare.pages = maps.Clone(s.pages)
	bare.pages["phone"] = newFile("index.html", []byte(strings.Replace(string(s.pages["phone"].plain),
		workerMeta, "", 1)))
	return bare
}
