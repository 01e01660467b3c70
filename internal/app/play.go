package app

import (
	"context"
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/contest"
	"anquanda/internal/honour"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/poll"
	"anquanda/internal/referral"
	"anquanda/internal/report/tally"
	"anquanda/internal/shortlist"
	"anquanda/internal/spot"
	"anquanda/internal/sqldb"
)

// openPlay makes attempts, with what is done in the transaction of a finished one
// (hooks) and what may lag behind it (followers).
func (a *App) openPlay(_ context.Context, p *parts) error {
	a.Referrals = referral.New(referral.Config{
		DB: a.DB, Redis: a.Redis, Catalog: a.Catalog, Players: a.Players,
		Keys: p.ring.Of("invitation codes"), Hashes: p.ring.Of("invitation origins"), Now: p.Now,
	})
	a.Certificates = certificate.New(certificate.Config{DB: a.DB, IDs: p.ids, Catalog: a.Catalog,
		Keys: p.ring.Of("certificates"), Personal: a.Players.Personal, Vault: p.vault})
	a.Honours = honour.New(a.DB, p.ids, a.Boards, a.Certificates, p.Now)
	a.Lists = shortlist.New(a.DB)
	a.Polls = poll.New(a.DB, p.Now)
	a.Tally = tally.New(a.DB, a.Catalog, p.Now)
	a.Play = play.New(play.Config{
		DB: a.DB, Redis: a.Redis, IDs: p.ids, Catalog: a.Catalog, Players: a.Players, Keys: p.ring.Of("tickets"), Now: p.Now,
		Hooks:     []play.Hook{a.Referrals.CreditInviters, a.Boards.SetStandings, a.Certificates.Certify},
		Followers: []play.Follower{a.Boards.Follow, a.Referrals.Follow, a.Tally.Follow}, CommitEach: p.CommitEach,
		Heard:  a.Halls.Heard,
		AtOnce: p.AtOnce,
	})
	a.Spots = spot.New(spot.Config{DB: a.DB, Players: a.Players, Play: a.Play, Keys: p.ring.Of("spots"), Now: p.Now})
	a.Pairings = pairing.New(a.DB, p.ids, a.Boards, a.Play, p.Now)
	a.Referrals.Join(a.Play) // its shares are deeds of play, which it is a hook of
	return nil
}

func (a *App) openPledges(ctx context.Context, p *parts) error {
	a.Pledges = pledge.New(pledge.Config{
		DB: a.DB, Catalog: a.Catalog, Players: a.Players, Names: a.Names, Keys: p.ring.Of("pledge links"),
		Now:    p.Now,
		Credit: a.creditPledge,
	})
	if err := a.Pledges.Complete(ctx); err != nil {
		return fmt.Errorf("complete the signatures: %w", err)
	}
	return nil
}

// creditPledge tells play of a signature.
func (a *App) creditPledge(
	ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed,
) ([]contest.Grant, error) {
	done, err := a.Play.Do(ctx, c, player, deed)
	if err != nil {
		return nil, err
	}
	return done.Earned, nil
}
