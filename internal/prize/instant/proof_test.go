package instant_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

// provenFestival is Festival for proven persons, with a pool that gives one to a phone.
var provenFestival = strings.NewReplacer(
	"players: {unit: {ask: optional}}", `players:
  unit: {ask: optional}
  proof: [phone, wechat]
  fields: [{key: tel, label: 手机号, kind: phone, ask: optional, when: start, why: 联系获奖的人}]`,
	"pools:\n", `pools:
  - {key: phone, title: 一个手机号一份, prizes: [{prize: kettle, odds: 1000000}], limits: [{by: phone, max: 1}]}
`).Replace(fair.Festival)

// tell lets a player (0: a new guest) tell a phone number.
func tell(t *testing.T, f *fair.Fair, player sqldb.ID, phone string) sqldb.ID {
	t.Helper()
	d := f.Contest.Definition
	e, err := f.Players.Join(t.Context(), d, f.Contest.ContestID, player, identity.Application{Nickname: "安全员",
		Fields: map[string]string{"tel": phone}, Consent: personal.ConsentTo(d, personal.EntryFields(d)).Version,
		At: f.Clock().UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	return e.PlayerID
}

func TestAnUnprovenPlayerKeepsTheChanceOfAPoolForProvenPersons(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(provenFestival)
		player := f.Player("")
		chance := f.Chances(player, 1)[0]
		if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance); !errors.Is(err,
			instant.ErrNeedsProof) {
			t.Errorf("the draw of a guest: %v", err)
		}
		if _, left, err := f.Instant.Chances(t.Context(), f.Contest.ContestID, player, 10); err != nil || left != 1 {
			t.Errorf("%d chances are left, %v", left, err)
		}
		f.Prove(player, "13800001111")
		draw, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance)
		if err != nil || draw.AwardID == nil {
			t.Errorf("the draw of a proven person: %+v, %v", draw, err)
		}
	})
}

func TestTheShopSellsToProvenPersonsAndTakesNothingFromOthers(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(provenFestival)
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 50, 1)
		if _, err := f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 0, "one"); !errors.Is(err,
			instant.ErrShopProof) {
			t.Errorf("a guest buys: %v", err)
		}
		if b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, ""); err != nil || b.Left() != 50 {
			t.Errorf("the balance is %+v, %v", b, err)
		}
		f.Prove(player, "13800001111")
		if _, err := f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 0, "one"); err != nil {
			t.Errorf("a proven person buys: %v", err)
		}
	})
}

func TestWhoWasSetAsideForTheSamePersonWinsNothingMore(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(provenFestival)
		first, second := f.Player(""), f.Player("")
		f.Prove(first, "13800001111")
		f.Prove(second, "13800001111")
		if draw := f.DrawFrom(first, "phone"); draw.AwardID == nil {
			t.Errorf("the first: %+v", draw)
		}
		chance := f.Chances(second, 1)[0]
		if _, err := f.Instant.Draw(t.Context(), f.Contest, second, "phone", chance); err == nil {
			t.Error("who was set aside draws")
		}
	})
}

func TestAPhoneThatIsChangedBetweenTwoDrawsWinsOnce(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(strings.Replace(provenFestival, "  proof: [phone, wechat]\n", "", 1))
		player := tell(t, f, 0, "13800001111")
		if draw := f.DrawFrom(player, "phone"); draw.AwardID == nil {
			t.Errorf("the first phone: %+v", draw)
		}
		tell(t, f, player, "13900002222")
		if draw := f.DrawFrom(player, "phone"); draw.Reason != chance.OverLimit {
			t.Errorf("the same player with another phone: %+v", draw)
		}
		// The old phone stays known of the player, and the new one too once it has won.
		if draw := f.DrawFrom(tell(t, f, 0, "13800001111"), "phone"); draw.Reason != chance.OverLimit {
			t.Errorf("another player with the first phone: %+v", draw)
		}
		both := tell(t, f, 0, "13700003333")
		tell(t, f, both, "13600004444")
		if draw := f.DrawFrom(both, "phone"); draw.AwardID == nil {
			t.Errorf("who changed the phone before the first win: %+v", draw)
		}
		for _, phone := range []string{"13700003333", "13600004444"} {
			if draw := f.DrawFrom(tell(t, f, 0, phone), "phone"); draw.Reason != chance.OverLimit {
				t.Errorf("another player with %s: %+v", phone, draw)
			}
		}
	})
}

func TestAPhoneThatIsDeletedGoesOnCounting(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(strings.Replace(provenFestival, "  proof: [phone, wechat]\n", "", 1))
		first, second := tell(t, f, 0, "13800001111"), tell(t, f, 0, "13800001111")
		if draw := f.DrawFrom(first, "phone"); draw.AwardID == nil {
			t.Errorf("the first: %+v", draw)
		}
		if err := f.Players.Untell(t.Context(), f.Contest.ContestID, second, "tel"); err != nil {
			t.Fatal(err)
		}
		tell(t, f, second, "13900002222")
		if draw := f.DrawFrom(second, "phone"); draw.Reason != chance.OverLimit {
			t.Errorf("who told the phone of a winner and deleted it: %+v", draw)
		}
	})
}

func TestAProvenPhoneIsThePhoneThatLimitsCountBy(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(provenFestival)
		byPhone, byWeChat := f.Player(""), tell(t, f, 0, "+86 138 0000 1111")
		f.Prove(byPhone, "13800001111")
		if draw := f.DrawFrom(byPhone, "phone"); draw.AwardID == nil {
			t.Errorf("who proved a phone and told none: %+v", draw)
		}
		_, err := f.Players.Prove(t.Context(), f.Contest.Definition, f.Contest.ContestID, byWeChat,
			identity.Proof{Kind: contest.ProofWeChat, Subjects: []string{"openid:app:1"}, At: f.Clock().UnixMilli()})
		if err != nil {
			t.Fatal(err)
		}
		if draw := f.DrawFrom(byWeChat, "phone"); draw.Reason != chance.OverLimit {
			t.Errorf("who told the phone that another one proved: %+v", draw)
		}
	})
}

func TestMarksGoWithTheRetention(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(provenFestival)
		tell(t, f, tell(t, f, 0, "13800001111"), "13900002222")
		if n := f.Count("SELECT COUNT(*) FROM personal_marks"); n != 2 {
			t.Errorf("%d marks are kept, want 2", n)
		}
		if rows, err := personal.Expire(t.Context(), f.DB, f.Contest.ContestID); err != nil || rows != 3 {
			t.Errorf("%d rows are deleted, %v; want the phone and two marks", rows, err)
		}
		if n := f.Count("SELECT COUNT(*) FROM personal_marks"); n != 0 {
			t.Errorf("%d marks are left", n)
		}
	})
}
