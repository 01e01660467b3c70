package identity

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// proving is a contest whose persons are proven by phone or WeChat.
const proving = `contest: proving
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {proof: [phone, wechat]}
levels:
  - {key: first, title: 第一关, questions: [{count: 3}], pass: 2}
`

func byPhone(number string) Proof {
	return Proof{Kind: contest.ProofPhone, Subjects: []string{number}, Value: number, At: today}
}

func byWeChat(subjects ...string) Proof {
	return Proof{Kind: contest.ProofWeChat, Subjects: subjects, Value: subjects[0], At: today}
}

func prove(t *testing.T, p *Players, d *contest.Definition, player sqldb.ID, proof Proof) Proven {
	t.Helper()
	done, err := p.Prove(t.Context(), d, 1, player, proof)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func guest(t *testing.T, p *Players, d *contest.Definition, name string) sqldb.ID {
	t.Helper()
	return join(t, p, d, 0, Application{Nickname: name, At: today}).PlayerID
}

// TestAPersonCountsOnce is the table of cases: who proves what, in which order, and
// which players are left that count.
func TestAPersonCountsOnce(t *testing.T) {
	type step struct {
		who   string // of whose phone it is
		proof Proof
		want  Outcome // empty: refused as another person's
		is    string  // whose player goes on there
	}
	const phone, other = "13800001111", "13900002222"
	cases := map[string]struct {
		steps []step
		aside []string // who counts nowhere at the end
	}{
		"a guest proves a phone and keeps everything": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}}},
		"the same again changes nothing": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"li", byPhone(phone), OutcomeKnown, "li"}}},
		"two guests of one person become the first that was proven": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"wang", byPhone(phone), OutcomeSwitched, "li"}},
			aside: []string{"wang"}},
		"two guests of one account of WeChat do so too": {
			steps: []step{{"li", byWeChat("openid:app:1"), OutcomeKept, "li"}, {"wang", byWeChat("openid:app:1"),
				OutcomeSwitched, "li"}},
			aside: []string{"wang"}},
		"a new openid of a known union id is the same person": {
			steps: []step{{"li", byWeChat("unionid:u", "openid:a:1"), OutcomeKept, "li"},
				{"wang", byWeChat("unionid:u", "openid:b:2"), OutcomeSwitched, "li"},
				{"zhao", byWeChat("openid:b:2"), OutcomeSwitched, "li"}},
			aside: []string{"wang", "zhao"}},
		"a changed phone is added, and the old one goes on counting": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"li", byPhone(other), OutcomeAdded, "li"},
				{"wang", byPhone(phone), OutcomeSwitched, "li"}},
			aside: []string{"wang"}},
		"one proven twice over by different ways is one": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"li", byWeChat("openid:app:1"), OutcomeAdded, "li"},
				{"wang", byWeChat("openid:app:1"), OutcomeSwitched, "li"}},
			aside: []string{"wang"}},
		"two proven persons stay two, whoever shares a phone for a moment": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"wang", byPhone(other), OutcomeKept, "wang"},
				{"wang", byPhone(phone), "", "wang"}, {"li", byPhone(other), "", "li"}}},
		"who was set aside and proves something new proves it for who is kept": {
			steps: []step{{"li", byPhone(phone), OutcomeKept, "li"}, {"wang", byPhone(phone), OutcomeSwitched, "li"},
				{"wang", byPhone(other), OutcomeAdded, "li"}, {"zhao", byPhone(other), OutcomeSwitched, "li"}},
			aside: []string{"wang", "zhao"}},
		"somebody without a name yet proves first and joins then": {
			steps: []step{{"nobody", byPhone(phone), OutcomeNew, "nobody"}, {"li", byPhone(phone), OutcomeSwitched, "nobody"}},
			aside: []string{"li"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, s *testkit.Store) {
				p, d := players(t, s), parse(t, proving)
				ids := map[string]sqldb.ID{"nobody": 0}
				for _, who := range []string{"li", "wang", "zhao"} {
					ids[who] = guest(t, p, d, who)
				}
				for i, step := range c.steps {
					done, err := p.Prove(t.Context(), d, 1, ids[step.who], step.proof)
					if step.want == "" {
						if !errors.Is(err, ErrProofTaken) {
							t.Errorf("step %d: %+v, %v", i, done, err)
						}
						continue
					}
					if step.want == OutcomeNew {
						ids[step.who] = done.Player
					}
					if err != nil || done.Outcome != step.want || done.Player != ids[step.is] {
						t.Fatalf("step %d: %+v, %v; want %s as %s (%v)", i, done, err, step.want, step.is, ids)
					}
				}
				aside, err := Aside(t.Context(), s.DB, 1)
				if err != nil || len(aside) != len(c.aside) {
					t.Errorf("set aside are %v, %v; want %v of %v", aside, err, c.aside, ids)
				}
				for _, who := range c.aside {
					if !aside[ids[who]] {
						t.Errorf("%s still counts", who)
					}
				}
			})
		})
	}
}

