package forensics_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anquanda/internal/conduct"
	"anquanda/internal/identity"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// script answers faster than anybody reads, by rule and not by what others do; program is
// slower than that, and faster than anybody who thinks.
var (
	script  = manner{1, 4 * time.Millisecond}
	program = manner{1, 700 * time.Millisecond}
)

// joins lets somebody new take part from somewhere.
func (s *scene) joins(nickname, device, network string) sqldb.ID {
	s.T.Helper()
	e, err := s.Players.Join(s.T.Context(), s.Contest.Definition, s.Contest.ContestID, 0, identity.Application{
		Nickname: nickname, From: identity.Origin{Device: device, Network: network}, At: s.Clock.MS()})
	if err != nil {
		s.T.Fatal(err)
	}
	return e.PlayerID
}

// apart is a phone and a network of one's own.
func apart(i int) (device, network string) {
	return fmt.Sprintf("phone-%d", i), fmt.Sprintf("198.18.%d.0/24", i%200)
}

// fewQuestions asks less, for a crowd that is large.
var fewQuestions = strings.Replace(tenQuestions, "count: 10, kinds: [single]}], pass: 6", "count: 5, kinds: [single]}], pass: 3", 1)

// 700 made-up guests, who make themselves known in one of four ways, among 200 honest
// people: a class in its lesson, a family with one phone, people with common names.
func TestEveryMadeUpGuestHasASignalAndNoHonestPlayer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		s.Apply(fewQuestions)
		farm, honest := s.farm(), s.honest()
		if len(farm) != 700 || len(honest) != 200 {
			t.Fatalf("%d made up, %d honest", len(farm), len(honest))
		}
		found := s.signals()
		for name, of := range farm {
			if len(found[of]) == 0 {
				t.Errorf("%s has no signal", name)
			}
		}
		for name, of := range honest {
			for _, signal := range found[of] {
				t.Errorf("%s is flagged: %s %s", name, signal.Kind, signal.Evidence)
			}
		}
	})
}

func (s *scene) farm() map[string]sqldb.ID {
	farm := map[string]sqldb.ID{}
	for i := range 530 { // a script that throws its cookies away
		device, _ := apart(i)
		s.Clock.Pass(20 * time.Millisecond)
		player := s.joins("路人", device, "203.0.113.0/24")
		s.plays(player, script)
		farm[fmt.Sprintf("script %d", i)] = player
	}
	for i := range 100 { // by hand, over hours, each from elsewhere
		device, network := apart(1000 + i)
		player := s.joins(fmt.Sprintf("刷%d", i), device, network)
		s.plays(player, ordinary)
		farm[fmt.Sprintf("刷%d", i)] = player
	}
	for i := range 40 {
		_, network := apart(2000 + i)
		player := s.joins("过客", fmt.Sprintf("tablet-%d", i%2), network)
		s.plays(player, ordinary)
		farm[fmt.Sprintf("tablet %d", i)] = player
	}
	for i := range 30 {
		device, network := apart(3000 + i)
		nickname := fmt.Sprintf("q%dz%dk%d", i%10, i/3, i%7)
		player := s.joins(nickname, device, network)
		s.plays(player, ordinary)
		farm[nickname] = player
	}
	return farm
}

func (s *scene) honest() map[string]sqldb.ID {
	honest := map[string]sqldb.ID{}
	add := func(name string, of sqldb.ID, how manner) {
		s.plays(of, how)
		honest[name] = of
	}
	for i := range 100 {
		device, network := apart(4000 + i)
		person := s.joins([]string{"张伟", "zhangwei", "Sunshine", "平安"}[i%4], device, network)
		s.Prove(person, fmt.Sprintf("139%08d", i))
		add(fmt.Sprintf("person %d", i), person, ordinary)
	}
	for i := range 55 {
		s.Clock.Pass(2 * time.Second)
		device, _ := apart(5000 + i)
		add(fmt.Sprintf("pupil %d", i), s.joins("学生", device, "192.0.2.0/24"), quick)
	}
	for i := range 4 {
		add(fmt.Sprintf("family %d", i), s.joins(fmt.Sprintf("王家%d", i+1), "the-family-phone", "198.51.100.0/24"), ordinary)
	}
	for i := range 20 { // a tablet at a booth, where staff prove everybody
		person := s.joins("市民", "booth-tablet", "198.51.100.0/24")
		s.Prove(person, fmt.Sprintf("137%08d", i))
		add(fmt.Sprintf("visitor %d", i), person, ordinary)
	}
	for i := range 21 {
		device, network := apart(6000 + i)
		add(fmt.Sprintf("guest %d", i), s.joins([]string{"微信用户", "小明", "lyx", "小明1", "Lucky88"}[i%5], device, network),
			ordinary)
	}
	return honest
}

