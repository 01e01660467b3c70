package wechat

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Verification is a file with which WeChat checks that a host is ours: it asks for it
// at the root of the host, and wants it as it is.
type Verification struct {
	Name string // MP_verify_….txt
	Text []byte
}

var verificationName = regexp.MustCompile(`^MP_verify_[A-Za-z0-9]{4,64}\.txt$`)

// ReadVerification reads such a file as WeChat offers it for download.
func ReadVerification(path string) (Verification, error) {
	name := filepath.Base(path)
	if !verificationName.MatchString(name) {
		return Verification{}, fmt.Errorf("%s: the file must keep the name that WeChat gave it, MP_verify_….txt", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Verification{}, err
	}
	const most = 1 << 10
	if len(text) == 0 || len(text) > most {
		return Verification{}, fmt.Errorf("%s: it has %d bytes; WeChat's have some twenty", path, len(text))
	}
	return Verification{Name: name, Text: text}, nil
}
