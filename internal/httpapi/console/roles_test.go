package console_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/staff"
)

// needed is every route of the console and the permission that it needs; "open"
// for the two that begin and end a session.
var needed = map[string]staff.Permission{
	"POST /session":   "open",
	"DELETE /session": "open",

	"GET /session":                                           themselves,
	"GET /account":                                           themselves,
	"PUT /account/password":                                  themselves,
	"POST /account/proof":                                    themselves,
	"GET /account/proof":                                     themselves,
	"POST /account/second":                                   themselves,
	"PUT /account/second":                                    themselves,
	"DELETE /account/second":                                 themselves,
	"POST /account/recovery":                                 themselves,
	"DELETE /account/sessions":                               themselves,
	"DELETE /account/sessions/:session":                      themselves,
	"PUT /staff/:staff/scope":                                staff.ManageStaff,
	"GET /webhook":                                           staff.ManageStaff,
	"POST /webhook/trial":                                    staff.ManageStaff,
	"GET /notices":                                           staff.Enter,
	"GET /contests/:contest/spots":                           staff.ViewConsole,
	"POST /contests/:contest/spots/codes":                    staff.EditChannels,
	"GET /contests/:contest/lists":                           staff.JudgeConduct,
	"GET /contests/:contest/lists/:list":                     staff.JudgeConduct,
	"POST /contests/:contest/lists/:list/players":            staff.JudgeConduct,
	"POST /contests/:contest/lists/:list/file":               staff.JudgeConduct,
	"GET /contests/:contest/pairings":                        staff.JudgeConduct,
	"POST /contests/:contest/pairings/:pairing/corrections":  staff.JudgeConduct,
	"POST /contests/:contest/corrections/:proposal/agree":    staff.JudgeConduct,
	"POST /contests/:contest/corrections/:proposal/withdraw": staff.JudgeConduct,
	"GET /messages":                                          staff.ViewConsole,
	"GET /contests/:contest/tasks":                           staff.ViewConsole,
	"GET /banks":                                             staff.ViewConsole,
	"GET /banks/:bank":                                       staff.ViewConsole,
	"GET /banks/:bank/questions":                             staff.ViewConsole,
	"GET /banks/:bank/questions/:question":                   staff.ViewConsole,
	"GET /banks/:bank/compare":                               staff.ViewConsole,
	"GET /banks/:bank/ageing":                                staff.ViewConsole,
	"GET /reports":                                           staff.ViewConsole,

	"GET /formats":                                             staff.EditBanks,
	"GET /template":                                            staff.EditBanks,
	"POST /drafts/written":                                     staff.EditBanks,
	"POST /drafts/:draft/rows":                                 staff.EditBanks,
	"DELETE /drafts/:draft/rows/:ordinal":                      staff.EditBanks,
	"GET /banks/:bank/export":                                  staff.EditBanks,
	"GET /banks/:bank/losses":                                  staff.EditBanks,
	"POST /banks/:bank/undo":                                   staff.EditBanks,
	"PUT /banks/:bank/title":                                   staff.EditBanks,
	"POST /banks/:bank/mark":                                   staff.EditBanks,
	"POST /banks/:bank/mark/preview":                           staff.EditBanks,
	"POST /banks/:bank/questions/:question/correction":         staff.EditBanks,
	"POST /banks/:bank/questions/:question/correction/preview": staff.EditBanks,
	"POST /reports/close":                                      staff.EditBanks,
	"GET /drafts":                                              staff.EditBanks,
	"POST /drafts":                                             staff.EditBanks,
	"GET /drafts/:draft":                                       staff.EditBanks,
	"DELETE /drafts/:draft":                                    staff.EditBanks,
	"POST /drafts/:draft/read":                                 staff.EditBanks,
	"GET /drafts/:draft/rows":                                  staff.EditBanks,
	"PUT /drafts/:draft/rows/:ordinal":                         staff.EditBanks,
	"POST /drafts/:draft/plan":                                 staff.EditBanks,
	"POST /drafts/:draft/import":                               staff.EditBanks,

	"GET /contests/:contest/forms":                            staff.EditContests,
	"POST /contests/:contest/forms":                           staff.EditContests,
	"GET /contests/:contest/forms/:form":                      staff.EditContests,
	"PUT /contests/:contest/forms/:form":                      staff.EditContests,
	"DELETE /contests/:contest/forms/:form":                   staff.EditContests,
	"GET /contests/:contest/forms/:form/filled":               staff.EditContests,
	"GET /contests/:contest/entries":                          staff.EditContests,
	"PUT /contests/:contest/entries/plan":                     staff.EditContests,
	"POST /contests/:contest/entries/links":                   staff.EditContests,
	"POST /contests/:contest/entries/units/:unit/link":        staff.EditContests,
	"GET /contests/:contest/entries/units/:unit":              staff.EditContests,
	"GET /contests/:contest/entries/periods/:due":             staff.EditContests,
	"GET /contests/:contest/entries/pictures/:picture":        staff.EditContests,
	"PUT /contests/:contest/entries/pictures/:picture/choice": staff.EditContests,
	"POST /contests/:contest/entries/snapshots":               staff.EditContests,
	"GET /contests/:contest/entries/snapshots/:at":            staff.EditContests,
	"GET /contests/:contest/closing":                          staff.EditContests,
	"GET /contests/:contest/closing/plan":                     staff.EditContests,
	"GET /contests/:contest/closing/pack":                     staff.EditContests,
	"GET /contests/:contest/honours":                          staff.EditContests,
	"POST /contests/:contest/honours":                         staff.EditContests,
	"POST /contests/:contest/honours/publication":             staff.EditContests,
	"GET /contests/:contest/certificates":                     staff.SeeWinners,
	"GET /contests/:contest/certificates/units/:unit":         staff.SeeWinners,
	"GET /contests/:contest/course":                           staff.ViewConsole,
	"GET /contests/:contest/knowledge":                        staff.SeeAnswers,
	"PUT /contests/:contest/target":                           staff.EditContests,
	"GET /contests/:contest/units":                            staff.ViewConsole,
	"GET /contests/:contest/units/stats":                      staff.ViewConsole,
	"GET /contests/:contest/units/stats/table":                staff.ViewConsole,
	"GET /units/template":                                     staff.EditUnits,
	"GET /contests/:contest/units/table":                      staff.EditUnits,
	"POST /contests/:contest/units/check":                     staff.EditUnits,
	"POST /contests/:contest/units/import":                    staff.EditUnits,
	"GET /contests/:contest/units/names":                      staff.EditUnits,
	"POST /contests/:contest/units/names/:name/merge":         staff.EditUnits,
	"POST /contests/:contest/units/names/:name/undo":          staff.EditUnits,

	"GET /contests/:contest/drawings":                      staff.ManagePrizes,
	"POST /contests/:contest/drawings":                     staff.ManagePrizes,
	"PUT /contests/:contest/exclusions/:player":            staff.ManagePrizes,
	"DELETE /contests/:contest/exclusions/:player":         staff.ManagePrizes,
	"GET /contests/:contest/claims":                        staff.ManagePrizes,
	"POST /contests/:contest/proposals/:proposal/agree":    staff.ManagePrizes,
	"POST /contests/:contest/proposals/:proposal/withdraw": staff.ManagePrizes,
	"GET /drawings/:drawing":                               staff.ManagePrizes,
	"GET /drawings/:drawing/doubts":                        staff.ManagePrizes,
	"POST /drawings/:drawing/freeze":                       staff.ManagePrizes,
	"POST /drawings/:drawing/cancel":                       staff.ManagePrizes,
	"POST /drawings/:drawing/source":                       staff.ManagePrizes,
	"POST /drawings/:drawing/draw":                         staff.ManagePrizes,
	"POST /drawings/:drawing/publish":                      staff.ManagePrizes,
	"POST /drawings/:drawing/forfeit":                      staff.ManagePrizes,
	"GET /contests/:contest/booth":                         staff.HandOut,
	"GET /contests/:contest/booth/voucher":                 staff.HandOut,
	"POST /contests/:contest/booth/redemptions":            staff.HandOut,
	"POST /contests/:contest/booth/undo":                   staff.HandOut,
	"GET /contests/:contest/booth/proofs":                  staff.ConfirmPersons,
	"POST /contests/:contest/booth/proofs":                 staff.ConfirmPersons,

	"POST /contests/:contest/booth/proofs/:proof/undo": staff.EditContests,

	"GET /contests/:contest/winners.xlsx":  staff.SeeWinners,
	"GET /contests/:contest/tax.xlsx":      staff.SeeWinners,
	"POST /contests/:contest/parcels":      staff.ManagePrizes,
	"POST /contests/:contest/parcels/file": staff.ManagePrizes,

	"GET /contests/:contest/signals":                  staff.JudgeConduct,
	"POST /contests/:contest/signals":                 staff.JudgeConduct,
	"GET /contests/:contest/held":                     staff.JudgeConduct,
	"POST /contests/:contest/held":                    staff.JudgeConduct,
	"GET /contests/:contest/players":                  staff.JudgeConduct,
	"POST /contests/:contest/players/search":          staff.JudgeConduct,
	"GET /contests/:contest/players/:player/evidence": staff.JudgeConduct,
	"GET /contests/:contest/cases":                    staff.JudgeConduct,
	"POST /contests/:contest/cases":                   staff.JudgeConduct,
	"GET /cases/:case":                                staff.JudgeConduct,
	"POST /cases/:case/propose":                       staff.JudgeConduct,
	"POST /cases/:case/agree":                         staff.JudgeConduct,
	"POST /cases/:case/withdraw":                      staff.JudgeConduct,
	"POST /cases/:case/undo":                          staff.JudgeConduct,
	"POST /cases/:case/undo/agree":                    staff.JudgeConduct,
	"POST /cases/:case/undo/withdraw":                 staff.JudgeConduct,
	"POST /cases/:case/close":                         staff.JudgeConduct,
	"POST /cases/:case/answer":                        staff.JudgeConduct,
	"GET /contests/:contest/payouts":                  staff.ManagePayouts,
	"POST /contests/:contest/payouts":                 staff.ManagePayouts,
	"POST /payouts/:bill/mark":                        staff.ManagePayouts,
	"POST /payouts/:bill/again":                       staff.ManagePayouts,
	"POST /payouts/:bill/payee":                       staff.ManagePayouts,
	"POST /payout-acts/:act":                          staff.ManagePayouts,
	"POST /contests/:contest/payouts/files":           staff.ManagePayouts,
	"POST /contests/:contest/payouts/results":         staff.ManagePayouts,
	"GET /contests/:contest/payouts.xlsx":             staff.ManagePayouts,

	"POST /contests/:contest/payouts/files/:file/download": staff.ManagePayouts,
	"POST /contests/:contest/payouts/files/:file/copy":     staff.ManagePayouts,

	"GET /staff":                    staff.ManageStaff,
	"POST /staff":                   staff.ManageStaff,
	"PATCH /staff/:staff":           staff.ManageStaff,
	"POST /staff/:staff/password":   staff.ManageStaff,
	"DELETE /staff/:staff/sessions": staff.ManageStaff,
	"DELETE /staff/:staff/second":   staff.ManageStaff,

	"GET /choices":                        staff.Enter,
	"GET /contests":                       staff.ViewConsole,
	"GET /contests/:contest":              staff.ViewConsole,
	"GET /contests/:contest/check":        staff.ViewConsole,
	"POST /contests/check":                staff.EditContests,
	"GET /examples":                       staff.EditContests,
	"POST /contests/copy":                 staff.EditContests,
	"POST /contests/fit":                  staff.EditContests,
	"POST /contests/edit":                 staff.EditContests,
	"POST /pictures":                      staff.EditContests,
	"PUT /contests":                       staff.EditContests,
	"POST /contests/:contest/rehearsal":   staff.EditContests,
	"DELETE /contests/:contest/rehearsal": staff.EditContests,

	"GET /contest-drafts":                          staff.EditContests,
	"POST /contest-drafts":                         staff.EditContests,
	"GET /contest-drafts/:writing":                 staff.EditContests,
	"PUT /contest-drafts/:writing":                 staff.EditContests,
	"DELETE /contest-drafts/:writing":              staff.EditContests,
	"POST /contest-drafts/:writing/rehearsal":      staff.EditContests,
	"DELETE /contest-drafts/:writing/rehearsal":    staff.EditContests,
	"POST /contest-drafts/:writing/links":          staff.EditContests,
	"DELETE /contest-drafts/:writing/links/:link":  staff.EditContests,
	"POST /contest-drafts/:writing/approval":       staff.EditContests,
	"DELETE /contest-drafts/:writing/approval":     staff.EditContests,
	"POST /contest-drafts/:writing/approval/agree": staff.EditContests,
	"PUT /contest-approval":                        staff.ManageStaff,

	"GET /audit": staff.ReadAudit,

	"GET /contests/:contest/pledge":                staff.ViewConsole,
	"PUT /contests/:contest/pledge/:number/hidden": staff.HideNames,

	"GET /contests/:contest/names":        staff.HideNames,
	"POST /contests/:contest/names":       staff.HideNames,
	"GET /contests/:contest/names/teams":  staff.HideNames,
	"POST /contests/:contest/names/teams": staff.HideNames,
	"GET /names/words":                    staff.HideNames,
	"GET /names/try":                      staff.HideNames,
	"POST /names/words":                   staff.EditContests,
	"DELETE /names/words/:word":           staff.EditContests,

	"GET /contests/:contest/screen":             staff.RunScreens,
	"PUT /contests/:contest/screen":             staff.RunScreens,
	"POST /contests/:contest/screen/pairing":    staff.RunScreens,
	"DELETE /contests/:contest/screen/pairing":  staff.RunScreens,
	"POST /contests/:contest/screens":           staff.RunScreens,
	"DELETE /contests/:contest/screens/:screen": staff.RunScreens,

	"GET /contests/:contest/live":      staff.HostLive,
	"POST /contests/:contest/live":     staff.HostLive,
	"GET /live/:room":                  staff.HostLive,
	"POST /live/:room/steps":           staff.HostLive,
	"GET /live/:room/members":          staff.HostLive,
	"POST /live/:room/members/:number": staff.HostLive,
	"POST /live/:room/networks":        staff.HostLive,
	"POST /live/:room/robots":          staff.HostLive,
	"GET /live/:room/results.xlsx":     staff.HostLive,

	"GET /contests/:contest/channels":             staff.ViewConsole,
	"GET /contests/:contest/invitations/flags":    staff.ViewConsole,
	"GET /contests/:contest/pools":                staff.ViewConsole,
	"POST /contests/:contest/channels":            staff.EditChannels,
	"PATCH /contests/:contest/channels/:channel":  staff.EditChannels,
	"DELETE /contests/:contest/channels/:channel": staff.EditChannels,
	"POST /contests/:contest/prizes/:prize/codes": staff.ManagePrizes,
}

