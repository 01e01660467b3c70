package compliance_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/testkit/contests"
)

// careful is a contest with prizes that no rule speaks against; tests spoil one
// thing of it.
const careful = `contest: careful
title: 安全知识闯关
organizer: 县应急管理局
contact: 应急管理局宣传科，工作日 8 点到 17 点，电话见公告
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players:
  proof: [phone]
  fields:
    - {key: name, label: 姓名, kind: name, when: claim, why: 核对领奖人}
    - {key: phone, label: 手机号, kind: phone, when: claim, why: 联系领奖}
    - {key: address, label: 地址, kind: address, when: claim, why: 寄送奖品}
levels:
  - {key: quiz, title: 答题, questions: [{count: 5}], pass: 3}
earnings:
  - {key: chance, give: {points: 1}}
boards:
  - {key: units, title: 单位榜, subject: unit, measure: players}
prizes:
  - {key: kit, title: 应急包, value: 5000000, stock: 1, collect: 按填写的地址寄送}
  - {key: data, title: 流量, kind: credit, value: 500, stock: 100}
drawings:
  - {key: final, title: 摇奖, at: 2026-07-02 10:00, prizes: [{prize: kit, count: 1}], source: 7 月 1 日的福利彩票双色球号码}
  - {key: second, title: 流量摇奖, at: 2026-07-03 11:00, prizes: [{prize: data, count: 9}], source: 7 月 1 日的福利彩票 3D 号码}
claims: {fields: [name, phone, address]}
publish: [wechat]
retention: 90d
`

// pot is a live room in which those who are left share a prize of money.
const pot = "  - {key: cash, title: 红包, kind: redpacket, stock: 500}\nlive:\n  - {key: quiz, title: 冲关, " +
	"list: [a], mode: elimination, pot: {prize: cash, total: 616000}}\n"

// codes lists what is found, each as "code path".
func codes(d *contest.Definition) []string {
	var found []string
	for _, c := range compliance.Check(d) {
		found = append(found, c.Code+" "+c.Path)
	}
	return found
}

