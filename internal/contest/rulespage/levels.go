package rulespage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// levelFacts are what can be told of a level, in the order of telling; an empty
// text is nothing to tell.
var levelFacts = []func(teller, *contest.Level) string{
	teller.practice, teller.opening, teller.needing, teller.divided, teller.material, teller.questions,
	teller.paper, teller.whole,
	teller.timing, teller.reading,
	teller.lasting, teller.large, teller.loading, teller.least,
	teller.passing, teller.scoring, teller.credits, teller.fullScore, teller.ending, teller.retrying,
}

// levels tells once what all levels share, and then each level's own.
func (t teller) levels() []string {
	own := make([][]string, len(t.Levels))
	var shared []string
	for _, fact := range levelFacts {
		texts := make([]string, len(t.Levels))
		for i := range t.Levels {
			texts[i] = fact(t, &t.Levels[i])
		}
		if len(slices.Compact(slices.Clone(texts))) == 1 {
			shared = append(shared, texts[0])
			continue
		}
		for i, text := range texts {
			own[i] = append(own[i], text)
		}
	}
	lines := []string{fmt.Sprintf("共 %d 关。", len(t.Levels))}
	every := "每关："
	if len(t.Levels) == 1 {
		every = ""
		lines[0] = fmt.Sprintf("共 1 关：%s。", t.Levels[0].Title)
	}
	if n := t.practices(); n > 0 && len(t.Levels) > n {
		lines[0] = fmt.Sprintf("共 %d 关，另有 %d 个练习关。", len(t.Levels)-n, n)
	}
	if t.inOrder() {
		lines = append(lines, "按顺序闯关：通过一关，才能开始下一关。")
	}
	for _, text := range shared {
		if text != "" {
			lines = append(lines, every+text+"。")
		}
	}
	for i, texts := range own {
		texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
		if len(texts) > 0 {
			lines = append(lines, quoted(t.Levels[i].Title)+"："+strings.Join(texts, "；")+"。")
		}
	}
	if feedback := t.feedback(); feedback != "" {
		lines = append(lines, feedback)
	}
	return append(lines, "计时以服务器的时钟为准。到时间没有答的题不得分，也不能补答。")
}

// practices is how many levels are for practice alone.
func (t teller) practices() (n int) {
	for i := range t.Levels {
		if t.Levels[i].Practice {
			n++
		}
	}
	return n
}

func (t teller) practice(l *contest.Level) string {
	if !l.Practice {
		return ""
	}
	return "只是练习，不计成绩和名次，没有奖励"
}

func (t teller) feedback() string {
	papers := 0
	for i := range t.Levels {
		if t.Levels[i].Whole() {
			papers++
		}
	}
	if papers > 0 && t.Feedback != contest.FeedbackNone {
		if papers == len(t.Levels) {
			return ""
		}
		return "一题一题答的关卡，" + t.eachFeedback()
	}
	return t.eachFeedback()
}

func (t teller) eachFeedback() string {
	switch t.Feedback {
	case contest.FeedbackEnd:
		return "答完以后，可以看到每题的对错和解析。"
	case contest.FeedbackNone:
		return "活动不公布答案。答了不到一半题就结束的，这次不计分" + t.endedByRule() + "。"
	}
	return "每答一题，马上可以看到对错和解析。"
}

// endedByRule tells that an end by a rule of a level is scored all the same.
func (t teller) endedByRule() string {
	if slices.ContainsFunc(t.Levels, func(l contest.Level) bool { return l.Ends.Wrong > 0 || l.Steps != nil }) {
		return "（答错到规定题数、登上终点而结束的照常计分）"
	}
	return ""
}

func (t teller) questions(l *contest.Level) string {
	if l.Whole() {
		return t.sections(l)
	}
	count := fmt.Sprintf("%d 题", l.Count())
	if l.Steps != nil || l.Ends.Wrong > 0 { // it ends before, for most
		count = "最多 " + count
	}
	if len(l.Questions) == 1 {
		only := &l.Questions[0]
		if len(only.List) > 0 {
			return count + "，" + named(only)
		}
		if len(only.Kinds) == 0 {
			return count
		}
		return count + "，都是" + kindNames(only)
	}
	parts := make([]string, len(l.Questions))
	for i := range l.Questions {
		draw := &l.Questions[i]
		if evenScore(l) {
			parts[i] = fmt.Sprintf("%s %d 道", kindNames(draw), draw.Count)
		} else {
			parts[i] = fmt.Sprintf("%s%s %d 道，每道 %s 分", kindNames(draw), difficulty(draw), draw.Count,
				t.PointsText(l.Worth(i)))
		}
	}
	return count + "，其中" + strings.Join(parts, map[bool]string{true: "、", false: "；"}[evenScore(l)])
}

