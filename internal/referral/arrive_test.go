package referral_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// sharing is Demo with rewards for those who bring others.
var sharing = strings.Replace(arena.Demo, "levels:", `share: {title: 一起来闯关, per_day: 3, tree: true}
earnings:
  - {key: invited, for: invite, give: {points: 10}}
  - {key: shared, for: share, give: {points: 1}, max: 2, per: day}
  - {key: came, for: checkin, give: {points: 2}}
levels:`, 1)

func each(t *testing.T, definition string, test func(t *testing.T, a *arena.Arena)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(definition)
		test(t, a)
	})
}

func code(a *arena.Arena, player sqldb.ID) string {
	return a.Referrals.Code(a.Contest.ContestID, player)
}

// arrive tells how a player came and wants an outcome.
func arrive(t *testing.T, a *arena.Arena, player sqldb.ID, referralCode string, want referral.Outcome) {
	t.Helper()
	got, err := a.Referrals.Arrive(t.Context(), a.Contest, player, referral.Coming{Referral: referralCode})
	if err != nil || got != want {
		t.Errorf("the player arrives %q, %v; want %q", got, err, want)
	}
}

func points(t *testing.T, a *arena.Arena, player sqldb.ID) int {
	t.Helper()
	record, err := a.Play.Record(t.Context(), a.Contest.Definition, a.Contest.ContestID, player)
	if err != nil {
		t.Fatal(err)
	}
	return a.Contest.Summarize(record, 0).Sum(contest.GrantPoints)
}

func wantPoints(t *testing.T, a *arena.Arena, player sqldb.ID, want int) {
	t.Helper()
	if got := points(t, a, player); got != want {
		t.Errorf("the player has %d points, want %d", got, want)
	}
}

func TestAnInviteeCountsOnceWhenTheFirstAttemptIsFinished(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
		arrive(t, a, ben, code(a, anna), referral.Waiting)
		wantPoints(t, a, anna, 0)
		a.PlayLevel(ben, "first", 0) // not passed, and finished all the same
		wantPoints(t, a, anna, 10)
		a.PlayLevel(ben, "first", 3)
		wantPoints(t, a, anna, 10)
		arrive(t, a, ben, code(a, anna), referral.Counted)
		if n := a.Count("arrivals", "state = 'counted' AND tried_at > 0 AND passed_at > tried_at - 1"); n != 1 {
			t.Errorf("%d arrivals counted, want 1", n)
		}
	})
}

func TestWhereTakingPartIsEnoughAnInviteeCountsAtOnce(t *testing.T) {
	each(t, strings.Replace(sharing, "per_day: 3", "per_day: 3, counts: joined", 1), func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		for i := range 4 {
			want := referral.Counted
			if i == 3 {
				want = referral.DayFull
			}
			friend := a.Enrol("朋友", "")
			arrive(t, a, friend, code(a, anna), want)
			arrive(t, a, friend, code(a, anna), want) // told again
			a.PlayLevel(friend, "first", 3)
		}
		wantPoints(t, a, anna, 30)
	})
}

func TestNobodyIsInvitedByThemselves(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		arrive(t, a, anna, code(a, anna), referral.Self)
		a.PlayLevel(anna, "first", 3)
		wantPoints(t, a, anna, 0)
	})
}

func TestForgedCodesInviteNobody(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
		good := code(a, anna)
		forged := []string{"x", strings.Repeat("0", 22), strings.Repeat("z", 22), "+" + good[1:], good + "0",
			strings.ToUpper(good) + "", "_" + good[1:], "九" + good[3:]}
		for i := range len(good) {
			forged = append(forged, good[:i]+string("ab"[(good[i]/'a')&1])+good[i+1:])
		}
		for _, f := range forged {
			if f != good {
				arrive(t, a, ben, f, referral.Forged)
			}
		}
		a.PlayLevel(ben, "first", 3)
		wantPoints(t, a, anna, 0)
	})
}

func TestACodeOfAnotherContestInvitesNobody(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		here := a.Contest
		anna := a.Enrol("安娜", "")
		foreign := code(a, anna)
		a.Apply(strings.Replace(sharing, "contest: demo", "contest: other", 1))
		ben := a.Enrol("小本", "")
		arrive(t, a, ben, foreign, referral.Foreign)
		a.PlayLevel(ben, "first", 3)
		a.Contest = here
		wantPoints(t, a, anna, 0)
	})
}

func TestACodeThatIsUsedAgainAddsNothing(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna, eve, ben := a.Enrol("安娜", ""), a.Enrol("伊芙", ""), a.Enrol("小本", "")
		arrive(t, a, ben, code(a, anna), referral.Waiting)
		arrive(t, a, ben, code(a, anna), referral.Waiting)
		arrive(t, a, ben, code(a, eve), referral.Again) // the first one stands
		a.PlayLevel(ben, "first", 3)
		arrive(t, a, ben, code(a, eve), referral.Again)
		wantPoints(t, a, anna, 10)
		wantPoints(t, a, eve, 0)
		carl := a.Enrol("卡尔", "")
		a.PlayLevel(carl, "first", 3)
		arrive(t, a, carl, code(a, anna), referral.Played) // came by himself
		wantPoints(t, a, anna, 10)
	})
}

