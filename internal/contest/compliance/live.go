package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// livePots finds pots of money, and of points that buy something: what each gets is
// known at the end only, so somebody answers for it by name.
func livePots(d *contest.Definition, found finder) {
	tell := func(path, title, who string) {
		message := "“%s”的奖金由%s平分，结束才知道每人多少。请由一位负责人署名：谁出钱，谁核对结果，什么时候发"
		if !asks(d, contest.FieldPhone) {
			message += "；也没有向分奖金的人问手机号，一个人用几个账号就能多分几份，请加上这一项"
		}
		found(path, message, title, who)
	}
	for i := range d.Live {
		if pot := d.Live[i].Pot; pot != nil && worthMoney(d, pot.Prize) {
			tell(fmt.Sprintf("live[%d].pot", i), d.Live[i].Title, "留到最后的人")
		}
	}
	for i := range d.Drawings {
		if pot := d.Drawings[i].Pot; pot != nil && pot.Purse == "" && worthMoney(d, pot.Prize) {
			tell(fmt.Sprintf("drawings[%d].pot", i), d.Drawings[i].Title, "符合条件的人")
		}
	}
}

func worthMoney(d *contest.Definition, key string) bool {
	prize := d.Prize(key)
	return prize != nil && prize.Kind == contest.PrizeCash ||
		slices.ContainsFunc(d.Prizes, func(p contest.Prize) bool { return p.Price > 0 })
}

// mostTransfer is the most that the program pays one person through WeChat, in cents: from
// 2,000 yuan on WeChat asks for a real name.
const mostTransfer = 1999_99

// hugeShares finds pots of money of which few people would get more than can be paid.
func hugeShares(d *contest.Definition, found finder) {
	for i := range d.Drawings {
		pot := d.Drawings[i].Pot
		if pot == nil || pot.Total <= mostTransfer || pot.Most > 0 && pot.Most <= mostTransfer {
			continue
		}
		if prize := d.Prize(pot.Prize); prize != nil && prize.Kind == contest.PrizeCash {
			found(fmt.Sprintf("drawings[%d].pot", i), "“%s”人少的时候，一人能分到 1999.99 元以上，微信转账要实名，发不出去。"+
				"请写上 most: 199999（每人最多 1999.99 元）或更少，或改小总数", d.Drawings[i].Title)
		}
	}
}
