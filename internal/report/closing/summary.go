package closing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"anquanda/internal/report"
	"anquanda/internal/report/tally"
)

// SummaryMost is how many characters a summary may have, as the call of the month asks.
const SummaryMost = 2000

// Section is a part of a summary; the first has no heading.
type Section struct {
	Heading    string
	Paragraphs []string
}

// Summary is a draft of the summary in words. Each sentence that carries a figure is made
// from the figure and left out where there is none; what only people know is marked
// 【请补充】.
type Summary struct {
	Title    string
	Sections []Section
}

// Length counts the characters, blanks left out, as a word processor does.
func (s *Summary) Length() int {
	text := s.Title
	for _, section := range s.Sections {
		text += section.Heading + strings.Join(section.Paragraphs, "")
	}
	return utf8.RuneCountInString(strings.ReplaceAll(text, " ", ""))
}

// Summary writes the draft, of at most SummaryMost characters whatever names there are.
func (f *Figures) Summary() *Summary {
	return &Summary{Title: cut(f.Title, 40) + "活动总结", Sections: []Section{
		{"", []string{f.opening()}},
		{"一、组织部署", sentences(f.organized(), "【请补充：领导怎样部署，谁负责，怎样宣传发动】")},
		{"二、活动开展情况", f.held()},
		{"三、主要成效", sentences(f.known(), "【请补充：整改了哪些隐患，办成了哪些事】")},
		{"四、不足和下一步打算", sentences(f.lacking(), "【请补充：还有哪些不足，下一步怎样做】")},
	}}
}

func (f *Figures) opening() string {
	until, last := "1月2日", f.Closes.Add(-time.Millisecond) // an end at midnight is the end of the day before
	if last.Year() != f.Opens.Year() {
		until = "2006年1月2日"
	}
	text := fmt.Sprintf("%s至%s，%s组织开展“%s”。", f.Opens.Format("2006年1月2日"), last.Format(until),
		cut(f.Organizer, 40), cut(f.Title, 40))
	if f.Whole.Players == 0 {
		return text + fmt.Sprintf("截至%s，还没有人答完题。", minute(f.At))
	}
	return text + fmt.Sprintf("截至%s，共有%d人参与、答题%d次，回答题目%d道，正确率%s。", minute(f.At),
		f.Whole.Players, f.Whole.Attempts, f.Whole.Answers, percent(f.Whole.Correct, f.Whole.Answers))
}

// organized tells of the units and channels that took part.
func (f *Figures) organized() (text string) {
	active, rated := 0, 0
	var best *report.UnitLine
	var most float64
	for i := range f.Units {
		l := &f.Units[i]
		if l.Unit == nil || l.Unit.GoneAt != 0 || l.Players == 0 {
			continue
		}
		active++
		if part, ok := l.Participation(); ok {
			if rated++; part > most {
				best, most = l, part
			}
		}
	}
	if active > 0 {
		text += fmt.Sprintf("共有%d个单位有人参与。", active)
	}
	if rated > 1 {
		text += fmt.Sprintf("其中%s参与率最高，为%s。", cut(best.Unit.Name, 30), report.Percent(most))
	}
	text += f.classed()
	channels := slices.Clone(f.Channels)
	channels = slices.DeleteFunc(channels, func(p Part) bool { return p.Hidden() || p.Players == 0 })
	slices.SortStableFunc(channels, func(a, b Part) int { return cmp.Compare(b.Players, a.Players) })
	if len(channels) > 1 {
		text += fmt.Sprintf("从“%s”来的人最多，为%d人。", cut(channels[0].Title, 20), channels[0].Players)
	}
	return text
}

// classed tells how many of each standard class have told that they are of it.
func (f *Figures) classed() string {
	var told []string
	for _, class := range report.ClassesOf(f.Choices) {
		if !class.Hidden && class.People > 0 {
			told = append(told, fmt.Sprintf("%s%d人", class.Title, class.People))
		}
	}
	if len(told) == 0 {
		return ""
	}
	return "按本人登记，" + strings.Join(told, "、") + "。"
}

