package sqldb

import "strings"

var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// EscapeLike returns a text as a pattern of LIKE … ESCAPE '!' that matches just that text.
func EscapeLike(text string) string { return likeEscaper.Replace(text) }
