package bench

import (
	"bytes"
	"context"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
	"anquanda/internal/sms"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// counting is a provider that takes everything.
type counting struct{ n *atomic.Int64 }

func (c counting) Send(context.Context, sms.Message) (string, error) {
	c.n.Add(1)
	return "taken", nil
}

func TestAFloodOnThreeNodesSendsNoMoreThanTheBudget(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), identity.Migrations(), phone.Migrations())
		d, err := contest.Parse("flood.yaml", []byte(`
contest: flood
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
players: {proof: [phone]}
levels: [{key: first, title: 第一关, questions: [{count: 1}]}]
`))
		if err != nil {
			t.Fatal(err)
		}
		vault := personal.NewVault(keyring.Only(bytes.Repeat([]byte{1}, 32)), keyring.Only(bytes.Repeat([]byte{2}, 32)))
		const budget = 200
		var taken atomic.Int64
		var nodes []*phone.Service
		for range 3 {
			db := s.Open()
			ids, err := sqldb.NewIDs(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			terms := phone.Terms{Daily: budget, NetworkDay: 100, Work: puzzle.Effort{Bits: 1, Answers: 1}}
			nodes = append(nodes, phone.New(db, identity.NewPlayers(db, ids, vault, time.Now), counting{&taken}, terms,
				keyring.Only(bytes.Repeat([]byte{3}, 32)), time.Now))
		}
		flood := SMSFlood{Requests: 4000, Phones: 900, Networks: 5, Workers: 24}
		flooded, err := flood.Run(t.Context(), nodes, d, 1)
		if err != nil || flooded.Sent != budget || taken.Load() != budget {
			t.Errorf("%d were promised and %d sent of a budget of %d; refused %v, %v", flooded.Sent, taken.Load(), budget,
				flooded.Refused, err)
		}
		if flooded.Refused["sms_budget"] == 0 {
			t.Errorf("nothing was refused for the budget: %v", flooded.Refused)
		}
	})
}
