package report_test

import (
	"fmt"
	"maps"
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/referral"
	"anquanda/internal/report"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestWhoDrewCountsOnceForTheChannelByWhichTheyCame(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), identity.Migrations(), referral.Migrations(), prize.Migrations())
		came := func(contest, player int, channel string) []any { return []any{contest, player, channel, player} }
		arrivals := [][]any{came(1, 1, "poster"), came(1, 2, "poster"), came(1, 3, ""), came(1, 4, "sms"), came(2, 1, "sms")}
		var draws [][]any
		for i, player := range []int{1, 1, 2, 3, 9} { // one drew twice, one came by no link
			draws = append(draws, []any{i + 1, 1, player, fmt.Sprint(i)})
		}
		err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			for _, a := range arrivals {
				_, err := tx.Exec(t.Context(),
					`INSERT INTO arrivals (contest_id, player_id, channel, inviter_id, state, reason, device, network,
					arrived_at, reached_at, changed_at, counted_day, ordinal, tried_at, passed_at) VALUES (?, ?, ?, 0, '', '', '', '', 0, 0, 0, 0, ?, 0, 0)`, a...)
				if err != nil {
					return err
				}
			}
			for _, d := range draws {
				_, err := tx.Exec(t.Context(),
					`INSERT INTO draws (chance_id, contest_id, player_id, pool_key, ordinal, rolled_key, prize_key, reason, drawn_at)
					VALUES (?, ?, ?, ?, 1, '', '', '', 0)`, d...)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		counts, err := report.New(s.DB).DrewByChannel(t.Context(), 1)
		if want := map[string]int64{"poster": 2, "": 1}; err != nil || !maps.Equal(counts, want) {
			t.Errorf("they are %v, %v; want %v", counts, err, want)
		}
	})
}
