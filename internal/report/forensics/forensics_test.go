package forensics_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/referral"
	"anquanda/internal/report/forensics"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// tenQuestions asks everybody the same ten, twice.
const tenQuestions = `contest: demo
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {proof: [phone], proven: [], unit: {ask: optional}, fields: [{key: phone, label: 手机号, kind: phone, when: claim, why: 中奖后联系}]}
levels:
  - {key: first, title: 第一关, questions: [{count: 10, kinds: [single]}], pass: 6, attempts: {max: 5}}
earnings:
  - {key: pass, for: attempt, when: {result: passed}, give: {points: 5}, max: 2, per: day}
  - {key: bring, for: invite, give: {points: 1}}
share: {title: 一起答题, text: 安全知识, counts: finished, per_day: 20}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best}
`

// scene is a contest with a crowd in it.
type scene struct {
	*arena.Arena
	random *rand.Rand
}

func newScene(t testing.TB, s *testkit.Store) *scene {
	t.Helper()
	a := arena.NewWith(t, s, map[string][]question.Question{"safety": arena.Bank()}, tenQuestions,
		arena.Paced)
	return &scene{a, rand.New(rand.NewPCG(6, 16))}
}

// manner is how somebody answers.
type manner struct {
	right  float64       // share of right answers
	median time.Duration // of the time to answer, around which it varies by half
}

var (
	ordinary = manner{0.7, 9 * time.Second}
	quick    = manner{0.95, 3 * time.Second} // knows it all, and reads fast
	bot      = manner{1, 400 * time.Millisecond}
)

// plays lets somebody play the level once.
func (s *scene) plays(player sqldb.ID, m manner) {
	s.T.Helper()
	s.answers(player, m.median, func(asked *play.Asked) play.Response {
		return arena.Answer(asked, s.random.Float64() < m.right)
	})
}

// copied gets most of the ten wrong, and always in the same way.
func copied(asked *play.Asked) play.Response {
	if strings.HasSuffix(asked.Stem, "第3题？") {
		return arena.Answer(asked, true)
	}
	wrong := asked.Options[0]
	for _, o := range asked.Options {
		if strings.HasPrefix(o.Text, "错") && (o.Text < wrong.Text || wrong.Text == "对") {
			wrong = o
		}
	}
	return play.Response{Question: asked.ID, Options: []string{wrong.ID}}
}

