package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// Privacy is the statement on personal data (PIPL, article 17): who answers for it, what is asked
// for what and how long it is kept, who else gets it, what a person can do, and whom to ask.
func Privacy(d *contest.Definition) []string {
	t := teller{d}
	lines := []string{fmt.Sprintf("“%s”的个人信息由主办单位%s负责处理。", d.Title, d.Organizer)}
	lines = append(lines, t.personalData()...)
	for _, given := range []struct {
		proof contest.Proof
		text  string
	}{
		{contest.ProofPhone, "用手机号验证身份时，手机号交给短信服务商发送验证码，不作他用。"},
		{contest.ProofWeChat, "用微信验证身份时，由微信告诉我们一个编号，不含姓名、头像和微信号。"},
		{contest.ProofAccount, "用单位账号验证身份时，由账号所在的系统告诉我们您是谁。"},
	} {
		if d.Proves(given.proof) {
			lines = append(lines, given.text)
		}
	}
	lines = append(lines, "除此以外，不向别人提供个人信息。")
	if d.Contact != "" {
		lines = append(lines, "对个人信息有疑问或要求，请联系："+d.Contact+"。")
	}
	return lines
}
