package console

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// Routes lists every call of the console under group. All but signing in and out
// need a permission.
func (a *API) Routes(group *gin.RouterGroup) {
	group.POST("/session", web.Handle(a.SignIn))
	group.DELETE("/session", web.Handle(a.SignOut))

	view := group.Group("", a.Need(staff.ViewConsole))
	view.GET("/session", web.Handle(a.Me))
	view.GET("/banks", web.Handle(a.BankList))
	view.GET("/banks/:bank", web.Handle(a.Bank))
	view.GET("/banks/:bank/questions", web.Handle(a.Questions))
	view.GET("/banks/:bank/questions/:question", web.Handle(a.Question))
	view.GET("/banks/:bank/compare", web.Handle(a.Compare))
	view.GET("/reports", web.Handle(a.Reports))
	view.GET("/contests/:contest/channels", web.Handle(a.Channels))
	view.GET("/contests/:contest/invitations/flags", web.Handle(a.InvitationFlags))
	view.GET("/contests/:contest/pledge", web.Handle(a.Signatures))
	view.GET("/contests/:contest/pools", web.Handle(a.Pools))
	view.GET("/contests", web.Handle(a.Contests))
	view.GET("/contests/:contest", web.Handle(a.Contest))
	view.POST("/contests/check", web.Handle(a.CheckContest))

	contests := group.Group("", a.Need(staff.EditContests))
	contests.GET("/examples", web.Handle(a.ContestExamples))
	contests.POST("/contests/copy", web.Handle(a.CopyContest))
	contests.POST("/contests/edit", web.Handle(a.EditContest))
	contests.PUT("/contests", web.Handle(a.ApplyContest))
	contests.POST("/contests/:contest/rehearsal", web.Handle(a.Rehearse))
	contests.DELETE("/contests/:contest/rehearsal", web.Handle(a.EndContestRehearsal))

	view.GET("/contests/:contest/units", web.Handle(a.UnitTree))
	view.GET("/contests/:contest/units/stats", web.Handle(a.UnitStats))
	view.GET("/contests/:contest/units/stats/table", web.Handle(a.UnitStatsTable))

	units := group.Group("", a.Need(staff.EditUnits))
	units.GET("/units/template", web.Handle(a.UnitTemplate))
	units.GET("/contests/:contest/units/table", web.Handle(a.UnitTable))
	units.POST("/contests/:contest/units/check", web.Handle(a.CheckUnits))
	units.POST("/contests/:contest/units/import", web.Handle(a.ImportUnits))
	units.GET("/contests/:contest/units/names", web.Handle(a.TypedNames))
	units.POST("/contests/:contest/units/names/:name/merge", web.Handle(a.MergeTypedName))
	units.POST("/contests/:contest/units/names/:name/undo", web.Handle(a.UndoTypedName))

	edit := group.Group("", a.Need(staff.EditBanks))
	edit.GET("/formats", web.Handle(a.Formats))
	edit.GET("/template", web.Handle(a.Template))
	edit.GET("/banks/:bank/export", web.Handle(a.Export))
	edit.GET("/banks/:bank/losses", web.Handle(a.Losses))
	edit.POST("/banks/:bank/undo", web.Handle(a.Undo))
	edit.POST("/banks/:bank/questions/:question/correction", web.Handle(a.Correct))
	edit.POST("/banks/:bank/questions/:question/correction/preview", web.Handle(a.PreviewCorrection))
	edit.POST("/reports/close", web.Handle(a.CloseReports))
	edit.GET("/drafts", web.Handle(a.Drafts))
	edit.POST("/drafts", web.Handle(a.Upload))
	edit.GET("/drafts/:draft", web.Handle(a.Draft))
	edit.DELETE("/drafts/:draft", web.Handle(a.DropDraft))
	edit.GET("/drafts/:draft/rows", web.Handle(a.DraftRows))
	edit.PUT("/drafts/:draft/rows/:ordinal", web.Handle(a.MendRow))
	edit.POST("/drafts/:draft/plan", web.Handle(a.PlanImport))
	edit.POST("/drafts/:draft/import", web.Handle(a.ImportDraft))

	names := group.Group("", a.Need(staff.HideNames))
	names.PUT("/contests/:contest/pledge/:number/hidden", web.Handle(a.HideSignature))

	channels := group.Group("", a.Need(staff.EditChannels))
	channels.POST("/contests/:contest/channels", web.Handle(a.AddChannel))
	channels.PATCH("/contests/:contest/channels/:channel", web.Handle(a.ChangeChannel))
	channels.DELETE("/contests/:contest/channels/:channel", web.Handle(a.RemoveChannel))

	prizes := group.Group("", a.Need(staff.ManagePrizes))
	prizes.POST("/contests/:contest/prizes/:prize/codes", web.Handle(a.ImportCodes))
	prizes.GET("/contests/:contest/drawings", web.Handle(a.Drawings))
	prizes.POST("/contests/:contest/drawings", web.Handle(a.PlanDrawing))
	prizes.PUT("/contests/:contest/exclusions/:player", web.Handle(a.Exclude))
	prizes.DELETE("/contests/:contest/exclusions/:player", web.Handle(a.Readmit))
	prizes.GET("/contests/:contest/claims", web.Handle(a.ClaimCounts))
	prizes.GET("/drawings/:drawing", web.Handle(a.Drawing))
	prizes.POST("/drawings/:drawing/freeze", web.Handle(a.FreezeDrawing))
	prizes.POST("/drawings/:drawing/cancel", web.Handle(a.CancelDrawing))
	prizes.POST("/drawings/:drawing/source", web.Handle(a.EnterSource))
	prizes.POST("/drawings/:drawing/draw", web.Handle(a.DrawDrawing))
	prizes.POST("/drawings/:drawing/publish", web.Handle(a.PublishDrawing))
	prizes.POST("/drawings/:drawing/forfeit", web.Handle(a.ForfeitPlace))

	judge := group.Group("", a.Need(staff.JudgeConduct))
	judge.GET("/contests/:contest/signals", web.Handle(a.Signals))
	judge.POST("/contests/:contest/signals", web.Handle(a.StartLook))
	judge.GET("/contests/:contest/players", web.Handle(a.FindPlayers))
	judge.GET("/contests/:contest/players/:player/evidence", web.Handle(a.Evidence))
	judge.GET("/contests/:contest/cases", web.Handle(a.Cases))
	judge.POST("/contests/:contest/cases", web.Handle(a.OpenCase))
	judge.GET("/cases/:case", web.Handle(a.Case))
	judge.POST("/cases/:case/propose", web.Handle(a.ProposeCase))
	judge.POST("/cases/:case/agree", web.Handle(a.AgreeCase))
	judge.POST("/cases/:case/withdraw", web.Handle(a.WithdrawCase))
	judge.POST("/cases/:case/undo", web.Handle(a.UndoCase))
	judge.POST("/cases/:case/close", web.Handle(a.CloseCase))
	judge.POST("/cases/:case/answer", web.Handle(a.AnswerAppeal))

	prizes.GET("/contests/:contest/payouts", web.Handle(a.Payouts))
	prizes.POST("/contests/:contest/payouts", web.Handle(a.PlanPayouts))
	prizes.POST("/payouts/:bill/mark", web.Handle(a.MarkPayout))
	prizes.POST("/payouts/:bill/again", web.Handle(a.PayAgain))
	group.Group("", a.Need(staff.SeeWinners)).GET("/contests/:contest/payouts/credit.csv", web.Handle(a.PayoutFile))

	booth := group.Group("", a.Need(staff.HandOut))
	booth.GET("/contests/:contest/booth", web.Handle(a.BoothDay))
	booth.GET("/contests/:contest/booth/voucher", web.Handle(a.Voucher))
	booth.POST("/contests/:contest/booth/redemptions", web.Handle(a.Redeem))
	booth.POST("/contests/:contest/booth/undo", web.Handle(a.UndoRedemption))

	group.Group("", a.Need(staff.SeeWinners)).GET("/contests/:contest/winners.xlsx", web.Handle(a.ExportWinners))

	manage := group.Group("", a.Need(staff.ManageStaff))
	manage.GET("/staff", web.Handle(a.StaffList))
	manage.POST("/staff", web.Handle(a.AddStaff))
	manage.PATCH("/staff/:staff", web.Handle(a.ChangeStaff))
	manage.POST("/staff/:staff/password", web.Handle(a.SetStaffPassword))
	manage.DELETE("/staff/:staff/sessions", web.Handle(a.RevokeStaff))

	group.Group("", a.Need(staff.ReadAudit)).GET("/audit", web.Handle(a.Audit))
}
