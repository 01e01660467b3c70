package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// kinContest lets players form families.
const kinContest = `
contest: kin
title: 家庭赛
organizer: 社区
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
teams: {title: 家庭, size: {least: 1, most: 3}}
boards: [{key: kin, title: 家庭榜, subject: team, measure: best}]
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}]}]
`

type kinReply struct {
	Title string
	Team  *struct {
		Name, Code string
		ShownAs    string `json:"shown_as"`
		Captain    bool
		Renames    int
		Members    []struct {
			Player, Name           string
			Me, Captain, Removable bool
		}
	}
}

func TestPlayersFormATeamAndNobodyElseHasASayInIt(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		h := openHouse(t, s)
		if _, err := h.app.Catalog.Apply(t.Context(), "kin.yaml", []byte(kinContest), "test"); err != nil {
			t.Fatal(err)
		}
		var of kinReply
		call := func(p *testkit.Player, method, below string, body any) string {
			t.Helper()
			of = kinReply{}
			err := p.Call(method, p.InContest("/team"+below), body, &of)
			if err != nil {
				return err.Error()
			}
			return ""
		}
		refused := func(what, said, code string) {
			t.Helper()
			if !strings.Contains(said, code) {
				t.Errorf("%s: %q, want %s", what, said, code)
			}
		}
		captain, member, thief := h.enrolled("kin"), h.enrolled("kin"), h.enrolled("kin")
		refused("a name with a number", call(captain, http.MethodPost, "", map[string]string{"name": "电话13800138000"}),
			"invalid_field")
		if said := call(captain, http.MethodPost, "", map[string]string{"name": "青禾一家"}); said != "" || of.Team == nil ||
			!of.Team.Captain || of.Title != "家庭" {
			t.Fatalf("founding comes to %+v, %s", of, said)
		}
		code := map[string]string{"code": of.Team.Code}
		if said := call(member, http.MethodPost, "/members", code); said != "" || len(of.Team.Members) != 2 ||
			of.Team.Captain {
			t.Fatalf("joining comes to %+v, %s", of, said)
		}
		victim := of.Team.Members[1].Player
		refused("a stranger takes a member out", call(thief, http.MethodDelete, "/members/"+victim, nil), "team_captain")
		refused("a member takes the captain out",
			call(member, http.MethodDelete, "/members/"+teamSeen(t, captain).Team.Members[0].Player, nil), "team_captain")
		refused("a stranger changes the code", call(thief, http.MethodPost, "/code", nil), "team_captain")
		for range 10 {
			refused("a guess", call(thief, http.MethodPost, "/members", map[string]string{"code": "2222-3333"}),
				"team_code_unknown")
		}
		refused("the eleventh guess, with the right code", call(thief, http.MethodPost, "/members", code), "team_tries")
		if said := call(captain, http.MethodGet, "", nil); said != "" || len(of.Team.Members) != 2 ||
			!of.Team.Members[1].Removable {
			t.Errorf("the captain sees %+v, %s", of, said)
		}
		if _, err := captain.Play("only", 1); err != nil {
			t.Fatal(err)
		}
		var page struct {
			Subject string
			Entries []struct {
				Name string
				Me   bool
			}
		}
		shows := func(name string) func() bool {
			return func() bool {
				err := captain.Call(http.MethodGet, captain.InContest("/boards/kin"), nil, &page)
				return err == nil && len(page.Entries) == 1 && strings.HasPrefix(page.Entries[0].Name, name) && page.Entries[0].Me
			}
		}
		waitFor(t, shows("青禾一家"))
		path := consolePath + "/contests/kin/names/teams"
		var list struct{ Teams []struct{ Team, Name string } }
		desk := h.member(staff.Organizer)
		if err := desk.Call(http.MethodGet, path+"?name=青禾", nil, &list); err != nil || len(list.Teams) != 1 {
			t.Fatalf("staff sees %+v, %v", list, err)
		}
		hide := map[string]any{"team": list.Teams[0].Team, "hidden": true, "reason": "不文明"}
		if err := desk.Call(http.MethodPost, path, hide, nil); err != nil {
			t.Fatal(err)
		}
		waitFor(t, shows("队伍"))
		refused("a member gives another name", call(member, http.MethodPost, "/name", map[string]string{"name": "新名"}),
			"team_captain")
		if said := call(captain, http.MethodPost, "/name", map[string]string{"name": "青禾新家"}); said != "" ||
			of.Team.Name != "青禾新家" || of.Team.ShownAs == "青禾新家" || of.Team.Renames != 0 {
			t.Errorf("another name comes to %+v, %s", of.Team, said)
		}
		show := map[string]any{"team": list.Teams[0].Team, "name": "青禾一家", "hidden": false}
		if err := desk.Call(http.MethodPost, path, show, nil); err == nil || !strings.Contains(err.Error(), "team_name_changed") {
			t.Errorf("staff shows a name that it has not seen: %v", err)
		}
		show["name"] = "青禾新家"
		if err := desk.Call(http.MethodPost, path, show, nil); err != nil {
			t.Fatal(err)
		}
		waitFor(t, shows("青禾新家"))
		if said := call(captain, http.MethodDelete, "", nil); said != "" || of.Team != nil {
			t.Errorf("leaving comes to %+v, %s", of, said)
		}
		if now := teamSeen(t, member); !now.Team.Captain {
			t.Errorf("who is left is %+v", now.Team)
		}
	})
}

// teamSeen is the team that a player sees.
func teamSeen(t *testing.T, p *testkit.Player) (of kinReply) {
	t.Helper()
	if err := p.Call(http.MethodGet, p.InContest("/team"), nil, &of); err != nil || of.Team == nil {
		t.Fatalf("the team is %+v, %v", of, err)
	}
	return of
}
