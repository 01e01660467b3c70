// Package compliance says what a law or a platform's rule speaks against in a
// contest definition, or asks for: rewarded shares, prizes over the limit, personal
// data that nobody needs; and what the definition promises and cannot keep (works.go).
// A serious concern keeps the contest from being applied until the organizer answers for
// it by name. Nothing here is stored or changed.
package compliance

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// Severity is how much hangs on a concern.
type Severity string

// The severities. A serious one must be accepted by name before the contest is
// applied.
const (
	Warning Severity = "warning"
	Serious Severity = "serious"
)

// Concern is something in a definition that a law or a platform's rule speaks
// against, or asks for. Unlike a contest.Finding it may be right as it is: the organizer
// answers for it by name with an entry of `accept`.
type Concern struct {
	Code     string // what `accept` names
	Path     string // as earnings[2]
	Severity Severity
	Message  string // Chinese: what is the matter and what would mend it
	Rule     string // Chinese: what it rests on
	Accepted *contest.Accepted
}

// Open reports whether the concern keeps the contest from being applied.
func (c Concern) Open() bool { return c.Severity == Serious && c.Accepted == nil }

// What concerns rest on. Articles are named where their text is settled; the law
// on unfair competition was numbered anew in 2025, so it is cited by its subject.
const (
	ruleWeChat     = "微信《外部链接内容管理规范》：不得以金钱、奖品、积分、抽奖机会等利诱用户分享"
	rulePromotion  = "《规范促销行为暂行规定》第十三条：有奖活动应当事先公布奖品、开奖、兑奖办法和主办方联系方式"
	ruleTopPrize   = "现行《反不正当竞争法》关于有奖销售的规定和《规范促销行为暂行规定》：抽奖的最高奖不得超过五万元"
	ruleAssessment = "《整治形式主义为基层减负若干规定》和《关于防治“指尖上的形式主义”的若干意见》：防止滥用排名，答题的成绩和参与率不用于通报和考评"
	ruleMinimal    = "《个人信息保护法》第六条：收集个人信息应当限于实现目的的最小范围"
	ruleTold       = "《个人信息保护法》第十七条：应当告知处理者的联系方式和处理个人信息的目的"
	ruleKept       = "《个人信息保护法》第十七条、第十九条：保存期限应当告知，并且是实现目的所必要的最短时间"
	ruleWorks      = "说到做到的要求，不是某一条法律：规则里写了的，就要有人得得到"
	ruleFair       = "公平的要求，不是某一条法律：奖品按公布的规则发给真实的人，假身份多得的，就是别人少得的"
	ruleMinors     = "《个人信息保护法》第三十一条：处理不满十四周岁未成年人的个人信息，应当取得监护人同意，并制定专门规则"
)

// highestTopPrize is the most that chance may give, in cents.
const highestTopPrize = 50_000_00

// finder notes one concern: where, what is the matter, and what would mend it.
type finder func(path, message string, args ...any)

// concerns are all that Check looks for, by code.
var concerns = []struct {
	code     string
	severity Severity
	rule     string
	find     func(d *contest.Definition, found finder)
}{
	{"share-reward", Serious, ruleWeChat, rewardedShares},
	{"invite-reward", Warning, ruleWeChat, rewardedInvitations},
	{"top-prize", Serious, ruleTopPrize, topPrizes},
	{"prize-collect", Warning, rulePromotion, uncollected},
	{"drawing-date", Serious, rulePromotion, undatedDrawings},
	{"drawing-source", Serious, rulePromotion, sourcelessDrawings},
	{"delivery", Warning, rulePromotion, undeliverable},
	{"live-pot", Serious, rulePromotion, livePots},
	{"huge-share", Warning, ruleWorks, hugeShares},
	{"unproven-prizes", Serious, ruleFair, unprovenPrizes},
	{"training-bank", Warning, ruleFair, trainedOnWhatCounts},
	{"proven-twice", Warning, ruleFair, provenTwice},
	{"contact", Warning, rulePromotion + "；" + ruleTold, missingContact},
	{"assessment", Serious, ruleAssessment, assessing},
	{"id-number", Serious, ruleMinimal, identityNumbers},
	{"address-asked", Warning, ruleMinimal, needlessAddresses},
	{"not-needed", Warning, ruleMinimal, needlessFields},
	{"asked-early", Warning, ruleMinimal, earlyFields},
	{"field-why", Warning, ruleTold, unexplainedFields},
	{"retention", Warning, ruleKept, keptForEver},
	{"minors", Serious, ruleMinors, minorsAsked},
	{"no-chance", Warning, ruleWorks, unreachedPools},
	{"no-points", Warning, ruleWorks, uselessShop},
	{"over-stock", Warning, ruleWorks, overdrawn},
	{"tiny-odds", Warning, ruleWorks, tinyOdds},
	{"level-outside", Warning, ruleWorks, outsideLevels},
	{"division-locked", Serious, ruleWorks, lockedDivisions},
	{"no-units", Warning, ruleWorks, absentUnits},
	{"beyond-reach", Warning, ruleWorks, unmetConditions},
	{"beyond-reach", Warning, ruleWorks, unreachedLevels},
	{"beyond-reach", Warning, ruleWorks, neverGiven},
	{"beyond-reach", Warning, ruleWorks, uselessMakeup},
	{"beyond-reach", Warning, ruleWorks, uselessPurses},
	{"beyond-reach", Warning, ruleWorks, lowCaps},
	{"beyond-reach", Warning, ruleWorks, deadPools},
	{"beyond-reach", Warning, ruleWorks, emptyDrawings},
	{"beyond-reach", Warning, ruleWorks, emptyLists},
	{"public-list", Warning, ruleWorks, unfilledLists},
	{"public-list", Warning, ruleFair, tellingLists},
	{"beyond-reach", Warning, ruleWorks, deadSpots},
	{"forwarded-code", Warning, ruleFair, forwardedCodes},
	{"unused", Warning, ruleWorks, unusedPrizes},
	{"contradicts", Warning, ruleWorks, contradictingCertificates},
	{"contradicts", Warning, ruleWorks, contradictingBests},
	{"beyond-reach", Warning, ruleWorks, deadGrades},
	{"ignored", Warning, ruleWorks, idleGrades},
	{"ignored", Warning, ruleWorks, ignoredBoards},
	{"lone-average", Warning, ruleWorks, loneAverages},
	{"ignored", Warning, ruleWorks, uselessTries},
	{"ignored", Warning, ruleWorks, idleSpots},
}

