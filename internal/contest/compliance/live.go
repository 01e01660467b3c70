package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// livePots finds pots of money, and of points that buy something: what each gets is
// known at the end only, so somebody answers for it by name.
func livePots(d *contest.Definition, found finder) {
	for i := range d.Live {
		pot := d.Live[i].Pot
		if pot == nil || !worthMoney(d, pot) {
			continue
		}
		message := "“%s”的奖金由留到最后的人平分，结束才知道每人多少。请由一位负责人署名：谁出钱，谁核对结果，什么时候发"
		if !asks(d, contest.FieldPhone) {
			message += "；也没有向分奖金的人问手机号，一个人用几个账号就能多分几份，请加上这一项"
		}
		found(fmt.Sprintf("live[%d].pot", i), message, d.Live[i].Title)
	}
}

func worthMoney(d *contest.Definition, pot *contest.LivePot) bool {
	prize := d.Prize(pot.Prize)
	return prize != nil && prize.Kind == contest.PrizeCash ||
		slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return p.Price > 0 })
}