func TestOneAttemptThatNobodyCanHaveReadIsASignalAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		robot, slow := s.Enrol("机器人", ""), s.Enrol("居民", "")
		s.plays(robot, script)
		s.plays(slow, quick)
		found := s.signals()
		f, ok := found[robot][conduct.SignalHaste]
		if !ok || f.Weight < 70 || !strings.Contains(string(f.Evidence), `"attempts":1,"hasty":10,"answers":10`) {
			t.Errorf("the only player but one, ten answers, gives %+v %s", found[robot], f.Evidence)
		}
		if len(found[slow]) != 0 {
			t.Errorf("who reads is flagged: %v", found[slow])
		}
		facts, err := forensics.New(s.DB, s.Catalog, s.Play, s.Players).FactsOf(t.Context(), s.Contest.ContestID, robot)
		if err != nil || facts.Attempts[0].Hasty != 10 {
			t.Errorf("the page shows %+v, %v", facts.Attempts, err)
		}
	})
}

func TestTwoSlipsOfAFingerAreNoSignal(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	player := s.Enrol("居民", "")
	step := s.Start(player, "first")
	ticket, asked := step.Ticket, step.Question
	for n := 0; asked != nil; n++ {
		pause := 5 * time.Second
		if n < 2 {
			pause = 5 * time.Millisecond
		}
		s.Clock.Pass(pause)
		reply := s.Respond(player, ticket, arena.Answer(asked, true))
		ticket, asked = reply.Ticket, reply.Question
	}
	if found := s.signals(); len(found) != 0 {
		t.Errorf("two fast answers of ten are %v", found)
	}
}

func TestAMadeUpCrowdDoesNotMoveThePace(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		s.crowd(60)
		robot := s.Enrol("机器人", "")
		for range 3 {
			s.plays(robot, program)
		}
		before := s.signals()[robot]
		for range 120 {
			s.plays(s.Enrol("路人", ""), program)
		}
		after := s.signals()[robot]
		for _, kind := range []conduct.SignalKind{conduct.SignalSpeed, conduct.SignalSure} {
			if before[kind].Weight == 0 || string(before[kind].Evidence) != string(after[kind].Evidence) {
				t.Errorf("%s was %s and is %s", kind, before[kind].Evidence, after[kind].Evidence)
			}
		}
	})
}

func TestWhereNobodyIsProvenNobodySetsThePace(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	for range 60 {
		guest := s.Enrol("居民", "")
		s.plays(guest, ordinary)
		s.plays(guest, ordinary)
	}
	fast := s.Enrol("快手", "")
	for range 3 {
		s.plays(fast, program)
	}
	if found := s.signals(); len(found) != 0 {
		t.Errorf("guests are measured by guests: %v", found)
	}
}

func TestANamedPlaceIsNoSignalAlsoWhenItIsNamedAfterwards(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	for i := range 150 {
		device, _ := apart(i)
		s.joins("观众", device, "203.0.113.0/24")
	}
	if found := s.signals(); len(found) != 150 {
		t.Errorf("%d of 150 from one network within an hour are flagged", len(found))
	}
	for _, network := range []string{"203.0.113.0/24", "203.0.113.7", "203.0.0.0/16"} {
		s.Apply(strings.Replace(tenQuestions, "players: {", "players: {places: [{name: 礼堂, network: "+network+"}], ", 1))
		if found := s.signals(); len(found) != 0 {
			t.Errorf("in the hall of %s %d are flagged", network, len(found))
		}
	}
}

func TestPrizesOfManyThatGoThroughOnePhoneAreASignalThoughAllAreProven(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		for i := range 7 {
			device, network := apart(i)
			player := s.joins("居民", device, network)
			s.Prove(player, fmt.Sprintf("136%08d", i))
			by := map[bool]string{true: "the-collector", false: "daughter"}[i < 4]
			s.notes(player, identity.OnClaim, identity.Origin{Device: by})
		}
		claims := 0
		for _, of := range s.signals() {
			if f, ok := of[conduct.SignalClaims]; ok && strings.Contains(string(f.Evidence), `"players":4`) {
				claims++
			}
		}
		if claims != 4 {
			t.Errorf("%d are flagged, want the four of the collector and not the three of the daughter", claims)
		}
	})
}
