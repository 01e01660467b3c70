// Package questionbank is what ships with the program: banks and contests, as
// files that people edit and review in a diff. It holds no code but for finding
// the pictures.
package questionbank

import (
	"embed"
	"io/fs"
	"path"
)

// Files holds safety/*.json, the subjects of the bank "safety", with the drawings
// that they name, beside safety/sources.json, the laws and standards that they cite,
// contests/*.yaml, after contests that were held, and templates/*.yaml, to begin from: one
// for a week of each audience, one for a month, one for a day with a live room.
//
//go:embed safety/*.json safety/pictures/*.svg contests/*.yaml templates/*.yaml
var Files embed.FS

// Pictures are the drawings of the bank "safety", by the names under which its
// questions know them.
func Pictures() (map[string][]byte, error) {
	files, err := fs.Glob(Files, "safety/pictures/*.svg")
	if err != nil {
		return nil, err
	}
	pictures := map[string][]byte{}
	for _, file := range files {
		if pictures[path.Base(file)], err = Files.ReadFile(file); err != nil {
			return nil, err
		}
	}
	return pictures, nil
}
