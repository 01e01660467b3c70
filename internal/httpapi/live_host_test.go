package httpapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const liveRooms = `
contest: june16
title: 安全生产月
organizer: 县安委办
window: {opens: 2026-01-01 00:00, closes: 2040-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1}]
cards: [{key: helmet, title: 安全帽}]
pledge: {title: 我为安全生产倡议, lines: [遵守安全规章]}
earnings: [{key: signed, for: pledge, give: {card: helmet}, max: 1, per: contest}]
live:
  - {key: points, title: 问答, draw: [{count: 4, kinds: [single]}], score: {right: 100, speed: 50}}
  - {key: million, title: 百万英雄, mode: elimination, audience: true, revival: {card: helmet, question: true},
     draw: [{count: 6, kinds: [truefalse]}]}
  - {key: kinds, title: 各种题型, draw: [{count: 1, kinds: [single]}, {count: 1, kinds: [multiple]},
     {count: 1, kinds: [truefalse]}, {count: 1, kinds: [fill]}]}
  - {key: clock, title: 自动场, runs: clock, starts: 2026-01-01 08:00, draw: [{count: 2, kinds: [single]}]}
`

// openRoom makes a room of a plan of liveRooms.
func openRoom(t *testing.T, plan string, rehearsal bool) *livehall {
	t.Helper()
	h := hall.open(t)
	if _, err := h.app.Catalog.Apply(t.Context(), "june16.yaml", []byte(liveRooms), "test"); err != nil {
		t.Fatal(err)
	}
	l := &livehall{house: h, host: h.member(staff.Host)}
	var made liveHost
	l.must(l.host.Call(http.MethodPost, "/api/v1/console/contests/june16/live",
		map[string]any{"plan": plan, "rehearsal": rehearsal}, &made))
	l.room, l.seq, l.pass = made.Room.Room, made.Room.Seq, made.Room.Pass
	return l
}

// press is a step of whoever presses it, on the room as it stands, with what it needs.
func (l *livehall) press(by *testkit.Player, step string, with map[string]any) (liveHost, error) {
	l.t.Helper()
	body := map[string]any{"seq": l.look().Room.Seq, "step": step}
	for name, value := range with {
		body[name] = value
	}
	var seen liveHost
	err := by.Call(http.MethodPost, "/api/v1/console/live/"+l.room+"/steps", body, &seen)
	return seen, err
}

func (l *livehall) with(step string, with map[string]any) liveHost {
	l.t.Helper()
	seen, err := l.press(l.host, step, with)
	l.must(err)
	return seen
}

// refused checks that an error is a problem of that code.
func refused(t *testing.T, why string, err error, code string) {
	t.Helper()
	var problem *testkit.Problem
	if !errors.As(err, &problem) || problem.Code != code {
		t.Errorf("%s: %v, not %s", why, err, code)
	}
}

// asked asks the next question, lets those players answer it right and shows the answer.
func (l *livehall) asked(players ...*testkit.Player) {
	l.t.Helper()
	l.ask()
	key := l.look().Right
	for _, p := range players {
		if counted, err := l.answer(p, 1, key...); err != nil || !counted.Counted {
			l.t.Fatalf("a right answer: %+v, %v", counted, err)
		}
	}
	l.close()
	l.step("reveal")
}

// now is the server's clock, in UTC ms.
func (l *livehall) now() int64 { return time.Now().UnixMilli() + l.skew.Load() }

func (l *livehall) points(p *testkit.Player) int { l.t.Helper(); return l.state(p).Me.Points }

func TestAPauseRefusesAnswersKindlyAndGivesTheTimeBack(t *testing.T) {
	l := openRoom(t, "points", false)
	p := l.join("张三")
	l.step("ready")
	l.step("open")
	l.step("pause") // in the countdown
	l.later(time.Minute)
	if seen := l.state(p).Room; seen.Question != nil || seen.Key != "" {
		t.Fatalf("a pause in the countdown lets the question out: %+v", seen)
	}
	l.step("resume")
	l.later(3*time.Second + time.Millisecond)
	if seen := l.state(p).Room; seen.Question == nil {
		t.Fatal("the question does not open after the pause")
	}
	left := l.look().Room.ClosesAt - l.now()
	l.step("pause")
	key := l.look().Right[0]
	_, err := l.answer(p, 1, key)
	refused(t, "an answer in a pause", err, "live_paused")
	l.later(time.Hour)
	if now := l.step("resume").Room.ClosesAt - l.now(); now < left-2000 || now > left {
		t.Errorf("of %d ms %d are left after the pause", left, now)
	}
	if counted, err := l.answer(p, 1, key); err != nil || !counted.Counted {
		t.Errorf("after the pause: %+v, %v", counted, err)
	}
}

