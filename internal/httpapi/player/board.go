package player

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

type boardPageReply struct {
	ServerTime int64           `json:"server_time"`
	Board      string          `json:"board"`
	Title      string          `json:"title"`
	Subject    contest.Subject `json:"subject"`
	Measure    string          `json:"measure"`
	Day        string          `json:"day"`
	// Round is the round that is shown of a board of rounds, Rounds those that can be.
	Round   string       `json:"round,omitempty"`
	Rounds  []roundReply `json:"rounds,omitempty"`
	Total   int64        `json:"total"`
	Late    bool         `json:"late"`
	Entries []placeReply `json:"entries"`
	Me      *mineReply   `json:"me"`
}

type roundReply struct {
	Round string `json:"round"`
	Title string `json:"title"`
}

type placeReply struct {
	Rank  int64   `json:"rank"`
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Score float64 `json:"score"`
	Me    bool    `json:"me"`
	// Used is the time used, ms, where that ranks equals.
	Used int64 `json:"used_ms,omitempty"`
}

type mineReply struct {
	Rank   int64        `json:"rank"`
	Score  float64      `json:"score"`
	Around []placeReply `json:"around"`
}

// Board shows part of a board, and where the player (or the player's unit)
// stands with the neighbours.
func (a *API) Board(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	query, day, err := boardQuery(c)
	if err != nil {
		return err
	}
	definition, ok := in.Board(query.Board)
	if !ok {
		return board.ErrUnknown
	}
	if query.Period != 0 && !definition.Daily {
		return errs.InvalidField("day", "这个榜没有按天的排名")
	}
	rounds := in.RoundsOf(&definition, a.millis())
	round, err := roundAsked(c, rounds)
	if err != nil {
		return err
	}
	if len(rounds) > 0 {
		query.Period = round.Period
	}
	if query.View, err = viewOf(c, in); err != nil {
		return err
	}
	if query.Me, err = a.rankedAs(c, in, definition); err != nil {
		return err
	}
	page, err := a.Boards.Page(c.Request.Context(), in, query)
	if err != nil {
		return err
	}
	reply := boardPageReply{
		ServerTime: a.millis(), Board: definition.Key, Title: definition.Title, Subject: definition.Subject, Day: day,
		Measure: rulespage.MeasureUnit(in.Definition, &definition), Total: page.Total, Late: page.Late,
		Entries: placesOf(in, &definition, page.Entries, query.Me),
	}
	if len(rounds) > 0 {
		reply.Round, reply.Rounds = roundName(round), roundsOf(rounds)
	}
	if page.Me != nil {
		reply.Me = &mineReply{Rank: page.Me.Rank, Score: in.PointsOn(&definition, page.Me.Points),
			Around: placesOf(in, &definition, page.Me.Around, query.Me)}
	}
	return web.JSON(c, http.StatusOK, reply)
}

// roundAsked is which of a board's rounds is asked for: the newest one, where none is named.
func roundAsked(c *gin.Context, rounds []contest.BoardRound) (contest.BoardRound, error) {
	name, err := web.Query(c, "round")
	if err != nil || name == "" && len(rounds) == 0 {
		return contest.BoardRound{}, err
	}
	at := slices.IndexFunc(rounds, func(r contest.BoardRound) bool { return name == "" || name == roundName(r) })
	if at < 0 {
		return contest.BoardRound{}, errs.InvalidField("round", "这个榜没有这一周或这一期")
	}
	return rounds[at], nil
}

func roundName(r contest.BoardRound) string { return strconv.Itoa(r.Number) }

func roundsOf(rounds []contest.BoardRound) []roundReply {
	reply := make([]roundReply, len(rounds))
	for i, r := range rounds {
		reply[i] = roundReply{roundName(r), r.Title}
	}
	return reply
}

// viewOf is how who asks sees names: as phones do, or as the screens of a hall.
func viewOf(c *gin.Context, in *catalog.Contest) (publicname.View, error) {
	on, err := web.Query(c, "on")
	switch {
	case err != nil || on == "":
		return publicname.OnPhones, err
	case on == "screen":
		return publicname.OnScreens(in.Definition), nil
	}
	return publicname.OnPhones, errs.InvalidField("on", "on 只能是 screen")
}

func boardQuery(c *gin.Context) (board.Query, string, error) {
	query := board.Query{Board: c.Param("board")}
	var err error
	if query.From, err = web.Number(c, "from", 1, 1, 1_000_000_000); err != nil {
		return query, "", err
	}
	if query.Size, err = web.Number(c, "size", 50, 1, board.MaxPage); err != nil {
		return query, "", err
	}
	day, err := web.Query(c, "day")
	if err != nil {
		return query, "", err
	}
	if day != "" {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return query, "", errs.InvalidField("day", "日期应写成 2026-06-16")
		}
		fmt.Sscanf(t.Format("20060102"), "%d", &query.Period)
	}
	return query, day, nil
}

// rankedAs is whose place is wanted on a board: the player, or the unit or
// team that ranks the player. A stranger is 0.
func (a *API) rankedAs(c *gin.Context, in *catalog.Contest, definition contest.Board) (sqldb.ID, error) {
	player := web.Player(c)
	if player == 0 || definition.Subject == contest.SubjectPlayer {
		return player, nil
	}
	if definition.Subject == contest.SubjectTeam {
		return a.Teams.Of(c.Request.Context(), in.ContestID, player)
	}
	enrolments, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, []sqldb.ID{player})
	if err != nil {
		return 0, err
	}
	if unit, ok := in.Units.At(enrolments[player].UnitID, definition.Depth); ok {
		return unit.ID, nil
	}
	return 0, nil
}

func placesOf(in *catalog.Contest, on *contest.Board, places []board.Place, me sqldb.ID) []placeReply {
	reply := make([]placeReply, len(places))
	for i, p := range places {
		reply[i] = placeReply{Rank: p.Rank, Name: p.Name, Unit: p.Unit, Score: in.PointsOn(on, p.Points),
			Me:   p.ID == me,
			Used: p.UsedMS}
	}
	return reply
}
