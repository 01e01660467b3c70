package referral_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// gate holds up the transaction in which a player's change is made, once.
type gate struct {
	player  sqldb.ID
	reached chan struct{}
	open    chan struct{}
	once    sync.Once
}

func (g *gate) hook(_ context.Context, _ *play.Work, changes []*play.Change) error {
	if g.player != 0 && slices.ContainsFunc(changes, func(c *play.Change) bool { return c.PlayerID == g.player }) {
		g.once.Do(func() {
			close(g.reached)
			<-g.open
		})
	}
	return nil
}

func TestWhoFinishesTogetherWithAnInviteeKeepsWhatTheInviteeBrought(t *testing.T) {
	definition := strings.Replace(sharing, "boards:",
		"boards:\n  - {key: points, title: 积分榜, subject: player, measure: points, daily: true}", 1)
	definition = strings.Replace(definition, "earnings:",
		"earnings:\n  - {key: played, for: attempt, give: {points: 3}}", 1)
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		g := &gate{reached: make(chan struct{}), open: make(chan struct{})}
		a := arena.New(t, s, func(c *play.Config) { c.Hooks = append([]play.Hook{g.hook}, c.Hooks...) })
		a.Apply(definition)
		first, anna, ben := a.Enrol("先来", ""), a.Enrol("安娜", ""), a.Enrol("小本", "")
		arrive(t, a, ben, code(a, anna), referral.Waiting)
		a.PlayLevel(anna, "first", 3) // so that a later total takes the place of an earlier one
		tickets := map[sqldb.ID]string{}
		for _, player := range []sqldb.ID{first, anna, ben} {
			tickets[player] = a.Start(player, "first").Ticket
		}
		g.player = first
		var all sync.WaitGroup
		finish := func(player sqldb.ID) {
			all.Go(func() {
				if _, err := a.Play.Finish(t.Context(), player, tickets[player]); err != nil {
					t.Error(err)
				}
			})
		}
		finish(first)
		<-g.reached
		finish(anna)
		finish(ben)
		testkit.AwaitQueued(t, 3) // both wait for the next transaction
		close(g.open)
		all.Wait()
		wantPoints(t, a, anna, 16)
		for _, period := range []int{0, 20260616} {
			if a.Count("standings", "measure = ? AND player_id = ? AND period = ? AND points = 16",
				string(contest.MeasurePoints), anna, period) != 1 {
				t.Errorf("standings of %d are not what was earned:\n%s", period, a.Tables())
			}
		}
	})
}
