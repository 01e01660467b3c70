package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func eachArena(t *testing.T, test func(t *testing.T, a *arena.Arena)) {
	t.Helper()
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, arena.New(t, s)) })
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

func retitled(title string) string {
	return strings.Replace(arena.Demo, "安全知识闯关", title, 1)
}

func TestAChangedDefinitionIsTheNextVersionAndTheSameOneIsNone(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		another := a.NewNode()
		for _, c := range []struct {
			text    string
			version int
			title   string
		}{{arena.Demo, 1, "安全知识闯关"}, {retitled("新名"), 2, "新名"}, {retitled("新名"), 2, "新名"}, {arena.Demo, 3, "安全知识闯关"}} {
			applied, err := a.Catalog.Apply(t.Context(), "demo.yaml", []byte(c.text), "改名")
			if err != nil {
				t.Fatal(err)
			}
			if err := another.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			seen, err := another.Catalog.Current(arena.Slug)
			if err != nil || applied.Version != c.version || applied.Title != c.title || seen.Edition != applied.Edition ||
				seen.Title != c.title {
				t.Errorf("applied version %d %s, another node sees %+v, %v; want %d %s", applied.Version, applied.Title,
					seen.Edition, err, c.version, c.title)
			}
		}
		if n := a.Count("contest_versions", "1 = 1"); n != 3 {
			t.Errorf("%d versions are stored, want 3", n)
		}
	})
}

func TestADefinitionThatIsRefusedStoresNothing(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		apply := func(text string) error {
			_, err := a.Catalog.Apply(t.Context(), "demo.yaml", []byte(text), "试试")
			return err
		}
		var findings contest.Findings
		if err := apply(strings.Replace(arena.Demo, "pass: 2", "pass: 4", 1)); !errors.As(err, &findings) ||
			findings[0].Path != "levels[0].pass" {
			t.Errorf("a wrong definition: %v", err)
		}
		if err := apply(strings.Replace(arena.Demo, "bank: safety", "bank: other", 1)); code(err) != "bank_unknown" {
			t.Errorf("a bank that is not there: %v", err)
		}
		err := apply(strings.Replace(arena.Demo, "count: 3, kinds: [single]", "count: 11, kinds: [single]", 1))
		if code(err) != "bank_too_small" || !strings.Contains(err.Error(),
			"levels[0].questions[0]: 11 questions are wanted, the bank has only 10") {
			t.Errorf("a bank that is too small: %v", err)
		}
		err = apply(arena.Demo + "live: [{key: quiz, title: 直播, draw: [{count: 30, kinds: [single]}]}]\n")
		if code(err) != "bank_too_small" || !strings.Contains(err.Error(), "live[0].draw[0]: 30 questions are wanted") {
			t.Errorf("a bank that is too small for a live room: %v", err)
		}
		if a.Count("contests", "version = 1") != 1 || a.Count("contest_versions", "1 = 1") != 1 ||
			a.Count("units", "1 = 1") != 6 {
			t.Error("a refused definition left something behind")
		}
	})
}

