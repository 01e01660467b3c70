package app

import (
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/contestview"
)

// doorsOffered are the ways to prove a person for which this server has what it takes.
func (a *App) doorsOffered() (doors []contestview.Door) {
	if a.WeChat.Configured() {
		doors = append(doors, contestview.Door{Kind: contest.ProofWeChat, Title: "微信登录"})
	}
	if a.Phones.Configured() {
		doors = append(doors, contestview.Door{Kind: contest.ProofPhone, Title: "手机验证码"})
	}
	for _, p := range a.providers {
		doors = append(doors, contestview.Door{Kind: contest.ProofAccount, Title: p.Title, Provider: p.Key})
	}
	return append(doors, contestview.Door{Kind: contest.ProofStaff, Title: "现场确认"})
}
