package player

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

type homeReply struct {
	ServerTime int64               `json:"server_time"`
	Contest    contestReply        `json:"contest"`
	Levels     []contestview.Level `json:"levels"`
	Me         *meReply            `json:"me"`
	Proof      *proofReply         `json:"proof,omitempty"` // absent where everybody is a guest
	// Choice are the contests to choose from, where none is named and several may be meant.
	Choice []contestview.Line `json:"choice,omitempty"`
}

type contestReply struct {
	Slug      string        `json:"slug"`
	Title     string        `json:"title"`
	Subtitle  string        `json:"subtitle"`
	Organizer string        `json:"organizer"`
	Contact   string        `json:"contact"`
	OpensAt   int64         `json:"opens_at"`
	ClosesAt  int64         `json:"closes_at"`
	Phase     contest.Phase `json:"phase"`
	Rules     []string      `json:"rules"`
	UnitLabel string        `json:"unit_label"`
	UnitTyped bool          `json:"unit_typed,omitempty"` // the name of a unit may be typed
	Units     bool          `json:"units"`
	Boards    []boardReply  `json:"boards"`
	Asks      asksReply     `json:"asks"`
	Gains     gainsReply    `json:"gains"`
	Training  *windowReply  `json:"training"`           // null where there is none
	Pledge    string        `json:"pledge,omitempty"`   // title
	Live      bool          `json:"live,omitempty"`     // whether it has live quizzes
	Spots     int           `json:"spots,omitempty"`    // whose codes can be found
	Polls     int           `json:"polls,omitempty"`    // that are asked of who has finished
	Teams     string        `json:"teams,omitempty"`    // what teams are called that players form
	Pairings  bool          `json:"pairings,omitempty"` // whether units meet
	Lists     bool          `json:"lists,omitempty"`    // whether it has lists that everybody may see
	Rehearsal bool          `json:"rehearsal,omitempty"`
	Pass      string        `json:"pass,omitempty"` // of a rehearsal, for the code on the big screen
}

type boardReply struct {
	Key     string          `json:"key"`
	Title   string          `json:"title"`
	Subject contest.Subject `json:"subject"`
	Measure string          `json:"measure"`
	Daily   bool            `json:"daily"`
}

type meReply struct {
	Nickname string `json:"nickname"`
	*withheldReply
	Unit         *unitReply `json:"unit"`
	UnitName     string     `json:"unit_name,omitempty"` // as typed, while it waits to be found
	Score        float64    `json:"score"`
	PassedLevels int        `json:"passed_levels"`
	// Awards are the prizes that wait for the player; absent where none do.
	Awards *waitingReply `json:"awards,omitempty"`
	// Decision is standing while the player is disqualified, undone for a while after.
	Decision conduct.State `json:"decision,omitempty"`
	// Held are the attempts that wait for staff to look, Out those that staff left out.
	Held int `json:"held,omitempty"`
	Out  int `json:"out,omitempty"`
	partReply
	gainedReply

	enrolment identity.Enrolment
}

// enrolled is the part that a reply tells of; nil for nobody.
func (me *meReply) enrolled() *identity.Enrolment {
	if me == nil {
		return nil
	}
	return &me.enrolment
}

// withheldReply tells a player whose nickname others do not see.
type withheldReply struct {
	ShownAs   string           `json:"shown_as"`
	NameState publicname.State `json:"name_state"`
}

func withheldOf(e identity.Enrolment) *withheldReply {
	if e.NameState.Public() {
		return nil
	}
	return &withheldReply{ShownAs: e.ShownName(publicname.OnPhones), NameState: e.NameState}
}

type waitingReply struct {
	Count int   `json:"count"`
	Asks  int   `json:"asks"`  // of Count, for which something has to be told first
	Until int64 `json:"until"` // when the first lapses; 0: none does
}

// Home tells of the contest, its levels and, when signed in, the player.
func (a *API) Home(c *gin.Context) error {
	contest, err := a.contest(c)
	if err != nil {
		return err
	}
	now := a.millis()
	reply := homeReply{ServerTime: now, Contest: contestOf(contest, now), Choice: a.choice(c, now)}
	reply.Contest.Pass = a.Passes.OfContest(contest)
	summary, me, err := a.playerOf(c, contest)
	if err != nil {
		return err
	}
	if reply.Proof, err = a.proofOf(c.Request.Context(), contest, me.enrolled()); err != nil {
		return err
	}
	if reply.Me = me; me != nil {
		if err := a.tellAwards(c.Request.Context(), contest, web.Player(c), me); err != nil {
			return err
		}
		if me.Decision, err = a.decisionState(c.Request.Context(), contest.ContestID, web.Player(c)); err != nil {
			return err
		}
	}
	reply.Levels = contestview.LevelsOf(contest, summary, me == nil, now)
	return web.JSON(c, http.StatusOK, reply)
}

