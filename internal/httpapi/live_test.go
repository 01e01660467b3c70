package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const liveContest = `
contest: june16
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2040-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
live:
  - {key: points, title: 6·16 我问你答, draw: [{count: 3, kinds: [single]}], change: true, score: {right: 100, speed: 50}}
  - {key: million, title: 安全百万英雄, mode: elimination, audience: true, draw: [{count: 4, kinds: [truefalse]}]}
`

type liveOption struct{ ID, Text string }

type liveRoom struct {
	Room, Code, Phase, Key, Pass string
	Seq                          int64
	OpensAt                      int64 `json:"opens_at"`
	ClosesAt                     int64 `json:"closes_at"`
	Round, Members, Alive        int
	Question                     *struct {
		Round   int
		Stem    string
		Options []liveOption
	}
	Reveal *struct {
		Right             []string
		Answered, Correct int
		Bars              []struct {
			ID    string
			Count int
		}
	}
	Standings *struct {
		Top []struct {
			Name                string
			Rank, Points, Right int
		}
	}
}

type liveMe struct {
	Number, Points, Right, Rank, Of int
	ShareCents                      int `json:"share_cents"`
	Name                            string
	MayAnswer                       bool `json:"may_answer"`
	Alive                           bool
	Answer                          *struct {
		Round, Revision int
		Options         []string
	}
	Result *struct {
		Answered, Correct bool
		Points            int
	}
}

type liveSnapshot struct {
	Room liveRoom
	Me   *liveMe
}

type liveHost struct {
	Room  liveRoom
	Next  string
	Right []string
	Steps []string
	Held  int
	// Crediting is null when nothing is left to give.
	Crediting *struct{ Left, Of int }
}

type liveCounted struct {
	Counted, Repeated bool
	Revision          int
	LateMS            int64 `json:"late_ms"`
}

// livehall is a room with its host.
type livehall struct {
	*house
	host *testkit.Player
	room string
	pass string // of a rehearsal
	seq  int64
}

func openLivehall(t *testing.T, stores *testkit.Store, plan string) *livehall {
	t.Helper()
	return openLivehallOf(t, stores, liveContest, plan, false)
}

func openLivehallOf(t *testing.T, stores *testkit.Store, contest, plan string, rehearsal bool) *livehall {
	t.Helper()
	h := openHouse(t, stores)
	if _, err := h.app.Catalog.Apply(t.Context(), "june16.yaml", []byte(contest), "test"); err != nil {
		t.Fatal(err)
	}
	l := &livehall{house: h, host: h.member(staff.Host)}
	var made liveHost
	l.must(l.host.Call(http.MethodPost, "/api/v1/console/contests/june16/live",
		map[string]any{"plan": plan, "rehearsal": rehearsal}, &made))
	l.room, l.seq, l.pass = made.Room.Room, made.Room.Seq, made.Room.Pass
	return l
}

func (l *livehall) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// look is the host's view.
func (l *livehall) look() (seen liveHost) {
	l.t.Helper()
	l.must(l.host.Call(http.MethodGet, "/api/v1/console/live/"+l.room, nil, &seen))
	l.seq = seen.Room.Seq
	return seen
}

// step takes a step on the room as it stands.
func (l *livehall) step(step string) (seen liveHost) {
	l.t.Helper()
	l.look()
	l.must(l.host.Call(http.MethodPost, "/api/v1/console/live/"+l.room+"/steps",
		map[string]any{"seq": l.seq, "step": step}, &seen))
	l.seq = seen.Room.Seq
	return seen
}

// join lets a new player in.
func (l *livehall) join(name string) *testkit.Player {
	l.t.Helper()
	p := l.player("june16")
	l.must(p.Enrol(name, ""))
	l.must(p.Enter(l.pass))
	var joined liveSnapshot
	l.must(p.Call(http.MethodPost, "/api/v1/live/rooms/"+l.room+"/join", map[string]any{}, &joined))
	if joined.Me == nil || joined.Me.Name != name {
		l.t.Fatalf("%s joined as %+v", name, joined.Me)
	}
	return p
}

func (l *livehall) state(p *testkit.Player) (seen liveSnapshot) {
	l.t.Helper()
	l.must(p.Call(http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state?plain=1", nil, &seen))
	return seen
}

// ask asks the next question and waits until it is open.
func (l *livehall) ask() {
	l.t.Helper()
	l.step("ready")
	opens := l.step("open").Room.OpensAt
	l.later(time.Duration(opens-time.Now().UnixMilli()-l.skew.Load()+1) * time.Millisecond)
	l.await("open", func(seen liveHost) bool { return seen.Room.Phase == "open" })
}

// close lets the time of the question pass.
func (l *livehall) close() {
	l.t.Helper()
	seen := l.look()
	l.later(time.Duration(seen.Room.ClosesAt+1600-time.Now().UnixMilli()-l.skew.Load()) * time.Millisecond)
	l.await("closed", func(seen liveHost) bool { return seen.Room.Phase == "closed" })
}

func (l *livehall) await(what string, there func(liveHost) bool) {
	l.t.Helper()
	for end := time.Now().Add(testkit.Patience); !there(l.look()); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			l.t.Fatalf("the room is not %s: %+v", what, l.look().Room)
		}
	}
}