// themselves may be called by everybody who is signed in.
const themselves = console.Themselves

// afresh are the calls that need a password of the last ten minutes.
var afresh = strings.Fields(`
	GET/account/proof POST/account/second PUT/account/second DELETE/account/second POST/account/recovery
	POST/staff PATCH/staff/:staff POST/staff/:staff/password DELETE/staff/:staff/sessions DELETE/staff/:staff/second
	PUT/staff/:staff/scope
	POST/contests/:contest/payouts POST/payouts/:bill/mark POST/payouts/:bill/again POST/payouts/:bill/payee
	POST/payout-acts/:act POST/contests/:contest/payouts/files POST/contests/:contest/payouts/files/:file/download
	POST/contests/:contest/payouts/files/:file/copy POST/contests/:contest/payouts/results
	GET/contests/:contest/payouts.xlsx GET/contests/:contest/winners.xlsx GET/contests/:contest/tax.xlsx
	GET/contests/:contest/certificates/units/:unit`)

// may is what each role may do, written out again: a change of roles.go must be
// meant.
var may = map[staff.Role]string{
	staff.Owner:     "console.enter console.view bank.edit staff.manage audit.read channel.edit contest.edit unit.edit names.hide answers.see prize.manage payout.manage prize.handout person.confirm winners.see conduct.judge live.host screen.run",
	staff.Organizer: "console.enter console.view bank.edit audit.read channel.edit contest.edit unit.edit names.hide answers.see prize.manage payout.manage prize.handout person.confirm winners.see conduct.judge live.host screen.run",
	staff.Host:      "console.enter console.view names.hide live.host screen.run",
	staff.Prizes:    "console.enter console.view prize.manage prize.handout person.confirm winners.see conduct.judge screen.run",
	staff.Payouts:   "console.enter console.view payout.manage",
	staff.Booth:     "console.enter prize.handout",
	staff.Viewer:    "console.enter console.view",
}

