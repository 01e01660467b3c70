package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// personalData tells what is asked and why, how long it is kept, and what a
// player can do about it (PIPL, articles 7 and 17).
func (t teller) personalData() []string {
	kept := "昵称、答题记录"
	if t.Players.Unit.Ask != contest.AskNo {
		kept += "、" + t.Players.Unit.Label
	}
	lines := []string{"参加时记下：" + kept + "。"}
	if len(t.Players.Fields) == 0 {
		lines = append(lines, "不收集姓名、电话、地址和身份证号。")
	} else {
		lines = append(lines, "另外只填写下面这些：")
		for _, field := range t.Players.Fields {
			lines = append(lines, t.field(field))
		}
		whose := "组织活动"
		if len(t.Prizes) > 0 {
			whose = "办理领奖"
		}
		lines = append(lines, "这些信息加密保存，只给"+whose+"的工作人员看，看过都有记录。")
	}
	if t.Retention > 0 || len(t.Players.Fields) > 0 {
		lines = append(lines, fmt.Sprintf("个人信息保存到活动结束后 %s，到期删除。", spanText(t.Kept())))
	}
	when := "加入活动时"
	if len(t.Prizes) > 0 {
		when = "加入活动和领奖时"
	}
	lines = append(lines, when+"，另外记下手机和网络的编码，只用来查一个人冒充很多人；编码还原不出手机号码和网络地址，"+
		"您删除信息时删除，最晚保存期满时删除。")
	lines = append(lines, "在“我的”里，可以查看、带走和删除自己的信息；删除后成绩保留，不再显示名字。")
	if t.marksPersons() {
		against := "重复参加"
		if len(t.Prizes) > 0 {
			against = "重复领奖"
		}
		lines = append(lines, "删除信息后，手机号和地址换成认不出来的编码，留到个人信息保存期满：用来防止"+against+"。")
	}
	return lines
}

// marksPersons reports whether phones or addresses are known, of which keyed hashes outlast
// the player's leaving.
func (t teller) marksPersons() bool {
	return t.Proves(contest.ProofPhone) || slices.ContainsFunc(t.Players.Fields, func(f contest.Field) bool {
		return f.Kind == contest.FieldPhone || f.Kind == contest.FieldAddress
	})
}

func (t teller) field(f contest.Field) string {
	must := "必填"
	if f.Ask == contest.AskOptional {
		must = "选填"
	}
	when := map[contest.FieldWhen]string{contest.WhenStart: "开始答题前填", contest.WhenEarn: "要得积分和奖励时填",
		contest.WhenClaim: "只由中奖的人填"}[f.When]
	text := fmt.Sprintf("%s（%s）：%s", f.Label, must, when)
	if f.Kind == contest.FieldChoice {
		text += "，从" + list(f.Options) + "里选一项" + classes(f)
	}
	if f.Why != "" {
		text += "，用途是" + f.Why
	}
	return text + "。"
}

// classes tells under which classes the options of a choice are counted.
func classes(f contest.Field) string {
	var counted []string
	for _, class := range contest.Classes {
		if options := f.Classed(class); len(options) > 0 {
			counted = append(counted, fmt.Sprintf("%s算作%s", list(options), quoted(class.Title())))
		}
	}
	if len(counted) == 0 {
		return ""
	}
	return "，统计人数时" + strings.Join(counted, "，")
}