func TestInvitationsMakeNoCircle(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		ring := []sqldb.ID{a.Enrol("甲", ""), a.Enrol("乙", ""), a.Enrol("丙", "")}
		arrive(t, a, ring[1], code(a, ring[0]), referral.Waiting)
		arrive(t, a, ring[2], code(a, ring[1]), referral.Waiting)
		arrive(t, a, ring[0], code(a, ring[2]), referral.Earlier) // would close the ring
		arrive(t, a, ring[0], code(a, ring[1]), referral.Earlier)
		for _, player := range ring {
			a.PlayLevel(player, "first", 3)
		}
		wantPoints(t, a, ring[0], 10)
		wantPoints(t, a, ring[1], 10)
		wantPoints(t, a, ring[2], 0)
	})
}

// Everybody invites everybody at the same moment, on two nodes: what comes of it
// has no circle.
func TestARaceOfInvitationsMakesNoCircle(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		players := make([]sqldb.ID, 12)
		for i := range players {
			players[i] = a.Enrol("众人", "")
		}
		var running sync.WaitGroup
		for i := range players {
			for j := range players {
				running.Go(func() {
					_, err := nodes[(i+j)%2].Referrals.Arrive(t.Context(), a.Contest, players[i],
						referral.Coming{Referral: code(a, players[j])})
					if err != nil {
						t.Error(err)
					}
				})
			}
		}
		running.Wait()
		var rows []struct {
			Player  sqldb.ID `db:"player_id"`
			Inviter sqldb.ID `db:"inviter_id"`
		}
		if err := a.DB.Select(t.Context(), &rows, "SELECT player_id, inviter_id FROM arrivals"); err != nil {
			t.Fatal(err)
		}
		by := map[sqldb.ID]sqldb.ID{}
		for _, row := range rows {
			by[row.Player] = row.Inviter
		}
		if len(by) != len(players)-1 { // all but the one who was there first
			t.Errorf("%d of %d are invited", len(by), len(players))
		}
		for _, player := range players {
			up := player
			for range len(players) {
				up = by[up]
			}
			if up != 0 {
				t.Errorf("player %d stands in a circle", player)
			}
		}
	})
}

func TestAnInviterHasADayOfSoManyInviteesAndTheDayEndsAtMidnightInShanghai(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		a.Clock.Set("2026-06-16 23:50:00")
		for i := range 4 { // share.per_day is 3
			friend := a.Enrol(fmt.Sprintf("朋友%d", i), "")
			arrive(t, a, friend, code(a, anna), referral.Waiting)
			a.PlayLevel(friend, "first", 3)
		}
		wantPoints(t, a, anna, 30)
		if n := a.Count("arrivals", "state = 'refused' AND reason = 'day_full'"); n != 1 {
			t.Errorf("%d were refused, want 1", n)
		}
		// 16:00 UTC: a new day in Shanghai, the same one in London.
		a.Clock.Set("2026-06-17 00:00:00")
		late := a.Enrol("午夜", "")
		arrive(t, a, late, code(a, anna), referral.Waiting)
		a.PlayLevel(late, "first", 3)
		wantPoints(t, a, anna, 40)
		mine, err := a.Referrals.Mine(t.Context(), a.Contest, anna)
		if err != nil || mine.Counted != 4 || mine.Today != 1 || mine.Refused != 1 || mine.Waiting != 0 {
			t.Errorf("the inviter sees %+v, %v", mine, err)
		}
	})
}

func TestFriendsWhoFinishAtOnceOnTwoNodesNeverExceedTheDay(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		anna := a.Enrol("安娜", "")
		friends := make([]sqldb.ID, 12)
		for i := range friends {
			friends[i] = a.Enrol("朋友", "")
			arrive(t, a, friends[i], code(a, anna), referral.Waiting)
		}
		var running sync.WaitGroup
		for i, friend := range friends {
			running.Go(func() { a.PlayOn(nodes[i%2], friend, "first", 3) })
		}
		running.Wait()
		wantPoints(t, a, anna, 30)
		if a.Count("arrivals", "state = 'counted'") != 3 || a.Count("arrivals", "state = 'refused'") != 9 ||
			a.Count("deeds", "kind = 'invite'") != 3 {
			t.Error("more or fewer than three count")
		}
	})
}

