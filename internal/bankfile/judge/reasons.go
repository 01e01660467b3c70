package judge

import (
	"regexp"
	"strings"
)

// reasoned is an answer that says why in the same breath: B。因为119是火警.
var reasoned = regexp.MustCompile(`^([A-HＡ-Ｈ]{1,8}|正确|错误|对|错|√|×)\s*[。．.，,；;]?\s*` +
	`((?:因为|由于|理由|原因|解析|说明|根据|依据|按照).{2,})$`)

// partReason makes the reason behind an answer its explanation.
func (rec *Record) partReason() {
	found := reasoned.FindStringSubmatch(strings.TrimSpace(rec.Text(FieldAnswer)))
	if rec.Exact || found == nil {
		return
	}
	ref := rec.Ref(FieldAnswer)
	rec.Set(FieldAnswer, Cell{found[1], ref})
	if why := rec.Text(FieldExplanation); why != "" {
		found[2] += "\n" + why
	}
	rec.Set(FieldExplanation, Cell{found[2], ref})
}