func TestTheEnrolmentTellsByWhatAPlayerIsProven(t *testing.T) {
	s := testkit.Embedded(t)
	p, d := players(t, s), parse(t, proving)
	li := guest(t, p, d, "小李")
	prove(t, p, d, li, byPhone("13800001111"))
	prove(t, p, d, li, byWeChat("openid:app:1"))
	late := prove(t, p, d, 0, byPhone("13900002222")).Player
	join(t, p, d, late, Application{Nickname: "小王", At: today})
	for player, want := range map[sqldb.ID]string{li: "phone wechat", late: "phone"} {
		if e, err := p.Enrolment(t.Context(), 1, player); err != nil || e.Proofs != want || !d.IsProven(e.Proofs) {
			t.Errorf("%+v, %v; want %q", e, err, want)
		}
	}
	if e, _ := p.Enrolment(t.Context(), 1, guest(t, p, d, "小赵")); d.IsProven(e.Proofs) {
		t.Error("a guest is proven")
	}
}

func TestWhatProvedAPersonIsKeptSealedAndGoesWithThePlayer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, proving)
		const number = "13800001111"
		li := guest(t, p, d, "小李")
		prove(t, p, d, li, byPhone(number))
		if got, err := p.ProofValue(t.Context(), 1, li, contest.ProofPhone); err != nil || got != number {
			t.Fatalf("%q, %v", got, err)
		}
		var stored []string
		err := s.DB.Select(t.Context(), &stored, "SELECT subject FROM proofs UNION ALL SELECT sealed FROM proofs")
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range stored {
			if text == number || len(text) == len(number) {
				t.Errorf("the number is stored as %q", text)
			}
		}
		err = s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error { return Forget(t.Context(), tx, 1, li) })
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.ProofValue(t.Context(), 1, li, contest.ProofPhone); err != nil || got != "" {
			t.Errorf("after leaving there is %q, %v", got, err)
		}
		// Leaving and coming back is the same person.
		if back := prove(t, p, d, guest(t, p, d, "又来"), byPhone(number)); back.Player != li {
			t.Errorf("who left and came back is %+v, was %d", back, li)
		}
		// The proof, and the name of the phone that came back as a guest.
		if rows, err := Expire(t.Context(), s.DB, 1); err != nil || rows != 2 {
			t.Errorf("%d rows go with the retention, %v", rows, err)
		}
	})
}

// TestOnePersonAtOnceOnManyPhonesIsOnePlayer lets guests prove one phone at the same
// moment, and one guest two phones.
func TestOnePersonAtOnceOnManyPhonesIsOnePlayer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, proving)
		const many = 12
		var ids [many]sqldb.ID
		for i := range ids {
			ids[i] = guest(t, p, d, fmt.Sprint("选手", i))
		}
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				number := byPhone("13800001111")
				if i == 0 {
					number = byPhone("13900002222")
				}
				for _, each := range []Proof{number, byPhone("13800001111")} {
					_, err := p.Prove(context.WithoutCancel(t.Context()), d, 1, ids[i], each)
					if err != nil && !errors.Is(err, ErrProofTaken) {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		var counting []sqldb.ID
		err := s.DB.Select(t.Context(), &counting, `SELECT DISTINCT player_id FROM proofs
			WHERE player_id NOT IN (SELECT player_id FROM set_aside)`)
		if err != nil || len(counting) < 1 || len(counting) > 2 {
			t.Errorf("%v are proven and count, %v", counting, err)
		}
		aside, err := Aside(t.Context(), s.DB, 1)
		if err != nil || len(aside)+len(counting) != many {
			t.Errorf("%d set aside and %d that count of %d guests, %v", len(aside), len(counting), many, err)
		}
	})
}
