package httpapi

import (
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/console/accounts"
	"anquanda/internal/httpapi/console/banks"
	"anquanda/internal/httpapi/console/booth"
	"anquanda/internal/httpapi/console/cases"
	"anquanda/internal/httpapi/console/channels"
	"anquanda/internal/httpapi/console/closings"
	"anquanda/internal/httpapi/console/contests"
	"anquanda/internal/httpapi/console/drawings"
	"anquanda/internal/httpapi/console/entries"
	"anquanda/internal/httpapi/console/figures"
	"anquanda/internal/httpapi/console/forms"
	"anquanda/internal/httpapi/console/lists"
	"anquanda/internal/httpapi/console/messages"
	"anquanda/internal/httpapi/console/names"
	"anquanda/internal/httpapi/console/pairings"
	"anquanda/internal/httpapi/console/payouts"
	"anquanda/internal/httpapi/console/prizes"
	"anquanda/internal/httpapi/console/robot"
	"anquanda/internal/httpapi/console/rooms"
	"anquanda/internal/httpapi/console/screens"
	"anquanda/internal/httpapi/console/signatures"
	"anquanda/internal/httpapi/console/spots"
	"anquanda/internal/httpapi/console/tasks"
	"anquanda/internal/httpapi/console/units"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// Console is the screens of the console for organizers and staff.
type Console struct {
	Sessions   *console.Sessions
	Catalog    *catalog.Catalog
	Accounts   *accounts.API
	Banks      *banks.API
	Contests   *contests.API
	Closings   *closings.API
	Entries    *entries.API
	Forms      *forms.API
	Figures    *figures.API
	Units      *units.API
	Channels   *channels.API
	Spots      *spots.API
	Lists      *lists.API
	Pairings   *pairings.API
	Signatures *signatures.API
	Names      *names.API
	Prizes     *prizes.API
	Booth      *booth.API
	Proofs     *booth.Proofs
	Drawings   *drawings.API
	Payouts    *payouts.API
	Tasks      *tasks.API
	Robot      *robot.API
	Cases      *cases.API
	Rooms      *rooms.API
	Messages   *messages.API
	Screens    *screens.API
}

// anybody is the need of the calls that begin and end a session.
const anybody staff.Permission = "anybody"

// staffCall is one call of the console, and the permission that it needs. A handler in
// afresh needs a password of the last ten minutes too.
type staffCall struct {
	method string
	path   string
	need   staff.Permission
	handle web.Handler
}

// routes puts every call of the console under group.
func (s *Console) routes(group *gin.RouterGroup) {
	calls := slices.Concat(s.sessionCalls(), s.bankCalls(), s.contestCalls(), s.prizeCalls(), s.conductCalls(),
		s.liveCalls())
	scoped := s.scoped()
	for _, call := range calls {
		if call.need == anybody {
			group.Handle(call.method, call.path, web.Handle(call.handle))
			continue
		}
		group.Handle(call.method, call.path, s.Sessions.Need(call.need), scoped.Within(call.method+" "+call.path),
			web.Handle(call.handle))
	}
}

// sessionCalls is who works here, and the log of it.
func (s *Console) sessionCalls() []staffCall {
	afresh := s.Sessions.Afresh
	return []staffCall{
		{"POST", "/session", anybody, s.Sessions.SignIn},
		{"DELETE", "/session", anybody, s.Sessions.SignOut},
		{"GET", "/session", console.Themselves, s.Sessions.Me},

		{"GET", "/account", console.Themselves, s.Accounts.Own},
		{"PUT", "/account/password", console.Themselves, s.Accounts.ChangeOwn},
		{"POST", "/account/proof", console.Themselves, s.Accounts.Prove},
		{"GET", "/account/proof", console.Themselves, afresh(s.Accounts.Proven)},
		{"POST", "/account/second", console.Themselves, afresh(s.Accounts.BeginSecond)},
		{"PUT", "/account/second", console.Themselves, afresh(s.Accounts.ConfirmSecond)},
		{"DELETE", "/account/second", console.Themselves, afresh(s.Accounts.EndSecond)},
		{"POST", "/account/recovery", console.Themselves, afresh(s.Accounts.NewRecovery)},
		{"DELETE", "/account/sessions", console.Themselves, s.Accounts.EndOthers},
		{"DELETE", "/account/sessions/:session", console.Themselves, s.Accounts.EndPlace},

		{"GET", "/staff", staff.ManageStaff, s.Accounts.List},
		{"POST", "/staff", staff.ManageStaff, afresh(s.Accounts.Add)},
		{"PATCH", "/staff/:staff", staff.ManageStaff, afresh(s.Accounts.Change)},
		{"POST", "/staff/:staff/password", staff.ManageStaff, afresh(s.Accounts.SetPassword)},
		{"DELETE", "/staff/:staff/sessions", staff.ManageStaff, afresh(s.Accounts.Revoke)},
		{"DELETE", "/staff/:staff/second", staff.ManageStaff, afresh(s.Accounts.ResetSecond)},
		{"GET", "/audit", staff.ReadAudit, s.Accounts.Audit},
		{"GET", "/webhook", staff.ManageStaff, s.Robot.State},
		{"POST", "/webhook/trial", staff.ManageStaff, s.Robot.Try},
		{"PUT", "/staff/:staff/scope", staff.ManageStaff, afresh(s.Accounts.SetScope)},
		{"GET", "/notices", staff.Enter, s.Accounts.Notices},
		{"GET", "/messages", staff.ViewConsole, s.Messages.Desk},
	}
}

// bankCalls is question banks, and how files become one.
func (s *Console) bankCalls() []staffCall {
	return []staffCall{
		{"GET", "/banks", staff.ViewConsole, s.Banks.List},
		{"GET", "/banks/:bank", staff.ViewConsole, s.Banks.Bank},
		{"GET", "/banks/:bank/questions", staff.ViewConsole, s.Banks.Questions},
		{"GET", "/banks/:bank/questions/:question", staff.ViewConsole, s.Banks.Question},
		{"GET", "/banks/:bank/compare", staff.ViewConsole, s.Banks.Compare},
		{"GET", "/banks/:bank/ageing", staff.ViewConsole, s.Banks.Ageing},
		{"GET", "/reports", staff.ViewConsole, s.Banks.Reports},
		{"GET", "/formats", staff.EditBanks, s.Banks.Formats},
		{"GET", "/template", staff.EditBanks, s.Banks.Template},
		{"GET", "/banks/:bank/export", staff.EditBanks, s.Banks.Export},
		{"GET", "/banks/:bank/losses", staff.EditBanks, s.Banks.Losses},
		{"POST", "/banks/:bank/undo", staff.EditBanks, s.Banks.Undo},
		{"PUT", "/banks/:bank/title", staff.EditBanks, s.Banks.Rename},
		{"POST", "/banks/:bank/mark", staff.EditBanks, s.Banks.Mark},
		{"POST", "/banks/:bank/mark/preview", staff.EditBanks, s.Banks.PreviewMark},
		{"POST", "/banks/:bank/questions/:question/correction", staff.EditBanks, s.Banks.Correct},
		{"POST", "/banks/:bank/questions/:question/correction/preview", staff.EditBanks, s.Banks.PreviewCorrection},
		{"POST", "/reports/close", staff.EditBanks, s.Banks.CloseReports},
		{"GET", "/drafts", staff.EditBanks, s.Banks.Drafts},
		{"POST", "/drafts", staff.EditBanks, s.Banks.Upload},
		{"POST", "/drafts/written", staff.EditBanks, s.Banks.Write},
		{"POST", "/drafts/:draft/rows", staff.EditBanks, s.Banks.AddRow},
		{"DELETE", "/drafts/:draft/rows/:ordinal", staff.EditBanks, s.Banks.DropRow},
		{"GET", "/drafts/:draft", staff.EditBanks, s.Banks.Draft},
		{"DELETE", "/drafts/:draft", staff.EditBanks, s.Banks.DropDraft},
		{"POST", "/drafts/:draft/read", staff.EditBanks, s.Banks.RereadDraft},
		{"GET", "/drafts/:draft/rows", staff.EditBanks, s.Banks.DraftRows},
		{"PUT", "/drafts/:draft/rows/:ordinal", staff.EditBanks, s.Banks.MendRow},
		{"POST", "/drafts/:draft/plan", staff.EditBanks, s.Banks.PlanImport},
		{"POST", "/drafts/:draft/import", staff.EditBanks, s.Banks.ImportDraft},
	}
}

// contestCalls is setting a contest up and seeing who comes.
func (s *Console) contestCalls() []staffCall {
	return []staffCall{
		{"GET", "/choices", staff.Enter, s.Contests.Choices},
		{"GET", "/contests", staff.ViewConsole, s.Contests.List},
		{"GET", "/contests/:contest", staff.ViewConsole, s.Contests.Contest},
		{"GET", "/contests/:contest/check", staff.ViewConsole, s.Contests.CheckStored},
		{"POST", "/contests/check", staff.EditContests, s.Contests.Check},
		{"GET", "/examples", staff.EditContests, s.Contests.ListExamples},
		{"POST", "/contests/copy", staff.EditContests, s.Contests.Copy},
		{"POST", "/contests/fit", staff.EditContests, s.Contests.Fit},
		{"POST", "/contests/edit", staff.EditContests, s.Contests.Edit},
		{"POST", "/pictures", staff.EditContests, s.Contests.KeepPicture},
		{"PUT", "/contests", staff.EditContests, s.Contests.Apply},
		{"POST", "/contests/:contest/rehearsal", staff.EditContests, s.Contests.Rehearse},
		{"DELETE", "/contests/:contest/rehearsal", staff.EditContests, s.Contests.EndRehearsal},
		{"GET", "/contest-drafts", staff.EditContests, s.Contests.Drafts},
		{"POST", "/contest-drafts", staff.EditContests, s.Contests.BeginDraft},
		{"GET", "/contest-drafts/:writing", staff.EditContests, s.Contests.Draft},
		{"PUT", "/contest-drafts/:writing", staff.EditContests, s.Contests.SaveDraft},
		{"DELETE", "/contest-drafts/:writing", staff.EditContests, s.Contests.DropDraft},
		{"POST", "/contest-drafts/:writing/rehearsal", staff.EditContests, s.Contests.RehearseDraft},
		{"DELETE", "/contest-drafts/:writing/rehearsal", staff.EditContests, s.Contests.EndDraftRehearsal},
		{"POST", "/contest-drafts/:writing/links", staff.EditContests, s.Contests.LinkDraft},
		{"DELETE", "/contest-drafts/:writing/links/:link", staff.EditContests, s.Contests.WithdrawLink},
		{"POST", "/contest-drafts/:writing/approval", staff.EditContests, s.Contests.AskApproval},
		{"DELETE", "/contest-drafts/:writing/approval", staff.EditContests, s.Contests.WithdrawApproval},
		{"POST", "/contest-drafts/:writing/approval/agree", staff.EditContests, s.Contests.Approve},
		{"PUT", "/contest-approval", staff.ManageStaff, s.Contests.NeedApproval},

		{"GET", "/contests/:contest/closing", staff.EditContests, s.Closings.Draft},
		{"GET", "/contests/:contest/closing/plan", staff.EditContests, s.Closings.Plan},
		{"GET", "/contests/:contest/closing/pack", staff.EditContests, s.Closings.Pack},
		{"GET", "/contests/:contest/honours", staff.EditContests, s.Closings.Honoured},
		{"POST", "/contests/:contest/honours", staff.EditContests, s.Closings.Honour},
		{"POST", "/contests/:contest/honours/publication", staff.EditContests, s.Closings.PublishHonours},
		{"GET", "/contests/:contest/certificates", staff.SeeWinners, s.Closings.Certified},
		{"GET", "/contests/:contest/certificates/units/:unit", staff.SeeWinners, s.Sessions.Afresh(s.Closings.Sheets)},
		{"GET", "/contests/:contest/forms", staff.EditContests, s.Forms.List},
		{"POST", "/contests/:contest/forms", staff.EditContests, s.Forms.Keep},
		{"GET", "/contests/:contest/forms/:form", staff.EditContests, s.Forms.See},
		{"PUT", "/contests/:contest/forms/:form", staff.EditContests, s.Forms.Place},
		{"DELETE", "/contests/:contest/forms/:form", staff.EditContests, s.Forms.Drop},
		{"GET", "/contests/:contest/forms/:form/filled", staff.EditContests, s.Forms.Filled},
		{"GET", "/contests/:contest/entries", staff.EditContests, s.Entries.State},
		{"PUT", "/contests/:contest/entries/plan", staff.EditContests, s.Entries.SetPlan},
		{"POST", "/contests/:contest/entries/links", staff.EditContests, s.Entries.Links},
		{"POST", "/contests/:contest/entries/units/:unit/link", staff.EditContests, s.Entries.Renew},
		{"GET", "/contests/:contest/entries/units/:unit", staff.EditContests, s.Entries.History},
		{"GET", "/contests/:contest/entries/periods/:due", staff.EditContests, s.Entries.Period},
		{"GET", "/contests/:contest/entries/pictures/:picture", staff.EditContests, s.Entries.Picture},
		{"PUT", "/contests/:contest/entries/pictures/:picture/choice", staff.EditContests, s.Entries.Choose},
		{"POST", "/contests/:contest/entries/snapshots", staff.EditContests, s.Entries.Freeze},
		{"GET", "/contests/:contest/entries/snapshots/:at", staff.EditContests, s.Entries.Snapshot},
		{"GET", "/contests/:contest/course", staff.ViewConsole, s.Figures.Course},
		{"GET", "/contests/:contest/knowledge", staff.SeeAnswers, s.Figures.Knowledge},
		{"PUT", "/contests/:contest/target", staff.EditContests, s.Figures.SetTarget},

		{"GET", "/contests/:contest/units", staff.ViewConsole, s.Units.Tree},
		{"GET", "/contests/:contest/units/stats", staff.ViewConsole, s.Units.Stats},
		{"GET", "/contests/:contest/units/stats/table", staff.ViewConsole, s.Units.StatsTable},
		{"GET", "/units/template", staff.EditUnits, s.Units.Template},
		{"GET", "/contests/:contest/units/table", staff.EditUnits, s.Units.Table},
		{"POST", "/contests/:contest/units/check", staff.EditUnits, s.Units.Check},
		{"POST", "/contests/:contest/units/import", staff.EditUnits, s.Units.Import},
		{"GET", "/contests/:contest/units/names", staff.EditUnits, s.Units.TypedNames},
		{"POST", "/contests/:contest/units/names/:name/merge", staff.EditUnits, s.Units.MergeName},
		{"POST", "/contests/:contest/units/names/:name/undo", staff.EditUnits, s.Units.UndoMerge},

		{"GET", "/contests/:contest/spots", staff.ViewConsole, s.Spots.List},
		{"POST", "/contests/:contest/spots/codes", staff.EditChannels, s.Spots.Codes},
		{"GET", "/contests/:contest/lists", staff.JudgeConduct, s.Lists.List},
		{"GET", "/contests/:contest/lists/:list", staff.JudgeConduct, s.Lists.Show},
		{"POST", "/contests/:contest/lists/:list/players", staff.JudgeConduct, s.Lists.Change},
		{"POST", "/contests/:contest/lists/:list/file", staff.JudgeConduct, s.Lists.PutFile},
		{"GET", "/contests/:contest/pairings", staff.JudgeConduct, s.Pairings.List},
		{"POST", "/contests/:contest/pairings/:pairing/corrections", staff.JudgeConduct, s.Pairings.Correct},
		{"POST", "/contests/:contest/corrections/:proposal/agree", staff.JudgeConduct, s.Pairings.Agree},
		{"POST", "/contests/:contest/corrections/:proposal/withdraw", staff.JudgeConduct, s.Pairings.Withdraw},

		{"GET", "/contests/:contest/channels", staff.ViewConsole, s.Channels.List},
		{"GET", "/contests/:contest/invitations/flags", staff.ViewConsole, s.Channels.Flags},
		{"POST", "/contests/:contest/channels", staff.EditChannels, s.Channels.Add},
		{"PATCH", "/contests/:contest/channels/:channel", staff.EditChannels, s.Channels.Change},
		{"DELETE", "/contests/:contest/channels/:channel", staff.EditChannels, s.Channels.Remove},

		{"GET", "/contests/:contest/pledge", staff.ViewConsole, s.Signatures.List},
		{"PUT", "/contests/:contest/pledge/:number/hidden", staff.HideNames, s.Signatures.Hide},
		{"GET", "/contests/:contest/names", staff.HideNames, s.Names.List},
		{"POST", "/contests/:contest/names", staff.HideNames, s.Names.DecideNames},
		{"GET", "/contests/:contest/names/teams", staff.HideNames, s.Names.ListTeams},
		{"POST", "/contests/:contest/names/teams", staff.HideNames, s.Names.DecideTeam},
		{"GET", "/names/words", staff.HideNames, s.Names.Words},
		{"GET", "/names/try", staff.HideNames, s.Names.Try},
		{"POST", "/names/words", staff.EditContests, s.Names.AddWord},
		{"DELETE", "/names/words/:word", staff.EditContests, s.Names.RemoveWord},
	}
}

// prizeCalls is what is won, from its stock to its hand-out.
func (s *Console) prizeCalls() []staffCall {
	afresh := s.Sessions.Afresh
	return []staffCall{
		{"GET", "/contests/:contest/pools", staff.ViewConsole, s.Prizes.Pools},
		{"POST", "/contests/:contest/prizes/:prize/codes", staff.ManagePrizes, s.Prizes.ImportCodes},
		{"GET", "/contests/:contest/claims", staff.ManagePrizes, s.Prizes.ClaimCounts},
		{"GET", "/contests/:contest/winners.xlsx", staff.SeeWinners, afresh(s.Prizes.ExportWinners)},
		{"GET", "/contests/:contest/tax.xlsx", staff.SeeWinners, afresh(s.Prizes.ExportTax)},
		{"POST", "/contests/:contest/parcels", staff.ManagePrizes, s.Prizes.Post},
		{"POST", "/contests/:contest/parcels/file", staff.ManagePrizes, s.Prizes.PostAll},

		{"GET", "/contests/:contest/booth", staff.HandOut, s.Booth.Day},
		{"GET", "/contests/:contest/booth/voucher", staff.HandOut, s.Booth.Voucher},
		{"POST", "/contests/:contest/booth/redemptions", staff.HandOut, s.Booth.Redeem},
		{"POST", "/contests/:contest/booth/undo", staff.HandOut, s.Booth.Undo},
		{"GET", "/contests/:contest/booth/proofs", staff.ConfirmPersons, s.Proofs.Recent},
		{"POST", "/contests/:contest/booth/proofs", staff.ConfirmPersons, s.Proofs.Confirm},
		{"POST", "/contests/:contest/booth/proofs/:proof/undo", staff.EditContests, s.Proofs.TakeBack},

		{"GET", "/contests/:contest/drawings", staff.ManagePrizes, s.Drawings.List},
		{"POST", "/contests/:contest/drawings", staff.ManagePrizes, s.Drawings.Plan},
		{"PUT", "/contests/:contest/exclusions/:player", staff.ManagePrizes, s.Drawings.Exclude},
		{"DELETE", "/contests/:contest/exclusions/:player", staff.ManagePrizes, s.Drawings.Readmit},
		{"POST", "/contests/:contest/proposals/:proposal/agree", staff.ManagePrizes, s.Drawings.Agree},
		{"POST", "/contests/:contest/proposals/:proposal/withdraw", staff.ManagePrizes, s.Drawings.Withdraw},
		{"GET", "/drawings/:drawing", staff.ManagePrizes, s.Drawings.Drawing},
		{"GET", "/drawings/:drawing/doubts", staff.ManagePrizes, s.Drawings.Doubts},
		{"POST", "/drawings/:drawing/freeze", staff.ManagePrizes, s.Drawings.Freeze},
		{"POST", "/drawings/:drawing/cancel", staff.ManagePrizes, s.Drawings.Cancel},
		{"POST", "/drawings/:drawing/source", staff.ManagePrizes, s.Drawings.EnterSource},
		{"POST", "/drawings/:drawing/draw", staff.ManagePrizes, s.Drawings.Draw},
		{"POST", "/drawings/:drawing/publish", staff.ManagePrizes, s.Drawings.Publish},
		{"POST", "/drawings/:drawing/forfeit", staff.ManagePrizes, s.Drawings.Forfeit},

		{"GET", "/contests/:contest/payouts", staff.ManagePayouts, s.Payouts.List},
		{"POST", "/contests/:contest/payouts", staff.ManagePayouts, afresh(s.Payouts.Plan)},
		{"POST", "/payouts/:bill/mark", staff.ManagePayouts, afresh(s.Payouts.Mark)},
		{"POST", "/payouts/:bill/again", staff.ManagePayouts, afresh(s.Payouts.PayAgain)},
		{"POST", "/payouts/:bill/payee", staff.ManagePayouts, afresh(s.Payouts.JudgePayee)},
		{"POST", "/payout-acts/:act", staff.ManagePayouts, afresh(s.Payouts.Decide)},
		{"POST", "/contests/:contest/payouts/files", staff.ManagePayouts, afresh(s.Payouts.MakeFile)},
		{"POST", "/contests/:contest/payouts/files/:file/download", staff.ManagePayouts, afresh(s.Payouts.Download)},
		{"POST", "/contests/:contest/payouts/files/:file/copy", staff.ManagePayouts, afresh(s.Payouts.AskCopy)},
		{"POST", "/contests/:contest/payouts/results", staff.ManagePayouts, afresh(s.Payouts.Results)},
		{"GET", "/contests/:contest/payouts.xlsx", staff.ManagePayouts, afresh(s.Payouts.Export)},
	}
}

// conductCalls is signals, cases and appeals.
func (s *Console) conductCalls() []staffCall {
	return []staffCall{
		{"GET", "/contests/:contest/tasks", staff.ViewConsole, s.Tasks.List},
		{"GET", "/contests/:contest/signals", staff.JudgeConduct, s.Cases.Signals},
		{"POST", "/contests/:contest/signals", staff.JudgeConduct, s.Cases.StartScan},
		{"GET", "/contests/:contest/held", staff.JudgeConduct, s.Cases.Held},
		{"POST", "/contests/:contest/held", staff.JudgeConduct, s.Cases.DecideHeld},
		{"GET", "/contests/:contest/players", staff.JudgeConduct, s.Cases.FindPlayers},
		{"POST", "/contests/:contest/players/search", staff.JudgeConduct, s.Cases.SearchPhone},
		{"GET", "/contests/:contest/players/:player/evidence", staff.JudgeConduct, s.Cases.Evidence},
		{"GET", "/contests/:contest/cases", staff.JudgeConduct, s.Cases.List},
		{"POST", "/contests/:contest/cases", staff.JudgeConduct, s.Cases.Open},
		{"GET", "/cases/:case", staff.JudgeConduct, s.Cases.Case},
		{"POST", "/cases/:case/propose", staff.JudgeConduct, s.Cases.Propose},
		{"POST", "/cases/:case/agree", staff.JudgeConduct, s.Cases.Agree},
		{"POST", "/cases/:case/withdraw", staff.JudgeConduct, s.Cases.Withdraw},
		{"POST", "/cases/:case/undo", staff.JudgeConduct, s.Cases.Undo},
		{"POST", "/cases/:case/undo/agree", staff.JudgeConduct, s.Cases.AgreeUndo},
		{"POST", "/cases/:case/undo/withdraw", staff.JudgeConduct, s.Cases.WithdrawUndo},
		{"POST", "/cases/:case/close", staff.JudgeConduct, s.Cases.Close},
		{"POST", "/cases/:case/answer", staff.JudgeConduct, s.Cases.AnswerAppeal},
	}
}

// liveCalls is what a hall sees: the big screens, and live rooms.
func (s *Console) liveCalls() []staffCall {
	return []staffCall{
		{"GET", "/contests/:contest/live", staff.HostLive, s.Rooms.List},
		{"POST", "/contests/:contest/live", staff.HostLive, s.Rooms.Make},
		{"GET", "/contests/:contest/screen", staff.RunScreens, s.Screens.State},
		{"PUT", "/contests/:contest/screen", staff.RunScreens, s.Screens.Show},
		{"POST", "/contests/:contest/screen/pairing", staff.RunScreens, s.Screens.OpenPairing},
		{"DELETE", "/contests/:contest/screen/pairing", staff.RunScreens, s.Screens.ClosePairing},
		{"POST", "/contests/:contest/screens", staff.RunScreens, s.Screens.Pair},
		{"DELETE", "/contests/:contest/screens/:screen", staff.RunScreens, s.Screens.Unpair},
		{"GET", "/live/:room", staff.HostLive, s.Rooms.Room},
		{"POST", "/live/:room/steps", staff.HostLive, s.Rooms.Step},
		{"GET", "/live/:room/members", staff.HostLive, s.Rooms.Members},
		{"POST", "/live/:room/members/:number", staff.HostLive, s.Rooms.Treat},
		{"POST", "/live/:room/networks", staff.HostLive, s.Rooms.RemoveNetwork},
		{"POST", "/live/:room/robots", staff.HostLive, s.Rooms.Robots},
		{"GET", "/live/:room/results.xlsx", staff.HostLive, s.Rooms.Results},
	}
}