func TestEveryRouteLetsItsRolesThroughAndNoOthers(t *testing.T) {
	d := openDesk(t, embedded(t))
	clerks := map[staff.Role]*clerk{}
	for _, role := range staff.Roles() {
		clerks[role] = d.signedIn("a-"+string(role), role)
	}
	if len(clerks) != len(may) {
		t.Fatalf("the table knows %d roles, there are %d", len(may), len(clerks))
	}
	stranger := &clerk{t, d.url, newClient(), nil}
	parameter := regexp.MustCompile(`:\w+`)
	found := 0
	head := fmt.Sprintf("%-6s %-55s", "", "route")
	for _, role := range staff.Roles() {
		head += fmt.Sprintf(" %-9s", role)
	}
	matrix := []string{head}
	for _, route := range d.app.Handler().(*gin.Engine).Routes() {
		path, ours := strings.CutPrefix(route.Path, "/api/v1/console")
		if !ours {
			continue
		}
		found++
		permission, listed := needed[route.Method+" "+path]
		if !listed {
			t.Errorf("%s %s is not in the table of this test: say who may call it", route.Method, path)
			continue
		}
		address := parameter.ReplaceAllString(path, "1")
		if permission == "open" {
			if r := stranger.send(route.Method, address, map[string]string{}); r.Code == "staff_signed_out" ||
				r.status == http.StatusForbidden {
				t.Errorf("%s %s: %d %s for a stranger", route.Method, path, r.status, r.Code)
			}
			continue
		}
		stranger.wants(route.Method, address, body(route.Method), http.StatusUnauthorized, "staff_signed_out", "")
		line := fmt.Sprintf("%-6s %-55s", route.Method, path)
		for _, role := range staff.Roles() {
			c := clerks[role]
			r := c.send(route.Method, address, body(route.Method))
			allowed := permission == themselves || strings.Contains(" "+may[role]+" ", " "+string(permission)+" ")
			refused := (r.status == http.StatusUnauthorized || r.status == http.StatusForbidden) &&
				r.Code != "second_factor_kept"
			if allowed == refused || !allowed && r.Code != "not_permitted" || r.status >= http.StatusInternalServerError {
				t.Errorf("%s %s as %s: %d %s, allowed %t", route.Method, path, role, r.status, r.Code, allowed)
			}
			told := "-"
			if allowed {
				told = "yes"
			}
			line += fmt.Sprintf(" %-9s", told)
		}
		matrix = append(matrix, line)
	}
	t.Log("\n" + strings.Join(matrix, "\n"))
	if found != len(needed) {
		t.Errorf("the program has %d routes of the console, the table %d", found, len(needed))
	}
}

