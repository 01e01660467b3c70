package contest_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

func TestADefinitionThatIsRightIsReadWithItsDefaults(t *testing.T) {
	d := parsed(t, twoLevels)
	first, second := &d.Levels[0], &d.Levels[1]
	got := fmt.Sprintln(d.TimeZone, d.Feedback, d.Players.Unit.Ask, first.Score, *first.Attempts, first.Place,
		first.After, second.After,
		time.Duration(second.Time.Question), time.Duration(second.Time.Reading()), time.Duration(second.Time.Level),
		time.Duration(first.Time.Level),
		second.Time.Next, time.Duration(*second.Time.Load), second.Time.Large)
	want := "Asia/Shanghai each no 10 {3 day} 综合 [] [{first   passed contest}] 45s 1m0s 5m45s 10m0s timer 10s double\n"
	if got != want {
		t.Errorf("defaults are\n%s, want\n%s", got, want)
	}
	if opens := shanghai(t, "2026-06-01 08:00:00"); d.Window.Opens.MS != opens {
		t.Errorf("opens at %d, want %d", d.Window.Opens.MS, opens)
	}
	midnight := parsed(t, strings.Replace(twoLevels, "closes: 2026-06-30 22:00", "closes: 2026-06-30 24:00", 1))
	if closes := shanghai(t, "2026-07-01 00:00:00"); midnight.Window.Closes.MS != closes {
		t.Errorf("24:00 is %d, want %d", midnight.Window.Closes.MS, closes)
	}
}

func TestTheShippedContestsAreRight(t *testing.T) {
	contests.Shipped(t)
}