// Check lists what in the definition a rule speaks against, accepted or not.
func Check(d *contest.Definition) []Concern {
	var all []Concern
	for _, c := range concerns {
		c.find(d, func(path, message string, args ...any) {
			all = append(all, Concern{Code: c.code, Path: path, Severity: c.severity,
				Message: fmt.Sprintf(message, args...), Rule: c.rule,
				Accepted: accepted(d, c.code)})
		})
	}
	return all
}

// Open keeps the serious concerns that nobody answers for.
func Open(all []Concern) []Concern {
	return slices.DeleteFunc(slices.Clone(all), func(c Concern) bool { return !c.Open() })
}

// Past warns of a contest that is over before it begins, by a clock (UTC ms). It is apart
// from Check, which looks at the definition alone.
func Past(d *contest.Definition, now int64) []Concern {
	if now < d.Window.Closes.MS {
		return nil
	}
	return []Concern{{Code: "past", Path: "window.closes", Severity: Warning, Rule: ruleWorks,
		Accepted: accepted(d, "past"), Message: "活动时间已经过去，谁也不能答题。请改 window 里的时间"}}
}

func accepted(d *contest.Definition, code string) *contest.Accepted {
	for i := range d.Accept {
		if d.Accept[i].Finding == code {
			return &d.Accept[i]
		}
	}
	return nil
}

func rewardedShares(d *contest.Definition, found finder) {
	rewards(d, contest.DeedShare, func(path string) {
		found(path, "微信里的分享不能给奖励，链接可能被封。可以改为奖励答题；展示分享关系、表示感谢没有问题")
	})
}

func rewardedInvitations(d *contest.Definition, found finder) {
	const message = "邀请朋友得奖励，在微信里有被当作诱导分享的风险。可以改为奖励朋友自己参加，或只表示感谢"
	rewards(d, contest.DeedInvite, func(path string) { found(path, message) })
	if !slices.Contains(d.Publish, "wechat") {
		return
	}
	for i := range d.Drawings {
		if d.Drawings[i].Who.Invited > 0 {
			found(fmt.Sprintf("drawings[%d].who.invited", i), message)
		}
	}
}

// rewards visits the earnings for a deed, where the contest is made known in
// WeChat, whose rules these are.
func rewards(d *contest.Definition, deed contest.DeedKind, visit func(path string)) {
	if !slices.Contains(d.Publish, "wechat") {
		return
	}
	for i := range d.Earnings {
		if d.Earnings[i].For == deed {
			visit(fmt.Sprintf("earnings[%d]", i))
		}
	}
}

func assessing(d *contest.Definition, found finder) {
	ranksUnits := slices.ContainsFunc(d.Boards, func(b contest.Board) bool { return b.Subject == contest.SubjectUnit })
	if d.Assessment && ranksUnits {
		found("assessment", "单位的排名用于考核，会让基层为名次应付。请取消“单位的名次用来考核工作”，排名只作展示")
	}
}

// placeholder is what the shipped examples hold in place of a contact.
const placeholder = "由主办单位填写"

func missingContact(d *contest.Definition, found finder) {
	if len(d.Prizes) == 0 && len(d.Players.Fields) == 0 {
		return
	}
	if contact := strings.TrimSpace(d.Contact); contact == "" || strings.Contains(contact, placeholder) {
		found("contact", "没有写咨询电话。有奖品或收集个人信息的活动，要写清怎样联系主办单位")
	}
}
