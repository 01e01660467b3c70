package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
	"anquanda/internal/typed"
)

// teamsReply is how teams are formed, and the team of who asks.
type teamsReply struct {
	ServerTime int64      `json:"server_time"`
	Title      string     `json:"title"`
	Least      int        `json:"least"`
	Most       int        `json:"most"`
	Until      int64      `json:"until"`
	Team       *teamReply `json:"team"` // null for none
}

type teamReply struct {
	Name    string `json:"name"`
	ShownAs string `json:"shown_as"`
	Captain bool   `json:"captain"` // who asks is
	// Code lets others in until CodeUntil; empty once that is over.
	Code      string        `json:"code"`
	CodeUntil int64         `json:"code_until"`
	Members   []memberReply `json:"members"`
	Renames   int           `json:"renames"` // how many other names the captain, who is asking, may give it now
}

type memberReply struct {
	Player    string `json:"player"`
	Name      string `json:"name"`
	Me        bool   `json:"me"`
	Captain   bool   `json:"captain"`
	Removable bool   `json:"removable"` // by the captain, who is asking
}

// errTeamOften bounds guessing; right codes count too.
var errTeamOften = errs.New(errs.RateLimited, "team_tries", "试的次数太多了，请过一会儿再试")

// Team shows how teams are formed, and the own one.
func (a *API) Team(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	return a.replyTeam(c, in, web.Player(c))
}

func (a *API) replyTeam(c *gin.Context, in *catalog.Contest, player sqldb.ID) error {
	if in.Teams == nil {
		return contest.ErrNoTeams
	}
	now := a.millis()
	reply := teamsReply{ServerTime: now, Title: in.Teams.Title, Least: in.Teams.Size.Least, Most: in.Teams.Size.Most,
		Until: in.TeamsUntil()}
	if player != 0 {
		mine, err := a.Teams.Mine(c.Request.Context(), in.ContestID, player)
		if err != nil {
			return err
		}
		reply.Team = teamOf(mine, player, in.MayTeam(now) == nil)
	}
	return web.JSON(c, http.StatusOK, reply)
}

func teamOf(of *team.Team, player sqldb.ID, open bool) *teamReply {
	if of == nil {
		return nil
	}
	captain := of.Captain == player
	reply := &teamReply{Name: of.Name, ShownAs: publicname.OnPhones.ShowTeam(of.Name, of.State, of.ID), Captain: captain,
		CodeUntil: of.CodeUntil}
	if of.Code != "" {
		reply.Code = typed.ShownCode(of.Code)
	}
	if captain {
		reply.Renames = of.Renames
	}
	for _, m := range of.Members {
		reply.Members = append(reply.Members, memberReply{Player: m.PlayerID.String(),
			Name: m.ShownName(publicname.OnPhones), Me: m.PlayerID == player, Captain: m.PlayerID == of.Captain,
			Removable: captain && open && m.PlayerID != player && !m.Answered})
	}
	return reply
}

// changeTeam does something to the own team and shows it.
func (a *API) changeTeam(c *gin.Context, change func(in *catalog.Contest, player sqldb.ID) error) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	if err := change(in, player); err != nil {
		return err
	}
	return a.replyTeam(c, in, player)
}

type foundTeamRequest struct {
	Name string `json:"name"`
}

// FoundTeam makes a team with the player as its captain.
func (a *API) FoundTeam(c *gin.Context) error {
	var body foundTeamRequest
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		if err := web.Decode(c, &body); err != nil {
			return err
		}
		return a.Teams.Found(c.Request.Context(), in, player, body.Name)
	})
}

type joinTeamRequest struct {
	Code string `json:"code"`
}

// JoinTeam puts the player into the team of a code, scanned or typed.
func (a *API) JoinTeam(c *gin.Context) error {
	var body joinTeamRequest
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		if err := web.Decode(c, &body); err != nil {
			return err
		}
		if a.Limits.Take(c, in, limit.Team) != nil {
			return errTeamOften
		}
		return a.Teams.Join(c.Request.Context(), in, player, body.Code)
	})
}

// LeaveTeam takes the player out of the own team.
func (a *API) LeaveTeam(c *gin.Context) error {
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		return a.Teams.Leave(c.Request.Context(), in, player)
	})
}

// RemoveMember takes somebody out of the team that the player is captain of.
func (a *API) RemoveMember(c *gin.Context) error {
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		member, ok := sqldb.ParseID(c.Param("player"))
		if !ok {
			return team.ErrNotInTeam
		}
		return a.Teams.Remove(c.Request.Context(), in, player, member)
	})
}

// RenewTeamCode gives the captain's team another code.
func (a *API) RenewTeamCode(c *gin.Context) error {
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		return a.Teams.Renew(c.Request.Context(), in, player)
	})
}

// RenameTeam gives the captain's team another name in the place of one that others do not see.
func (a *API) RenameTeam(c *gin.Context) error {
	var body foundTeamRequest
	return a.changeTeam(c, func(in *catalog.Contest, player sqldb.ID) error {
		if err := web.Decode(c, &body); err != nil {
			return err
		}
		return a.Teams.Rename(c.Request.Context(), in, player, body.Name)
	})
}
