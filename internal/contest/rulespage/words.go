package rulespage

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/contest"
)

// perWords say how often a count begins anew.
var perWords = map[contest.Per]string{contest.PerDay: "每天", contest.PerWeek: "每周", contest.PerMonth: "每月",
	contest.PerPeriod: "每期", contest.PerContest: "整个活动"}

// window tells both ends; one at midnight is told as the end of the day before,
// because people read 12 June 00:00 as if all of that day were still open.
func (t teller) window(w contest.Window) string {
	return t.moment(w.Opens.MS) + " 至 " + t.end(w.Closes.MS)
}

func (t teller) moment(ms int64) string {
	return t.date(ms) + " " + t.clock(ms)
}

func (t teller) end(ms int64) string {
	if t.clock(ms) == "00:00" {
		return t.date(ms-1) + " 24:00"
	}
	return t.moment(ms)
}

func (t teller) date(ms int64) string {
	return time.UnixMilli(ms).In(t.Zone()).Format("2006年1月2日")
}

func (t teller) clock(ms int64) string {
	at := time.UnixMilli(ms).In(t.Zone())
	if at.Second() != 0 {
		return at.Format("15:04:05")
	}
	return at.Format("15:04")
}

// spanText tells a length of time: 7 天, 12 分 30 秒.
func spanText(s contest.Span) string {
	left := time.Duration(s)
	if left > 0 && left%(24*time.Hour) == 0 {
		return strconv.Itoa(int(left/(24*time.Hour))) + " 天"
	}
	var parts []string
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, " 小时"}, {time.Minute, " 分钟"}} {
		if n := left / unit.of; n > 0 {
			parts = append(parts, strconv.Itoa(int(n))+unit.name)
			left -= n * unit.of
		}
	}
	if left > 0 || len(parts) == 0 {
		parts = append(parts, decimal(left.Seconds())+" 秒")
	}
	return strings.Join(parts, " ")
}

// yuan tells an amount in cents.
func yuan(cents int) string { return decimal(float64(cents)/100) + " 元" }

// odds tells millionths of a draw, exactly: a percentage has at most four decimals.
func odds(millionths int) string { return decimal(float64(millionths)/10_000) + "%" }

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func list(names []string) string { return strings.Join(names, "、") }

// either joins what any one of is enough.
func either(names []string) string { return strings.Join(names, "或") }

func quoted(name string) string { return "“" + name + "”" }

// levelTitle is what players call a level; the key where there is none.
func (t teller) levelTitle(key string) string {
	if level, _, ok := t.Level(key); ok {
		return quoted(level.Title)
	}
	return quoted(key)
}

func (t teller) levelTitles(keys []string) string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = t.levelTitle(key)
	}
	return list(titles)
}

// anyLevel names levels of which any one is meant.
func (t teller) anyLevel(keys []string) string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = t.levelTitle(key)
	}
	return either(titles)
}

func (t teller) prizeTitle(key string) string {
	at := slices.IndexFunc(t.Prizes, func(p contest.Prize) bool { return p.Key == key })
	if at < 0 {
		return quoted(key)
	}
	return quoted(t.Prizes[at].Title)
}

// divisionTitle is what players call a division: “学生”组.
func (t teller) divisionTitle(key string) string {
	title := key
	if at := slices.IndexFunc(t.Players.Divisions, func(v contest.Division) bool { return v.Key == key }); at >= 0 {
		title = t.Players.Divisions[at].Title
	}
	if strings.HasSuffix(title, "组") {
		return quoted(title)
	}
	return quoted(title) + "组"
}

func (t teller) unitName(code string) string {
	return quoted(cmp.Or(nameOfUnit(t.Units, code), code))
}

func nameOfUnit(units []contest.Unit, code string) string {
	for _, unit := range units {
		if unit.Code == code {
			return unit.Name
		}
		if name := nameOfUnit(unit.Children, code); name != "" {
			return name
		}
	}
	return ""
}