func (t teller) paper(l *contest.Level) string {
	if l.Drawn == contest.DrawnSame && l.Papers > 1 {
		return fmt.Sprintf("共 %d 套试卷，题型、知识点和难度相同，题目不同，每人固定做其中一套", l.Papers)
	}
	if l.Drawn == contest.DrawnSame {
		return "所有人的题目相同"
	}
	if !slices.ContainsFunc(l.Questions, func(draw contest.Draw) bool { return len(draw.List) != draw.Count }) {
		return "每次都是这些题，先后不同"
	}
	return "随机抽题，每次不同"
}

// named tells of a draw whose questions are named one by one.
func named(draw *contest.Draw) string {
	if draw.Count == len(draw.List) {
		return "都是主办方选定的题"
	}
	return fmt.Sprintf("从主办方选定的 %d 道题里抽", len(draw.List))
}

func kindNames(d *contest.Draw) string {
	if len(d.List) > 0 {
		return "选定的题"
	}
	if len(d.Kinds) == 0 {
		return "各种题"
	}
	names := make([]string, len(d.Kinds))
	for i, kind := range d.Kinds {
		names[i] = question.Kind(kind).Name()
	}
	return strings.Join(names, "或")
}

// difficulty tells apart what is worth more; elsewhere it binds nobody.
func difficulty(d *contest.Draw) string {
	if len(d.Difficulty) == 0 {
		return ""
	}
	levels := make([]string, len(d.Difficulty))
	for i, n := range d.Difficulty {
		levels[i] = fmt.Sprint(n)
	}
	return "（难度 " + list(levels) + "）"
}

// evenScore reports whether every question of the level is worth the same.
func evenScore(l *contest.Level) bool {
	for i := range l.Questions {
		if l.Worth(i) != l.Worth(0) {
			return false
		}
	}
	return true
}

func (t teller) timing(l *contest.Level) string {
	if l.Whole() || l.Time.Question >= l.Time.Level {
		return ""
	}
	return fmt.Sprintf("每题限时 %s", spanText(l.Time.Question))
}

// reading is told where there is an explanation to read between two questions.
func (t teller) reading(l *contest.Level) string {
	if l.Whole() || t.Feedback != contest.FeedbackEach || l.Time.Reading() == 0 || l.Count() == 1 {
		return ""
	}
	if l.Time.Next == contest.NextPlayer {
		return fmt.Sprintf("每题看解析另有 %s，看完点“下一题”继续", spanText(l.Time.Reading()))
	}
	return fmt.Sprintf("每题看解析另有 %s，到时间自动进入下一题", spanText(l.Time.Reading()))
}

func (t teller) lasting(l *contest.Level) string {
	text := fmt.Sprintf("一次答题最长 %s", spanText(l.Time.Level))
	if t.reading(l) != "" {
		text += "，不算看解析的时间"
	}
	return text
}

func (t teller) large(l *contest.Level) string {
	if l.Time.Large == contest.LargeSame {
		return "用大字版答题，时间和别人一样"
	}
	return "用大字版答题，时间加倍"
}

// loading tells nothing where the whole paper has one limit: there it hardly counts.
func (t teller) loading(l *contest.Level) string {
	if l.Whole() || *l.Time.Load == 0 || l.Time.Question >= l.Time.Level {
		return ""
	}
	return fmt.Sprintf("题目或图片打开得慢，每题最多补 %s，排名的用时不补", spanText(*l.Time.Load))
}

func (t teller) least(l *contest.Level) string {
	switch {
	case l.Whole():
		return hastyPaper(l)
	case l.Time.Least == nil:
		return fmt.Sprintf("答得比读题还快（不到 0.3 秒，长题不到 1.5 秒）的，当时不显示对错；一次有 %d 题这样，成绩等工作人员看过再算",
			contest.HastyAtMost)
	case *l.Time.Least == 0:
		return "答得多快都算"
	}
	return fmt.Sprintf("每题至少用 %s，更快的当时不显示对错；一次有 %d 题这样，成绩等工作人员看过再算", spanText(*l.Time.Least),
		contest.HastyAtMost)
}

