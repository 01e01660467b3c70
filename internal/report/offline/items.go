package offline

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

// Item is one number that units are asked for. Its title is its name everywhere, in the
// table of the superior office too.
type Item struct {
	Title   string `json:"title"`
	Measure string `json:"measure"` // 场, 份 …
}

// Standard are the items that closing reports of counties ask for, to choose from.
var Standard = []Item{
	{"宣讲和大讲堂", "场"}, {"宣讲参加人次", "人次"}, {"咨询日现场", "处"}, {"咨询日参与群众", "人次"}, {"应急演练", "场"},
	{"演练参加人次", "人次"}, {"安全培训", "场"}, {"培训参加人次", "人次"}, {"警示片播放", "场"}, {"警示片观看人次", "人次"},
	{"发放宣传资料", "份"}, {"横幅标语", "条"}, {"展板", "块"}, {"电子屏播放", "次"}, {"短信和微信推送", "条"},
	{"宣传车出动", "辆次"}, {"排查隐患", "处"}, {"整改隐患", "处"}, {"媒体报道", "篇"},
	{"进企业活动", "场"}, {"进农村活动", "场"}, {"进社区活动", "场"}, {"进学校活动", "场"}, {"进家庭活动", "场"},
	{"企业主要负责人参训", "人次"},
}

// Visits names the standard item that counts the activities of a class of those to whom the
// month goes; empty for principal persons, who are counted by the people who came.
func Visits(class contest.Class) string {
	if class == contest.ClassPrincipal {
		return ""
	}
	return class.Title() + "活动"
}

// within are pairs of standard items: what comes to one thing, and how many may come to
// one of it before somebody is asked whether that is meant.
var within = []struct {
	of, each string
	most     int64
}{
	{"宣讲参加人次", "宣讲和大讲堂", 5_000}, {"咨询日参与群众", "咨询日现场", 50_000}, {"演练参加人次", "应急演练", 5_000},
	{"培训参加人次", "安全培训", 5_000}, {"警示片观看人次", "警示片播放", 5_000}, {"整改隐患", "排查隐患", 1},
	{"企业主要负责人参训", "培训参加人次", 1},
}

const (
	mostItems  = 40
	mostNumber = 1_000_000_000 // more than a country holds
	oddFrom    = 1_000_000     // more than a unit of a county does in a week
)

// Figure is a number that a unit told for an item.
type Figure struct {
	Title string `json:"title"`
	Value int64  `json:"value"`
}

// checkItems refuses items that could not be told apart or shown.
func checkItems(items []Item) error {
	if len(items) == 0 || len(items) > mostItems {
		return errs.InvalidField("items", fmt.Sprintf("请选 1 到 %d 项要填的内容", mostItems))
	}
	seen := map[string]bool{}
	for _, item := range items {
		switch {
		case !short(item.Title, 30) || strings.ContainsAny(item.Title, "{}（）"):
			return errs.InvalidField("items", "每项的名称要有 1 到 30 个字，不能有括号")
		case !short(item.Measure, 6):
			return errs.InvalidField("items", "“"+item.Title+"”的单位要有 1 到 6 个字，如“场”")
		case seen[item.Title]:
			return errs.InvalidField("items", "“"+item.Title+"”写了两次")
		}
		seen[item.Title] = true
	}
	return nil
}

// short reports whether a text is one line of so many characters at most, and not empty.
func short(text string, most int) bool {
	n := utf8.RuneCountInString(text)
	return n > 0 && n <= most && strings.TrimSpace(text) == text && !strings.ContainsFunc(text, unicode.IsControl)
}

// checkFigures refuses numbers that cannot be; each of items must be told once.
func checkFigures(items []Item, told []Figure) error {
	asked := map[string]bool{}
	for _, item := range items {
		asked[item.Title] = true
	}
	for _, f := range told {
		switch {
		case !asked[f.Title]:
			return errs.InvalidField("figures", "“"+f.Title+"”不在要填的内容里，或者填了两次，请刷新页面")
		case f.Value < 0:
			return errs.InvalidField("figures", "“"+f.Title+"”不能是负数")
		case f.Value > mostNumber:
			return errs.InvalidField("figures", "“"+f.Title+"”太大了，请核对")
		}
		delete(asked, f.Title)
	}
	for _, item := range items {
		if asked[item.Title] {
			return errs.InvalidField("figures", "“"+item.Title+"”还没有填，没有就填 0")
		}
	}
	return nil
}

// Odd says of numbers that may be true and are more likely slips, one sentence each.
func Odd(told []Figure) (said []string) {
	value := map[string]int64{}
	for _, f := range told {
		value[f.Title] = f.Value
		if f.Value > oddFrom {
			said = append(said, fmt.Sprintf("“%s”是 %d，超过一百万", f.Title, f.Value))
		}
	}
	for _, pair := range within {
		of, hasOf := value[pair.of]
		each, hasEach := value[pair.each]
		switch {
		case !hasOf || !hasEach || of == 0:
		case each == 0:
			said = append(said, fmt.Sprintf("“%s”是 %d，而“%s”是 0", pair.of, of, pair.each))
		case of > each*pair.most && pair.most == 1:
			said = append(said, fmt.Sprintf("“%s”是 %d，比“%s”的 %d 还多", pair.of, of, pair.each, each))
		case of > each*pair.most:
			said = append(said, fmt.Sprintf("“%s”是 %d，“%s”只有 %d", pair.of, of, pair.each, each))
		}
	}
	return said
}
