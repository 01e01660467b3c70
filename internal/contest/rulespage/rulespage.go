// Package rulespage tells a contest definition in the words of players: the rules
// page, the notes beside levels and earnings, and what a change of the definition
// means. Every sentence is made from the definition, none is written twice.
package rulespage

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// Section is one part of the rules page: a title and whole sentences.
type Section struct {
	Title string
	Lines []string
}

// Describe tells the rules in the words of players. It is made from nothing but
// the definition, so the page cannot disagree with the program: every number that
// binds a player is in it. Parts that the contest does not have are left out.
func Describe(d *contest.Definition) []Section {
	t := teller{d}
	sections := []Section{
		{"活动时间", t.dates()},
		{"参加办法", t.joining()},
		{"组队", t.teams()},
		{"关卡和答题", t.levels()},
		{"打卡点", t.spots()},
		{"名单", t.lists()},
		{"答题次数", t.tries()},
		{"答题得到什么", t.earnings()},
		{"直播答题", t.live()},
		{"排行榜", t.boards()},
		{"单位对阵", t.pairings()},
		{"分享和邀请", t.sharing()},
		{"奖品", t.prizes()},
		{"抽奖", t.pools()},
		{t.drawingsTitle(), t.drawings()},
		{"领奖", t.claims()},
		{"电子证书", t.certificates()},
		{"单位评优", t.honours()},
		{"答完后的问题", t.polls()},
		{"个人信息", t.personalData()},
		{"其他说明", slices.Clone(d.Rules)},
		{"主办单位", t.organizer()},
	}
	return slices.DeleteFunc(sections, func(s Section) bool { return len(s.Lines) == 0 })
}

// teller finds the words for a definition.
type teller struct{ *contest.Definition }

func (t teller) dates() []string {
	clock := "北京时间"
	if t.TimeZone != contest.DefaultZone {
		clock = t.TimeZone + " 时间"
	}
	lines := []string{fmt.Sprintf("答题时间：%s（%s）。", t.window(t.Window), clock)}
	if t.Training != nil {
		lines = append(lines, fmt.Sprintf("热身时间：%s。热身不计成绩，也没有奖励。", t.window(*t.Training)))
	}
	for _, period := range t.Periods {
		lines = append(lines, fmt.Sprintf("%s：%s。", period.Title, t.window(period.Window)))
	}
	return lines
}

func (t teller) joining() []string {
	lines := []string{"起一个昵称就能参加。"}
	if least := t.Players.Ages.Least; least > 0 {
		lines[0] = fmt.Sprintf("年满 %d 周岁的人，起一个昵称就能参加。", least)
	}
	if t.Players.Ages.Minors {
		lines = append(lines, "未满 18 周岁的人请由家长陪同参加；填写个人信息要先得到家长同意。")
	}
	lines = append(lines, t.proof()...)
	lines = append(lines, t.names())
	lines = append(lines, t.unit()...)
	if groups := t.Players.Divisions; len(groups) > 0 {
		titles := make([]string, len(groups))
		for i, group := range groups {
			titles[i] = group.Title
		}
		lines = append(lines, fmt.Sprintf("组别：%s。参加时选一个，第一次答题以后不能再改。", list(titles)))
	}
	for _, when := range []struct {
		contest.FieldWhen
		text string
	}{{contest.WhenStart, "开始答题前要填写：%s。"}, {contest.WhenEarn, "填写%s以后，才有积分、卡、抽奖机会和名次；不填也可以答题。"}} {
		if labels := t.labels(func(f contest.Field) bool {
			return f.When == when.FieldWhen && f.Ask == contest.AskRequired
		}); len(labels) > 0 {
			lines = append(lines, fmt.Sprintf(when.text, list(labels)))
		}
	}
	return lines
}

// names tells what becomes of names that others see.
func (t teller) names() string {
	const alias = "“网友”加四位数字"
	names := t.Players.Names
	text := "昵称会公开显示，请文明取名；不合适的要换一个，或由工作人员隐藏，显示为" + alias + "。"
	if names.Unfit == contest.UnfitReplaced {
		text = "昵称会公开显示，请文明取名；不合适的显示为" + alias + "。"
	}
	switch {
	case names.Mask == contest.MaskAll:
		return text + "大屏幕上都显示为" + alias + "。"
	case names.Mask == contest.MaskRest:
		text += "大屏幕上只显示第一个字。"
	}
	if names.Review {
		text += "工作人员看过以后，名字才在大屏幕上显示。"
	}
	return text
}

// unit tells how the unit is asked for.
func (t teller) unit() []string {
	u := t.Players.Unit
	text := ""
	switch u.Ask {
	case contest.AskRequired:
		text = fmt.Sprintf("参加时要选%s。", u.Label)
	case contest.AskOptional:
		text = fmt.Sprintf("参加时可以选%s，不选也能答题。", u.Label)
	default:
		return nil
	}
	if u.Typed {
		text += "找不到的，可以自己写上名称，由工作人员核对。"
	}
	if u.Changes == 0 {
		return []string{text + "第一次答题以后不能再改。"}
	}
	if u.Per > 0 {
		return []string{text + fmt.Sprintf("第一次答题以后，每 %s里可以改 %d 次。", spanText(u.Per), u.Changes)}
	}
	return []string{text + fmt.Sprintf("第一次答题以后还可以改 %d 次。", u.Changes)}
}

// labels lists what the fields that are chosen ask for.
func (t teller) labels(chosen func(contest.Field) bool) (labels []string) {
	for _, field := range t.Players.Fields {
		if chosen(field) {
			labels = append(labels, field.Label)
		}
	}
	return labels
}

func (t teller) organizer() []string {
	lines := []string{"主办单位：" + t.Organizer + "。"}
	if len(t.Sponsors) > 0 {
		names := make([]string, len(t.Sponsors))
		for i, s := range t.Sponsors {
			names[i] = s.Name
		}
		lines = append(lines, "支持单位："+strings.Join(names, "、")+"。")
	}
	if t.Contact != "" {
		lines = append(lines, "咨询："+t.Contact+"。")
	}
	return lines
}