// calls goes through every call of the console, with the address of something that is not
// there.
func (d *desk) calls(visit func(call, method, address string)) {
	parameter := regexp.MustCompile(`:\w+`)
	for _, route := range d.app.Handler().(*gin.Engine).Routes() {
		if path, ours := strings.CutPrefix(route.Path, "/api/v1/console"); ours && needed[route.Method+" "+path] != "open" {
			visit(route.Method+path, route.Method, parameter.ReplaceAllString(path, "1"))
		}
	}
}

func TestWhatMovesMoneyOrTellsOfPeopleNeedsAFreshPassword(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	d.skew.Store((11 * time.Minute).Milliseconds())
	d.calls(func(call, method, address string) {
		r := wang.sendOnce(method, address, body(method))
		asked := r.Code == "password_needed"
		if asked != slices.Contains(afresh, call) || asked && r.status != http.StatusForbidden {
			t.Errorf("%s: %d %s", call, r.status, r.Code)
		}
	})
	wang.wants("POST", "/account/proof", map[string]string{"password": "another one"}, http.StatusBadRequest,
		"invalid_field", "password")
	wang.must("POST", "/account/proof", map[string]string{"password": password}, nil)
	if r := wang.sendOnce("GET", "/account/proof", nil); r.status != http.StatusNoContent {
		t.Errorf("with the password given again: %d %s", r.status, r.Code)
	}
}

