package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const potContest = `
contest: june16
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2040-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
accept: [{finding: live-pot, by: 王主任, why: 奖金由县财政列支}, {finding: unproven-prizes, by: 王主任, why: 只有现场的人}]
prizes:
  - {key: packet, title: 百万红包, kind: redpacket, value: 8800, stock: 1}
  - {key: marks, title: 百万积分, kind: points, value: 8800, stock: 1}
live:
  - key: million
    title: 安全百万英雄
    mode: elimination
    draw: [{count: 2, kinds: [truefalse]}]
    pot: {prize: packet, total: 100}
    gives: [{key: right, least: 1, give: {points: 10}}, {key: left, left: true, give: {points: 5}}]
  - key: points
    title: 积分百万英雄
    mode: elimination
    draw: [{count: 2, kinds: [truefalse]}]
    pot: {prize: marks, total: 100}
`

// million is a room with a pot, and its players by their number.
type million struct {
	*livehall
	db      *sqldb.DB
	players []*testkit.Player
}

func openMillion(t *testing.T, stores *testkit.Store, plan string, rehearsal bool, players int) *million {
	t.Helper()
	l := openLivehallOf(t, stores, potContest, plan, rehearsal)
	m := &million{livehall: l, db: stores.Open()}
	for i := range players {
		m.players = append(m.players, l.join("选手"+string(rune('甲'+i))))
	}
	return m
}

// play asks the next question, which the players answer right or not, and reveals it.
func (m *million) play(right ...bool) {
	m.t.Helper()
	m.ask()
	key := m.look().Right[0]
	for i, is := range right {
		choice := key
		if !is {
			choice = wrong(key)
		}
		if _, err := m.answer(m.players[i], 1, choice); err != nil {
			m.t.Fatal(err)
		}
	}
	m.close()
	m.step("reveal")
}

func (m *million) confirm(host *testkit.Player, at int64) error {
	return host.Call(http.MethodPost, "/api/v1/console/live/"+m.room+"/steps",
		map[string]any{"seq": at, "step": "confirm"}, nil)
}

// credit has several nodes credit at once, while the building's own does.
func (m *million) credit() {
	m.t.Helper()
	var crediting sync.WaitGroup
	failed := make(chan error, 3)
	for range cap(failed) {
		crediting.Go(func() { failed <- m.app.Live.Credit(m.t.Context()) })
	}
	crediting.Wait()
	close(failed)
	for err := range failed {
		m.must(err)
	}
	m.await("credited", func(seen liveHost) bool { return seen.Crediting == nil })
}

func (m *million) ints(query string, args ...any) (got []int) {
	m.t.Helper()
	m.must(m.db.Select(m.t.Context(), &got, query, args...))
	return got
}

// points are what the room gave each player in all, by number.
func (m *million) points() []int {
	m.t.Helper()
	return m.ints(`SELECT COALESCE((SELECT SUM(amount) FROM grants g
			WHERE g.player_id = m.player_id AND g.kind = 'points' AND g.source LIKE 'live/%'), 0)
		FROM live_members m WHERE m.room_id = ? ORDER BY m.member`, m.room)
}

// shares are what each player won of the pot, by number.
func (m *million) shares() []int {
	m.t.Helper()
	return m.ints(`SELECT COALESCE((SELECT SUM(worth) FROM awards a WHERE a.player_id = m.player_id), 0)
		FROM live_members m WHERE m.room_id = ? ORDER BY m.member`, m.room)
}

func (m *million) wants(what string, got []int, want ...int) {
	m.t.Helper()
	if !slices.Equal(got, want) {
		m.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (m *million) exec(query string, args ...any) {
	m.t.Helper()
	m.must(m.db.InTx(m.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(m.t.Context(), query, args...)
		return err
	}))
}

func TestAConfirmedResultGivesOnceAndAVoidAddsOnly(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		m := openMillion(t, stores, "million", false, 4)
		m.play(true, true, true, false)
		m.play(true, true, false)
		m.step("podium")
		if me := m.state(m.players[0]).Me; me.ShareCents != 50 {
			t.Errorf("on the podium the share is %d", me.ShareCents)
		}

		at := m.look().Room.Seq
		var pressing sync.WaitGroup
		pressed := make(chan error, 2)
		for _, host := range []*testkit.Player{m.host, m.member(staff.Host)} {
			pressing.Go(func() { pressed <- m.confirm(host, at) })
		}
		pressing.Wait()
		if a, b := <-pressed, <-pressed; (a == nil) == (b == nil) {
			t.Fatalf("confirming twice at once: %v and %v", a, b)
		}
		m.credit()
		m.wants("points", m.points(), 15, 15, 10, 0)
		m.wants("shares", m.shares(), 50, 50, 0, 0)

		// Killed after the grants, before the shares and the note of it.
		m.exec("DELETE FROM awards")
		m.exec("UPDATE live_results SET credited = 0")
		m.credit()
		m.wants("points after a crash", m.points(), 15, 15, 10, 0)
		m.wants("shares after a crash", m.shares(), 50, 50, 0, 0)

		m.void(2)
		m.must(m.confirm(m.host, m.look().Room.Seq))
		m.credit()
		m.wants("points after a void", m.points(), 15, 15, 15, 0)
		m.wants("shares after a void", m.shares(), 50, 50, 0, 0)
		if me := m.state(m.players[2]).Me; !me.Alive || me.ShareCents != 0 {
			t.Errorf("who is left since the void sees %+v", me)
		}

		m.void(1) // now nobody has answered anything right: what was given stays
		m.must(m.confirm(m.host, m.look().Room.Seq))
		m.credit()
		m.wants("points after all is void", m.points(), 15, 15, 15, 5)
		m.wants("shares after all is void", m.shares(), 50, 50, 0, 0)
		m.wants("confirmations", m.ints("SELECT COUNT(*) FROM live_results GROUP BY confirmed ORDER BY confirmed"), 4, 4, 4)
	})
}