func (l *livehall) answer(p *testkit.Player, revision int, options ...string) (counted liveCounted, err error) {
	l.t.Helper()
	round := l.look().Room.Round
	err = p.Call(http.MethodPost, "/api/v1/live/rooms/"+l.room+"/answers",
		map[string]any{"round": round, "revision": revision, "options": options, "blanks": []string{}}, &counted)
	return counted, err
}

// wrong is an option that is not right.
func wrong(right string) string {
	if right == "A" {
		return "B"
	}
	return "A"
}

func TestAWholeGameIsPlayedByAskingAgainAndAgain(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		l := openLivehall(t, stores, "points")
		early, slow, idle := l.join("张早早"), l.join("李慢慢"), l.join("王旁观")
		for question := 1; question <= 3; question++ {
			if l.step("ready"); l.state(early).Room.Question != nil {
				t.Fatal("the question is readable before it opens")
			}
			l.later(0)
			opens := l.step("open").Room.OpensAt
			l.later(time.Duration(opens-time.Now().UnixMilli()-l.skew.Load()+1) * time.Millisecond)
			right := l.look().Right[0]
			if shown := l.state(early).Room; shown.Question == nil || shown.Reveal != nil {
				t.Fatalf("after the opening a phone sees %+v", shown)
			}
			counted, err := l.answer(early, 1, wrong(right))
			l.must(err)
			if !counted.Counted {
				t.Fatalf("an answer in time: %+v", counted)
			}
			if counted, err = l.answer(early, 2, right); err != nil || counted.Revision != 2 {
				t.Fatalf("a changed answer: %+v, %v", counted, err)
			}
			if counted, err = l.answer(early, 2, right); err != nil || !counted.Repeated {
				t.Fatalf("the same answer again: %+v, %v", counted, err)
			}
			l.later(5 * time.Second)
			_, err = l.answer(slow, 1, right)
			l.must(err)
			l.close()
			if counted, err = l.answer(idle, 1, right); err != nil || counted.Counted || counted.LateMS < 1000 {
				t.Fatalf("an answer after the close: %+v, %v", counted, err)
			}
			if counted, err = l.answer(slow, 1, right); err != nil || !counted.Repeated {
				t.Fatalf("a lost reply asked for after the close: %+v, %v", counted, err)
			}
			if seen := l.state(early).Room; seen.Reveal != nil {
				t.Fatal("the right answer is out before the host reveals it")
			}
			seen := l.step("reveal")
			if reveal := seen.Room.Reveal; reveal == nil || reveal.Answered != 2 || reveal.Correct != 2 {
				t.Fatalf("question %d reveals %+v", question, seen.Room.Reveal)
			}
			l.step("standings")
		}
		first, second, last := l.state(early).Me, l.state(slow).Me, l.state(idle).Me
		if first.Rank != 1 || second.Rank != 2 || last.Rank != 3 || first.Points <= second.Points || last.Points != 0 {
			t.Errorf("the standings are %+v, %+v, %+v", first, second, last)
		}
		l.step("podium")
		l.step("confirm")
		if seen := l.state(early); seen.Room.Phase != "over" || len(seen.Room.Standings.Top) != 3 ||
			seen.Room.Standings.Top[0].Name != "张早早" {
			t.Errorf("the end is %+v", seen.Room)
		}
	})
}

func TestWhoAnswersWrongIsOutAndAQuestionThatAllGetWrongPutsNobodyOut(t *testing.T) {
	l := openLivehall(t, embedded(t), "million")
	players := make([]*testkit.Player, 4)
	for i := range players {
		players[i] = l.join(fmt.Sprint("选手", i))
	}
	play := func(right ...bool) {
		t.Helper()
		l.ask()
		key := l.look().Right[0]
		for i, r := range right {
			choice := key
			if !r {
				choice = wrong(key)
			}
			if _, err := l.answer(players[i], 1, choice); err != nil {
				t.Fatal(err)
			}
		}
		l.close()
		l.step("reveal")
	}
	play(false, false, false, false)
	if alive := l.look().Room.Alive; alive != 4 {
		t.Fatalf("after a question that all got wrong %d are left", alive)
	}
	late := l.join("来晚了")
	play(true, true, false, true)
	if alive := l.look().Room.Alive; alive != 3 {
		t.Fatalf("%d are left", alive)
	}
	if me := l.state(late).Me; me.Alive {
		t.Error("who came after the first opening plays along")
	}
	play(true, false, true, true) // players[2] is out: the audience, whose answer does not count
	if alive := l.look().Room.Alive; alive != 2 {
		t.Fatalf("%d are left", alive)
	}
	play(true, false, true, false)
	l.step("podium")
	if seen := l.state(players[0]); seen.Room.Alive != 1 || !seen.Me.Alive || seen.Me.Rank != 1 {
		t.Errorf("at the end: %+v, %+v", seen.Room, seen.Me)
	}
}