// Each case breaks one thing and names what is said about it.
func TestWhatIsWrongIsNamedByLineAndPath(t *testing.T) {
	cases := []struct{ old, new, want string }{
		// What YAML itself refuses.
		{"title: 安全知识闯关", "title: [", "demo.yaml:2: did not find expected"},
		{"boards:\n", "boards\n", "demo.yaml:20: could not find expected ':'"},
		{"    pass: 3", "\tpass: 3", "demo.yaml:12: found character that cannot start any token"},
		{"title: 安全知识闯关", "title: *none", `demo.yaml:2: unknown anchor 'none' referenced`},
		{"title: 安全知识闯关", "title: 甲\ntitle: 乙", `demo.yaml:3: title: mapping key "title" already defined at line 2`},
		{"contest: demo", "contest: demo\x00", "demo.yaml:1: control characters are not allowed"},
		{"boards:\n", "---\nboards:\n", "demo.yaml:20: a file holds one contest, and here a second document begins"},
		// What is not in the form of a definition.
		{"organizer:", "organiser:", `demo.yaml:3: organiser: "organiser" is not known here`},
		{"    pass: 3", "    passes: 3", `demo.yaml:12: levels[0].passes: "passes" is not known here`},
		{"    pass: 3", "    pass: 三", `demo.yaml:12: levels[0].pass: this must be a whole number, not "三"`},
		{"    pass: 3", "    pass: 2.5", `demo.yaml:12: levels[0].pass: this must be a whole number, not "2.5"`},
		{"    pass: 3", "    pass: 99999999999999999999", `demo.yaml:12: levels[0].pass: this must be a whole number`},
		{"    pass: 3", "    pass: [3]", `demo.yaml:12: levels[0].pass: this must be a whole number`},
		{"title: 第一关", "title: [第一关]", `demo.yaml:8: levels[0].title: this must be a text`},
		{"kinds: [single]", "kinds: single", `demo.yaml:10: levels[0].questions[0].kinds: this must be a list, not "single"`},
		{"daily: true", "daily: 天天", `demo.yaml:21: boards[0].daily: this must be true or false, not "天天"`},
		{"time: {question: 30s, level: 10m}", "time: 30s",
			`demo.yaml:11: levels[0].time: this must be a group of keys, not "30s"`},
		{"question: 30s", "question: 30",
			`demo.yaml:11: levels[0].time.question: "30" is no length of time; write 45s, 5m or 7d`},
		{"time: {question: 30s, level: 10m}", "time: {level: 10m, question: 45}",
			`demo.yaml:11: levels[0].time.question: "45" is no length of time; write 45s, 5m or 7d`},
		// What the rules of definitions refuse.
		{"contest: demo", "contest: 演示", `demo.yaml:1: contest: "演示" must be 1 to 32 of a-z, 0-9 and -`},
		{"contest: demo\n", "", `demo.yaml:1: contest: "" must be`},
		{"title: 安全知识闯关\n", "", "demo.yaml:1: title: the text is missing"},
		{"title: 安全知识闯关", "title: " + strings.Repeat("长", 61), "demo.yaml:2: title: the text is over 60 characters"},
		{"opens: 2026-06-01 08:00", "opens: 六月一日", `demo.yaml:5: window.opens: "六月一日" is no date`},
		{"opens: 2026-06-01 08:00", "opens: day 3", `demo.yaml:5: window.opens: "day 3" is no date; write 2026-06-01 08:00`},
		{"opens: 2026-06-01 08:00", "opens: 2026-07-01", "demo.yaml:5: window.closes: this closes before it opens"},
		{"bank: safety", "bank: safety\ntimezone: 北京", `demo.yaml:5: timezone: "北京" is no time zone`},
		{"bank: safety", "bank: safety\ntimezone: Local", `demo.yaml:5: timezone: "Local" is no time zone`},
		{"bank: safety", "bank: safety\nfeedback: sometimes",
			`demo.yaml:5: feedback: "sometimes" is not one of [each end none]`},
		{"bank: safety", "bank: safety\nplayers: {fields: [" + strings.Repeat("{key: a, label: 甲, kind: text, when: start},",
			13) + "]}",
			"demo.yaml:5: players.fields: there may be 12 fields at most"},
		{"key: second", "key: first", `demo.yaml:13: levels[1].key: another level has the key "first"`},
		{"count: 5", "count: 0", "demo.yaml:10: levels[0].questions[0].count: count must be 1 to 100"},
		{"count: 5", "count: 101", "demo.yaml:10: levels[0].questions[0].count: count must be 1 to 100"},
		{"count: 5", "count: 9223372036854775807", "demo.yaml:10: levels[0].questions[0].count: count must be 1 to 100"},
		{"kinds: [single]", "kinds: [essay]",
			`demo.yaml:10: levels[0].questions[0].kinds[0]: "essay" is no kind of question`},
		{"difficulty: [1, 2]", "difficulty: [1, 6]",
			"demo.yaml:17: levels[1].questions[1].difficulty[1]: difficulty is 1 to 5"},
		{"pass: 3", "pass: 6", "demo.yaml:12: levels[0].pass: pass is the number of right answers needed, 0 to 5"},
		{"pass: 3", "pass: 3\n    score: -1", "demo.yaml:13: levels[0].score: score must be 1 to 4194303"},
		{"pass: 3", "pass: 3\n    score: 4611686018427387905", "demo.yaml:13: levels[0].score: score must be 1 to 4194303"},
		{"pass: 3", "pass: 3\n    score: 838861",
			"demo.yaml:13: levels[0].score: all levels together must come to at most 4194303 points"},
		{"pass: 2", "pass: 2\n    score: 1398101",
			"demo.yaml:19: levels[1].score: all levels together must come to at most 4194303 points"},
		{"max: 2", "max: 1001", "demo.yaml:19: levels[1].attempts.max: attempts must be 1 to 1000"},
		{"per: contest", "per: hour",
			`demo.yaml:19: levels[1].attempts.per: "hour" is not one of [day week month period contest]`},
		{"question: 30s", "question: 2s",
			"demo.yaml:11: levels[0].time.question: the time for a question is 3s (nobody can read one in less) to 24h0m0s"},
		{"question: 30s", "question: 2000000h", "demo.yaml:11: levels[0].time.question: the time for a question is"},
		{"question: 30s", "review: -1s", "demo.yaml:11: levels[0].time.review: review is 0s to 24h0m0s"},
		{"question: 30s", "next: never", `demo.yaml:11: levels[0].time.next: "never" is not one of [timer player]`},
		{"question: 30s", "load: 61s", "demo.yaml:11: levels[0].time.load: load is 0s to 1m0s"},
		{"question: 30s", "large: half", `demo.yaml:11: levels[0].time.large: "half" is not one of [double same]`},
		{"level: 10m", "level: 25h", "demo.yaml:11: levels[0].time.level: a level lasts at most 24h0m0s"},
		{"pass: 2", "pass: 2\n    after: [third]", `demo.yaml:19: levels[1].after[0]: "third" is no level above this one`},
		{"pass: 3", "pass: 3\n    after: [second]", `demo.yaml:13: levels[0].after[0]: "second" is no level above this one`},
		{"pass: 3", "pass: 3\n    place: 海上", `demo.yaml:13: levels[0].place: "海上" is not one of`},
		{"subject: player", "subject: crowd", `demo.yaml:21: boards[0].subject: "crowd" is not one of [player unit team]`},
		{"measure: best", "measure: players",
			"demo.yaml:21: boards[0].measure: players counts people, so it ranks units only"},
		{"daily: true", "level: third", `demo.yaml:21: boards[0].level: "third" is no level`},
		{"measure: best", "measure: points, level: first",
			"demo.yaml:21: boards[0].level: points are earned in the whole contest, not at one level"},
		{"daily: true", "period: month", `demo.yaml:21: boards[0].period: "month" is not one of [week own]`},
		{"daily: true", "period: own",
			"demo.yaml:21: boards[0].period: the contest has no periods; list them in periods"},
		{"daily: true", "daily: true, period: week",
			"demo.yaml:21: boards[0].daily: a board ranks days or rounds; write another board for the days"},
		{"daily: true}", "period: week}\n" +
			"certificates: [{key: c, title: 证书, text: 好, who: {top: {board: total, count: 3}}}]",
			"demo.yaml:22: certificates[0].who.top.board: this board ranks rounds"},
		{"daily: true}", "daily: true}\n" +
			"certificates: [{key: c, title: 证书, text: 好, name: real, who: {passed: [all]}}]",
			"demo.yaml:22: certificates[0].name: no field of players.fields asks everybody for a name"},
		{"daily: true}", "daily: true}\n" +
			"certificates: [{key: c, title: 证书, text: 好, name: both, who: {passed: [all]}}]",
			`demo.yaml:22: certificates[0].name: "both" is not one of [nickname real]`},
		{"pass: 3", "papers: 3",
			"demo.yaml:12: levels[0].papers: papers are of a level with paper: same; otherwise each attempt draws its own"},
		{"pass: 3", "papers: 11", "demo.yaml:12: levels[0].papers: there are 1 to 10 papers"},
		{"daily: true", "answers: 5", "demo.yaml:21: boards[0].answers: answers is of boards by accuracy or time only"},
		{"measure: best", "measure: time, ties: time",
			"demo.yaml:21: boards[0].ties: a board by time has no other time to rank equals by"},
		{"measure: best", "measure: time, least: 5",
			"demo.yaml:21: boards[0].least: accuracy has no least total; say how many answers it takes in answers"},
		{"measure: best", "measure: best, purse: flowers",
			"demo.yaml:21: boards[0].purse: only a board by points can be one of a purse"},
		{"measure: best", "measure: points, purse: flowers",
			`demo.yaml:21: boards[0].purse: "flowers" is no purse`},
		{"measure: best", "measure: accuracy, answers: 100001",
			"demo.yaml:21: boards[0].answers: accuracy is of at least 1 to 100000 answers"},
		{"measure: best", "measure: accuracy, least: 5",
			"demo.yaml:21: boards[0].least: accuracy has no least total; say how many answers it takes in answers"},
		{"subject: player, measure: best", "subject: unit, measure: accuracy, top: 5",
			"demo.yaml:21: boards[0].top: accuracy is of all of a unit, not of its best"},
		{"subject: player, measure: best", "subject: unit, measure: accuracy, average: 4",
			"demo.yaml:21: boards[0].average: the accuracy of fewer than 5 people is not shown; 0 means 5"},
		{"boards:\n", "boards:\n  - {key: a, title: 甲, subject: player, measure: accuracy, answers: 5}\n" +
			"  - {key: b, title: 乙, subject: player, measure: accuracy}\n",
			"demo.yaml:22: boards[1].answers: another board of this measure asks for another number of answers"},
		{"daily: true", "depth: 1", "demo.yaml:21: boards[0].depth: depth is of boards of units only"},
		{"daily: true", "average: 5", "demo.yaml:21: boards[0].average: average is of boards of units only"},
		{"subject: player, measure: best", "subject: unit, average: 5, measure: rate",
			"demo.yaml:21: boards[0].average: rate counts people, so it has no average a head"},
		{"subject: player", "subject: unit, average: 5, top: 4",
			"demo.yaml:21: boards[0].average: only the best 4 of a unit are counted, so no unit has 5"},
		{"subject: player", "subject: unit, average: 1001",
			"demo.yaml:21: boards[0].average: an average is of units with at least 1 to 1000 people; 0 adds up"},
		{"subject: player", "subject: unit, average: 人均",
			"demo.yaml:21: boards[0].average: this must be a whole number, not \"人均\""},
		{"bank: safety", "bank: safety\nunits: [{code: a, name: 甲}, {code: a, name: 乙}]",
			`demo.yaml:5: units[1].code: a unit's code must be unique`},
		{"bank: safety", "bank: safety\nunits:\n- code: a\n  name: 甲\n  children:\n  - code: b\n    headcount: -1",
			"demo.yaml:10: units[0].children[0].headcount: headcount cannot be negative"},
		{"bank: safety", "bank: safety\nrules: ['']", "demo.yaml:5: rules[0]: the text is missing"},
	}
	for _, c := range cases {
		_, err := contest.Parse("demo.yaml", []byte(changed(t, c.old, c.new)))
		if err == nil {
			t.Errorf("%q was taken, want %s", c.new, c.want)
			continue
		}
		if said := strings.Split(err.Error(), "\n"); !slices.ContainsFunc(said, func(line string) bool {
			return strings.HasPrefix(line, c.want)
		}) {
			t.Errorf("%q:\n said %s\n want %s", c.new, err, c.want)
		}
	}
}

