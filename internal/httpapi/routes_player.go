package httpapi

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/player"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
)

// playerRoutes lists every call of the phone page and the big screen, and what bounds those
// that cost (package limit). Answers are bounded by the attempts that they belong to; visits
// and transcripts by their handlers.
func playerRoutes(v1 *gin.RouterGroup, p *player.API) {
	v1.GET("/contests", web.Handle(p.Contests))
	v1.GET("/contests/:contest", web.Handle(p.Home))
	v1.POST("/contests/:contest/enrolment", p.Limits.OfNew(limit.Join), web.Handle(p.Enrol))
	v1.GET("/contests/:contest/enrolment", web.Handle(p.Held))
	v1.DELETE("/contests/:contest/enrolment", web.Handle(p.Leave))
	v1.GET("/contests/:contest/personal", web.Handle(p.Told))
	v1.GET("/contests/:contest/personal/export", web.Handle(p.Export))
	v1.DELETE("/contests/:contest/personal/:field", web.Handle(p.Untell))
	v1.GET("/contests/:contest/devices", web.Handle(p.Devices))
	v1.DELETE("/contests/:contest/devices/:device", web.Handle(p.EndDevice))
	v1.GET("/contests/:contest/signin/phone", web.Handle(p.PhoneDoor))
	v1.POST("/contests/:contest/signin/phone", web.Handle(p.PhoneProof))
	v1.POST("/contests/:contest/signin/phone/challenge", web.Handle(p.PhoneChallenge))
	v1.POST("/contests/:contest/signin/phone/code", web.Handle(p.PhoneCode))
	v1.GET("/contests/:contest/rules", web.Handle(p.Rules))
	v1.GET("/contests/:contest/changes", web.Handle(p.Changes))
	v1.GET("/contests/:contest/units", p.Limits.Of(limit.Search), web.Handle(p.ListUnits))
	v1.POST("/contests/:contest/levels/:level/attempts", p.Limits.Of(limit.Start), web.Handle(p.Start))
	v1.GET("/contests/:contest/boards/:board", web.Handle(p.Board))
	v1.GET("/contests/:contest/mistakes", web.Handle(p.Mistakes))
	v1.GET("/contests/:contest/screen", web.Handle(p.Screen))
	v1.GET("/contests/:contest/screen/missed", web.Handle(p.ScreenMissed))
	v1.POST("/contests/:contest/screen", web.Handle(p.AskScreen))
	v1.GET("/contests/:contest/stats", web.Handle(p.Stats))
	v1.GET("/contests/:contest/pledge", web.Handle(p.Pledge))
	v1.POST("/contests/:contest/pledge", p.Limits.Of(limit.Write), web.Handle(p.Sign))
	v1.GET("/contests/:contest/pledge/wall", web.Handle(p.PledgeWall))
	v1.POST("/contests/:contest/visits", web.Handle(p.Visit))
	v1.POST("/contests/:contest/shares", p.Limits.Of(limit.Write), web.Handle(p.Share))
	v1.POST("/contests/:contest/checkins", p.Limits.Of(limit.Write), web.Handle(p.CheckIn))
	v1.GET("/contests/:contest/invitations", web.Handle(p.Invitations))
	v1.GET("/contests/:contest/invitations/tree", web.Handle(p.Tree))
	v1.GET("/contests/:contest/invitations/board", web.Handle(p.ShareBoard))
	v1.GET("/contests/:contest/wechat", web.Handle(p.ShareCard))
	v1.GET("/contests/:contest/signin/account/:provider", web.Handle(p.SignInAccount))
	v1.GET("/signin/account/:provider", web.Handle(p.AccountCallback))
	v1.POST("/contests/:contest/signin/booth", web.Handle(p.BoothCode))
	v1.GET("/contests/:contest/signin/wechat", web.Handle(p.SignInWeChat))
	v1.GET("/signin/wechat", web.Handle(p.WeChatCallback))
	v1.GET("/contests/:contest/offers", web.Handle(p.Offers))
	v1.GET("/contests/:contest/draws", web.Handle(p.Draws))
	v1.POST("/contests/:contest/pools/:pool/draws", p.Limits.Of(limit.Draw), web.Handle(p.Draw))
	v1.POST("/contests/:contest/shop/:prize", p.Limits.Of(limit.Draw), web.Handle(p.Exchange))
	v1.GET("/contests/:contest/prizes", web.Handle(p.MyPrizes))
	v1.POST("/contests/:contest/prizes/:award/claim", p.Limits.Of(limit.Write), web.Handle(p.Claim))
	v1.GET("/contests/:contest/decision", web.Handle(p.Decision))
	v1.POST("/contests/:contest/appeal", p.Limits.Of(limit.Write), web.Handle(p.Appeal))
	v1.GET("/contests/:contest/winners", web.Handle(p.Winners))
	v1.GET("/contests/:contest/drawings", web.Handle(p.ListDrawings))
	v1.GET("/drawings/:drawing", web.Handle(p.Drawing))
	v1.GET("/drawings/:drawing/transcript.json", web.Handle(p.Transcript))
	v1.GET("/attempts/:ticket", web.Handle(p.Resume))
	v1.POST("/attempts/:ticket/responses", web.Handle(p.Respond))
	v1.POST("/attempts/:ticket/answers", web.Handle(p.Save))
	v1.GET("/contests/:contest/levels/:level/review", web.Handle(p.Review))
	v1.POST("/attempts/:ticket/question", web.Handle(p.HandOut))
	v1.POST("/attempts/:ticket/finish", web.Handle(p.Finish))
	v1.POST("/attempts/:ticket/reports", web.Handle(p.Report))
	v1.GET("/images/:image", web.Handle(p.Image))
}