func TestAShareOfAPotIsWhatWasPromisedWhenItWasWonEvenIfItIsPaidLater(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		m := openMillion(t, stores, "million", false, 2)
		m.play(true, true)
		m.play(true, true)
		m.step("podium")
		m.step("confirm")
		m.credit()
		type promised struct{ Title, Kind, Terms string }
		read := func() (got []promised) {
			m.must(m.db.Select(t.Context(), &got, "SELECT title, kind, terms FROM awards ORDER BY slip"))
			return got
		}
		won := read()
		if len(won) != 2 || won[0].Title != "百万红包" || won[0].Kind != "redpacket" {
			t.Fatalf("the players won %q", won)
		}
		// Killed before the shares were paid, and meanwhile the definition is another.
		m.exec("DELETE FROM awards")
		changed := strings.NewReplacer("title: 百万红包, kind: redpacket", "title: 谢谢参与, kind: redpacket, collect: 不发了").
			Replace(potContest)
		if _, err := m.app.Catalog.Apply(t.Context(), "june16.yaml", []byte(changed), "改"); err != nil {
			t.Fatal(err)
		}
		m.exec("UPDATE live_results SET credited = 0")
		m.credit()
		if later := read(); !slices.Equal(later, won) {
			t.Errorf("paid later they get %q, won %q", later, won)
		}
	})
}

// void takes a round out of the result.
func (m *million) void(round int) {
	m.t.Helper()
	m.must(m.host.Call(http.MethodPost, "/api/v1/console/live/"+m.room+"/steps",
		map[string]any{"seq": m.look().Room.Seq, "step": "void", "round": round}, nil))
}

func TestAPotOfPointsIsSharedByThoseWhoAreLeftAndStillThere(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		m := openMillion(t, stores, "points", false, 4)
		m.play(true, true, true, true)
		m.play(true, true, true, true)
		m.must(m.host.Call(http.MethodPost, "/api/v1/console/live/"+m.room+"/members/4",
			map[string]any{"action": "remove"}, nil))
		m.must(m.players[2].Call(http.MethodDelete, "/api/v1/contests/june16/enrolment", nil, nil))
		m.step("podium")
		m.step("confirm")
		m.credit()
		m.wants("shares", m.shares(), 33, 33, 0, 0)
		_, body := m.send(m.host, http.MethodGet, "/api/v1/console/live/"+m.room+"/results.xlsx", nil, nil)
		_, err := sheet.Rows([]byte(body), sheet.Limits{}, func(_ string, line int, cells []string) error {
			if line == 2 && (cells[6] != "33" || cells[8] != "对") {
				t.Errorf("the workbook begins with %q", cells)
			}
			return nil
		})
		m.must(err)
		m.later(time.Minute)
		m.must(m.app.Instant.Sweep(t.Context()))
		m.wants("points of the pot", m.ints("SELECT amount FROM grants WHERE source LIKE 'prize/%' ORDER BY id"), 33, 33)
		m.wants("results", m.ints("SELECT COUNT(*) FROM live_results"), 3)
	})
}

func TestARehearsalGivesNothingAndRobotsHaveNoResult(t *testing.T) {
	m := openMillion(t, embedded(t), "million", true, 2)
	m.must(m.host.Call(http.MethodPost, "/api/v1/console/live/"+m.room+"/robots", map[string]any{"players": 5}, nil))
	m.play(true, true)
	m.play(true, true)
	m.step("podium")
	m.step("confirm")
	m.credit()
	m.wants("results", m.ints("SELECT COUNT(*) FROM live_results"), 2)
	m.wants("grants", m.ints("SELECT COUNT(*) FROM grants WHERE source LIKE 'live/%'"), 0)
	m.wants("awards", m.ints("SELECT COUNT(*) FROM awards"), 0)
}

func TestARoomThatEndsWithoutAResultGivesNothing(t *testing.T) {
	m := openMillion(t, embedded(t), "million", false, 1)
	m.play(true)
	m.step("end")
	m.credit()
	m.wants("results", m.ints("SELECT COUNT(*) FROM live_results"), 0)
}