// Whoever applies: the console, the command line, what comes next.
func TestNoCallerPassesByWhatKeepsADefinitionOut(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		if _, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, arena.Slug); err != nil {
			t.Fatal(err)
		}
		named := func(slug string) string { return strings.Replace(arena.Demo, "contest: demo", "contest: "+slug, 1) }
		shared := named("shared") + "publish: [wechat]\nearnings:\n  - {key: told, for: share, give: {points: 1}}\n"
		const anew, whatever = 0, -1
		stored := a.Count("contest_versions", "1 = 1")
		for _, c := range []struct {
			what, text string
			base       int
			want       string
		}{
			{"a serious concern", shared, anew, "concerns_open"},
			{"a serious concern from the command line", shared, whatever, "concerns_open"},
			{"the slug of another contest", arena.Demo, anew, "contest_taken"},
			{"a slug that was edited", named("renamed"), 1, "contest_renamed"},
			{"a slug kept for rehearsals", named("other-rehearsal"), anew, "contest_rehearsal"},
			{"the same from the command line", named("other-rehearsal"), whatever, "contest_rehearsal"},
			{"a rehearsal", named("demo-rehearsal"), 1, "contest_rehearsal"},
			{"a rehearsal from the command line", named("demo-rehearsal"), whatever, "contest_rehearsal"},
		} {
			_, err := a.Catalog.ApplyBy(t.Context(), staff.Actor{ID: 7, Name: "第三处"},
				catalog.Application{File: "third.yaml", Text: []byte(c.text), Reason: "试试", Base: c.base})
			if code(err) != c.want {
				t.Errorf("%s: %v, want %s", c.what, err, c.want)
			}
			var open catalog.Unanswered
			if errors.As(err, &open) != (c.want == "concerns_open") || len(open) > 0 && open[0].Code != "share-reward" {
				t.Errorf("%s: the concerns handed back are %+v", c.what, open)
			}
		}
		if now := a.Count("contest_versions", "1 = 1"); now != stored {
			t.Errorf("%d versions were stored", now-stored)
		}
	})
}

func TestNobodyAnswersForAFindingInAnothersName(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		text := func(by, title string) []byte {
			with := strings.Replace(arena.Demo, "contest: demo", "contest: answered", 1)
			return []byte(with + "accept: [{finding: share-reward, by: " + by + ", why: " + title + "}]\n")
		}
		apply := func(actor staff.Actor, base int, text []byte) error {
			_, err := a.Catalog.ApplyBy(t.Context(), actor,
				catalog.Application{File: "x.yaml", Text: text, Reason: "试试", Base: base})
			return err
		}
		wang, li := staff.Actor{ID: 7, Name: "王科长"}, staff.Actor{ID: 8, Name: "李干事"}
		if err := apply(li, 0, text("王科长", "已报备")); code(err) != "invalid_field" {
			t.Errorf("in the name of another: %v", err)
		}
		if err := apply(wang, 0, text("王科长", "已报备")); err != nil {
			t.Errorf("in the own name: %v", err)
		}
		if err := apply(li, 1, text("王科长", "改了理由")); code(err) != "invalid_field" {
			t.Errorf("another's reason changed: %v", err)
		}
		later := strings.Replace(string(text("王科长", "已报备")), "title:", "title: 新", 1)
		if err := apply(li, 1, []byte(later)); err != nil {
			t.Errorf("what another accepted before stays: %v", err)
		}
	})
}

func TestTwoWhoChangeAContestAtOnceAreOneVersionEachOrAConflict(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		for _, slug := range []string{"demo", "brand-new"} {
			titles := make([]string, 8)
			var all sync.WaitGroup
			for i := range titles {
				all.Go(func() {
					text := strings.Replace(retitled(fmt.Sprint("第", i, "版")), "contest: demo", "contest: "+slug, 1)
					_, err := nodes[i%2].Catalog.Apply(t.Context(), "demo.yaml", []byte(text), "改名")
					if err == nil {
						titles[i] = fmt.Sprint("第", i, "版")
					} else if code(err) != "contest_changed" {
						t.Errorf("%s, change %d: %v", slug, i, err)
					}
				})
			}
			all.Wait()
			fresh := a.NewNode()
			current, err := fresh.Catalog.Current(slug)
			if err != nil || !slices.Contains(titles, current.Title) || current.Title == "" {
				t.Fatalf("%s is now %+v, %v; taken were %v", slug, current, err, titles)
			}
			id := current.ContestID
			if a.Count("contest_versions", "contest_id = ?", id) != current.Version ||
				a.Count("units", "contest_id = ?", id) != 6 {
				t.Errorf("%s is in version %d and has %d stored, with %d units", slug, current.Version,
					a.Count("contest_versions", "contest_id = ?", id), a.Count("units", "contest_id = ?", id))
			}
		}
	})
}

// papers are the papers of some seeds, by question, in full.
func papers(c *catalog.Contest) (all []string) {
	for i := range c.Levels {
		for seed := range uint64(20) {
			for _, asked := range c.Levels[i].Paper(c.Pools[i], c.Bonds, seed) {
				all = append(all, c.Bank.Questions[asked.Question].ID)
			}
		}
	}
	return all
}

