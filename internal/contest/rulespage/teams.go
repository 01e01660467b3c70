package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// teams tells how teams are formed, and who may do what in them until when.
func (t teller) teams() []string {
	if t.Teams == nil {
		return nil
	}
	until := t.moment(t.TeamsUntil())
	size := fmt.Sprintf("最多 %d 人", t.Teams.Size.Most)
	if t.Teams.Size.Least > 1 {
		size += fmt.Sprintf("，有成绩的满 %d 人才排名", t.Teams.Size.Least)
	}
	return []string{
		fmt.Sprintf("参赛者可以自己组队（%s），%s；每人只能在一个队里。", t.Teams.Title, size),
		fmt.Sprintf("建队的人是队长。把组队码或二维码发给队友，%s 以前、没有满员时，输入或扫码就能加入；"+
			"组队码 7 天有效，队长可以换码。", until),
		"加入以前的成绩也算在队里；退出以后，自己的成绩跟着自己走。",
		fmt.Sprintf("%s 以前可以退出；队长可以移出还没有答完过一次题的队员。队长退出的，由最早加入的队员接任；"+
			"最后一人退出，队伍就解散。此后队伍不再变动。", until),
		"队名会公开显示，不合适的由工作人员隐藏，显示为“队伍”加四位数字。",
	}
}

// grouped is what a board that adds up players calls those that it ranks.
func (t teller) grouped(b contest.Board) string {
	if b.Subject == contest.SubjectTeam && t.Teams != nil {
		return t.Teams.Title
	}
	return "单位"
}
