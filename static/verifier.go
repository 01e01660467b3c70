package static

import _ "embed" // verify.html

// Verifier is the page that repeats a public drawing, from the disk and without a
// network. It is sent as a file to keep: to trust it, one reads it, and opens it
// where nobody can change it.
//
//go:embed verify.html
var Verifier []byte
