package console

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/player"
	"anquanda/internal/httpapi/web"
)

// Example is a definition that ships with the program, to begin from.
type Example struct {
	Name string
	Text []byte
}

type contestReply struct {
	Slug      string          `json:"slug"`
	Title     string          `json:"title"`
	Organizer string          `json:"organizer"`
	Phase     contest.Phase   `json:"phase"`
	OpensAt   int64           `json:"opens_at"`
	ClosesAt  int64           `json:"closes_at"`
	Version   int             `json:"version"`
	Players   int64           `json:"players"`
	Rehearsal *rehearsalReply `json:"rehearsal"`
}

type rehearsalReply struct {
	Slug     string `json:"slug"`
	Players  int64  `json:"players"`
	Attempts int64  `json:"attempts"`
}

// Contests lists the contests, the latest first; rehearsals stand with what they
// rehearse.
func (a *API) Contests(c *gin.Context) error {
	all := slices.DeleteFunc(a.Catalog.All(), func(in *catalog.Contest) bool { return in.RehearsalOf != 0 })
	slices.SortFunc(all, func(x, y *catalog.Contest) int { return int(y.ContestID - x.ContestID) })
	reply := make([]contestReply, len(all))
	for i, in := range all {
		var err error
		if reply[i], err = a.contestOf(c.Request.Context(), in); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"contests": reply})
}

func (a *API) contestOf(ctx context.Context, in *catalog.Contest) (contestReply, error) {
	players, err := a.Players.Count(ctx, in.ContestID)
	if err != nil {
		return contestReply{}, err
	}
	reply := contestReply{
		Slug: in.Slug, Title: in.Title, Organizer: in.Organizer, Phase: in.Phase(a.Now().UnixMilli()),
		OpensAt: in.Window.Opens.MS, ClosesAt: in.Window.Closes.MS, Version: in.Version, Players: players,
	}
	rehearsal, err := a.Catalog.RehearsalOf(in.Slug)
	if errors.Is(err, catalog.ErrNoRehearsal) {
		return reply, nil
	}
	if err == nil {
		reply.Rehearsal, err = a.rehearsalOf(ctx, rehearsal)
	}
	return reply, err
}

func (a *API) rehearsalOf(ctx context.Context, in *catalog.Contest) (*rehearsalReply, error) {
	stats, err := a.Play.Stats(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	players, err := a.Players.Count(ctx, in.ContestID) // the counters may be some seconds old
	return &rehearsalReply{in.Slug, players, stats.Attempts}, err
}

// Contest is a contest to look at or to edit: its text, and how it came to be so.
func (a *API) Contest(c *gin.Context) error {
	in, err := a.Catalog.Current(c.Param("contest"))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	shown, err := a.contestOf(ctx, in)
	if err != nil {
		return err
	}
	text, err := a.Catalog.Text(ctx, in.Slug)
	if err != nil {
		return err
	}
	changes, err := a.Catalog.Changes(ctx, in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": shown, "text": text, "changes": player.ChangesOf(changes)})
}

type exampleReply struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Levels   int    `json:"levels"`
	Boards   int    `json:"boards"`
	Pools    int    `json:"pools"`
	Drawings int    `json:"drawings"`
	Earnings int    `json:"earnings"`
	Text     string `json:"text"`
}

// ContestExamples lists the definitions that ship with the program.
func (a *API) ContestExamples(c *gin.Context) error {
	reply := make([]exampleReply, 0, len(a.Examples))
	for _, e := range a.Examples {
		d, err := contest.Parse(e.Name, e.Text)
		if err != nil {
			return err
		}
		reply = append(reply, exampleReply{e.Name, d.Title, len(d.Levels), len(d.Boards), len(d.Pools), len(d.Drawings), len(d.Earnings), string(e.Text)})
	}
	return web.JSON(c, http.StatusOK, gin.H{"examples": reply})
}
