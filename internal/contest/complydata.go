package contest

import (
	"fmt"
	"slices"
	"strings"
)

// fields visits the fields of some kinds with their paths; none names all.
func (d *Definition) fields(visit func(path string, f Field), kinds ...FieldKind) {
	for i, field := range d.Players.Fields {
		if len(kinds) == 0 || slices.Contains(kinds, field.Kind) {
			visit(fmt.Sprintf("players.fields[%d]", i), field)
		}
	}
}

func identityNumbers(d *Definition, found func(path, message string, args ...any)) {
	d.fields(func(path string, f Field) {
		found(path, "%s是身份证号，答题和发奖一般用不到。请改问姓名和手机号", quoted(f.Label))
	}, FieldID)
}

func needlessAddresses(d *Definition, found func(path, message string, args ...any)) {
	if slices.ContainsFunc(d.Prizes, func(p Prize) bool { return p.Kind == PrizeGoods }) {
		return
	}
	d.fields(func(path string, f Field) {
		found(path, "没有要寄的奖品，不需要问%s", quoted(f.Label))
	}, FieldAddress)
}

func needlessFields(d *Definition, found func(path, message string, args ...any)) {
	if len(d.Prizes) > 0 || len(d.Certificates) > 0 {
		return
	}
	d.fields(func(path string, f Field) {
		found(path, "没有奖品和证书，不需要问%s", quoted(f.Label))
	}, FieldName, FieldPhone)
}

// earlyFields finds what only winners must tell and everybody is asked for. A
// pool that counts wins by phone or address needs it before the draw.
func earlyFields(d *Definition, found func(path, message string, args ...any)) {
	if len(d.Prizes) == 0 {
		return
	}
	d.fields(func(path string, f Field) {
		if f.When != WhenClaim && !d.winsCountedBy(f.Kind) {
			found(path+".when", "%s只有领奖用得到，却要每个参赛者先填。请改为 when: claim，并写进 claims.fields", quoted(f.Label))
		}
	}, FieldName, FieldPhone, FieldAddress)
}

func (d *Definition) winsCountedBy(kind FieldKind) bool {
	return slices.ContainsFunc(d.Pools, func(p PrizePool) bool {
		return slices.ContainsFunc(p.Limits, func(l WinLimit) bool {
			return l.By == ByPhone && kind == FieldPhone || l.By == ByAddress && kind == FieldAddress
		})
	})
}

func unexplainedFields(d *Definition, found func(path, message string, args ...any)) {
	d.fields(func(path string, f Field) {
		if strings.TrimSpace(f.Why) == "" {
			found(path+".why", "没有写为什么要填%s", quoted(f.Label))
		}
	})
}

func keptForEver(d *Definition, found func(path, message string, args ...any)) {
	if d.Retention == 0 && len(d.Players.Fields) > 0 {
		found("retention", "没有写个人信息保存多久。请写 retention，如 90d，到期程序自动删除")
	}
}

// minorsAsked finds personal data asked of children; the law's age is 14, and a
// contest that addresses people under 18 cannot tell them apart.
func minorsAsked(d *Definition, found func(path, message string, args ...any)) {
	const lawsAge = 14
	ages := d.Players.Ages
	if (ages.Minors || ages.Least > 0 && ages.Least < lawsAge) && len(d.Players.Fields) > 0 {
		found("players.ages", "活动面向未成年人，又要填个人信息。请先取得监护人同意并另写规则，或改为不收集、由学校统一领奖")
	}
}
