package staff

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"
)

// commonFile is 10,807 of the passwords that people choose most, in order of the
// alphabet: the 10,000 first with four characters or more, and all with ten or more, of
// the list of zxcvbn 4.4.2 (github.com/dropbox/zxcvbn, MIT License, © 2012–2016 Dan
// Wheeler and Dropbox, Inc.), which counts those that became public.
//
//go:embed common.txt.gz
var commonFile []byte

// common is the list as a set; 1 MB, read when the first password is chosen.
var common = sync.OnceValue(func() map[string]bool {
	in, err := gzip.NewReader(bytes.NewReader(commonFile))
	if err != nil {
		panic(err) // it is built in
	}
	text, err := io.ReadAll(in)
	if err != nil {
		panic(err)
	}
	words := map[string]bool{}
	for word := range strings.Lines(string(text)) {
		words[strings.TrimSuffix(word, "\n")] = true
	}
	return words
})
