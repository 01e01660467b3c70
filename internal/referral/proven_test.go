package referral_test

import (
	"strings"
	"sync"
	"testing"

	"anquanda/internal/identity"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/arena"
)

// provenSharing is sharing where invitees count once they are proven.
var provenSharing = strings.Replace(sharing, "ask: optional}", "ask: optional}, proof: [phone]", 1)

func TestAnInviteeCountsWithTheLaterOfAnAttemptAndTheProof(t *testing.T) {
	each(t, provenSharing, func(t *testing.T, a *arena.Arena) {
		anna, late, early := a.Enrol("安娜", ""), a.Enrol("后证明", ""), a.Enrol("先证明", "")
		arrive(t, a, late, code(a, anna), referral.Unproven)
		arrive(t, a, early, code(a, anna), referral.Unproven)
		a.PlayLevel(late, "first", 3)
		a.Prove(early, "13800000001")
		wantPoints(t, a, anna, 0)
		mine, err := a.Referrals.Mine(t.Context(), a.Contest, anna)
		if err != nil || mine.Waiting != 2 || mine.Unproven != 1 || mine.Counted != 0 {
			t.Errorf("before: %+v, %v", mine, err)
		}
		a.Prove(late, "13800000002")
		wantPoints(t, a, anna, 10)
		a.PlayLevel(early, "first", 3)
		wantPoints(t, a, anna, 20)
		arrive(t, a, late, code(a, anna), referral.Counted)
		a.Prove(late, "13800000003") // proven once more
		wantPoints(t, a, anna, 20)
		mine, err = a.Referrals.Mine(t.Context(), a.Contest, anna)
		if err != nil || mine.Counted != 2 || mine.Waiting != 0 {
			t.Errorf("after: %+v, %v", mine, err)
		}
	})
}

func TestInventedInviteesCountForNobody(t *testing.T) {
	each(t, provenSharing, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		for range 8 {
			friend := a.Enrol("小号", "")
			arrive(t, a, friend, code(a, anna), referral.Unproven)
			a.PlayLevel(friend, "first", 3)
			arrive(t, a, friend, code(a, anna), referral.Unproven)
		}
		wantPoints(t, a, anna, 0)
		// One person behind all of them counts once.
		one, another := a.Enrol("本人", ""), a.Enrol("本人的小号", "")
		for _, player := range []sqldb.ID{one, another} {
			arrive(t, a, player, code(a, anna), referral.Unproven)
			a.PlayLevel(player, "first", 3)
			a.Prove(player, "13800000001")
		}
		wantPoints(t, a, anna, 10)
	})
}

func TestAnInviteeWhoCountsOnJoiningCountsOnceProven(t *testing.T) {
	joined := strings.Replace(provenSharing, "per_day: 3", "per_day: 1, counts: joined", 1)
	each(t, joined, func(t *testing.T, a *arena.Arena) {
		anna, ben, carl := a.Enrol("安娜", ""), a.Enrol("小本", ""), a.Enrol("卡尔", "")
		arrive(t, a, ben, code(a, anna), referral.Unproven)
		arrive(t, a, carl, code(a, anna), referral.Unproven)
		a.Prove(ben, "13800000001")
		wantPoints(t, a, anna, 10)
		a.Prove(carl, "13800000002") // the day is full: as ever, it does not count
		wantPoints(t, a, anna, 10)
		arrive(t, a, carl, code(a, anna), referral.DayFull)
	})
}

func TestAnAttemptAndAProofAtOnceCountAnInviteeOnce(t *testing.T) {
	each(t, strings.Replace(provenSharing, "per_day: 3", "per_day: 50", 1), func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		const friends = 20
		var racing sync.WaitGroup
		for i := range friends {
			friend := a.Enrol("朋友", "")
			arrive(t, a, friend, code(a, anna), referral.Unproven)
			racing.Go(func() { a.PlayLevel(friend, "first", 3) })
			racing.Go(func() {
				_, err := a.Players.Prove(t.Context(), a.Contest.Definition, a.Contest.ContestID, friend, identity.Proof{
					Kind: "phone", Subjects: []string{string(rune('a' + i))}, At: a.Clock.MS()})
				if err != nil {
					t.Error(err)
				}
			})
		}
		racing.Wait()
		wantPoints(t, a, anna, 10*friends)
	})
}