func TestAQuestionIsLengthenedClosedEarlyAndOpenedAgain(t *testing.T) {
	l := openRoom(t, "points", false)
	quick, slow := l.join("张三"), l.join("李四")
	l.ask()
	closes := l.look().Room.ClosesAt
	if seen := l.with("extend", map[string]any{"seconds": 20}); seen.Room.ClosesAt != closes+20_000 {
		t.Errorf("20 s more make %d of %d", seen.Room.ClosesAt, closes)
	}
	key := l.look().Right[0]
	l.later(25 * time.Second) // beyond the time that counts for speed
	_, err := l.answer(quick, 1, key)
	l.must(err)
	l.step("close")
	l.close()
	if counted, err := l.answer(slow, 1, key); err != nil || counted.Counted {
		t.Errorf("after an early close: %+v, %v", counted, err)
	}
	l.with("reopen", map[string]any{"seconds": 15})
	if counted, err := l.answer(slow, 1, key); err != nil || !counted.Counted {
		t.Errorf("after it was opened again: %+v, %v", counted, err)
	}
	l.close()
	l.step("reveal")
	if a, b := l.points(quick), l.points(slow); a != 100 || b != 100 {
		t.Errorf("in the extension an answer is worth %d and %d, not the 100 of being right", a, b)
	}
}

func TestASkippedQuestionIsNobodysGain(t *testing.T) {
	l := openRoom(t, "points", false)
	p := l.join("张三")
	l.ask()
	_, err := l.answer(p, 1, l.look().Right[0])
	l.must(err)
	if seen := l.step("skip"); seen.Room.Reveal != nil || seen.Room.Phase != "standings" {
		t.Errorf("skipped: %+v", seen.Room)
	}
	if got := l.points(p); got != 0 {
		t.Errorf("a skipped question gave %d points", got)
	}
	l.asked(p)
	if got := l.points(p); got < 100 {
		t.Errorf("the next one gave %d points", got)
	}
}

func TestAQuestionIsVoidedAfterTheStandingsBroughtBackAndCorrected(t *testing.T) {
	l := openRoom(t, "points", false)
	good, bad := l.join("张三"), l.join("李四")
	l.ask()
	key := l.look().Right[0]
	other := wrong(key)
	_, err := l.answer(good, 1, key)
	l.must(err)
	_, err = l.answer(bad, 1, other)
	l.must(err)
	l.close()
	l.step("reveal")
	l.step("standings")
	was := l.points(good)
	l.with("void", map[string]any{"round": 1})
	if a, b := l.points(good), l.points(bad); a != 0 || b != 0 {
		t.Errorf("after it was voided they have %d and %d", a, b)
	}
	l.with("unvoid", map[string]any{"round": 1})
	if got := l.points(good); got != was {
		t.Errorf("brought back it is worth %d, not %d", got, was)
	}
	l.with("rekey", map[string]any{"round": 1, "right": []string{other}})
	if a, b := l.points(good), l.points(bad); a != 0 || b < 100 {
		t.Errorf("corrected they have %d and %d", a, b)
	}
	_, err = l.press(l.host, "rekey", map[string]any{"round": 1, "right": []string{"Z"}})
	refused(t, "corrected to an option that is not there", err, "invalid_field")
	_, err = l.press(l.host, "void", map[string]any{"round": -7})
	refused(t, "a made-up round", err, "invalid_field")
}

func TestAfterAWarmupEverybodyStartsFromNothing(t *testing.T) {
	l := openRoom(t, "points", false)
	p := l.join("张三")
	l.step("warmup")
	opens := l.step("open").Room.OpensAt
	l.later(time.Duration(opens-l.now()+1) * time.Millisecond)
	_, err := l.answer(p, 1, l.look().Right[0])
	l.must(err)
	l.close()
	if seen := l.step("reveal"); seen.Room.Reveal == nil || seen.Room.Reveal.Correct != 1 || seen.Next != "ready" {
		t.Errorf("a warm-up reveals %+v, then %s", seen.Room.Reveal, seen.Next)
	}
	if got := l.points(p); got != 0 {
		t.Errorf("a warm-up gave %d points", got)
	}
	l.asked(p)
	l.step("reset")
	if seen := l.state(p); seen.Me.Points != 0 || seen.Room.Phase != "lobby" || seen.Me.Result != nil {
		t.Errorf("after the reset: %+v, %+v", seen.Room, seen.Me)
	}
	l.asked(p)
	if got := l.points(p); got < 100 {
		t.Errorf("the first that counts gave %d", got)
	}
}