// tellAwards tells of prizes that wait, in a contest that has some.
func (a *API) tellAwards(ctx context.Context, in *catalog.Contest, player sqldb.ID, me *meReply) error {
	if len(in.Prizes) == 0 {
		return nil
	}
	waiting, err := a.Claims.Waiting(ctx, in, player)
	if waiting.Count > 0 {
		reply := waitingReply(waiting)
		me.Awards = &reply
	}
	return err
}

// playerOf reads how far who asks is, and the part in the contest; nothing for a stranger.
func (a *API) playerOf(c *gin.Context, in *catalog.Contest) (*contest.Summary, *meReply, error) {
	return a.playerAs(c.Request.Context(), in, web.Player(c))
}

// meAs is a player as the player sees it; nil who takes no part yet.
func (a *API) meAs(c *gin.Context, in *catalog.Contest, player sqldb.ID) (*meReply, error) {
	_, me, err := a.playerAs(c.Request.Context(), in, player)
	return me, err
}

func (a *API) playerAs(ctx context.Context, in *catalog.Contest, player sqldb.ID) (*contest.Summary, *meReply, error) {
	if player == 0 {
		return &contest.Summary{}, nil, nil
	}
	enrolment, err := a.Players.Enrolment(ctx, in.ContestID, player)
	if errors.Is(err, identity.ErrNotEnrolled) {
		return &contest.Summary{}, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	summary, err := a.Play.Summary(ctx, in, enrolment)
	if err != nil {
		return nil, nil, err
	}
	me, err := a.meOf(ctx, in, enrolment, summary)
	return summary, me, err
}

func (a *API) meOf(ctx context.Context, in *catalog.Contest, e identity.Enrolment,
	summary *contest.Summary) (*meReply, error) {
	if a.Referrals.ProfileDue(in, e, summary) {
		if _, err := a.Referrals.ProfileFilled(ctx, in, e.PlayerID); err != nil {
			return nil, err
		}
		var err error
		if summary, err = a.Play.Summary(ctx, in, e); err != nil {
			return nil, err
		}
	}
	part, err := a.partOf(ctx, in, e, summary)
	if err != nil {
		return nil, err
	}
	gained, err := a.gainedOf(ctx, in, e, summary)
	if err != nil {
		return nil, err
	}
	waiting, err := a.waitingName(ctx, in, e)
	if err != nil {
		return nil, err
	}
	me := &meReply{Nickname: e.Nickname, withheldReply: withheldOf(e), Unit: unitOf(in, e.UnitID), UnitName: waiting,
		partReply:   part,
		gainedReply: gained, enrolment: e, Held: summary.Held, Out: summary.Out}
	if in.Tells(a.millis()) {
		me.Score = in.Points(in.BestSum(summary))
	}
	for i := range in.Levels {
		if summary.Passed(in.Levels[i].Key) {
			me.PassedLevels++
		}
	}
	return me, nil
}

func unitOf(in *catalog.Contest, id sqldb.ID) *unitReply {
	unit, ok := in.Units.Get(id)
	if !ok {
		return nil
	}
	return &unitReply{ID: unit.ID.String(), Name: unit.Name, Path: in.Units.Path(id)}
}

func contestOf(in *catalog.Contest, now int64) contestReply {
	reply := contestReply{
		Slug: in.Slug, Title: in.Title, Subtitle: in.Subtitle, Organizer: in.Organizer, Contact: in.Contact,
		OpensAt: in.Window.Opens.MS, ClosesAt: in.Window.Closes.MS, Phase: in.Phase(now), Rules: web.NotNil(in.Rules),
		UnitLabel: in.Players.Unit.Label, UnitTyped: typesUnit(in), Units: in.Players.Unit.Ask != contest.AskNo,
		Boards: make([]boardReply, 0, len(in.Boards)), Asks: asksOf(in), Gains: gainsOf(in.Definition),
		Training: windowOf(in.Training), Pledge: pledgeTitle(in.Definition), Live: len(in.Live) > 0,
		Rehearsal: in.RehearsalOf != 0, Spots: len(in.Spots), Polls: len(in.Polls),
		Pairings: len(in.Pairings) > 0, Lists: in.HasPublicLists(),
	}
	if in.Teams != nil {
		reply.Teams = in.Teams.Title
	}
	for _, b := range in.Boards {
		reply.Boards = append(reply.Boards, boardReply{Key: b.Key, Title: b.Title, Subject: b.Subject,
			Measure: rulespage.MeasureUnit(in.Definition, &b), Daily: b.Daily})
	}
	return reply
}
