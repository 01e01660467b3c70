package main

import "strings"

// secret is a flag that may hold a password: --help does not print it, and a file that its
// variable with _FILE names may hold it, since everybody on the machine reads the arguments
// of a process.
type secret struct {
	value *string
	shown func(string) string // what of it may be printed; nil: nothing
}

// String is empty: --help prints it.
func (s *secret) String() string { return "" }

// Set takes the flag.
func (s *secret) Set(text string) error {
	*s.value = text
	return nil
}

// hidden stands for what is not printed.
const hidden = "••••••"

// masked is what may be printed.
func (s *secret) masked() string {
	switch {
	case *s.value == "":
		return ""
	case s.shown == nil:
		return hidden
	}
	return s.shown(*s.value)
}

// withoutPassword is a DSN as user:••••••@tcp(host:port)/database.
func withoutPassword(dsn string) string {
	at := strings.LastIndex(dsn, "@")
	if at < 0 {
		return hidden // of another form: who knows what it holds
	}
	user, _, found := strings.Cut(dsn[:at], ":")
	if !found {
		return dsn
	}
	return user + ":" + hidden + dsn[at:]
}