func TestWhoHasSomethingToDoFirstMayDoNothingElse(t *testing.T) {
	d := openDesk(t, embedded(t))
	first, late := d.hire("wang", staff.Owner), d.signedIn("li", staff.Owner)
	if err := d.app.Staff.SetPassword(t.Context(), staff.CommandLine, first.member.ID, password); err != nil {
		t.Fatal(err)
	}
	first.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
	late.must("GET", "/banks", nil, nil)
	d.skew.Store((7*24*time.Hour + time.Minute).Milliseconds())
	first.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
	late.must("POST", "/session", map[string]string{"login": "li", "password": password}, nil)
	d.calls(func(call, method, address string) {
		if needed[strings.Replace(call, "/", " /", 1)] == themselves {
			return
		}
		for c, code := range map[*clerk]string{first: "password_change_needed", late: "second_factor_needed"} {
			c.wants(method, address, body(method), http.StatusForbidden, code, "")
		}
	})
	first.must("PUT", "/account/password", map[string]string{"present": password, "password": "晴天去河边看白鹭吧" + password}, nil)
	first.wants("GET", "/banks", nil, http.StatusForbidden, "second_factor_needed", "")
}

func body(method string) any {
	if method == "GET" || method == "DELETE" {
		return nil
	}
	return map[string]string{}
}

func TestAPageOfAnotherSiteCannotWriteInSomebodysName(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://elsewhere.invalid"}} {
		if r := wang.send("POST", "/banks/safety/undo", map[string]string{}, header...); r.Code != "cross_origin" {
			t.Errorf("%v: %d %s, want cross_origin", header, r.status, r.Code)
		}
	}
	for _, cookie := range wang.client.Jar.Cookies(mustURL(t, d.url)) {
		if cookie.Name != "aq_staff" { // aq_desk goes to the calls of the session alone
			t.Errorf("a cookie %s", cookie.Name)
		}
	}
}