func TestAnEditionDealsTheSamePapersWhateverHappensToItsBank(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		first := a.Contest
		want := papers(first)
		steps := map[string]func() error{
			"a corrected question": func() error {
				q := first.Bank.Questions[0]
				q.Stem, q.Difficulty, q.Topics = "改过的题？", 3, []string{"交通"}
				_, err := a.Banks.Correct(t.Context(), staff.CommandLine, "safety", q, "写错了")
				return err
			},
			"a voided question": func() error {
				_, err := a.Banks.Void(t.Context(), staff.CommandLine, "safety", first.Bank.Questions[4].ID, "过时了")
				return err
			},
			"a new bank": func() error {
				questions := slices.Clone(arena.Bank())
				slices.Reverse(questions)
				for i := range questions[:10] {
					questions[i].Stem += "？"
				}
				questions = append(questions[2:], question.Question{ID: "new", Kind: question.TrueFalse, Stem: "新题",
					Options: question.TrueFalseOptions, Right: []int{0}, Difficulty: 1})
				_, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "safety", questions, "换新")
				return err
			},
		}
		for _, name := range []string{"a corrected question", "a voided question", "a new bank"} {
			if err := steps[name](); err != nil {
				t.Fatal(err)
			}
			if err := a.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if newest, err := a.Catalog.Current(arena.Slug); err != nil || newest.BankVersion == first.BankVersion {
				t.Errorf("after %s the contest still plays bank version %d, %v", name, newest.BankVersion, err)
			}
			for _, node := range []*arena.Node{a.Node, a.NewNode()} {
				again, err := node.Catalog.Edition(t.Context(), first.Edition)
				if err != nil || !slices.Equal(papers(again), want) {
					t.Errorf("after %s the first edition deals other papers, %v", name, err)
				}
			}
		}
	})
}

func TestAContestWhoseBankBecameTooSmallPlaysOnWithTheLastOneThatFits(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		few := slices.DeleteFunc(arena.Bank(), func(q question.Question) bool { return q.Kind == question.Fill })
		if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, "safety", few, "删去填空题"); err != nil {
			t.Fatal(err)
		}
		if err := a.Catalog.Refresh(t.Context()); err == nil || !strings.Contains(err.Error(),
			"contest demo: levels[2].questions[0]: 2 questions are wanted") {
			t.Errorf("it is not told: %v", err)
		}
		fresh := catalog.New(a.DB, nil, a.Banks, a.Clock.Now)
		if err := fresh.Refresh(t.Context()); err == nil {
			t.Error("it is not told where a node starts")
		}
		for _, node := range []*catalog.Catalog{a.Catalog, fresh} {
			if c, err := node.Current(arena.Slug); err != nil || c.Edition != a.Contest.Edition {
				t.Errorf("the contest plays %+v, %v; want %+v", c, err, a.Contest.Edition)
			}
		}
	})
}

func TestEditionsOfOneBankShareItInMemory(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		first := a.Contest
		a.Apply(retitled("新名"))
		other, err := a.Catalog.Apply(t.Context(), "x.yaml", []byte(strings.Replace(arena.Demo, "contest: demo",
			"contest: other", 1)), "新活动")
		if err != nil {
			t.Fatal(err)
		}
		if a.Contest.Bank != first.Bank || other.Bank != first.Bank {
			t.Error("each edition holds a bank of its own")
		}
		if _, err := a.Banks.Void(t.Context(), staff.CommandLine, "safety", "single-03", "过时了"); err != nil {
			t.Fatal(err)
		}
		if err := a.Catalog.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, e := range []catalog.Edition{first.Edition, a.Contest.Edition, other.Edition} {
			again, err := a.Catalog.Edition(t.Context(), e)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(again.Bank.Questions, func(q question.Question) bool { return q.ID == "single-03" })
			if at < 0 || !again.Bank.Grade(&again.Bank.Questions[at], question.Choice{}) {
				t.Errorf("edition %+v does not know that a question was voided", e)
			}
		}
	})
}

