package player

import (
	"context"
	"log/slog"
	"slices"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
)

// certificateReply is a certificate as it was printed when it was earned.
type certificateReply struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Number string `json:"number"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	// Named is what the name is; that of one which waits is empty.
	Named     certificate.Naming `json:"named"`
	Unit      string             `json:"unit"` // empty: of none
	Contest   string             `json:"contest"`
	Organizer string             `json:"organizer"`
	Score     string             `json:"score"` // as printed; empty: none
	EarnedAt  int64              `json:"earned_at"`
	// CorrectedAt is when its real name was corrected, UTC ms; 0: never.
	CorrectedAt int64 `json:"corrected_at"`
}

// certificatesOf lists the certificates that stand of those the player holds, and hands out first what
// is due. One that cannot be handed out now is at the next call.
func (a *API) certificatesOf(ctx context.Context, in *catalog.Contest, e identity.Enrolment,
	summary *contest.Summary) ([]certificateReply, error) {
	held, err := a.Certificates.Of(ctx, in.ContestID, e.PlayerID)
	if err != nil {
		return nil, err
	}
	if due := a.certificatesDue(ctx, in, e, summary, held); len(due) > 0 {
		if err := a.Certificates.Issue(ctx, in, e, summary, due, a.millis()); err != nil {
			slog.WarnContext(ctx, "hand out certificates", "contest", in.Slug, "error", err)
		} else if held, err = a.Certificates.Of(ctx, in.ContestID, e.PlayerID); err != nil {
			return nil, err
		}
	}
	if held, err = a.completed(ctx, in, e, held); err != nil {
		return nil, err
	}
	reply := []certificateReply{}
	for i := range held {
		if held[i].ReplacedAt == 0 {
			one, err := a.certificateOf(&held[i], e)
			if err != nil {
				return nil, err
			}
			reply = append(reply, one)
		}
	}
	return reply, nil
}

// completed are the certificates of a player, with the real names that the player told since.
// One that cannot be printed now is at the next call.
func (a *API) completed(ctx context.Context, in *catalog.Contest, e identity.Enrolment,
	held []certificate.Certificate) ([]certificate.Certificate, error) {
	done, err := a.Certificates.Complete(ctx, held)
	if err != nil {
		slog.WarnContext(ctx, "print names on certificates", "contest", in.Slug, "error", err)
		return held, nil
	}
	if !done {
		return held, nil
	}
	return a.Certificates.Of(ctx, in.ContestID, e.PlayerID)
}

// certificateOf is a certificate as its player sees it.
func (a *API) certificateOf(c *certificate.Certificate, e identity.Enrolment) (certificateReply, error) {
	reply := certificateReply{Key: c.Key, Title: c.Title, Text: c.Text, Number: c.Number.String(),
		Code: a.Certificates.Code(c.Number), Unit: c.Unit, Contest: c.Contest,
		Organizer: c.Organizer, Score: c.Score, EarnedAt: c.EarnedAt, Named: c.Naming(), CorrectedAt: c.CorrectedAt}
	var err error
	reply.Name, err = a.Certificates.NameOn(c, e)
	return reply, err
}

// certificatesDue lists what the player has earned and is to get beside what is held.
func (a *API) certificatesDue(ctx context.Context, in *catalog.Contest, e identity.Enrolment, summary *contest.Summary,
	held []certificate.Certificate) (due []contest.Certificate) {
	for i := range in.Certificates {
		c := &in.Certificates[i]
		holds := slices.ContainsFunc(held, func(h certificate.Certificate) bool { return h.Key == c.Key })
		if !holds && certificate.Meets(in, in.Definition, &c.Who, summary, e.UnitID) &&
			(c.Who.Top == nil || a.amongTop(ctx, in, e, *c.Who.Top)) {
			due = append(due, *c)
		}
	}
	return certificate.Fresh(in.Definition, due, held)
}

// amongTop reports whether the player stands among the first of a board. Places
// change until the contest is over, so before that nobody does; while boards are
// away, nobody does yet.
func (a *API) amongTop(ctx context.Context, in *catalog.Contest, e identity.Enrolment, top contest.Top) bool {
	if in.Phase(a.millis()) != contest.Closed {
		return false
	}
	me := e.PlayerID
	if b, _ := in.Board(top.Board); b.Subject == contest.SubjectUnit {
		me = e.UnitID
	}
	page, err := a.Boards.Page(ctx, in, board.Query{Board: top.Board, From: 1, Size: 1, Me: me})
	if err != nil {
		slog.WarnContext(ctx, "look for a place on a board", "board", top.Board, "error", err)
		return false
	}
	return page.Me != nil && page.Me.Rank <= int64(top.Count)
}
