// Package names is the console's screens of names that the public reads: hiding and
// showing them, and the words that none may hold.
package names

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/pledge"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
)

// API serves who looks after names.
type API struct {
	Catalog *catalog.Catalog
	Players *identity.Players
	Pledges *pledge.Service
	Names   *publicname.Names
	Teams   *team.Service
	// Decide shows or hides the names of players everywhere.
	Decide func(ctx context.Context, by staff.Actor, in *catalog.Contest, of []publicname.Looked, s publicname.State,
		reason string) (done int, err error)
	// Settle judges all names anew after the list of words changed.
	Settle func(ctx context.Context) error
}

// listed is how many players one call lists, and the most that one call decides.
const listed = 50

type nameReply struct {
	Player    string           `json:"player"`
	Nickname  string           `json:"nickname"`
	State     publicname.State `json:"state"`
	ShownAs   string           `json:"shown_as"`  // on phones
	OnScreen  string           `json:"on_screen"` // in the hall
	Unit      string           `json:"unit"`
	JoinedAt  int64            `json:"joined_at"`
	Signature *signedReply     `json:"signature"` // null without one
}

type signedReply struct {
	Number   int64            `json:"number"`
	Name     string           `json:"name"` // as its player lets others see it
	State    publicname.State `json:"state"`
	OnScreen string           `json:"on_screen"`
}

// groups are what the page lists, by the states that belong to it.
var groups = map[string][]publicname.State{
	"":       {publicname.Unseen, publicname.Approved, publicname.Unfit, publicname.Hidden, publicname.Waiting},
	waiting:  {publicname.Unseen, publicname.Waiting},
	withheld: {publicname.Unfit, publicname.Hidden, publicname.Waiting},
}

const waiting, withheld = "waiting", "withheld"

// List lists names of a contest, those of the newest players first: all, those that
// nobody has looked at, or those that others do not see.
func (a *API) List(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	query, err := queryOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rows, err := a.Players.ListNames(ctx, in.ContestID, query)
	if err != nil {
		return err
	}
	older := ""
	if len(rows) == listed {
		older = rows[listed-1].PlayerID.String()
	}
	if query.Before == 0 {
		if rows, err = a.withSigners(ctx, in, query, rows); err != nil {
			return err
		}
	}
	reply, err := a.repliesOf(ctx, in, rows)
	if err != nil {
		return err
	}
	counts, err := a.count(ctx, in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"names": reply, "older": older, "review": in.Players.Names.Review,
		"waiting": counts[waiting], "withheld": counts[withheld]})
}

// count counts the players of the groups.
func (a *API) count(ctx context.Context, in *catalog.Contest) (map[string]int64, error) {
	states, err := a.Players.CountNames(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, group := range []string{waiting, withheld} {
		_, signers, err := a.Pledges.Signers(ctx, in.ContestID, pledge.SignersQuery{States: groups[group]})
		if err != nil {
			return nil, err
		}
		counts[group] = signers
		for _, state := range groups[group] {
			counts[group] += states[state]
		}
	}
	return counts, nil
}

func queryOf(c *gin.Context) (query identity.NamesQuery, err error) {
	query.Limit = listed
	if query.Text, err = web.Query(c, "name"); err != nil {
		return query, err
	}
	query.Text = strings.TrimSpace(query.Text)
	if err := web.Text("name", query.Text, 100); err != nil {
		return query, err
	}
	group, err := web.Query(c, "which")
	if err != nil {
		return query, err
	}
	known := false
	if query.States, known = groups[group]; !known {
		return query, web.Wrong("which", "应为 waiting 或 withheld")
	}
	before, err := web.Query(c, "before")
	if err != nil || before == "" {
		return query, err
	}
	id, ok := sqldb.ParseID(before)
	if !ok {
		return query, web.Wrong("before", "应为上一页最后一位参赛者")
	}
	query.Before = id
	return query, nil
}

// withSigners adds those whose signature is looked for, and not their nickname.
func (a *API) withSigners(
	ctx context.Context, in *catalog.Contest, q identity.NamesQuery, rows []identity.Held,
) ([]identity.Held, error) {
	found, _, err := a.Pledges.Signers(ctx, in.ContestID, pledge.SignersQuery{Text: q.Text, States: q.States,
		Limit: listed})
	if err != nil {
		return nil, err
	}
	for _, player := range found {
		held, err := a.Players.Held(ctx, in.ContestID, player)
		if err != nil {
			return nil, err
		}
		rows = append(rows, held)
	}
	return rows, nil
}

func (a *API) repliesOf(ctx context.Context, in *catalog.Contest, rows []identity.Held) ([]nameReply, error) {
	players := make([]sqldb.ID, len(rows))
	for i, row := range rows {
		players[i] = row.PlayerID
	}
	signatures, err := a.Pledges.OfPlayers(ctx, in.ContestID, players)
	if err != nil {
		return nil, err
	}
	screen := publicname.OnScreens(in.Definition)
	reply := make([]nameReply, len(rows))
	for i, row := range rows {
		reply[i] = nameReply{Player: row.PlayerID.String(), Nickname: row.Nickname, State: row.NameState,
			ShownAs: row.ShownName(publicname.OnPhones), OnScreen: row.ShownName(screen), Unit: in.Units.Path(row.UnitID),
			JoinedAt: row.JoinedAt}
		if s, ok := signatures[row.PlayerID]; ok && s.Name != "" {
			reply[i].Signature = &signedReply{Number: s.Number, Name: s.AsChosen(), State: s.NameState,
				OnScreen: s.Shown(screen)}
		}
	}
	return reply, nil
}

type decideRequest struct {
	Names  []lookedRequest `json:"names"`
	Hidden bool            `json:"hidden"`
	Reason string          `json:"reason"`
}

// lookedRequest is a player whose names somebody looked at, as they were shown.
type lookedRequest struct {
	Player   string `json:"player"`
	Nickname string `json:"nickname"`
	Signed   bool   `json:"signed"` // a signature was shown beside it
}

// DecideNames hides the names of players everywhere, or shows them: a name that was
// changed since it was looked at is left as it is.
func (a *API) DecideNames(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body decideRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	reason := strings.TrimSpace(body.Reason)
	if err := web.Text("reason", reason, 200); err != nil {
		return err
	}
	switch {
	case len(body.Names) == 0 || len(body.Names) > listed:
		return errs.InvalidField("names", "一次处理 1 到 50 个名字")
	case body.Hidden && reason == "":
		return errs.InvalidField("reason", "请写明原因")
	}
	looked := make([]publicname.Looked, len(body.Names))
	for i, of := range body.Names {
		player, ok := sqldb.ParseID(of.Player)
		if !ok {
			return errs.InvalidField("names", "没有这位参赛者")
		}
		if of.Nickname == "" {
			return errs.InvalidField("names", "请写明看过的是哪个昵称")
		}
		looked[i] = publicname.Looked{Player: player, Name: of.Nickname, Signed: of.Signed}
	}
	state := publicname.Approved
	if body.Hidden {
		state = publicname.Hidden
	}
	done, err := a.Decide(c.Request.Context(), console.Actor(c), in, looked, state, reason)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"done": done})
}