func (s *scene) answers(player sqldb.ID, median time.Duration, answer func(*play.Asked) play.Response) {
	s.T.Helper()
	step := s.Start(player, "first")
	ticket, asked := step.Ticket, step.Question
	for {
		s.Clock.Pass(time.Duration(float64(median) * (0.5 + s.random.Float64())))
		reply := s.Respond(player, ticket, answer(asked))
		if reply.Result != nil {
			return
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

// crowd lets so many ordinary people, who are proven, play twice.
func (s *scene) crowd(n int) {
	s.T.Helper()
	for i := range n {
		player := s.Enrol("居民", "")
		s.Prove(player, fmt.Sprintf("138%08d", i))
		s.plays(player, ordinary)
		s.plays(player, ordinary)
	}
}

// signals looks once and returns what was found, by player and kind.
func (s *scene) signals() map[sqldb.ID]map[conduct.SignalKind]conduct.Signal {
	s.T.Helper()
	found := map[sqldb.ID]map[conduct.SignalKind]conduct.Signal{}
	err := forensics.New(s.DB, s.Catalog, s.Play, s.Players).Scan(s.T.Context(), s.Contest, func(f conduct.Signal) error {
		if found[f.PlayerID] == nil {
			found[f.PlayerID] = map[conduct.SignalKind]conduct.Signal{}
		}
		if _, twice := found[f.PlayerID][f.Kind]; twice {
			s.T.Errorf("%s of %d comes twice", f.Kind, f.PlayerID)
		}
		if f.Weight < 1 || f.Weight > 100 || !json.Valid(f.Evidence) {
			s.T.Errorf("%s weighs %d: %s", f.Kind, f.Weight, f.Evidence)
		}
		found[f.PlayerID][f.Kind] = f
		return nil
	}, func(int64) error { return nil })
	if err != nil {
		s.T.Fatal(err)
	}
	return found
}

func (s *scene) exec(query string, args ...any) {
	s.T.Helper()
	err := s.DB.InTx(s.T.Context(), func(tx *sqldb.Tx) error {
		n, err := tx.Exec(s.T.Context(), query, args...)
		if err == nil && n == 0 {
			s.T.Errorf("nothing to change: %s", query)
		}
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
}

func TestABotIsFlaggedAndAnHonestQuickPlayerIsNot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		s.crowd(60)
		robot, honest := s.Enrol("机器人", ""), s.Enrol("老安全员", "")
		for range 3 {
			s.plays(robot, bot)
			s.plays(honest, quick)
		}
		found := s.signals()
		for _, kind := range []conduct.SignalKind{conduct.SignalSpeed, conduct.SignalSure} {
			if _, ok := found[robot][kind]; !ok {
				t.Errorf("the bot has no %s: %v", kind, found[robot])
			}
		}
		delete(found, robot)
		if len(found) != 0 {
			t.Errorf("honest players are flagged: %v", found)
		}
	})
}

// Programs that make up a fifth of the answers push the fastest hundredth down to
// their own times; the median does not move as far.
func TestManyBotsDoNotHideEachOther(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	s.crowd(60)
	var bots []sqldb.ID
	for range 15 {
		b := s.Enrol("机器", "")
		s.plays(b, bot)
		s.plays(b, bot)
		bots = append(bots, b)
	}
	found := s.signals()
	for _, b := range bots {
		if _, ok := found[b][conduct.SignalSpeed]; !ok {
			t.Errorf("bot %d is not flagged", b)
		}
	}
}

func TestTheSameWrongAnswersWithinMinutesAreFlagged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		s.crowd(40)
		// Nobody of the crowd gets most wrong; these two do, and the same ones.
		one, two, later := s.Enrol("甲", ""), s.Enrol("乙", ""), s.Enrol("丙", "")
		s.answers(one, 5*time.Second, copied)
		s.answers(two, 5*time.Second, copied)
		s.Clock.Pass(time.Hour)
		s.answers(later, 5*time.Second, copied)
		found := s.signals()
		for _, p := range []sqldb.ID{one, two} {
			if f, ok := found[p][conduct.SignalSame]; !ok || !strings.Contains(string(f.Evidence), `"attempts":1`) {
				t.Errorf("%d is not flagged: %s", p, f.Evidence)
			}
		}
		if len(found[later]) != 0 {
			t.Errorf("who answered an hour later is flagged: %v", found[later])
		}
	})
}

func TestARingOfInvitationsFromOneDeviceIsFlagged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		boss, friendly := s.Enrol("群主", ""), s.Enrol("邻居", "")
		for i := range 6 {
			s.Clock.Pass(time.Second)
			fake, friend := s.Enrol("小号", ""), s.Enrol("朋友", "")
			s.arrive(fake, boss, "one-phone")
			s.arrive(friend, friendly, fmt.Sprintf("phone-%d", i))
			s.plays(fake, ordinary)
			s.plays(friend, ordinary)
			s.plays(friend, ordinary)
		}
		found := s.signals()
		if f, ok := found[boss][conduct.SignalRing]; !ok || !strings.Contains(string(f.Evidence),
			`"invited":6,"idle":6,"device":6`) {
			t.Errorf("the ring is not flagged: %v", found[boss])
		}
		if len(found[friendly]) != 0 {
			t.Errorf("who brought real people is flagged: %v", found[friendly])
		}
		devices := 0
		for _, of := range found {
			if _, ok := of[conduct.SignalDevice]; ok {
				devices++
			}
		}
		if devices != 6 {
			t.Errorf("%d players share a phone, want 6", devices)
		}
	})
}

func (s *scene) arrive(player, inviter sqldb.ID, device string) {
	s.T.Helper()
	code := s.Referrals.Code(s.Contest.ContestID, inviter)
	if _, err := s.Referrals.Arrive(s.T.Context(), s.Contest, player,
		referral.Coming{Referral: code, Device: device}); err != nil {
		s.T.Fatal(err)
	}
	s.notes(player, identity.OnJoin, identity.Origin{Device: device})
}

