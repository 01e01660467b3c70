package app_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/live"
	"anquanda/internal/testkit"
)

const sixteenth = `
contest: june16
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2040-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
live: [{key: noon, title: 6·16 我问你答, starts: "%s", runs: clock, draw: [{count: 3, kinds: [single]}]}]
`

func TestARoomWhoseTimeIsNearIsMadeByItselfOnceWhateverNodeComesFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, stores *testkit.Store) {
		starts := time.Now().In(time.FixedZone("", 8*3600)).Add(30 * time.Minute).Format("2006-01-02 15:04")
		nodes := make([]*app.App, 1)
		if stores.MySQLDSN != "" {
			nodes = make([]*app.App, 2)
		}
		for i := range nodes {
			a, err := app.New(t.Context(), app.Config{Data: stores.DataFolder, MySQL: stores.MySQLDSN,
				Redis: stores.RedisAddr(), Key: bytes.Repeat([]byte{5}, 32)})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			nodes[i] = a
		}
		made, err := nodes[0].Catalog.Apply(t.Context(), "june.yaml", fmt.Appendf(nil, sixteenth, starts), "test")
		if err != nil {
			t.Fatal(err)
		}
		background, end := context.WithCancel(t.Context())
		defer end()
		var running sync.WaitGroup
		for _, a := range nodes {
			if err := a.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			running.Go(func() { a.Start(background).Wait() })
		}
		var rooms []*live.Seen
		for end := time.Now().Add(testkit.Patience); len(rooms) == 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("no room was made")
			}
			if rooms, err = nodes[0].Live.Of(t.Context(), made.ContestID, true); err != nil {
				t.Fatal(err)
			}
		}
		end()
		running.Wait()
		if rooms, err = nodes[0].Live.Of(t.Context(), made.ContestID, false); err != nil || len(rooms) != 1 {
			t.Fatalf("%d rooms were made, %v", len(rooms), err)
		}
		if due := rooms[0].State.Due; due != made.Live[0].Starts.MS || len(rooms[0].Plan.Questions) != 3 {
			t.Errorf("it begins at %d with %d questions", due, len(rooms[0].Plan.Questions))
		}
	})
}