func (t teller) passing(l *contest.Level) string {
	if l.Steps != nil {
		back := "答错不退"
		if l.Steps.Back > 0 {
			back = fmt.Sprintf("答错退 %d 级（不低于起点）", l.Steps.Back)
		}
		return fmt.Sprintf("答对一题上 1 级，%s，登上第 %d 级就过关并结束", back, l.Steps.Goal)
	}
	switch l.Pass {
	case 0:
		return "答完就过关"
	case l.Count():
		return fmt.Sprintf("%d 题全部答对过关", l.Pass)
	}
	return fmt.Sprintf("答对 %d 题过关", l.Pass)
}

func (t teller) scoring(l *contest.Level) string {
	var texts []string
	if evenScore(l) && len(l.Questions) > 0 {
		texts = append(texts, fmt.Sprintf("答对一题得 %s 分", t.PointsText(l.Worth(0))))
	}
	if l.Streak.Length > 0 && l.Streak.Score > 0 {
		texts = append(texts, fmt.Sprintf("连续答对每满 %d 题另加 %s 分", l.Streak.Length, t.PointsText(int(l.Streak.Score))))
	}
	return strings.Join(texts, "，")
}

// fullScore is left out of a stair, which ends before the last question.
func (t teller) fullScore(l *contest.Level) string {
	if l.Steps != nil {
		return ""
	}
	return fmt.Sprintf("满分 %s 分", t.PointsText(l.FullScore()))
}

func (t teller) ending(l *contest.Level) string {
	var texts []string
	if l.Ends.Wrong > 0 {
		texts = append(texts, fmt.Sprintf("答错或超时 %d 题，这次答题就结束", l.Ends.Wrong))
	}
	if l.Ends.Leave {
		texts = append(texts, "中途离开页面，这次答题就结束")
	}
	return strings.Join(texts, "；")
}

func (t teller) retrying(l *contest.Level) string {
	if l.Retry != contest.RetryWrong {
		return ""
	}
	return "没过关的，下一次只答没答对的题，答对的保留，用时接着算"
}

func (t teller) opening(l *contest.Level) string {
	text := ""
	switch {
	case l.Opens.MS != 0 && l.Closes.MS != 0:
		text = t.window(contest.Window{Opens: l.Opens, Closes: l.Closes}) + " 开放"
	case l.Opens.MS != 0:
		text = t.moment(l.Opens.MS) + " 开放"
	case l.Closes.MS != 0:
		text = "开放到 " + t.end(l.Closes.MS)
	}
	for _, again := range l.Again {
		text += "，" + t.window(again) + " 再次开放"
	}
	return text
}

// inOrder reports whether each level is simply opened by passing the one before.
func (t teller) inOrder() bool {
	n, before := 0, ""
	for i := range t.Levels {
		after := t.Levels[i].After
		if t.Levels[i].Practice {
			if len(after) > 0 {
				return false
			}
			continue
		}
		if n == 0 && len(after) > 0 || n > 0 && (len(after) != 1 ||
			after[0] != contest.After{Level: before, By: contest.ByPassed, Same: contest.PerContest}) {
			return false
		}
		n, before = n+1, t.Levels[i].Key
	}
	return n > 1
}

func (t teller) needing(l *contest.Level) string {
	if t.inOrder() {
		return ""
	}
	var texts []string
	for _, after := range l.After {
		if after.List != "" {
			texts = append(texts, "要在"+t.listTitle(after.List)+"里")
			continue
		}
		verb := "通过"
		if after.By == contest.ByFinished {
			verb = "答完"
		}
		where := t.levelTitle
		if after.Spot != "" {
			verb, where = "到", func(key string) string { return t.spotTitle(key) + "打卡" }
		}
		if after.Same == contest.PerDay {
			verb = "在当天" + verb
		}
		texts = append(texts, "先"+verb+where(cmp.Or(after.Spot, after.Level)))
	}
	if l.Unlock == contest.UnlockAny && len(texts) > 1 {
		return strings.Join(texts, "，或") + "，有一样就可以答"
	}
	return strings.Join(texts, "，")
}

func (t teller) divided(l *contest.Level) string {
	if len(l.Divisions) == 0 {
		return ""
	}
	titles := make([]string, len(l.Divisions))
	for i, key := range l.Divisions {
		titles[i] = t.divisionTitle(key)
	}
	return "只由" + list(titles) + "答"
}