func TestWhatIsNotThereIsUnknown(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		if _, err := a.Catalog.Current("other"); !errors.Is(err, catalog.ErrUnknown) {
			t.Errorf("another contest: %v", err)
		}
		if _, err := a.Catalog.Of(1); !errors.Is(err, catalog.ErrUnknown) {
			t.Errorf("a contest of another id: %v", err)
		}
		for _, e := range []catalog.Edition{{ContestID: 1, Version: 1, BankVersion: 1},
			{ContestID: a.Contest.ContestID, Version: 2, BankVersion: 1}} {
			if _, err := a.Catalog.Edition(t.Context(), e); !errors.Is(err, catalog.ErrUnknown) {
				t.Errorf("%+v: %v", e, err)
			}
		}
		if _, err := a.Catalog.Edition(t.Context(), catalog.Edition{ContestID: a.Contest.ContestID, Version: 1,
			BankVersion: 0}); !errors.Is(err, bank.ErrUnknown) {
			t.Errorf("a bank version that is not there: %v", err)
		}
	})
}

func TestOfTwoThatOpenedTogetherTheOneMadeLastIsCurrent(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		if _, err := a.Catalog.Apply(t.Context(), "x.yaml", []byte(strings.Replace(arena.Demo, "contest: demo",
			"contest: later", 1)), "新活动"); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Catalog.Apply(t.Context(), "x.yaml", []byte(retitled("改名")), "改名"); err != nil {
			t.Fatal(err)
		}
		for _, node := range []*arena.Node{a.Node, a.NewNode()} {
			if c, err := node.Catalog.Current(catalog.CurrentSlug); err != nil || c.Slug != "later" {
				t.Errorf("the current contest is %v, %v", c, err)
			}
			if c, err := node.Catalog.Of(a.Contest.ContestID); err != nil || c.Title != "改名" {
				t.Errorf("by its id the first contest is %v, %v", c, err)
			}
			if n := len(node.Catalog.All()); n != 2 {
				t.Errorf("%d contests, want 2", n)
			}
		}
	})
}

func TestALookThatBeganBeforeAChangeDoesNotPutTheOldVersionBack(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		ctx, stop := context.WithCancel(t.Context())
		var looking sync.WaitGroup
		defer looking.Wait()
		defer stop()
		for range 3 {
			looking.Go(func() {
				for ctx.Err() == nil {
					a.Catalog.Refresh(ctx) //nolint:errcheck // the last one is cut off
				}
			})
		}
		for version := 2; version <= 12; version++ {
			applied, err := a.Catalog.Apply(t.Context(), "demo.yaml", []byte(retitled(fmt.Sprint("第", version))), "改名")
			if err != nil {
				t.Fatal(err)
			}
			for range 50 {
				if seen, err := a.Catalog.Current(arena.Slug); err != nil || applied.Version != version || seen.Version != version {
					t.Fatalf("version %d is stored, applied as %d, and %d is played, %v", version, applied.Version, seen.Version, err)
				}
			}
		}
	})
}

// A rehearsal or a test with a moved clock keeps its time in every row.
func TestRowsAreWrittenByTheClockThatIsHandedIn(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		a.Clock.Set("2026-06-20 10:00:00")
		at := a.Clock.MS()
		a.Apply(retitled("新名"))
		if _, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, arena.Slug); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Banks.Void(t.Context(), staff.CommandLine, "safety", "single-03", "过时了"); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Players.Enrol(t.Context(), a.Contest.ContestID, 0, "王师傅", 0); err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int{"contests": 1, "contest_versions": 2, "bank_versions": 1,
			"bank_corrections": 1, "players": 1} {
			if n := a.Count(table, "created_at = ?", at); n != want {
				t.Errorf("%d rows of %s are of that moment, want %d", n, table, want)
			}
		}
		if n := a.Count("enrolments", "joined_at = ?", at); n != 1 {
			t.Errorf("%d enrolments are of that moment", n)
		}
	})
}