// held tells what was done, each part numbered where there is more than one.
func (f *Figures) held() []string {
	var parts []string
	for _, part := range []string{f.played(), f.live(), f.pledged(), f.won(),
		f.heldOffline(), f.awarded(), f.met()} {
		if part != "" {
			parts = append(parts, ordinals[len(parts)]+part)
		}
	}
	return parts
}

var ordinals = []string{"一是", "二是", "三是", "四是", "五是", "六是", "七是"}

func (f *Figures) played() string {
	if f.Whole.Players == 0 {
		return ""
	}
	text := fmt.Sprintf("闯关答题。共设%d关，通过%d次。", len(f.Levels), f.Whole.Passed)
	if len(f.Levels) == 1 {
		text = fmt.Sprintf("线上答题。通过%d次。", f.Whole.Passed)
	}
	peak := slices.MaxFunc(f.Days, func(a, b tally.Day) int { return cmp.Compare(a.Players, b.Players) })
	text += fmt.Sprintf("%s参与的人最多，为%d人。", dayText(peak.Day), peak.Players)
	if shared, invited := f.Events[tally.Shared], f.Events[tally.Invited]; shared > 0 {
		text += fmt.Sprintf("群众主动分享%d次，带动%d人参加。", shared, invited)
	}
	return text
}

func (f *Figures) live() string {
	if f.Rooms.Played == 0 {
		return ""
	}
	return fmt.Sprintf("现场直播答题。共举办%d场，进场%d人次，作答%d次。", f.Rooms.Played, f.Rooms.Members, f.Rooms.Answers)
}

func (f *Figures) pledged() string {
	if f.Pledges.Signed == 0 {
		return ""
	}
	return fmt.Sprintf("倡议接力。共有%d人签名，最长的一条接力传了%d人。", f.Pledges.Signed, f.Pledges.Deepest)
}

func (f *Figures) won() string {
	won, given, cents := f.prizeSums()
	if won == 0 {
		return ""
	}
	text := fmt.Sprintf("有奖激励。送出奖品%d份，已发放%d份", won, given)
	if cents > 0 {
		text += fmt.Sprintf("，价值%s元", yuan(cents))
	}
	text += "。"
	if len(f.Drawings) > 0 {
		text += fmt.Sprintf("公开摇奖%d次，名单和结果都可以复核。", len(f.Drawings))
	}
	return text
}

// known tells what people know: how the accuracy went from the first day to the last.
func (f *Figures) known() string {
	var days []tally.Day
	for _, d := range f.Days {
		if d.Players >= missedFrom {
			days = append(days, d)
		}
	}
	if len(days) < 2 {
		return ""
	}
	first, last := days[0], days[len(days)-1]
	was, is := accuracy(first.Correct, first.Answers), accuracy(last.Correct, last.Answers)
	word := "升到"
	if is < was {
		word = "变为"
	}
	return fmt.Sprintf("答题正确率从%s的%s%s%s的%s；前后参加的人不完全相同。", dayText(first.Day), report.Percent(was), word,
		dayText(last.Day), report.Percent(is))
}

// lacking tells which facts most people had wrong, and how many units stayed away.
func (f *Figures) lacking() (text string) {
	for i, m := range f.Missed[:min(len(f.Missed), 3)] {
		if i == 0 {
			text += "群众最容易答错的是："
		}
		text += fmt.Sprintf("（%d）“%s”，%s的人第一次答错；", i+1, cut(m.Stem, 60), report.Percent(m.Part()))
	}
	if text != "" {
		text = strings.TrimSuffix(text, "；") + "。"
	}
	away := 0
	for i := range f.Units {
		if l := &f.Units[i]; l.Unit != nil && l.Unit.GoneAt == 0 && l.Players == 0 {
			away++
		}
	}
	if away > 0 {
		text += fmt.Sprintf("还有%d个单位没有人参与。", away)
	}
	return text
}

// sentences are the paragraphs that are not empty.
func sentences(texts ...string) (paragraphs []string) {
	for _, text := range texts {
		if text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	return paragraphs
}

// cut keeps a name within so many characters, and so the summary within its bound.
func cut(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
