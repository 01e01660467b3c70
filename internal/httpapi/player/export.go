package player

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// exportedMost bounds each list of the file: the newest.
const exportedMost = 2000

// exportReply is all that is kept of a player in a contest, to take along (PIPL, article
// 45). It is read by people too: names as the pages show them, times as the clock does.
type exportReply struct {
	ExportedAt   string                `json:"exported_at"`
	Contest      exportedContest       `json:"contest"`
	Player       exportedPlayer        `json:"player"`
	Proofs       []exportedProof       `json:"proofs"`
	Told         []exportedTold        `json:"told"`
	Consents     []exportedConsent     `json:"consents"`
	Attempts     []exportedAttempt     `json:"attempts"`
	Deeds        []exportedDeed        `json:"deeds"`
	Earned       []exportedGrant       `json:"earned"`
	Awards       []exportedAward       `json:"awards"`
	Pledge       *exportedPledge       `json:"pledge"` // null where none was signed
	Certificates []exportedCertificate `json:"certificates"`
	Answers      []exportedAnswer      `json:"answers"` // to the questions after the contest's
	Invitations  exportedInvitations   `json:"invitations"`
}

type exportedContest struct {
	Title     string `json:"title"`
	Organizer string `json:"organizer"`
	KeptUntil string `json:"kept_until"` // when what was told is deleted
}

type exportedPlayer struct {
	ID       string `json:"id"`
	Nickname string `json:"nickname"`
	Unit     string `json:"unit"` // empty for none
	UnitName string `json:"unit_typed"`
	Division string `json:"division"`
	JoinedAt string `json:"joined_at"`

	UnitChanges []exportedChange `json:"unit_changes"`
}

type exportedChange struct {
	From string `json:"from"`
	To   string `json:"to"`
	At   string `json:"at"`
}

type exportedProof struct {
	Kind  contest.Proof `json:"kind"`
	Value string        `json:"value"` // masked; empty where none is kept
	At    string        `json:"at"`
}

type exportedTold struct {
	Label string `json:"label"`
	Value string `json:"value"`
	At    string `json:"agreed_at"`
}

type exportedConsent struct {
	Version string `json:"version"`
	Text    string `json:"text"`
	At      string `json:"agreed_at"`
}

type exportedAttempt struct {
	Level      string  `json:"level"`
	StartedAt  string  `json:"started_at"`
	FinishedAt string  `json:"finished_at"` // empty while under way
	Seconds    float64 `json:"seconds"`
	// Null where they are not told: before the end of a contest that publishes no
	// answers, and of an attempt that is held back.
	Correct *int     `json:"correct"`
	Score   *float64 `json:"score"`
	Passed  *bool    `json:"passed"`
}

type exportedDeed struct {
	Kind contest.DeedKind `json:"kind"`
	At   string           `json:"at"`
}

type exportedGrant struct {
	Kind   contest.GrantKind `json:"kind"`
	Amount int               `json:"amount"`
	Card   string            `json:"card,omitempty"`
	At     string            `json:"at"`
}

type exportedAward struct {
	Title      string            `json:"title"`
	Kind       contest.PrizeKind `json:"kind"`
	Status     prize.Status      `json:"status"`
	WonAt      string            `json:"won_at"`
	RedeemedAt string            `json:"redeemed_at"` // empty: not handed out
}

type exportedCertificate struct {
	Title    string `json:"title"`
	Text     string `json:"text"`
	Number   string `json:"number"`
	Name     string `json:"name"` // as printed
	Unit     string `json:"unit"`
	Score    string `json:"score"`
	EarnedAt string `json:"earned_at"`
	// ReplacedAt is when a better one came; empty: it stands.
	ReplacedAt string `json:"replaced_at"`
}

type exportedAnswer struct {
	Question string   `json:"question"`
	Chosen   []string `json:"chosen"`
	At       string   `json:"at"`
}

type exportedPledge struct {
	Name     string `json:"name"`
	Number   int64  `json:"number"`
	SignedAt string `json:"signed_at"`
}

type exportedInvitations struct {
	Counted int `json:"counted"`
	Waiting int `json:"waiting"`
	Refused int `json:"refused"`
}

// Export gives a player everything that is kept, as a file.
func (a *API) Export(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	reply := exportReply{ExportedAt: clockOf(in, a.millis())}
	for _, part := range []func(context.Context, *catalog.Contest, sqldb.ID, *exportReply) error{
		a.exportPlayer, // first: who takes no part is told so
		a.exportPlay, a.exportPolls, a.exportAwards, a.exportCertificates, a.exportRest,
	} {
		if err := part(c.Request.Context(), in, player, &reply); err != nil {
			return err
		}
	}
	if err := a.exportSealed(c, in, player, &reply); err != nil {
		return err
	}
	body, err := json.MarshalIndent(reply, "", "  ")
	if err != nil {
		return errs.Wrap(err, "write what is kept of a player")
	}
	name := fmt.Sprintf("我的信息-%s-%d.json", in.Title, in.Day(a.millis()))
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "application/json", body)
	return nil
}

// clockOf is a time as the contest's clocks show it; empty for none.
func clockOf(in *catalog.Contest, ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).In(in.Zone()).Format(time.RFC3339)
}

// newest are the last of a list, as many as the file holds.
func newest[T any](all []T) []T { return all[max(0, len(all)-exportedMost):] }