func TestTwoHostsAtOnceTakeOneStepAndOneOfThemLeads(t *testing.T) {
	l := openRoom(t, "points", false)
	other := l.signedIn(l.colleague(staff.Host))
	l.step("ready")
	seq := l.look().Room.Seq
	step := func(by *testkit.Player, seq int64, step string) error {
		return by.Call(http.MethodPost, "/api/v1/console/live/"+l.room+"/steps",
			map[string]any{"seq": seq, "step": step, "text": "我来主持"}, nil)
	}
	refused(t, "who does not lead", step(other, seq, "open"), "live_not_host")
	l.must(step(other, seq, "take"))
	refused(t, "who has not seen that", step(l.host, seq, "open"), "room_moved")
	if seen := l.look(); seen.Room.Phase != "ready" {
		t.Errorf("the room is %s", seen.Room.Phase)
	}
	refused(t, "who led before", step(l.host, l.seq, "open"), "live_not_host")
	l.must(step(other, l.seq, "open"))
	refused(t, "the same press again", step(other, l.seq, "open"), "room_moved")
}

func TestALockedRoomLetsNobodyInAndKeepsWhoIsThere(t *testing.T) {
	l := openRoom(t, "points", false)
	p := l.join("张三")
	l.step("lock")
	late := l.player("june16")
	l.must(late.Enrol("李四", ""))
	join := "/api/v1/live/rooms/" + l.room + "/join"
	refused(t, "somebody new", late.Call(http.MethodPost, join, map[string]any{}, nil), "room_locked")
	l.must(p.Call(http.MethodPost, join, map[string]any{}, nil)) // again, on a new phone
	l.step("unlock")
	l.must(late.Call(http.MethodPost, join, map[string]any{}, nil))
}

func TestALateJoinerPlaysForPointsAndGainsNoTime(t *testing.T) {
	l := openRoom(t, "points", false)
	l.ask()
	key := l.look().Right[0]
	l.later(7500 * time.Millisecond) // half of it
	p := l.join("来晚了")
	_, err := l.answer(p, 1, key)
	l.must(err)
	l.close()
	l.step("reveal")
	if got := l.points(p); got < 100 || got > 125 {
		t.Errorf("who came after half the time has %d points, of 150", got)
	}
}

func TestADelayHoldsTheOpeningForABroadcast(t *testing.T) {
	l := openRoom(t, "points", false)
	for seconds, code := range map[int]string{-1: "invalid_field", 31: "invalid_field"} {
		_, err := l.press(l.host, "delay", map[string]any{"seconds": seconds})
		refused(t, fmt.Sprint(seconds, " s"), err, code)
	}
	for _, seconds := range []int64{30, 0} {
		l.with("delay", map[string]any{"seconds": seconds})
		l.step("ready")
		pressed := l.now()
		opens := l.step("open").Room.OpensAt
		if wait := opens - pressed - 3000; wait < seconds*1000 || wait > seconds*1000+5000 {
			t.Errorf("with %d s of delay it opens %d ms after the countdown", seconds, wait)
		}
		l.step("skip")
	}
}

func TestWhoIsRemovedIsOutForGoodUntilReadmittedAndAHiddenNameIsAnAlias(t *testing.T) {
	l := openRoom(t, "points", false)
	p, q := l.join("张三"), l.join("难听名字")
	treat := func(number int, action string) error {
		return l.host.Call(http.MethodPost, fmt.Sprint("/api/v1/console/live/", l.room, "/members/", number),
			map[string]any{"action": action}, nil)
	}
	join := "/api/v1/live/rooms/" + l.room + "/join"
	l.must(treat(2, "hide"))
	l.asked(p, q)
	l.step("standings")
	for _, placed := range l.state(p).Room.Standings.Top {
		if strings.Contains(placed.Name, "难听") {
			t.Errorf("the hidden name is shown: %+v", placed)
		}
	}
	l.must(treat(1, "remove"))
	refused(t, "joining again", p.Call(http.MethodPost, join, map[string]any{}, nil), "room_removed")
	if seen := l.state(q); seen.Room.Members != 1 || seen.Me.Rank != 1 {
		t.Errorf("after it %+v, %+v", seen.Room, seen.Me)
	}
	l.ask()
	_, err := l.answer(p, 1, "A")
	refused(t, "answering", err, "room_removed")
	l.must(treat(1, "readmit"))
	l.must(p.Call(http.MethodPost, join, map[string]any{}, nil))
	refused(t, "somebody who is not there", treat(99, "remove"), "member_unknown")
	refused(t, "a made-up action", treat(1, "bless"), "invalid_field")
}

