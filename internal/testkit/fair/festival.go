package fair

import "time"

// Festival has pools of every sort, and a shop.
const Festival = `contest: festival
title: 安全生产月有奖竞答
organizer: 县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
retention: 30d
levels: [{key: first, title: 第一关, questions: [{count: 1}], pass: 1}]
players: {unit: {ask: optional}}
units: [{code: n, name: 北镇}, {code: s, name: 南镇}]
prizes:
  - {key: mower, title: 割草机, kind: goods, value: 120000, stock: 10}
  - {key: kettle, title: 电水壶, kind: goods, value: 9900, stock: 200, tier: kitchen}
  - {key: pan, title: 平底锅, kind: goods, value: 9900, stock: 200, tier: kitchen}
  - {key: film, title: 电影票, kind: voucher, value: 4000, stock: 100}
  - {key: points, title: 20 积分, kind: points, value: 20, stock: 1000000}
  - {key: bag, title: 环保袋, kind: goods, value: 500, stock: 5, price: 50}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools:
  - key: wheel
    title: 幸运转盘
    prizes:
      - {prize: mower, odds: 1000}
      - {prize: kettle, odds: 20000}
      - {prize: pan, odds: 29000}
      - {prize: points, odds: 150000}
      - {prize: thanks, odds: 600000}
  - {key: sure, title: 必中, prizes: [{prize: mower, odds: 1000000}, {prize: thanks}]}
  - {key: tickets, title: 电影票, prizes: [{prize: film, odds: 1000000}]}
  - {key: credit, title: 积分, prizes: [{prize: points, odds: 1000000}]}
  - key: limited
    title: 限量
    prizes: [{prize: kettle, odds: 500000}, {prize: pan, odds: 500000}]
    limits: [{by: player, max: 1, per: day}, {by: phone, max: 2}, {by: unit, max: 5, tier: kitchen}]
  - key: daily
    title: 每日
    prizes: [{prize: kettle, odds: 1000000, release: [{at: 2026-06-16 10:00, units: 2, daily: true}, {at: 2026-06-20 12:00, units: 3}]}]
  - {key: third, title: 三次必中, prizes: [{prize: pan, odds: 0, guaranteed: 3}, {prize: thanks, odds: 1000000}]}
  - {key: closed, title: 还没开始, opens: 2026-06-20 08:00, prizes: [{prize: pan, odds: 1000000}]}
`

// MS is a moment in China, UTC ms.
func MS(text string) int64 {
	moment, err := time.ParseInLocation(time.DateTime, text, time.FixedZone("Asia/Shanghai", 8*60*60))
	if err != nil {
		panic(err)
	}
	return moment.UnixMilli()
}