func (a *API) exportPlayer(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	is, err := a.Players.Held(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	to.Contest = exportedContest{in.Title, in.Organizer, clockOf(in, personal.KeptUntil(in.Definition))}
	to.Player = exportedPlayer{ID: player.String(), Nickname: is.Nickname, Division: divisionTitle(in, is.Division),
		JoinedAt: clockOf(in, is.JoinedAt), UnitChanges: []exportedChange{}}
	if unit := unitOf(in, is.UnitID); unit != nil {
		to.Player.Unit = unit.Path
		if unit.Path == "" {
			to.Player.Unit = unit.Name
		}
	}
	if to.Player.UnitName, err = a.Units.TypedBy(ctx, in.ContestID, player); err != nil {
		return err
	}
	changes, err := a.Players.UnitChanges(ctx, in.ContestID, player)
	for _, change := range unitChangesOf(in, changes) {
		to.Player.UnitChanges = append(to.Player.UnitChanges,
			exportedChange{change.From, change.To, clockOf(in, change.At)})
	}
	return err
}

func (a *API) exportPlay(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	record, err := a.Play.Record(ctx, in.Definition, in.ContestID, player)
	if err != nil {
		return err
	}
	to.Attempts, to.Deeds, to.Earned = []exportedAttempt{}, []exportedDeed{}, []exportedGrant{}
	for _, t := range newest(record.History) {
		title := t.Level
		if level, _, ok := in.Level(t.Level); ok {
			title = level.Title
		}
		attempt := exportedAttempt{Level: title, StartedAt: clockOf(in, t.StartedAt),
			FinishedAt: clockOf(in, t.FinishedAt), Seconds: float64(t.UsedMS) / 1000}
		if in.Tells(a.millis()) && t.Held == contest.HeldNot {
			score := in.Points(t.Score)
			attempt.Correct, attempt.Score, attempt.Passed = &t.Correct, &score, &t.Passed
		}
		to.Attempts = append(to.Attempts, attempt)
	}
	for _, d := range newest(record.Deeds) {
		to.Deeds = append(to.Deeds, exportedDeed{d.Kind, clockOf(in, d.At)})
	}
	for _, g := range newest(record.Grants) {
		earned := exportedGrant{Kind: g.Kind, Amount: g.Amount, At: clockOf(in, g.At)}
		if g.Kind == contest.GrantCard {
			earned.Card = cardTitle(in.Definition, g.Source)
		}
		to.Earned = append(to.Earned, earned)
	}
	return nil
}

func (a *API) exportAwards(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	mine, err := a.Claims.Mine(ctx, in, player)
	to.Awards = []exportedAward{}
	for i := range mine {
		won := awardOf(&mine[i])
		to.Awards = append(to.Awards, exportedAward{Title: won.Title, Kind: won.Kind, Status: won.Status,
			WonAt: clockOf(in, won.WonAt), RedeemedAt: clockOf(in, won.RedeemedAt)})
	}
	return err
}

func (a *API) exportCertificates(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	held, err := a.Certificates.Of(ctx, in.ContestID, player)
	to.Certificates = []exportedCertificate{}
	for i := range held {
		c := &held[i]
		one := exportedCertificate{c.Title, c.Text, c.Number.String(), c.Name, c.Unit,
			c.Score, clockOf(in, c.EarnedAt), clockOf(in, c.ReplacedAt)}
		if c.Naming() != certificate.Nicknamed {
			if one.Name, err = a.Certificates.RealName(c); err != nil {
				return err
			}
		}
		to.Certificates = append(to.Certificates, one)
	}
	return err
}

func (a *API) exportPolls(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	answers, err := a.Polls.Of(ctx, in, player)
	if err != nil {
		return err
	}
	to.Answers = []exportedAnswer{}
	for i := range answers {
		answer := &answers[i]
		question := answer.Key
		if p := in.Poll(answer.Key); p != nil {
			question = p.Title
		}
		to.Answers = append(to.Answers, exportedAnswer{question, answer.Options(), clockOf(in, answer.AnsweredAt)})
	}
	return nil
}

func (a *API) exportRest(ctx context.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	signature, err := a.Pledges.Of(ctx, in.ContestID, player)
	if err != nil {
		return err
	}
	if signature != nil {
		to.Pledge = &exportedPledge{signature.Name, signature.Number, clockOf(in, signature.SignedAt)}
	}
	invited, err := a.Referrals.Mine(ctx, in, player)
	if err != nil {
		return err
	}
	to.Invitations = exportedInvitations{invited.Counted, invited.Waiting, invited.Refused}
	texts, err := a.Players.Personal.AgreedBy(ctx, in.ContestID, player)
	to.Consents = []exportedConsent{}
	for _, text := range texts {
		to.Consents = append(to.Consents, exportedConsent{text.Version, text.Text, clockOf(in, text.At)})
	}
	return err
}

func (a *API) exportSealed(c *gin.Context, in *catalog.Contest, player sqldb.ID, to *exportReply) error {
	all, err := a.heldInFull(c, in, player)
	if err != nil {
		return err
	}
	to.Proofs, to.Told = []exportedProof{}, []exportedTold{}
	for _, p := range newest(all.proved) {
		to.Proofs = append(to.Proofs, exportedProof{p.Kind, p.Masked(), clockOf(in, p.At)})
	}
	for _, t := range toldOf(in, all.told, whole) {
		to.Told = append(to.Told, exportedTold{t.Label, t.Value, clockOf(in, t.ConsentedAt)})
	}
	return nil
}