// The schema holds the rules that rewards hang on, whatever the code does.
func TestTheSchemaRefusesASecondInviterAndASecondPlaceOfADay(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		insert := func(player, inviter, day, ordinal int) error {
			return a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(),
					`INSERT INTO arrivals (contest_id, player_id, channel, inviter_id, state, reason, device, network,
					arrived_at, reached_at, changed_at, counted_day, ordinal, tried_at, passed_at) VALUES (1, ?, '', ?, 'counted', '', '', '', 0, 0, 0, ?, ?, 0, 0)`,
					player, inviter, day, ordinal)
				return err
			})
		}
		if err := insert(1, 7, 20260616, 1); err != nil {
			t.Fatal(err)
		}
		if err := insert(1, 8, 20260616, 1); !sqldb.IsDuplicate(err) {
			t.Errorf("a second inviter of one invitee: %v", err)
		}
		if err := insert(2, 7, 20260616, 1); !sqldb.IsDuplicate(err) {
			t.Errorf("a place of a day taken twice: %v", err)
		}
		if err := insert(2, 7, 20260617, 1); err != nil {
			t.Errorf("the same place of another day: %v", err)
		}
	})
}

func TestOneDeviceThatMakesManyIsFlaggedAndForgottenInTheEnd(t *testing.T) {
	each(t, strings.Replace(sharing, "levels:", "retention: 30d\nlevels:", 1), func(t *testing.T, a *arena.Arena) {
		anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
		come := func(inviter sqldb.ID, device, address string) {
			how := referral.Coming{Referral: code(a, inviter), Device: device, Address: address}
			if outcome, err := a.Referrals.Arrive(t.Context(), a.Contest, a.Enrol("众人", ""), how); err != nil ||
				outcome != referral.Waiting {
				t.Fatalf("arrives %q, %v", outcome, err)
			}
		}
		for i := range 4 {
			come(anna, "one phone", "203.0.113."+fmt.Sprint(i))
		}
		for i := range 20 {
			come(ben, fmt.Sprint("phone ", i), "2001:db8:1:2::"+fmt.Sprint(i))
		}
		flags, err := a.Referrals.Flags(t.Context(), a.Contest.ContestID)
		if err != nil || len(flags) != 2 || flags[0].What != "network" || flags[0].Nickname != "小本" ||
			flags[0].Invitees != 20 ||
			flags[1].What != "device" || flags[1].Nickname != "安娜" || flags[1].Invitees != 4 {
			t.Errorf("flagged are %+v, %v", flags, err)
		}
		if n := a.Count("arrivals", "device LIKE '%phone%' OR network LIKE '%.%' OR network LIKE '%:%'"); n != 0 {
			t.Errorf("%d arrivals hold a device or address as it was", n)
		}
		var one sqldb.ID
		if err := a.DB.Get(t.Context(), &one, "SELECT MIN(player_id) FROM arrivals"); err != nil {
			t.Fatal(err)
		}
		err = a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return referral.Forget(t.Context(), tx, a.Contest.ContestID, one)
		})
		if n := a.Count("arrivals", "device <> '' AND network <> ''"); err != nil || n != 23 {
			t.Errorf("of 24 arrivals of which one is forgotten %d tell from where, %v", n, err)
		}
		for _, want := range []int64{23, 0} {
			if rows, err := referral.Expire(t.Context(), a.DB, a.Contest.ContestID); err != nil || rows != want {
				t.Errorf("with the retention over, from where %d came is deleted, %v; want %d", rows, err, want)
			}
		}
	})
}

func TestSharesAndCheckInsEarnOnceEach(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		for i := range referral.SharesPerDay + 2 {
			done, err := a.Referrals.Shared(t.Context(), a.Contest, anna)
			if err != nil || done.Repeated != (i >= referral.SharesPerDay) || len(done.Earned) != map[bool]int{true: 1}[i < 2] {
				t.Errorf("share %d comes to %+v, %v", i+1, done, err)
			}
		}
		wantPoints(t, a, anna, 2)
		for i := range 2 {
			if done, err := a.Referrals.CheckIn(t.Context(), a.Contest, anna); err != nil || done.Repeated != (i == 1) {
				t.Errorf("check-in %d comes to %+v, %v", i+1, done, err)
			}
		}
		wantPoints(t, a, anna, 4)
		a.Clock.Set("2026-06-17 00:00:00")
		if done, err := a.Referrals.CheckIn(t.Context(), a.Contest, anna); err != nil || done.Repeated ||
			done.Earned[0].Amount != 2 {
			t.Errorf("the next day's check-in comes to %+v, %v", done, err)
		}
	})
}

func TestATrainingAttemptIsNoFirstAttempt(t *testing.T) {
	training := strings.Replace(sharing, "levels:",
		"training: {opens: 2026-05-20 08:00, closes: 2026-06-01 08:00}\nlevels:", 1)
	each(t, training, func(t *testing.T, a *arena.Arena) {
		anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
		a.Clock.Set("2026-05-25 10:00:00")
		arrive(t, a, ben, code(a, anna), referral.Waiting)
		a.PlayLevel(ben, "first", 3)
		wantPoints(t, a, anna, 0)
		a.Clock.Set("2026-06-02 10:00:00")
		a.PlayLevel(ben, "first", 3)
		wantPoints(t, a, anna, 10)
		a.Clock.Pass(time.Minute)
	})
}
