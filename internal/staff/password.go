package staff

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
)

const (
	leastPassword = 10
	mostPassword  = 128
	mostLogin     = 32
)

// checkPassword follows NIST SP 800-63B-4, section 3.1.1: length counts and what is easy
// to guess does not, composition is not asked for.
func (s *Service) checkPassword(login, name, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < leastPassword:
		return errs.InvalidField("password", fmt.Sprintf("密码至少 %d 个字", leastPassword))
	case n > mostPassword:
		return errs.InvalidField("password", fmt.Sprintf("密码最多 %d 个字", mostPassword))
	}
	context := append(strings.FieldsFunc(login, isSeparator), login, name)
	if s.Words != nil {
		context = append(context, s.Words()...)
	}
	if why := weakness(password, context); why != "" {
		return errs.InvalidField("password", why)
	}
	return nil
}

func isSeparator(r rune) bool { return r == '.' || r == '_' || r == '-' }
