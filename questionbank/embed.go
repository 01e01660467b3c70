// Package questionbank is what ships with the program: banks and contests, as
// files that people edit and review in a diff. It holds no code.
package questionbank

import "embed"

// Files holds safety/*.json, the subjects of the bank "safety", and
// contests/*.yaml.
//
//go:embed safety/*.json contests/*.yaml
var Files embed.FS