func TestAnEarnedCardBringsBackOnceAndNeverBeforeTheLastQuestion(t *testing.T) {
	l := openRoom(t, "million", false)
	winner, holder, poor := l.join("胜者"), l.join("有卡"), l.join("无卡")
	l.must(holder.Call(http.MethodPost, holder.InContest("/pledge"), map[string]any{"name": "有卡"}, nil))
	revive := func(p *testkit.Player) error {
		return p.Call(http.MethodPost, "/api/v1/live/rooms/"+l.room+"/revive", map[string]any{}, nil)
	}
	refused(t, "who is in", revive(holder), "no_revival")
	l.asked(winner)
	l.must(revive(holder))
	if me := l.state(holder).Me; !me.Alive {
		t.Errorf("right after playing the card its player is still out: %+v", me)
	}
	refused(t, "without a card", revive(poor), "no_revival")
	l.asked(winner, holder)
	if seen := l.state(holder); !seen.Me.Alive || seen.Room.Alive != 2 || seen.Me.Points < 100 {
		t.Errorf("who came back: %+v, %+v", seen.Room, seen.Me)
	}
	l.asked(winner)
	refused(t, "a second time", revive(holder), "no_revival")
}

func TestARevivalQuestionIsForThoseWhoAreOut(t *testing.T) {
	l := openRoom(t, "million", false)
	winner, out := l.join("胜者"), l.join("出局")
	if slices.Contains(l.look().Steps, "revival") {
		t.Error("a revival question is offered with nobody out")
	}
	l.asked(winner)
	l.step("revival")
	opens := l.step("open").Room.OpensAt
	l.later(time.Duration(opens-l.now()+1) * time.Millisecond)
	key := l.look().Right[0]
	_, err := l.answer(winner, 1, key)
	refused(t, "who is in", err, "live_out")
	_, err = l.answer(out, 1, key)
	l.must(err)
	l.close()
	l.step("reveal")
	if seen := l.state(out); !seen.Me.Alive || seen.Me.Points != 0 {
		t.Errorf("who was right: %+v", seen.Me)
	}
}

func TestWhoAVoidedQuestionPutOutPlaysOnAndIsNotPunishedForWhatWasAskedMeanwhile(t *testing.T) {
	l := openRoom(t, "million", false)
	winner, out := l.join("胜者"), l.join("冤枉")
	l.asked(winner)
	l.asked(winner)
	l.with("void", map[string]any{"round": 1})
	if seen := l.state(out); !seen.Me.Alive || seen.Room.Alive != 2 {
		t.Errorf("after the first question was voided: %+v", seen.Me)
	}
	l.asked(winner, out)
	if seen := l.state(out); !seen.Me.Alive || seen.Me.Right != 1 {
		t.Errorf("after the next one: %+v", seen.Me)
	}
}

func TestTheAudienceHelpsAndItsAnswersCountForNothing(t *testing.T) {
	l := openRoom(t, "million", false)
	winner, out := l.join("胜者"), l.join("出局")
	l.asked(winner)
	l.ask()
	key := l.look().Right[0]
	_, err := l.answer(out, 1, key)
	l.must(err)
	l.step("help")
	var seen struct {
		Room struct {
			Help struct {
				Bars []struct {
					ID    string
					Count int
				}
			}
		}
	}
	l.must(winner.Call(http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state", nil, &seen))
	for _, bar := range seen.Room.Help.Bars {
		if want := map[bool]int{true: 1}[bar.ID == key]; bar.Count != want {
			t.Errorf("the audience chose %+v, and %s is right", seen.Room.Help.Bars, key)
		}
	}
	l.close()
	l.step("reveal")
	if me := l.state(out).Me; me.Alive || me.Points != 0 || me.Result == nil || me.Result.Points != 0 {
		t.Errorf("one of the audience who was right: %+v, %+v", me, me.Result)
	}
}

func TestARoomOfTheClockPlaysByItselfAndWaitsForAPersonToConfirm(t *testing.T) {
	l := openRoom(t, "clock", false)
	p := l.join("张三")
	for end := time.Now().Add(testkit.Patience); l.look().Room.Phase != "podium"; l.later(250 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it stands at %+v", l.look().Room)
		}
		if seen := l.look(); seen.Room.Phase == "open" && seen.Room.OpensAt <= l.now() {
			l.answer(p, 1, seen.Right[0])
		}
		time.Sleep(2 * time.Millisecond)
	}
	if seen := l.look(); seen.Next != "confirm" || seen.Room.Round != 2 || l.points(p) < 200 {
		t.Errorf("at the podium %s is next after %d questions, %d points", seen.Next, seen.Room.Round, l.points(p))
	}
	if seen := l.step("confirm"); seen.Room.Phase != "over" || seen.Next != "" {
		t.Errorf("confirmed: %s, then %s", seen.Room.Phase, seen.Next)
	}
	_, err := l.press(l.host, "confirm", nil)
	refused(t, "confirmed twice", err, "live_step")
}
