package rulespage

import (
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// Note is what is given for one kind of deed, in the words of players.
type Note struct {
	For  contest.DeedKind
	Text string
}

// LevelNotes tells what a player should know before beginning a level: what
// passes it first, then what ends it early, what is asked again, what is added, and what
// is taken off.
func LevelNotes(d *contest.Definition, level *contest.Level) []string {
	t := teller{d}
	notes := []string{t.passing(level), t.practice(level), t.ending(level), t.retrying(level)}
	if level.Streak.Length > 0 && level.Streak.Score > 0 {
		notes = append(notes, t.scoring(level))
	}
	notes = append(notes, t.credits(level))
	return slices.DeleteFunc(notes, func(note string) bool { return note == "" })
}

// EarningNotes tells what each thing earns, in the order of the definition.
func EarningNotes(d *contest.Definition) []Note {
	notes := make([]Note, len(d.Earnings))
	for i := range d.Earnings {
		notes[i] = Note{For: d.Earnings[i].For, Text: teller{d}.earning(&d.Earnings[i])}
	}
	return notes
}

// ListGave tells a player what being on a list gave by a rule; nothing where it gave nothing.
func ListGave(d *contest.Definition, rule string, earned []contest.Grant) string {
	at := slices.IndexFunc(d.Earnings, func(e contest.Earning) bool { return e.Key == rule })
	if at < 0 {
		return ""
	}
	var gave contest.Give
	for _, g := range earned {
		if g.Rule == rule {
			add(&gave, g)
		}
	}
	if gave == (contest.Give{}) {
		return ""
	}
	t := teller{d}
	return "你在" + t.listTitle(d.Earnings[at].List) + "里，得到" + t.given(gave)
}

// add adds a grant to what was given.
func add(gave *contest.Give, g contest.Grant) {
	switch purse, ofPurse := g.Kind.Purse(); {
	case g.Kind == contest.GrantPoints:
		gave.Points += g.Amount
	case g.Kind == contest.GrantChance:
		gave.Chances += g.Amount
	case g.Kind == contest.GrantTry:
		gave.Tries += g.Amount
	case g.Kind == contest.GrantCard:
		gave.Card = g.Source
	case ofPurse:
		gave.Purse = purse
		gave.Amount += g.Amount
	}
}

// OpeningNote tells when a level opens, without the year where it is the year of
// now.
func OpeningNote(d *contest.Definition, level *contest.Level, now int64) string {
	t := teller{d}
	opens := level.OpensNext(now)
	year, day, _ := strings.Cut(t.date(opens), "年")
	if !strings.HasPrefix(t.date(now), year) {
		day = year + "年" + day
	}
	if clock := t.clock(opens); clock != "00:00" {
		day += " " + clock + " "
	}
	return day + "开放"
}

// NeedNote tells what opens a level; of several any one does.
func NeedNote(d *contest.Definition, needs []contest.After) string {
	t := teller{d}
	texts := make([]string, len(needs))
	for i, after := range needs {
		if after.List != "" {
			texts[i] = "进入" + t.listTitle(after.List)
			continue
		}
		verb := "通过"
		if after.By == contest.ByFinished {
			verb = "答完"
		}
		if after.Spot != "" {
			texts[i] = "到" + t.spotTitle(after.Spot) + sameNow[after.Same] + "打卡"
			continue
		}
		texts[i] = sameNow[after.Same] + verb + t.levelTitle(after.Level)
	}
	if len(needs) == 1 && needs[0].List != "" {
		return t.listNote(d.List(needs[0].List))
	}
	return strings.Join(texts, "，或") + "后开启"
}

// sameNow is the period in which the level before must be played.
var sameNow = map[contest.Per]string{contest.PerDay: "今天", contest.PerWeek: "本周", contest.PerMonth: "本月",
	contest.PerPeriod: "本期"}

// DivisionNote tells whose level it is, where it is not everybody's.
func DivisionNote(d *contest.Definition, level *contest.Level) string {
	return teller{d}.divided(level)
}