func TestEverythingThatIsWrongIsSaidAtOnceAndInTheSameOrder(t *testing.T) {
	text := strings.NewReplacer("contest: demo", "contest: X", "2026-06-01 08:00", "a", "2026-06-30 22:00", "b", "pass: 2",
		"pass: 9").Replace(twoLevels)
	_, err := contest.Parse("demo.yaml", []byte(text))
	var findings contest.Findings
	if !errors.As(err, &findings) || len(findings) != 4 {
		t.Fatalf("said %v, want four findings", err)
	}
	for range 20 {
		if _, again := contest.Parse("demo.yaml", []byte(text)); again.Error() != err.Error() {
			t.Fatalf("said first\n%v\nand then\n%v", err, again)
		}
	}
}

func TestAnEmptyFileIsToldWhatIsMissing(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "---\n", "null", "{}"} {
		_, err := contest.Parse("demo.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), "demo.yaml:1: title: the text is missing") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"contest", "- a", "7"} {
		if _, err := contest.Parse("demo.yaml", []byte(text)); err == nil ||
			!strings.Contains(err.Error(), "demo.yaml:1: this must be a group of keys") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// hostile are files made to take a reader's memory or time.
func hostile() map[string]string {
	doubled := func(format string, n int) string {
		var text strings.Builder
		for i := 1; i < n; i++ {
			fmt.Fprintf(&text, format, i, i-1)
		}
		return text.String()
	}
	tenOf := func(format string) string { return strings.Repeat(format, 10) }
	return map[string]string{
		"open brackets":    "rules: " + strings.Repeat("[", 500_000),
		"nested brackets":  "rules: " + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000),
		"nested braces":    "units: " + strings.Repeat("{a: ", 100_000),
		"nested dashes":    strings.Repeat("- ", 300_000) + "a",
		"question marks":   strings.Repeat("? ", 400_000),
		"aliases of lists": "rules:\n- &a0 [x]\n" + doubled("- &a%[1]d ["+tenOf("*a%[2]d,")+"]\n", 9),
		"aliases of units": "units:\n- &u0 {code: a, name: a}\n" +
			doubled("- &u%[1]d {code: a, name: a, children: ["+tenOf("*u%[2]d,")+"]}\n", 8),
		"alias of itself":   "units: &u\n- {code: a, name: a, children: *u}\n",
		"merges of merges":  "x0: &m0 {k: 1}\n" + doubled("x%[1]d: &m%[1]d {<<: [*m%[2]d, *m%[2]d]}\n", 30),
		"many keys":         strings.Repeat("k: 1\n", 150_000),
		"many keys below":   "window:\n" + doubled("  k%d: %d\n", 60_000),
		"many values":       "rules: [" + strings.Repeat("a,", 500_000) + "]",
		"many wrong values": "rules: [" + strings.Repeat("[],", 60_000) + "]",
		"many wrong units":  "units: [" + strings.Repeat("{},", 90_000) + "]",
		"many anchors":      strings.Repeat("&a ", 300_000),
		"many tags":         strings.Repeat("!a ", 300_000),
		"many documents":    strings.Repeat("---\n", 250_000),
		"many comments":     strings.Repeat("#\n", 500_000),
		"folded lines":      "a: " + strings.Repeat(">\n", 500_000),
		"over a mebibyte":   strings.Repeat("#", 1<<20+1),
	}
}

func TestHostileFilesAreRefusedQuickly(t *testing.T) {
	for name, text := range hostile() {
		began := time.Now()
		_, err := contest.Parse("demo.yaml", []byte(text))
		if err == nil {
			t.Errorf("%s: taken", name)
			continue
		}
		// A hundred times what it takes; before it was bounded it took minutes.
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if len(err.Error()) > 200_000 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
	}
}

var findingForm = regexp.MustCompile(`^demo\.yaml:[1-9]\d*: `)

func FuzzParseTellsTheLineOrReadsAContestThatCanBePlayed(f *testing.F) {
	f.Add(twoLevels)
	f.Add("contest: a\nlevels: [{key: a}]")
	f.Add("units: &u [{code: a, name: a, children: *u}]")
	f.Add("window: {opens: 2026-01-01 00:00}\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := contest.Parse("demo.yaml", []byte(text))
		if err != nil {
			var findings contest.Findings
			if !errors.As(err, &findings) || len(findings) == 0 {
				t.Fatalf("an error of another type: %v", err)
			}
			for _, finding := range findings {
				if !findingForm.MatchString(finding.Error()) || finding.Message == "" {
					t.Errorf("%q does not name its line", finding.Error())
				}
			}
			return
		}
		// Whatever was taken, the rules must be able to work with.
		now := d.Window.Opens.MS
		d.LevelStates(d.Summarize(of(nil), now), now)
		a, _, err := d.NewAttempt(d.Summarize(of(nil), now), d.Levels[0].Key, now, false)
		if err != nil || a.DeadlineAt <= now || a.Ordinal != 1 {
			t.Errorf("the first attempt: %+v, %v", a, err)
		}
		totals(d, of(contest.History{a}), d.Day(now))
	})
}
