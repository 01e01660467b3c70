package referral_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/arena"
)

func channel(t *testing.T, a *arena.Arena, name string, kind referral.Kind) string {
	t.Helper()
	made, err := a.Referrals.AddChannel(t.Context(), staff.CommandLine, a.Contest.ContestID, name, kind)
	if err != nil {
		t.Fatal(err)
	}
	return made.Code
}

// funnel reads the funnel of a channel, past what is remembered.
func funnel(t *testing.T, a *arena.Arena, code string) referral.Funnel {
	t.Helper()
	a.Clock.Pass(time.Minute)
	funnels, err := a.Referrals.Funnels(t.Context(), a.Contest.ContestID, nil)
	if err != nil {
		t.Fatal(err)
	}
	return funnels[code]
}

func TestAChannelCountsHowFarItsPeopleCome(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		poster := channel(t, a, "车站海报", "poster")
		for range 5 {
			if err := a.Referrals.Visited(t.Context(), a.Contest, referral.Coming{Channel: poster}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 4 {
			player := a.Enrol("路人", "")
			if _, err := a.Referrals.Arrive(t.Context(), a.Contest, player, referral.Coming{Channel: poster}); err != nil {
				t.Fatal(err)
			}
			if i < 3 {
				a.PlayLevel(player, "first", i) // two right answers pass
			}
		}
		want := referral.Funnel{Channel: poster, Opened: 5, Joined: 4, Tried: 3, Passed: 1}
		if got := funnel(t, a, poster); got != want {
			t.Errorf("the funnel is %+v, want %+v", got, want)
		}
		drew := func(context.Context, sqldb.ID) (map[string]int64, error) { return map[string]int64{poster: 2}, nil }
		a.Clock.Pass(time.Minute)
		if funnels, err := a.Referrals.Funnels(t.Context(), a.Contest.ContestID, drew); err != nil ||
			funnels[poster].Drew != 2 {
			t.Errorf("with draws it is %+v, %v", funnels[poster], err)
		}
	})
}

func TestVisitsOfManyPhonesAtOnceAreAllCounted(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		nodes := []*arena.Node{a.Node, a.NewNode()}
		codes := []string{channel(t, a, "甲", "sms"), channel(t, a, "乙", "booth")}
		anna := a.Enrol("安娜", "")
		var running sync.WaitGroup
		for i := range 300 {
			how := referral.Coming{Channel: codes[i%2]}
			if i%3 == 0 {
				how = referral.Coming{Referral: code(a, anna)}
			}
			running.Go(func() {
				if err := nodes[i%2].Referrals.Visited(t.Context(), a.Contest, how); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		byChannel := funnel(t, a, codes[0]).Opened + funnel(t, a, codes[1]).Opened
		if byPlayers := funnel(t, a, referral.ByPlayers).Opened; byChannel != 200 || byPlayers != 100 {
			t.Errorf("%d visits by channels and %d by players, want 200 and 100", byChannel, byPlayers)
		}
	})
}

func TestAVisitByALinkThatIsNotOursCountsNowhere(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		for _, how := range []referral.Coming{{}, {Channel: "nobody"}, {Channel: strings.Repeat("x", 9000)},
			{Referral: strings.Repeat("A", 22)}, {Channel: "'; --"}} {
			if err := a.Referrals.Visited(t.Context(), a.Contest, how); err != nil {
				t.Error(err)
			}
			if outcome, err := a.Referrals.Arrive(t.Context(), a.Contest, a.Enrol("路人", ""), how); err != nil ||
				outcome == referral.Waiting {
				t.Errorf("%.40v: %q, %v", how, outcome, err)
			}
		}
		if a.Count("channel_visits", "1 = 1") != 0 || a.Count("arrivals", "1 = 1") != 0 {
			t.Error("something was kept")
		}
	})
}

func TestAChannelIsNamedAnewAndDeletedOnlyWhileUnused(t *testing.T) {
	each(t, sharing, func(t *testing.T, a *arena.Arena) {
		id := a.Contest.ContestID
		used, unused := channel(t, a, "  车站   海报 ", "poster"), channel(t, a, "短信", "sms")
		if err := a.Referrals.Visited(t.Context(), a.Contest, referral.Coming{Channel: used}); err != nil {
			t.Fatal(err)
		}
		sent := 2000
		if err := a.Referrals.ChangeChannel(t.Context(), staff.CommandLine, id, used, "东站海报", "other",
			&sent); err != nil {
			t.Error(err)
		}
		if of, err := a.Referrals.ContestOfChannel(t.Context(), used); err != nil || of != id {
			t.Errorf("the short address leads to %d, %v", of, err)
		}
		for _, code := range []string{"zzzzzz", "", "' OR 1", "ABCDEF"} {
			if _, err := a.Referrals.ContestOfChannel(t.Context(), code); !errors.Is(err, referral.ErrChannelUnknown) {
				t.Errorf("the code %q: %v", code, err)
			}
		}
		if all, err := a.Referrals.Channels(t.Context(), id); err != nil || all[0].Sent+all[1].Sent != sent {
			t.Errorf("the channels are %+v, %v", all, err)
		}
		if err := a.Referrals.RemoveChannel(t.Context(), staff.CommandLine, id, used); !errors.Is(err,
			referral.ErrChannelUsed) {
			t.Errorf("a used one: %v", err)
		}
		if err := a.Referrals.RemoveChannel(t.Context(), staff.CommandLine, id, unused); err != nil {
			t.Error(err)
		}
		for _, err := range []error{
			a.Referrals.RemoveChannel(t.Context(), staff.CommandLine, id, unused),
			a.Referrals.ChangeChannel(t.Context(), staff.CommandLine, id, unused, "短信", "sms", nil),
		} {
			if !errors.Is(err, referral.ErrChannelUnknown) {
				t.Errorf("one that is gone: %v", err)
			}
		}
		for _, bad := range []struct {
			name string
			kind referral.Kind
		}{{"", "sms"}, {strings.Repeat("长", 21), "sms"}, {"短信", "fax"}} {
			if _, err := a.Referrals.AddChannel(t.Context(), staff.CommandLine, id, bad.name, bad.kind); err == nil {
				t.Errorf("%+v is taken", bad)
			}
		}
		channels, err := a.Referrals.Channels(t.Context(), id)
		if err != nil || len(channels) != 1 || channels[0].Name != "东站海报" || channels[0].Kind != "other" {
			t.Errorf("left are %+v, %v", channels, err)
		}
		if n := a.Count("audit_log", "action_name LIKE 'channel.%'"); n != 4 {
			t.Errorf("%d of what was done is in the audit log, want 4", n)
		}
	})
}
