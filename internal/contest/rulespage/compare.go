package rulespage

import (
	"fmt"
	"reflect"
	"slices"

	"anquanda/internal/contest"
)

// Difference is what a change does to one part of the rules, in the words of the
// rules page: the sentences that go, and those that come.
type Difference struct {
	Section string
	Gone    []string
	Come    []string
}

// Compare tells what differs between two definitions of one contest for who plays
// it; nil when nothing does.
func Compare(before, after *contest.Definition) []Difference {
	var differences []Difference
	told := map[string]bool{}
	was, is := sectionsOf(before), sectionsOf(after)
	for _, section := range append(Describe(before), Describe(after)...) {
		if told[section.Title] {
			continue
		}
		told[section.Title] = true
		d := Difference{Section: section.Title, Gone: without(was[section.Title], is[section.Title]),
			Come: without(is[section.Title], was[section.Title])}
		if len(d.Gone)+len(d.Come) > 0 {
			differences = append(differences, d)
		}
	}
	if before.Title != after.Title {
		differences = append([]Difference{{"活动名称", []string{before.Title}, []string{after.Title}}}, differences...)
	}
	return differences
}

func sectionsOf(d *contest.Definition) map[string][]string {
	lines := map[string][]string{}
	for _, section := range Describe(d) {
		lines[section.Title] = section.Lines
	}
	return lines
}

// without lists the lines that are not in others.
func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return slices.Contains(others, line) })
}

// Consequence is what a change means for a contest that is played already.
type Consequence struct {
	Path    string
	Message string // Chinese
	// Grave ones take something from players, or could give twice.
	Grave bool
}

// Consequences tells what a change means where people have played by the earlier
// definition. What they have earned and scored stays in every case.
func Consequences(before, after *contest.Definition) []Consequence {
	var all []Consequence
	say := func(grave bool, path, message string, args ...any) {
		all = append(all, Consequence{path, fmt.Sprintf(message, args...), grave})
	}
	if after.Window.Closes.MS < before.Window.Closes.MS {
		say(true, "window.closes", "活动提前结束：到新的结束时间，正在答的题也会停止。")
	}
	if after.Window.Opens.MS != before.Window.Opens.MS {
		say(false, "window.opens", "开始时间改变：榜单会重建一次；按天数写的开放时间会一起移动。")
	}
	levelConsequences(before, after, say)
	earningConsequences(before, after, say)
	liveConsequences(before, after, say)
	spotConsequences(before, after, say)
	listConsequences(before, after, say)
	pairingConsequences(before, after, say)
	teamConsequences(before, after, say)
	if len(after.Attempts) > 0 && !slices.Equal(before.Attempts, after.Attempts) {
		say(true, "attempts", "总次数改变：今天已经答过的次数照算，可能有人马上没有次数了。")
	}
	for _, b := range before.Boards {
		is, kept := after.Board(b.Key)
		switch {
		case !kept:
			say(true, "boards["+b.Key+"]", "“%s”不再显示。", b.Title)
		case is != b && is.Measure != b.Measure:
			say(false, "boards["+b.Key+"]", "“%s”换了排名依据：每个人完成下一次答题以后，才按新的依据进榜。", b.Title)
		case is != b:
			say(false, "boards["+b.Key+"]", "“%s”按新的规则重新排名。", b.Title)
		}
	}
	if !slices.EqualFunc(before.Players.Fields, after.Players.Fields, func(a, b contest.Field) bool {
		return a.Key == b.Key && a.When == b.When && a.Ask == b.Ask && slices.Equal(a.Options, b.Options)
	}) {
		say(false, "players.fields", "要填的信息改变：已经参加的人，下一次答题或领奖前会被请求补填。")
	}
	return all
}

type sayer func(grave bool, path, message string, args ...any)

func levelConsequences(before, after *contest.Definition, say sayer) {
	for i := range before.Levels {
		was := &before.Levels[i]
		path := "levels[" + was.Key + "]"
		is, _, kept := after.Level(was.Key)
		if !kept {
			say(true, path, "去掉“%s”：已有的成绩留在记录里，不再计入总分；要求先通过它的关卡会打开或锁上。", was.Title)
			continue
		}
		if fewer(is.Attempts, was.Attempts) {
			say(true, path+".attempts", "“%s”的次数变少：已经用掉的次数照算，可能有人马上没有次数了。", is.Title)
		}
		if is.Pass != was.Pass || is.Steps != nil && was.Steps != nil && *is.Steps != *was.Steps {
			say(false, path+".pass", "“%s”的过关标准改变：以前的成绩按当时的标准，正在答的一次也按开始时的标准。", is.Title)
		}
		if before.Points(int(was.Score)) != after.Points(int(is.Score)) ||
			before.Points(was.FullScore()) != after.Points(is.FullScore()) {
			say(false, path+".score", "“%s”的分值改变：以前的得分不变，新旧得分会在同一个榜上比较。", is.Title)
		}
		if (teller{before}).credits(was) != (teller{after}).credits(is) {
			say(false, path+".score", "“%s”少选、答错或快慢怎么计分改变：以前的得分不变，正在答的一次按开始时的办法。", is.Title)
		}
	}
	for i := range after.Levels {
		if _, _, had := before.Level(after.Levels[i].Key); !had {
			say(false, "levels["+after.Levels[i].Key+"]", "增加“%s”。", after.Levels[i].Title)
		}
	}
}

