package contest

import _ "embed"

//go:embed contest.schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of a definition, for editors that
// complete and check as one types. It holds the form; what hangs together, such
// as keys that must exist, only Parse knows. The bytes are not to be changed.
func Schema() []byte { return schema }
