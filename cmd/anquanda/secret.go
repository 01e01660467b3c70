package main

import (
	"flag"

	"anquanda/internal/app"
)

// secret is a flag that may hold a password: --help does not print it, and the environment
// is asked where it is not given, since everybody on the machine reads the arguments of a
// process.
type secret struct {
	value    *string
	variable string
}

// String is empty: --help prints it.
func (s *secret) String() string { return "" }

// Set takes the flag.
func (s *secret) Set(text string) error {
	*s.value = text
	return nil
}

// fromEnvironment fills the secrets that were not given as flags.
func fromEnvironment(flags *flag.FlagSet) (err error) {
	flags.VisitAll(func(f *flag.Flag) {
		s, ok := f.Value.(*secret)
		if !ok || *s.value != "" || err != nil {
			return
		}
		*s.value, err = app.Secret(s.variable)
	})
	return err
}