// notes keeps from where a player acts.
func (s *scene) notes(player sqldb.ID, on identity.Occasion, from identity.Origin) {
	s.T.Helper()
	err := s.DB.InTx(s.T.Context(), func(tx *sqldb.Tx) error {
		return s.Players.NoteOrigin(s.T.Context(), tx, s.Contest.ContestID, player, on, from, s.Clock.MS())
	})
	if err != nil {
		s.T.Fatal(err)
	}
}

func TestWhatTheRulesDoNotGiveIsFlagged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		var players []sqldb.ID
		for range 6 {
			p := s.Enrol("居民", "")
			s.plays(p, quick)
			s.plays(p, quick)
			s.plays(p, manner{0.3, 5 * time.Second})
			players = append(players, p)
		}
		if found := s.signals(); len(found) != 0 {
			t.Fatalf("honest results are flagged: %v", found)
		}
		s.exec("UPDATE attempts SET score = score + 5 WHERE player_id = ? AND ordinal = 1", players[0])
		s.exec("UPDATE responses SET correct = 1 - correct WHERE position = 2 AND attempt_id IN (SELECT id FROM attempts WHERE player_id = ? AND ordinal = 1)", players[1])
		s.exec("UPDATE grants SET amount = 500 WHERE player_id = ? AND source LIKE '%/1'", players[2])
		s.exec(`INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)
			VALUES (1, ?, ?, 'points', 'pass/20260616/3', 'pass', 5, ?)`, s.Contest.ContestID, players[3], s.Clock.MS())
		s.exec(`INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)
			VALUES (2, ?, ?, 'points', 'prize/77', 'cup', 100, ?)`, s.Contest.ContestID, players[4], s.Clock.MS())
		found := s.signals()
		for i, p := range players {
			_, flagged := found[p][conduct.SignalRules]
			if flagged != (i < 5) {
				t.Errorf("player %d is flagged: %v, %v", i, flagged, found[p])
			}
		}
		// Rows changed behind the program no longer equal their summaries either.
		if mended, err := s.Play.MendSummaries(t.Context(), s.Contest); err != nil || mended.Wrong != 4 {
			t.Errorf("mended is %+v, %v", mended, err)
		}
	})
}

func TestWhatALiveRoomGivesIsExplainedByItsDeedUpToItsMost(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	s.Apply(tenQuestions + "live: [{key: quiz, title: 直播, draw: [{count: 1}], " +
		"gives: [{key: six, least: 1, give: {points: 6, chances: 2}}]}]\n")
	live := contest.Deed{Kind: contest.DeedLive, Ref: "77", At: s.Clock.MS()}
	gives := contest.LiveGives(s.Contest.LiveRoom("quiz"), "77", contest.LiveResult{Right: 1}, nil, live.At)
	honest, more, without := s.Enrol("甲", ""), s.Enrol("乙", ""), s.Enrol("丙", "")
	for _, p := range []sqldb.ID{honest, more, without} {
		if _, err := s.Play.Give(t.Context(), s.Contest, p, live, gives); err != nil {
			t.Fatal(err)
		}
	}
	s.exec("UPDATE grants SET amount = 7 WHERE player_id = ? AND kind = 'points'", more)
	s.exec("UPDATE deeds SET ref = '78' WHERE player_id = ?", without)
	found := s.signals()
	for p, want := range map[sqldb.ID]bool{honest: false, more: true, without: true} {
		if _, flagged := found[p][conduct.SignalRules]; flagged != want {
			t.Errorf("player %d is flagged: %v, %v", p, flagged, found[p])
		}
	}
	if _, err := s.Play.MendSummaries(t.Context(), s.Contest); err != nil { // rows changed behind the program
		t.Error(err)
	}
}

func TestGrantsByEarlierRulesAndBeforeACorrectionAreNotOdd(t *testing.T) {
	s := newScene(t, testkit.Embedded(t))
	p := s.Enrol("居民", "")
	s.plays(p, quick)
	s.Apply(strings.Replace(tenQuestions, "give: {points: 5}", "give: {points: 2}", 1))
	s.plays(p, quick)
	if found := s.signals(); len(found) != 0 {
		t.Errorf("what earlier rules gave is flagged: %v", found)
	}
}

