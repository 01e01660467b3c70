package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/errs"
	"anquanda/internal/question"
)

// Lacks lists what is lacking for a definition, as findings with path and Chinese: a
// bank that is not there, a draw with too few questions, a topic that no question has;
// a material's picture that is not stored, a link to a host that is not allowed.
func (c *Catalog) Lacks(ctx context.Context, definition *contest.Definition) (contest.Findings, error) {
	banks, err := c.newestBanks(ctx, definition)
	if err != nil {
		return nil, err
	}
	lacks, err := c.materialLacks(ctx, definition)
	return append(LacksOf(definition, banks), lacks...), err
}

// newestBanks are the banks of a definition by name, but for those that are not there.
func (c *Catalog) newestBanks(ctx context.Context, definition *contest.Definition) (map[string]*bank.Bank, error) {
	banks := map[string]*bank.Bank{}
	for _, name := range definition.Banks() {
		questions, err := c.currentBank(ctx, name)
		if err != nil && !errors.Is(err, bank.ErrUnknown) {
			return nil, errs.Wrap(err, "bank %s of contest %s", name, definition.Slug)
		}
		if err == nil {
			banks[name] = questions
		}
	}
	return banks, nil
}

// Hurried warns of levels whose time is too short to read the questions of their banks.
func (c *Catalog) Hurried(ctx context.Context, definition *contest.Definition) ([]compliance.Concern, error) {
	banks, err := c.newestBanks(ctx, definition)
	return HurriedOf(definition, banks), err
}

// HurriedOf is Hurried for banks by name that are at hand.
func HurriedOf(definition *contest.Definition, banks map[string]*bank.Bank) []compliance.Concern {
	all := make([][]question.Question, len(definition.Banks()))
	for i, name := range definition.Banks() {
		if b := banks[name]; b != nil {
			all[i] = b.Questions
		}
	}
	return compliance.Hurried(definition, all)
}

// LacksOf is Lacks for banks by name that are at hand.
func LacksOf(definition *contest.Definition, banks map[string]*bank.Bank) (lacks contest.Findings) {
	for i, name := range definition.Banks() {
		questions := banks[name]
		if questions == nil {
			lacks = append(lacks, contest.Finding{Path: bankPath(definition, i), Message: "no bank " + name, Words: "没有题库“" +
				name + "”，请先导入，或换一个题库"})
			continue
		}
		for level := range definition.Levels {
			if definition.BankIndex(level) == i {
				lacks = append(lacks, lacksOf(definition, level, questions)...)
			}
		}
		for room := range definition.Live {
			if definition.LiveBankIndex(room) == i {
				lacks = append(lacks, liveLacks(definition, room, questions)...)
			}
		}
	}
	return lacks
}

func bankPath(definition *contest.Definition, index int) string {
	for level := range definition.Levels {
		if definition.BankIndex(level) == index && definition.Levels[level].Bank != "" {
			return fmt.Sprintf("levels[%d].bank", level)
		}
	}
	for room := range definition.Live {
		if definition.LiveBankIndex(room) == index && definition.Live[room].Bank != "" {
			return fmt.Sprintf("live[%d].bank", room)
		}
	}
	return "bank"
}

func lacksOf(definition *contest.Definition, level int, questions *bank.Bank) contest.Findings {
	lacks := unknownWords(definition, level, questions)
	l := &definition.Levels[level]
	absent := make([]contest.Findings, len(l.Questions))
	for i := range l.Questions {
		absent[i] = absentIDs(fmt.Sprintf("levels[%d].questions[%d].list", level, i), l.Title, l.Questions[i].List, questions)
		lacks = append(lacks, absent[i]...)
	}
	pools, err := l.Pools(questions.Questions)
	if err == nil {
		lacks = append(lacks, partedCases(level, l, pools, questions)...)
		return append(lacks, papersLack(level, l, pools, questions)...)
	}
	var few *contest.TooFew
	if !errors.As(err, &few) || len(absent[few.Draw]) > 0 { // which are wanting says it better
		return lacks
	}
	return append(lacks, contest.Finding{Path: fmt.Sprintf("levels[%d].questions[%d]", level, few.Draw),
		Message: few.Error(),
		Words:   tooFew(l.Title, l.Questions, few, questions)})
}

// papersLack finds papers of a level that are no others: the bank has too few questions that
// are alike.
func papersLack(level int, l *contest.Level, pools []contest.Pool, questions *bank.Bank) contest.Findings {
	dealt := l.Dealt(pools, contest.BondsOf(questions.Questions), questions.Questions)
	if contest.Repeats(dealt) < l.Count() {
		return nil
	}
	return contest.Findings{{Path: fmt.Sprintf("levels[%d].papers", level),
		Message: fmt.Sprintf("the bank has too few questions that are alike for %d papers; two have the same", l.Papers),
		Words: fmt.Sprintf("“%s”：题库“%s”里题型、知识点和难度都相同的题目不够 %d 套，有两套完全一样；请减少套数，或补充题目",
			l.Title, questions.Name, l.Papers)}}
}