func fewer(is, was *contest.Attempts) bool {
	return *is != *was && is.Max > 0 && (was.Max == 0 || is.Max < was.Max || is.Per != was.Per)
}

func earningConsequences(before, after *contest.Definition, say sayer) {
	find := func(d *contest.Definition, key string) *contest.Earning {
		at := slices.IndexFunc(d.Earnings, func(e contest.Earning) bool { return e.Key == key })
		if at < 0 {
			return nil
		}
		return &d.Earnings[at]
	}
	for i := range before.Earnings {
		was := &before.Earnings[i]
		path := "earnings[" + was.Key + "]"
		switch is := find(after, was.Key); {
		case is == nil:
			say(false, path, "去掉奖励 %s：已经得到的不收回，以后不再给。", was.Key)
		case is.Per != was.Per || (is.Max == 0) != (was.Max == 0):
			say(true, path, "奖励 %s 换了计次的范围：以前给过的次数不计入新的范围，可能多给。", was.Key)
		case is.Give != was.Give || is.Max != was.Max:
			say(false, path, "奖励 %s 改变：已经得到的不变，从现在起按新的给。", was.Key)
		}
	}
	for i := range after.Earnings {
		e := &after.Earnings[i]
		if find(before, e.Key) != nil {
			continue
		}
		if l := before.List(e.List); l != nil {
			say(false, "earnings["+e.Key+"]", "增加奖励 %s：名单“%s”如果已经确定，在里面的人不补给，以后加进来的人才给。", e.Key, l.Title)
		} else {
			say(false, "earnings["+e.Key+"]", "增加奖励 %s：从现在起给，以前做过的不补；如果只是改了名字，等于重新给一遍。", e.Key)
		}
	}
}

// spotConsequences tells what becomes of codes that are printed.
func spotConsequences(before, after *contest.Definition, say sayer) {
	for i := range before.Spots {
		was := &before.Spots[i]
		path := "spots[" + was.Key + "]"
		switch is := after.Spot(was.Key); {
		case is == nil:
			say(true, path, "去掉打卡点“%s”：印好的码作废；已经打过的卡和得到的不变，要求先到这里打卡的关卡会打开或锁上。", was.Title)
		case is.Issue != was.Issue || is.Daily != was.Daily:
			say(true, path, "打卡点“%s”换码：印好的码马上作废，请重新打印；已经打过的卡不变。", is.Title)
		}
	}
}

// listConsequences tells what becomes of lists that may be made already.
func listConsequences(before, after *contest.Definition, say sayer) {
	for i := range before.Lists {
		was := &before.Lists[i]
		switch is := after.List(was.Key); {
		case is == nil:
			say(true, "lists["+was.Key+"]", "去掉名单“%s”：要求在名单里的关卡会打开或锁上。", was.Title)
		case !reflect.DeepEqual(is, was):
			say(false, "lists["+was.Key+"]", "名单“%s”改变：已经确定的名单不变，没有确定的按新的规则。", was.Title)
		}
		if is := after.List(was.Key); is != nil && is.Public && !was.Public {
			say(false, "lists["+was.Key+"].public", "名单“%s”公开：已经确定的，所有人马上能看到里面的昵称和单位。", is.Title)
		}
	}
}

// pairingConsequences tells what becomes of pairings that may be decided already.
func pairingConsequences(before, after *contest.Definition, say sayer) {
	for i := range before.Pairings {
		was := &before.Pairings[i]
		path := "pairings[" + was.Key + "]"
		switch is := after.Pairing(was.Key); {
		case is == nil:
			say(true, path, "去掉对阵“%s”：不再显示；已经确定的晋级名单不变。", was.Title)
		case !reflect.DeepEqual(is, was):
			say(false, path, "对阵“%s”改变：已经排定的谁对谁、已经评定的胜负不变，没有的按新的规则。", was.Title)
		}
	}
}

// teamConsequences tells what becomes of teams that were formed.
func teamConsequences(before, after *contest.Definition, say sayer) {
	was, is := before.Teams, after.Teams
	switch {
	case was == nil:
	case is == nil:
		say(true, "teams", "不再组队：已经组好的队看不到了，也不排名。")
	case is.Size.Most < was.Size.Most:
		say(false, "teams.size.most", "每队最多 %d 人：已经超过的队不变，不能再加人。", is.Size.Most)
	case after.TeamsUntil() != before.TeamsUntil():
		say(false, "teams.until", "组队截止时间改变：截止以前可以再加入、退出。")
	}
}

// liveConsequences tells of rooms that change: one that was made carries a copy.
func liveConsequences(before, after *contest.Definition, say sayer) {
	for i := range before.Live {
		was := &before.Live[i]
		switch is := after.LiveRoom(was.Key); {
		case is == nil:
			say(false, "live["+was.Key+"]", "去掉“%s”：已经开的场次照常进行，不能再开新的。", was.Title)
		case !reflect.DeepEqual(is, was):
			say(false, "live["+was.Key+"]", "“%s”改变：已经开的场次按开的时候的规则，以后开的按新的。", was.Title)
		}
	}
}