// A correction judges stored answers anew: what was earned before it stays, and is
// not odd; neither are results that are still to be scored again.
func TestWhatWasEarnedBeforeACorrectionIsNotOdd(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		p := s.Enrol("居民", "")
		s.answers(p, 5*time.Second, func(asked *play.Asked) play.Response { return arena.Answer(asked, asked.Position <= 6) })
		if n := s.Count("grants", "player_id = ?", p); n != 1 {
			t.Fatalf("%d grants, want the one for passing", n)
		}
		// Every option that was right is wrong now: nobody passes any more.
		for _, q := range arena.Bank() {
			if q.Kind != question.Single {
				continue
			}
			q.Right = []int{(q.Right[0] + 1) % 4}
			if _, err := s.Banks.Correct(t.Context(), staff.CommandLine, "safety", q, "答案写反了"); err != nil {
				t.Fatal(err)
			}
			judge := func(c question.Choice) question.Mark { return question.Judge(&q, c) }
			if err := s.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if found := s.signals(); len(found) != 0 {
				t.Errorf("before it is scored again: %v", found)
			}
			err := s.Play.Rescore(t.Context(), bank.Regrading{Bank: "safety", QuestionID: q.ID, Kind: q.Kind, Judge: judge},
				func(play.Rescored) {})
			if err != nil {
				t.Fatal(err)
			}
			s.exec("UPDATE bank_corrections SET rescored_at = ? WHERE rescored_at = 0", s.Clock.MS())
			if found := s.signals(); len(found) != 0 {
				t.Errorf("after it was scored again: %v", found)
			}
		}
		if n := s.Count("attempts", "passed = 1"); n != 0 {
			t.Errorf("%d attempts pass, want none", n)
		}
	})
}

func TestFactsAreReadOfWhoPlayedAndNobodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s := newScene(t, store)
		player := s.Enrol("小李_1", "")
		s.plays(player, ordinary)
		s.plays(player, ordinary)
		looked := forensics.New(s.DB, s.Catalog, s.Play, s.Players)
		facts, err := looked.FactsOf(t.Context(), s.Contest.ContestID, player)
		if err != nil || facts.Finished != 2 || len(facts.Attempts) != 2 || facts.Came == nil || len(facts.Awards) != 0 {
			t.Errorf("the facts are %+v, %v", facts, err)
		}
		for text, want := range map[string]int{"小李": 1, "小李_": 1, player.String(): 1, "李": 0, "小李%": 0, " ": 0} {
			if found, err := looked.Named(t.Context(), s.Contest.ContestID, text); err != nil || len(found) != want {
				t.Errorf("%q finds %v, %v", text, found, err)
			}
		}
	})
}

// BenchmarkScan looks through 6,400 players who played twice: 128,000 answers.
func BenchmarkScan(b *testing.B) {
	s := newScene(b, testkit.Embedded(b))
	s.crowd(50)
	for doubling := range 7 {
		shift := int64(1) << (50 + doubling) // beyond all ids so far
		const later = 700_000                // no two copies within ten minutes
		s.exec(`INSERT INTO enrolments (contest_id, player_id, nickname, unit_id, joined_at, division, filled)
			SELECT contest_id, player_id + ?, nickname, unit_id, joined_at, division, filled FROM enrolments`, shift)
		s.exec(`INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)
			SELECT id + ?, contest_id, player_id + ?, kind, source, rule_key, amount, granted_at + ? FROM grants`, shift, shift, later<<doubling)
		s.exec(`INSERT INTO responses (attempt_id, position, question_id, choice, correct, used_ms, answered_at)
			SELECT attempt_id + ?, position, question_id, choice, correct, used_ms, answered_at FROM responses`, shift)
		s.exec(`INSERT INTO attempts (id, contest_id, player_id, level_key, period, ordinal, unit_id, contest_version, bank_version, seed, questions,
				started_at, deadline_at, finished_at, answered, correct, score, passed, used_ms, bank, retries, kept, all_right)
			SELECT id + ?, contest_id, player_id + ?, level_key, period, ordinal, unit_id, contest_version, bank_version, seed, questions,
				started_at, deadline_at, finished_at + ?, answered, correct, score, passed, used_ms, bank, retries, kept, all_right FROM attempts`, shift, shift, later<<doubling)
	}
	for b.Loop() {
		s.signals()
	}
}
