package prize

import (
	"strings"

	"anquanda/internal/errs"
)

// maxReason bounds a reason, in bytes.
const maxReason = 300

// CheckReason holds that staff say why they take something back: it stands in the
// audit log, and partly before the public. Errors: invalid_field reason.
func CheckReason(reason string) error {
	if n := len(strings.TrimSpace(reason)); n < 2 || len(reason) > maxReason || strings.TrimSpace(reason) != reason ||
		strings.ContainsFunc(reason, func(r rune) bool { return r < ' ' }) {
		return errs.InvalidField("reason", "请写明原因，最多 100 个字")
	}
	return nil
}