func TestACarefulContestHasNoConcerns(t *testing.T) {
	if found := codes(contests.Parsed(t, careful)); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

func TestEachConcernIsFoundWhereItStands(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []struct{ old, new, want string }{
		{"{key: chance, give", "{key: chance, for: share, give", "share-reward earnings[0]"},
		{"{key: chance, give", "{key: chance, for: invite, give", "invite-reward earnings[0]"},
		{"at: 2026-07-02", "who: {invited: 3}, at: 2026-07-02", "invite-reward drawings[0].who.invited"},
		{"value: 5000000", "value: 5000001", "top-prize prizes[0].value"},
		{", collect: 按填写的地址寄送", "", "prize-collect prizes[0].collect"},
		{"at: 2026-07-02 10:00, ", "", "drawing-date drawings[0].at"},
		{", source: 7 月 1 日的福利彩票双色球号码", "", "drawing-source drawings[0].source"},
		{"kind: phone, when: claim", "kind: text, when: claim", "delivery prizes[1]"},
		{"kind: address, when: claim", "kind: text, when: claim", "delivery prizes[0]"},
		{"contact: 应急管理局宣传科，工作日 8 点到 17 点，电话见公告\n", "", "contact contact"},
		{"contact: 应急管理局宣传科", "contact: 由主办单位填写咨询电话", "contact contact"},
		{"retention", "assessment: true\nretention", "assessment assessment"},
		{"kind: name, when: claim", "kind: id, when: claim", "id-number players.fields[0]"},
		{"value: 5000000, stock: 1, collect: 按填写的地址寄送", "value: 5000000, stock: 1, kind: voucher",
			"address-asked players.fields[2]"},
		{"kind: phone, when: claim", "kind: phone, when: start", "asked-early players.fields[1].when"},
		{"kind: phone, when: claim", "kind: phone, when: earn", "asked-early players.fields[1].when"},
		{", why: 寄送奖品", "", "field-why players.fields[2].why"},
		{"retention: 90d\n", "", "retention retention"},
		{"drawings:", pot + "drawings:", "live-pot live[0].pot"},
		{"  proof: [phone]\n", "", "unproven-prizes drawings[0]"},
		{"proof: [phone]", "proof: [phone]\n  proven: [pools]", "unproven-prizes drawings[0]"},
		{"proof: [phone]", "proof: [phone, wechat]", "proven-twice players.proof"},
		{"window:", "training: {opens: 2026-05-30, closes: 2026-06-01}\nwindow:", "training-bank training"},
		{"drawings:\n", cash + "200000}}\n", "huge-share drawings[0].pot"},
		{"pass: 3}", "pass: 3}\n  - {key: try, title: 练, practice: true, questions: [{count: 5}]}", "training-bank levels[1].practice"},
		{"players:\n", "players:\n  ages: {minors: true}\n", "minors players.ages"},
		{"players:\n", "players:\n  ages: {least: 13}\n", "minors players.ages"},
		// What is promised and cannot be kept.
		{"give: {points: 1}", "give: {chances: 1}", "no-chance earnings[0].give.chances"},
		{"drawings:", "pools: [{key: p, title: 抽, prizes: [{prize: data, odds: 1000}]}]\ndrawings:", "no-chance pools[0]"},
		{"title: 流量, kind: credit", "title: 流量, kind: credit, price: 5", ""},
		{"prize: kit, count: 1", "prize: kit, count: 2", "over-stock prizes[0].stock"},
		{"at: 2026-07-02", "every: day, at: 2026-06-02", "over-stock prizes[0].stock"},
		{"drawings:", "pools: [{key: p, title: 抽, prizes: [{prize: data, odds: 5}]}]\ndrawings:", "tiny-odds pools[0].prizes"},
		{"{key: quiz, ", "{key: quiz, opens: 2026-07-01, ", "level-outside levels[0].opens"},
		{"{key: quiz, ", "{key: early, title: 早, opens: 2026-05-01, closes: 2026-05-02, questions: [{count: 1}]}\n  - {key: quiz, ",
			"level-outside levels[0].closes"},
		{"players:\n", "players:\n  unit: {ask: required, label: 单位}\n", "no-units players.unit"},
		{"give: {points", "when: {least: 6}, give: {points", "beyond-reach earnings[0].when.least"},
		{"at: 2026-07-02", "who: {score: 600}, at: 2026-07-02", "beyond-reach drawings[0].who.score"},
		{"pass: 3}", "steps: {goal: 2, back: 1}}\ncertificates: [{key: c, title: 证, text: 好, who: {full: true}}]",
			"beyond-reach certificates[0].who.full"},
		{"give: {points: 1}", "when: {result: full}, give: {points: 1}", ""},
		// Spots: what they are good for, and whether anybody comes to what they open.
		{"drawings:", "spots: [{key: s, title: 展位}]\ndrawings:", "ignored spots[0]"},
		{"earnings:", "spots: [{key: s, title: 展位}]\nearnings:\n  - {key: f, for: found, give: {points: 1}}",
			"forwarded-code spots[0]"},
		{"earnings:", "spots: [{key: s, title: 展位, daily: true}]\nearnings:\n  - {key: f, for: found, give: {points: 1}}", ""},
		{"earnings:", "spots: [{key: s, title: 展位, hours: 09:00-17:00}]\nearnings:\n  - {key: f, for: found, give: {points: 1}}",
			""},
		{"earnings:", "earnings:\n  - {key: f, for: found, give: {points: 1}}", "beyond-reach earnings[0].for"},
		{"pass: 3}", "pass: 3, after: [{spot: s}]}\nspots: [{key: s, title: 展位, opens: 2026-07-01}]", "beyond-reach levels[0]"},
		{"pass: 3}", "pass: 3}\n  - {key: two, title: 二, questions: [{count: 5}], unlock: any, after: [quiz, {spot: s}]}\n" +
			"spots: [{key: s, title: 展位, opens: 2026-07-01}]", "beyond-reach spots[0]"},
		{"pass: 3}", "pass: 3}\n  - {key: far, title: 远, opens: 2026-06-02, closes: 2026-06-03, questions: [{count: 5}]}\n" +
			"  - {key: late, title: 晚, opens: 2026-06-01, closes: 2026-06-02, questions: [{count: 5}]}", "beyond-reach levels[2]"},
		{"pass: 3}", "pass: 3}\n  - {key: two, title: 二, questions: [{count: 5}]}\nattempts: [{max: 1, per: contest, of: levels}]",
			"beyond-reach levels[1]"},
		{"pass: 3}", "pass: 3}\n  - {key: two, title: 二, opens: 2026-06-10, after: [{level: quiz, same: day}], " +
			"questions: [{count: 5}]}", ""},
		{"pass: 3}", "pass: 3, closes: 2026-06-09}\n  - {key: two, title: 二, opens: 2026-06-10, after: [{level: quiz, same: day}], " +
			"questions: [{count: 5}]}", "beyond-reach levels[1]"},
		{"bank: safety\n", "bank: safety\nperiods: [{title: 早, opens: 2026-05-01, closes: 2026-05-02}]\n", "beyond-reach periods[0]"},
		{"pass: 3}", "pass: 0}\nattempts: [{max: 9}]", ""},
		{"pass: 3}\nearnings:\n  - {key: chance, ", "}\nearnings:\n  - {key: chance, when: {result: failed}, ", "beyond-reach earnings[0].when"},
		{"{key: chance, ", "{key: chance, when: {result: passed, below: 3}, ", "beyond-reach earnings[0].when"},
		{"{key: chance, ", "{key: chance, when: {result: passed, below: 4}, ", ""},
		{"{key: chance, ", "{key: chance, each: {correct: 6}, ", "beyond-reach earnings[0].each.correct"},
		{"{key: chance, ", "{key: chance, for: pledge, ", "beyond-reach earnings[0].for"},
		{"at: 2026-07-02", "who: {points: 31}, at: 2026-07-02", ""},
		{"boards:\n", "caps: [{max: 1, per: day}]\nboards:\n", ""},
		{"boards:\n", "caps: [{max: 1, per: day}]\ncertificates: [{key: c, title: 证, text: 好, who: {points: 31}}]\nboards:\n",
			"beyond-reach certificates[0].who.points"},
		{"give: {points: 1}", "for: checkin, give: {tries: 1}", ""},
		{"at: 2026-07-02", "who: {pledged: true}, at: 2026-07-02", "beyond-reach drawings[0].who.pledged"},
		{"at: 2026-07-02", "who: {finished: 91}, at: 2026-07-02", "beyond-reach drawings[0].who.finished"},
		{"at: 2026-07-02", "who: {finished: 90}, at: 2026-07-02", ""},
		{"at: 2026-07-02", "every: day, who: {finished: 4}, at: 2026-06-02", "beyond-reach drawings[0].who.finished"},
		{"boards:\n", "cards: [{key: a, title: 甲}]\ncertificates: [{key: c, title: 证, text: 好, who: {cards: 1}}]\nboards:\n",
			"beyond-reach certificates[0].who.cards"},
		{"at: 2026-07-02", "at: 2026-05-31", "beyond-reach drawings[0].at"},
		{"drawings:", "pools: [{key: p, title: 抽, closes: 2026-06-01, prizes: [{prize: data, odds: 10000}]}]\ndrawings:",
			"beyond-reach pools[0].closes"},
		{"drawings:", "pools: [{key: p, title: 抽, prizes: [{prize: data, odds: 0}]}]\ndrawings:", "beyond-reach pools[0].prizes[0].odds"},
		{"drawings:", "pools: [{key: p, title: 抽, closes: 2026-06-20, prizes: [{prize: data, odds: 10000, " +
			"release: [{at: 2026-06-21, units: 5}]}]}]\ndrawings:", "beyond-reach pools[0].prizes[0].release"},
		{"drawings:", "pools: [{key: p, title: 抽, prizes: [{prize: data, odds: 10000, " +
			"release: [{units: 92}]}]}]\ndrawings:", "over-stock prizes[1].stock"},
		{"value: 500, stock: 100", "value: 500, price: 5, stock: 9", "over-stock prizes[1].stock"},
		{"prizes:\n", "prizes:\n  - {key: cup, title: 杯, value: 500, stock: 100, collect: 来领}\n", "unused prizes[0]"},
		{"boards:\n", "certificates: [{key: c, title: 证, text: 好, who: {score: 20}}]\nboards:\n", "contradicts certificates[0].who.score"},
		{"boards:\n", "certificates: [{key: c, title: 证, text: 好, who: {score: 30}}]\nboards:\n", ""},
		{"boards:\n", certified("best: {level: quiz, score: 51}"), "beyond-reach certificates[0].who.best.score"},
		{"boards:\n", certified("best: {level: quiz, score: 50}"), ""},
		{"boards:\n", certified("best: {level: quiz, score: 20}"), "contradicts certificates[0].who.best.score"},
		{"boards:\n", certified("best: {level: quiz, score: 21}"), ""},
		{"boards:\n", certified("best: {level: quiz, right: 2}"), "contradicts certificates[0].who.best.right"},
		{"boards:\n", certified("best: {level: quiz, right: 2}, passed: [quiz]"), ""},
		{"boards:\n", certified("best: {level: quiz, right: 3}"), ""},
		{"boards:\n", certified("best: {level: quiz, share: 40}"), "contradicts certificates[0].who.best.share"},
		{"boards:\n", certified("best: {level: quiz, share: 41}"), ""},
		{"boards:\n", graded("best: {level: quiz, right: 5}", "best: {level: quiz, share: 60}"), ""},
		{"boards:\n", graded("best: {level: quiz, share: 60}", "best: {level: quiz, right: 5}"),
			"beyond-reach certificates[1].who"},
		{"boards:\n", graded("best: {level: quiz, share: 60}", "best: {level: quiz, right: 3}"),
			"beyond-reach certificates[1].who"},
		{"boards:\n", graded("passed: [quiz]", "passed: [all], finished: 3"), "beyond-reach certificates[1].who"},
		{"boards:\n", graded("best: {level: quiz, score: 50}", "best: {level: quiz, right: 5}"), ""}, // cannot be told
		{"boards:\n", strings.Replace(certified("passed: [quiz]"), "text: 好", "text: 好, grade: g", 1),
			"ignored certificates[0].grade"},
		{"pass: 3}", "steps: {goal: 2, back: 1}}\n" +
			"certificates: [{key: c, title: 证, text: 好, who: {best: {level: quiz, share: 81}}}]",
			"beyond-reach certificates[0].who.best.share"},
		{"pass: 3}", "steps: {goal: 2, back: 1}}\n" +
			"certificates: [{key: c, title: 证, text: 好, who: {best: {level: quiz, right: 5}}}]",
			"beyond-reach certificates[0].who.best.right"},
		{"pass: 3}", "pass: 3, attempts: {max: 0}}\nattempts: [{max: 3, firm: true}]", ""},
		{"{key: chance, give: {points: 1}}", "{key: chance, give: {points: 1}}\n  - {key: more, for: share, give: {tries: 1}}", "share-reward earnings[1]"},
		{"pass: 3}\nearnings:\n", "pass: 3, attempts: {max: 0}}\nearnings:\n  - {key: more, for: checkin, give: {tries: 1}}\n",
			"ignored earnings[0].give.tries"},
		{"subject: unit, measure: players", "subject: player, measure: best, least: 3", ""},
		{"measure: players}", "measure: players, level: quiz, period: week}", ""},
		{"measure: players}", "measure: best, average: 1}", "lone-average boards[0].average"},
		{"measure: players}", "measure: best, average: 2}", ""},
		{"pass: 3}\nearnings:\n  - {key: chance, give: {points: 1}}\nboards:\n",
			"pass: 3}\n  - {key: late, title: 晚, after: [], opens: 2026-07-02, closes: 2026-07-03, questions: [{count: 1}]}" +
				"\nearnings:\n  - {key: chance, give: {points: 1}}\nboards:\n" +
				"  - {key: b, title: 晚榜, subject: player, measure: best, level: late}\n", "ignored boards[0].level"},
	} {
		if !strings.Contains(careful, c.old) {
			t.Fatalf("the definition does not hold %q", c.old)
		}
		d := contests.Parsed(t, strings.Replace(careful, c.old, c.new, 1))
		if found := codes(d); !slices.Contains(found, c.want) && (c.want != "" || len(found) > 0) {
			t.Errorf("%q: found %v, want %s", c.new, found, c.want)
		}
		if c.want == "" {
			continue
		}
		code, _, _ := strings.Cut(c.want, " ")
		seen[code] = true
	}
	noPrizes := careful[:strings.Index(careful, "prizes:")] + "publish: [wechat]\nretention: 90d\n"
	if found := codes(contests.Parsed(t, noPrizes)); !slices.Contains(found, "not-needed players.fields[0]") {
		t.Errorf("without prizes: found %v", found)
	}
	d := contests.Parsed(t, careful)
	if past := compliance.Past(d, d.Window.Closes.MS); len(past) != 1 || past[0].Code != "past" ||
		len(compliance.Past(d, d.Window.Closes.MS-1)) > 0 {
		t.Errorf("a window in the past: %+v", past)
	}
	seen["not-needed"], seen["division-locked"], seen["no-points"], seen["past"] = true, true, true, true
	seen["hurried"] = true // TestASlowReaderHasTheTimeToReadEveryQuestion
	codes := contest.ConcernCodes()
	for _, code := range codes {
		if !seen[code] {
			t.Errorf("%s is shown by no case", code)
		}
	}
	for code := range seen {
		if !slices.Contains(codes, code) {
			t.Errorf("a definition cannot accept %s", code)
		}
	}
}

func TestADivisionThatCanPlayNothingIsFound(t *testing.T) {
	locked := strings.NewReplacer("players:\n", "players:\n  divisions: [{key: x, title: 甲组}, {key: y, title: 乙组}]\n",
		"pass: 3}", "divisions: [x]}\n  - {key: next, title: 下一关, questions: [{count: 5}]}").Replace(careful)
	if found := codes(contests.Parsed(t, locked)); !slices.Contains(found, "division-locked players.divisions[1]") {
		t.Errorf("found %v", found)
	}
	bought := strings.NewReplacer("kind: credit", "kind: credit, price: 5", "give: {points: 1}", "give: {tries: 1}").
		Replace(careful)
	if found := codes(contests.Parsed(t, bought)); !slices.Contains(found, "no-points prizes[1].price") {
		t.Errorf("a shop without points: found %v", found)
	}
	open := strings.Replace(locked, "title: 下一关,", "title: 下一关, after: [],", 1)
	if found := codes(contests.Parsed(t, open)); len(found) > 0 {
		t.Errorf("a level of its own: found %v", found)
	}
}

func TestAPotIsAConcernWhereItIsWorthMoneyAndMoreWithoutPhones(t *testing.T) {
	withPot := strings.Replace(careful, "drawings:", pot+"drawings:", 1)
	said := func(text string) (told string) {
		for _, c := range compliance.Check(contests.Parsed(t, text)) {
			if c.Code == "live-pot" {
				told += c.Message
			}
		}
		return told
	}
	if told := said(withPot); told == "" || strings.Contains(told, "手机号") {
		t.Errorf("a pot of money whose winners tell their phone: %q", told)
	}
	if told := said(strings.Replace(withPot, "kind: phone", "kind: text", 1)); !strings.Contains(told, "问手机号") {
		t.Errorf("a pot of money without phones: %q", told)
	}
	points := strings.Replace(withPot, "kind: redpacket", "kind: points", 1)
	if told := said(points); told != "" {
		t.Errorf("a pot of points that buy nothing: %q", told)
	}
	if told := said(strings.Replace(points, "kind: credit", "kind: credit, price: 5", 1)); told == "" {
		t.Error("a pot of points that buy a prize is no concern")
	}
}

func TestWhatIsNoneOfTheRulesBusinessIsLeftAlone(t *testing.T) {
	for name, change := range map[string][2]string{
		"a share tree and thanks": {"publish:", "share: {tree: true}\npublish:"},
		"a rewarded share outside WeChat": {"  - {key: chance, give: {points: 1}}",
			"  - {key: chance, for: share, give: {points: 1}}"},
		"a dear prize that points buy": {"prizes: [{prize: kit, count: 1}]", "prizes: [{prize: data, count: 1}]"},
		"a phone asked early where wins need it": {"drawings:",
			"pools: [{key: p, title: 抽奖, prizes: [{prize: data, odds: 1000}], limits: [{by: phone, max: 1}]}]\ndrawings:"},
		"a training that tells no answers": {"window:",
			"feedback: none\ntraining: {opens: 2026-05-30, closes: 2026-06-01}\nwindow:"},
		"people of 14 and over": {"players:\n", "players:\n  ages: {least: 14}\n"},
	} {
		text := strings.Replace(careful, change[0], change[1], 1)
		switch {
		case strings.Contains(name, "outside"):
			text = strings.Replace(text, "publish: [wechat]", "publish: [web]", 1)
		case strings.Contains(name, "dear"):
			text = strings.Replace(text, "value: 5000000", "value: 9000000, price: 500", 1)
		case strings.Contains(name, "early"):
			text = strings.Replace(text, "kind: phone, when: claim", "kind: phone, when: earn", 1)
			text = strings.Replace(text, "give: {points: 1}", "give: {chances: 1}", 1)
		}
		if found := codes(contests.Parsed(t, text)); len(found) > 0 {
			t.Errorf("%s: found %v", name, found)
		}
	}
}

func TestAConcernThatSomebodyAnswersForStaysVisibleAndNoLongerStopsAnything(t *testing.T) {
	shared := strings.Replace(careful, "{key: chance, give", "{key: chance, for: share, give", 1)
	open := compliance.Open(compliance.Check(contests.Parsed(t, shared)))
	if len(open) != 1 || open[0].Code != "share-reward" {
		t.Fatalf("open: %+v", open)
	}
	d := contests.Parsed(t, shared+"accept: [{finding: share-reward, by: 王主任, why: 只在会场的屏幕上分享}]\n")
	all := compliance.Check(d)
	if len(all) != 1 || all[0].Accepted == nil || all[0].Accepted.By != "王主任" || len(compliance.Open(all)) > 0 {
		t.Errorf("found %+v", all)
	}
	if _, err := contest.Parse("careful.yaml",
		[]byte(careful+"accept: [{finding: share-rewards, by: 王主任, why: 写错了}]\n")); err == nil {
		t.Error("an accepted concern that does not exist was taken")
	}
}

func TestEveryConcernSaysWhatToDoAndWhatItRestsOn(t *testing.T) {
	d := contests.Parsed(t, strings.NewReplacer("kind: name, when: claim, why: 核对领奖人", "kind: id, when: start",
		"retention: 90d\n", "assessment: true\n").Replace(careful))
	for _, c := range compliance.Check(d) {
		if c.Message == "" || !strings.Contains(c.Rule, "《") || c.Severity != compliance.Warning &&
			c.Severity != compliance.Serious {
			t.Errorf("%+v", c)
		}
	}
}

func TestNothingSeriousIsOpenInWhatShipsAndNothingAtAllInTheFirstContest(t *testing.T) {
	for name, d := range contests.Shipped(t) {
		if open := compliance.Open(compliance.Check(d)); len(open) > 0 {
			t.Errorf("%s: %+v", name, open)
		}
		for _, c := range compliance.Check(d) {
			if name == "workmonth" {
				t.Errorf("%s: %+v", name, c)
			}
			// The telephone number is the one thing that an example cannot know.
			if c.Accepted == nil && c.Code != "contact" {
				t.Errorf("%s: nobody answers for %+v", name, c)
			}
		}
	}
}

func TestEveryWayToAPrizeOfWorthWithoutProofIsNamed(t *testing.T) {
	const ways = `  - {key: cash, title: 红包, kind: redpacket, stock: 500}
  - {key: bag, title: 布袋, kind: goods, stock: 5, price: 9, collect: 到社区领取}
  - {key: film, title: 电影票, kind: voucher, stock: 5}
  - {key: points, title: 积分, kind: points, value: 5, stock: 5}
pools:
  - {key: film, title: 电影票, prizes: [{prize: film, odds: 1}]}
  - {key: points, title: 积分, prizes: [{prize: points, odds: 1}]}
live:
  - {key: cash, title: 冲关, list: [a], mode: elimination, pot: {prize: cash, total: 616000}}
  - {key: points, title: 再冲关, list: [a], mode: elimination, pot: {prize: points, total: 10}}
drawings:`
	all := strings.NewReplacer("drawings:", ways,
		"earnings:\n", "earnings:\n  - {key: brought, for: invite, give: {chances: 1}}\n",
		"at: 2026-07-02", "who: {invited: 3}, at: 2026-07-02").Replace(careful)
	unproven := func(text string) (paths []string) {
		for _, c := range compliance.Check(contests.Parsed(t, text)) {
			if c.Code == "unproven-prizes" {
				paths = append(paths, c.Path)
			}
		}
		slices.Sort(paths)
		return paths
	}
	want := []string{"drawings[0]", "drawings[0].who.invited", "drawings[1]", "earnings[0]", "live[0].pot", "pools[0]",
		"prizes[3].price"}
	if found := unproven(strings.Replace(all, "  proof: [phone]\n", "", 1)); !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
	if found := unproven(all); len(found) > 0 {
		t.Errorf("with proof: found %v", found)
	}
	most := strings.Replace(all, "proof: [phone]", "proof: [phone]\n  proven: [pools, shop, drawings, pots]", 1)
	if found := unproven(most); !slices.Equal(found, []string{"drawings[0].who.invited", "earnings[0]"}) {
		t.Errorf("with proof of all but invitees: found %v", found)
	}
}

func TestPointsAndCertificatesNeedNoProof(t *testing.T) {
	for _, c := range compliance.Check(contests.Parsed(t, contests.Text(t, "workmonth"))) {
		if c.Code == "unproven-prizes" || c.Code == "proven-twice" {
			t.Errorf("the shipped contest: %+v", c)
		}
	}
}

// certified is a certificate for a condition, above the boards.
func certified(who string) string {
	return "certificates: [{key: c, title: 证, text: 好, who: {" + who + "}}]\nboards:\n"
}

// graded are two certificates of one grade, the better first, above the boards.
func graded(better, lesser string) string {
	return "certificates:\n  - {key: a, title: 优秀, text: 好, grade: g, who: {" + better + "}}\n" +
		"  - {key: b, title: 合格, text: 好, grade: g, who: {" + lesser + "}}\nboards:\n"
}

func TestWeeksAreQuestionedInAContestThatIsHardlyLonger(t *testing.T) {
	for closes, questioned := range map[string]bool{"2026-06-08 22:00": true, "2026-06-09 08:00": false} {
		d := contests.Parsed(t, strings.NewReplacer("2026-06-30 22:00", closes, "measure: players}",
			"measure: players, period: week}").Replace(careful))
		if found := codes(d); slices.Contains(found, "ignored boards[0].period") != questioned {
			t.Errorf("until %s: %v", closes, found)
		}
	}
}
