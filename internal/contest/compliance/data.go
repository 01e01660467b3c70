package compliance

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// fields visits the fields of some kinds with their paths; none names all.
func fields(d *contest.Definition, visit func(path string, f contest.Field), kinds ...contest.FieldKind) {
	for i, field := range d.Players.Fields {
		if len(kinds) == 0 || slices.Contains(kinds, field.Kind) {
			visit(fmt.Sprintf("players.fields[%d]", i), field)
		}
	}
}

func identityNumbers(d *contest.Definition, found finder) {
	fields(d, func(path string, f contest.Field) {
		found(path, "“%s”是身份证号，答题和发奖一般用不到。请改问姓名和手机号", f.Label)
	}, contest.FieldID)
}

func needlessAddresses(d *contest.Definition, found finder) {
	if slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return p.Kind == contest.PrizeGoods }) {
		return
	}
	fields(d, func(path string, f contest.Field) {
		found(path, "没有要寄的奖品，不需要问“%s”", f.Label)
	}, contest.FieldAddress)
}

func needlessFields(d *contest.Definition, found finder) {
	if len(d.Prizes) > 0 || len(d.Certificates) > 0 {
		return
	}
	fields(d, func(path string, f contest.Field) {
		found(path, "没有奖品和证书，不需要问“%s”", f.Label)
	}, contest.FieldName, contest.FieldPhone)
}

// earlyFields finds what only winners must tell and everybody is asked for. A
// pool that counts wins by phone or address needs it before the draw.
func earlyFields(d *contest.Definition, found finder) {
	if len(d.Prizes) == 0 {
		return
	}
	fields(d, func(path string, f contest.Field) {
		if f.When != contest.WhenClaim && !winsCountedBy(d, f.Kind) && !d.PrintsName(f) {
			found(path+".when", "“%s”只有领奖用得到，却要每个参赛者先填。请把“什么时候问”改为“只问中奖的人”，再在“中奖的人要填”里选上它", f.Label)
		}
	}, contest.FieldName, contest.FieldPhone, contest.FieldAddress)
}

func winsCountedBy(d *contest.Definition, kind contest.FieldKind) bool {
	return slices.ContainsFunc(d.Pools, func(p contest.PrizePool) bool {
		return slices.ContainsFunc(p.Limits, func(l contest.WinLimit) bool {
			return l.By == contest.ByPhone && kind == contest.FieldPhone || l.By == contest.ByAddress &&
				kind == contest.FieldAddress
		})
	})
}

func unexplainedFields(d *contest.Definition, found finder) {
	fields(d, func(path string, f contest.Field) {
		if strings.TrimSpace(f.Why) == "" {
			found(path+".why", "没有写为什么要填“%s”", f.Label)
		}
	})
}

func keptForEver(d *contest.Definition, found finder) {
	if d.Retention == 0 && len(d.Players.Fields) > 0 {
		found("retention", "没有写个人信息保存多久。请填“个人信息保存多久”，如 90d，到期程序自动删除")
	}
}

// minorsAsked finds personal data asked of children; the law's age is 14, and a
// contest that addresses people under 18 cannot tell them apart.
func minorsAsked(d *contest.Definition, found finder) {
	const lawsAge = 14
	ages := d.Players.Ages
	if (ages.Minors || ages.Least > 0 && ages.Least < lawsAge) && len(d.Players.Fields) > 0 {
		found("players.ages", "活动面向未成年人，又要填个人信息。请勾上“面向未成年人”，页面会先请监护人同意；请另写未成年人信息的处理规则，或改为不收集、由学校统一领奖")
	}
}