// absentIDs finds questions of a list that are not in the bank: those that were voided are
// in none of its later versions.
func absentIDs(path, title string, ids []string, questions *bank.Bank) (absent contest.Findings) {
	for i, id := range ids {
		if !slices.ContainsFunc(questions.Questions, func(q question.Question) bool { return q.ID == id }) {
			absent = append(absent, contest.Finding{Path: fmt.Sprintf("%s[%d]", path, i),
				Message: fmt.Sprintf("the bank has no question %q; it may have been voided", id),
				Words:   fmt.Sprintf("“%s”：题库“%s”里没有编号为“%s”的题目，可能没有导入，或者已经作废", title, questions.Name, id)})
		}
	}
	return absent
}

// unknownWords finds topics and audiences that no question of the bank fits: beside others
// they take nothing away, so that nobody would see that one is misspelt.
func unknownWords(definition *contest.Definition, level int, questions *bank.Bank) (lacks contest.Findings) {
	fitsOne := func(draw contest.Draw) bool {
		return slices.ContainsFunc(questions.Questions, func(q question.Question) bool { return draw.Fits(&q) })
	}
	for i, draw := range definition.Levels[level].Questions {
		unknown := func(key string, k int, word string) {
			lacks = append(lacks, contest.Finding{
				Path:    fmt.Sprintf("levels[%d].questions[%d].%s[%d]", level, i, key, k),
				Message: fmt.Sprintf("no question of bank %s has %q", questions.Name, word),
				Words:   fmt.Sprintf("题库“%s”里没有一道题属于“%s”，请检查写法", questions.Name, word)})
		}
		for k, word := range draw.Topics {
			if !fitsOne(contest.Draw{Topics: []string{word}}) {
				unknown("topics", k, word)
			}
		}
		for k, word := range draw.Audience {
			if !fitsOne(contest.Draw{Audience: []string{word}}) {
				unknown("audience", k, word)
			}
		}
	}
	return lacks
}

func tooFew(title string, draws []contest.Draw, few *contest.TooFew, questions *bank.Bank) string {
	return fmt.Sprintf("“%s”这一批要 %d 道题，选的题库里符合条件的只有 %d 道%s", title, few.Wanted, few.Fit,
		contest.WhyTooFew(draws, few, questions.Questions))
}

// liveLacks is what a bank lacks for a live room.
func liveLacks(definition *contest.Definition, room int, questions *bank.Bank) contest.Findings {
	l := &definition.Live[room]
	err := liveFits(l, questions)
	var few *contest.TooFew
	var unlisted *contest.Unlisted
	switch {
	case errors.As(err, &few):
		return contest.Findings{{Path: fmt.Sprintf("live[%d].draw[%d]", room, few.Draw), Message: few.Error(),
			Words: tooFew(l.Title, l.Draw, few, questions)}}
	case errors.As(err, &unlisted) && unlisted.Kind == "":
		return contest.Findings{{Path: fmt.Sprintf("live[%d].list[%d]", room, unlisted.At), Message: unlisted.Error(),
			Words: fmt.Sprintf("“%s”：题库“%s”里没有编号为“%s”的题目", l.Title, questions.Name, unlisted.ID)}}
	case errors.As(err, &unlisted) && unlisted.Pictured:
		return contest.Findings{{Path: fmt.Sprintf("live[%d].list[%d]", room, unlisted.At), Message: unlisted.Error(),
			Words: fmt.Sprintf("“%s”：编号为“%s”的选项是图片，直播答题不能用", l.Title, unlisted.ID)}}
	case errors.As(err, &unlisted) && unlisted.Material:
		return contest.Findings{{Path: fmt.Sprintf("live[%d].list[%d]", room, unlisted.At), Message: unlisted.Error(),
			Words: fmt.Sprintf("“%s”：编号为“%s”的题要先读材料，直播答题来不及读，请换一道", l.Title, unlisted.ID)}}
	case errors.As(err, &unlisted):
		return contest.Findings{{Path: fmt.Sprintf("live[%d].list[%d]", room, unlisted.At), Message: unlisted.Error(),
			Words: fmt.Sprintf("“%s”：编号为“%s”的是%s，直播答题不能用", l.Title, unlisted.ID, unlisted.Kind.Name())}}
	}
	return nil
}

// liveFits reports whether a bank holds what a live room asks. Errors:
// contest.TooFew, contest.Unlisted.
func liveFits(l *contest.Live, questions *bank.Bank) error {
	if _, err := l.Pools(questions.Questions); err != nil {
		return err
	}
	_, err := l.Listed(questions.Questions)
	return err
}

// Newest is the newest version of a bank, for who looks at a definition that is being
// written. Errors: bank.ErrUnknown.
func (c *Catalog) Newest(ctx context.Context, name string) (*bank.Bank, error) {
	return c.currentBank(ctx, name)
}

// currentBank is the newest version of a bank. It keeps the last one that no
// contest holds: a definition that is being written asks again and again.
func (c *Catalog) currentBank(ctx context.Context, name string) (*bank.Bank, error) {
	version, err := c.banks.Current(ctx, name)
	if err != nil {
		return nil, err
	}
	if last := c.looked.Load(); last != nil && last.Name == name && last.Version == version {
		return last, nil
	}
	found, err := c.bank(ctx, name, version)
	if err == nil {
		c.looked.Store(found)
	}
	return found, err
}
