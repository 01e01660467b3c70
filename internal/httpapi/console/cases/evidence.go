package cases

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
)

// evidenceReply is all that staff see about one player.
type evidenceReply struct {
	Who      personReply               `json:"who"`
	Signals  []conduct.Signal          `json:"signals"`
	LookedAt int64                     `json:"looked_at"` // when the signals were found; 0: never
	Finished int                       `json:"finished"`
	Attempts []attemptFactReply        `json:"attempts"`
	Came     *comingReply              `json:"came"`
	Invited  []invitedReply            `json:"invited"`
	Awards   []awardFactReply          `json:"awards"`
	Held     map[contest.GrantKind]int `json:"held"`
	Others   []personReply             `json:"others"` // whom the evidence names
}

type attemptFactReply struct {
	ID         string  `json:"id"`
	Level      string  `json:"level"` // title
	FinishedAt int64   `json:"finished_at"`
	Answered   int     `json:"answered"`
	Correct    int     `json:"correct"`
	Score      float64 `json:"score"`
	UsedMS     int64   `json:"used_ms"`
	Passed     bool    `json:"passed"`
	Hasty      int     `json:"hasty"`
}

type comingReply struct {
	Channel   string       `json:"channel"`
	Inviter   *personReply `json:"inviter"`
	ArrivedAt int64        `json:"arrived_at"`
	SameHere  int          `json:"same_here"`
}

type invitedReply struct {
	personReply
	State     string `json:"state"`
	ArrivedAt int64  `json:"arrived_at"`
	Finished  int    `json:"finished"`
}

type awardFactReply struct {
	ID     string       `json:"id"`
	Prize  string       `json:"prize"`
	Source string       `json:"source"`
	Status prize.Status `json:"status"`
	WonAt  int64        `json:"won_at"`
}

// evidenceOf puts together what is known about a player.
func (a *API) evidenceOf(c *gin.Context, in *catalog.Contest, player sqldb.ID) (*evidenceReply, error) {
	ctx := c.Request.Context()
	facts, err := a.Forensics.FactsOf(ctx, in.ContestID, player)
	if err != nil {
		return nil, err
	}
	signals, err := a.Conduct.SignalsOf(ctx, in.ContestID, player)
	if err != nil {
		return nil, err
	}
	look, err := a.Conduct.ScanOf(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	named := othersIn(signals)
	players := append([]sqldb.ID{player}, named...)
	for i := range facts.Invited {
		players = append(players, facts.Invited[i].PlayerID)
	}
	if facts.Came != nil {
		players = append(players, facts.Came.InviterID)
	}
	who, err := a.peopleOf(c, in, players)
	if err != nil {
		return nil, err
	}
	reply := &evidenceReply{Who: who(player), Signals: web.NotNil(signals), LookedAt: look.EndedAt,
		Finished: facts.Finished, Held: facts.Held, Others: []personReply{}}
	for _, other := range named {
		reply.Others = append(reply.Others, who(other))
	}
	reply.add(in, facts, who)
	return reply, nil
}

func (r *evidenceReply) add(in *catalog.Contest, facts *forensics.Facts, who func(sqldb.ID) personReply) {
	r.Attempts, r.Invited, r.Awards = []attemptFactReply{}, []invitedReply{}, []awardFactReply{}
	for _, f := range facts.Attempts {
		title := f.Level
		if level, _, ok := in.Level(f.Level); ok {
			title = level.Title
		}
		r.Attempts = append(r.Attempts, attemptFactReply{
			ID: f.ID.String(), Level: title, FinishedAt: f.FinishedAt, Answered: f.Answered, Correct: f.Correct,
			Score:  in.Points(f.Score),
			UsedMS: f.UsedMS, Passed: f.Passed, Hasty: f.Hasty,
		})
	}
	for _, f := range facts.Invited {
		r.Invited = append(r.Invited, invitedReply{
			personReply: who(f.PlayerID), State: f.State, ArrivedAt: f.ArrivedAt, Finished: f.Finished,
		})
	}
	for _, f := range facts.Awards {
		r.Awards = append(r.Awards, awardFactReply{
			ID: f.ID.String(), Prize: contestview.PrizeTitle(in, f.PrizeKey), Source: f.Source, Status: prize.Status(f.Status),
			WonAt: f.WonAt,
		})
	}
	if facts.Came == nil {
		return
	}
	r.Came = &comingReply{Channel: facts.Came.Channel, ArrivedAt: facts.Came.ArrivedAt, SameHere: facts.Came.SameHere}
	if facts.Came.InviterID != 0 {
		inviter := who(facts.Came.InviterID)
		r.Came.Inviter = &inviter
	}
}

// othersIn lists the players that the evidence of signals names.
func othersIn(signals []conduct.Signal) (players []sqldb.ID) {
	for _, s := range signals {
		var evidence struct {
			Others []string `json:"others"`
		}
		if json.Unmarshal(s.Evidence, &evidence) != nil {
			continue // of a kind that names nobody
		}
		for _, text := range evidence.Others {
			if id, ok := sqldb.ParseID(text); ok {
				players = append(players, id)
			}
		}
	}
	return players
}

// Evidence shows what is known about a player before a case is opened.
func (a *API) Evidence(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	player, err := web.ID(c, "player", conduct.ErrPlayer)
	if err != nil {
		return err
	}
	reply, err := a.evidenceOf(c, in, player)
	if err != nil {
		return err
	}
	if reply.Who.Nickname == "" && reply.Finished == 0 {
		return conduct.ErrPlayer
	}
	cases, err := a.Conduct.CasesOf(c.Request.Context(), in.ContestID, player)
	if err != nil {
		return err
	}
	listed := []caseReply{}
	for i := range cases {
		listed = append(listed, caseOf(&cases[i], func(sqldb.ID) personReply { return reply.Who }))
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "evidence": reply, "cases": listed})
}
