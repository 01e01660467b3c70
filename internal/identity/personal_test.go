package identity

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// asking is a contest that asks for something at every time.
const asking = `contest: asking
title: 安全知识闯关
organizer: 县应急管理局
contact: 0571-12345678
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
retention: 90d
players:
  unit: {ask: optional, changes: 2}
  fields:
    - {key: name, label: 姓名, kind: name, when: start, why: 中奖后核对}
    - {key: phone, label: 手机号, kind: phone, when: earn, why: 中奖后联系}
    - {key: job, label: 工种, kind: text, when: start, ask: optional}
    - {key: address, label: 收件地址, kind: address, when: claim, why: 寄送奖品}
    - {key: card, label: 身份证号, kind: id, when: claim, ask: optional}
levels:
  - {key: first, title: 第一关, questions: [{count: 3}], pass: 2}
`

// today is when everything here happens, UTC ms.
var today = time.Date(2026, 6, 16, 10, 0, 0, 0, time.UTC).UnixMilli()

func parse(t *testing.T, text string) *contest.Definition {
	t.Helper()
	d, err := contest.Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// told is an application of somebody who tells these things and agrees.
func told(d *contest.Definition, fields map[string]string) Application {
	return Application{Nickname: "小李", Fields: fields, Consent: personal.ConsentTo(d,
		personal.EntryFields(d)).Version, At: today}
}

func join(t *testing.T, p *Players, d *contest.Definition, player sqldb.ID, a Application) Enrolment {
	t.Helper()
	e, err := p.Join(t.Context(), d, 1, player, a)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var zhang = map[string]string{"name": "张三", "phone": "138 0013 8000"}

func TestWhatAPlayerTellsIsKeptSealedAndComesBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, told(d, zhang))
		if e.Filled != "name phone" || !e.HasField("phone") || e.HasField("pho") || !d.Registered(e.HasField) {
			t.Errorf("filled in is %q", e.Filled)
		}
		all, err := p.Personal.ToldBy(t.Context(), 1, e.PlayerID)
		if err != nil || len(all) != 2 {
			t.Fatalf("told is %+v, %v", all, err)
		}
		if all[0].Value != "张三" || all[1].Value != "13800138000" || all[1].Masked() != "138****8000" ||
			all[0].ConsentedAt != today {
			t.Errorf("told is %+v", all)
		}
		if text := everything(t, s); strings.Contains(text, "张三") || strings.Contains(text, "13800138000") ||
			strings.Contains(text, "0013 8000") {
			t.Errorf("the store shows it: %s", text)
		}
	})
}

// everything is what a thief of the tables reads.
func everything(t *testing.T, s *testkit.Store) string {
	t.Helper()
	var rows []string
	err := s.DB.Select(t.Context(), &rows,
		`SELECT CONCAT_WS(' ', player_id, field_key, kind, sealed, hash, consent) FROM personal
		UNION ALL SELECT CONCAT_WS(' ', player_id, nickname, filled) FROM enrolments UNION ALL SELECT body FROM consents`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(rows, "\n")
}

func TestAgreeingComesBeforeTelling(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		a := told(d, zhang)
		a.Consent = ""
		if _, err := p.Join(t.Context(), d, 1, 0, a); errs.From(err).Field != "consent" {
			t.Errorf("without agreeing: %v", err)
		}
		a.Consent = personal.ConsentTo(parse(t, strings.Replace(asking, "90d", "900d", 1)), personal.EntryFields(d)).Version
		if _, err := p.Join(t.Context(), d, 1, 0, a); !errors.Is(err, personal.ErrConsentOutdated) {
			t.Errorf("having agreed to another text: %v", err)
		}
		var n int
		if err := s.DB.Get(t.Context(), &n, "SELECT COUNT(*) FROM players"); err != nil || n != 0 {
			t.Errorf("%d players are stored, %v", n, err)
		}
		// Who tells nothing need not agree to anything.
		join(t, p, d, 0, Application{Nickname: "小王", At: today})
		// The text that was agreed to can be shown later.
		e := join(t, p, d, 0, told(d, zhang))
		var text string
		err := s.DB.Get(t.Context(), &text,
			"SELECT c.body FROM consents c JOIN personal p ON p.consent = c.version WHERE p.player_id = ? AND p.field_key = 'phone'", e.PlayerID)
		if err != nil || text != personal.ConsentTo(d, personal.EntryFields(d)).Text {
			t.Errorf("agreed to %q, %v", text, err)
		}
	})
}

func TestTheConsentSaysWhoAsksForWhatAndHowLong(t *testing.T) {
	d := parse(t, asking)
	text := personal.ConsentTo(d, personal.EntryFields(d)).Text
	for _, part := range []string{"县应急管理局", "安全知识闯关", "姓名（中奖后核对）", "手机号（中奖后联系）", "工种（可以不填）", "2026年9月28日",
		"0571-12345678"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
	if strings.Contains(text, "收件地址") || strings.Contains(text, "敏感") {
		t.Errorf("what winners are asked is in %s", text)
	}
	if claim := personal.ConsentTo(d, d.ClaimFields()).Text; !strings.Contains(claim, "收件地址（寄送奖品）") ||
		!strings.Contains(claim, "身份证号是敏感个人信息") {
		t.Errorf("winners agree to %s", claim)
	}
	if personal.ConsentTo(d, nil) != (personal.Consent{}) {
		t.Error("there is a text where nothing is asked")
	}
}

func TestFieldsOfWinnersAndUnknownOnesAreNotTakenBefore(t *testing.T) {
	s := testkit.Embedded(t)
	p, d := players(t, s), parse(t, asking)
	e := join(t, p, d, 0, told(d, map[string]string{"name": "张三", "job": "  ", "address": "青禾县青禾镇柳湾村", "other": "x"}))
	if e.Filled != "name" {
		t.Errorf("filled in is %q", e.Filled)
	}
	claim := d.ClaimFields()
	filling, err := personal.Check(d, claim, map[string]string{"address": "青禾县青禾镇柳湾村", "name": "李四"},
		personal.ConsentTo(d, claim).Version, today)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		return p.FillIn(t.Context(), tx, 1, e.PlayerID, filling)
	}); err != nil {
		t.Fatal(err)
	}
	if e, err := p.Enrolment(t.Context(), 1, e.PlayerID); err != nil || e.Filled != "address name" {
		t.Errorf("after the claim filled in is %q, %v", e.Filled, err)
	}
	if all, _ := p.Personal.ToldBy(t.Context(), 1, e.PlayerID); len(all) != 2 || all[1].Value != "张三" {
		t.Errorf("a claim changed what it does not ask: %+v", all)
	}
	err = s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error { return p.FillIn(t.Context(), tx, 1, 999, filling) })
	if !errors.Is(err, ErrNotEnrolled) {
		t.Errorf("a stranger: %v", err)
	}
}

func TestAWrongFieldKeepsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, told(d, zhang))
		a := told(d, map[string]string{"name": "李四", "phone": "123"})
		a.Nickname = "小王"
		if _, err := p.Join(t.Context(), d, 1, e.PlayerID, a); errs.From(err).Field != "fields.phone" {
			t.Fatalf("a wrong number: %v", err)
		}
		if now, err := p.Enrolment(t.Context(), 1, e.PlayerID); err != nil || now != e {
			t.Errorf("%+v became %+v, %v", e, now, err)
		}
	})
}

func TestTwoPhonesThatFillInAtOnceBothCount(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		for range 10 {
			e := join(t, p, d, 0, Application{Nickname: "小李", At: today})
			var both sync.WaitGroup
			for key, value := range zhang {
				both.Go(func() { join(t, p, d, e.PlayerID, told(d, map[string]string{key: value})) })
			}
			both.Wait()
			if e, err := p.Enrolment(t.Context(), 1, e.PlayerID); err != nil || e.Filled != "name phone" {
				t.Fatalf("filled in is %q, %v", e.Filled, err)
			}
		}
	})
}

func TestAPlayerDeletesOneThingOrAll(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, told(d, zhang))
		other := join(t, p, d, 0, told(d, zhang))
		for range 2 { // again is no error
			if err := p.Untell(t.Context(), 1, e.PlayerID, "phone"); err != nil {
				t.Fatal(err)
			}
		}
		if now, err := p.Enrolment(t.Context(), 1, e.PlayerID); err != nil || now.Filled != "name" ||
			d.Registered(now.HasField) {
			t.Errorf("without the phone filled in is %q, %v", now.Filled, err)
		}
		err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return errors.Join(personal.Forget(t.Context(), tx, 1, e.PlayerID), Forget(t.Context(), tx, 1, e.PlayerID))
		})
		if err != nil {
			t.Fatal(err)
		}
		if all, err := p.Personal.ToldBy(t.Context(), 1, e.PlayerID); err != nil || len(all) != 0 {
			t.Errorf("after leaving there is %+v, %v", all, err)
		}
		// Who comes back has to tell it again before it counts.
		if back := join(t, p, d, e.PlayerID, Application{Nickname: "小李", At: today}); back.Filled != "" {
			t.Errorf("who came back has filled in %q", back.Filled)
		}
		if all, err := p.Personal.ToldBy(t.Context(), 1, other.PlayerID); err != nil || len(all) != 2 {
			t.Errorf("of another player there is %+v, %v", all, err)
		}
		if err := p.Untell(t.Context(), 1, 999, "phone"); !errors.Is(err, ErrNotEnrolled) {
			t.Errorf("a stranger deletes: %v", err)
		}
	})
}

func TestEqualPhonesAndAddressesAreFoundWithoutReadingThem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, strings.Replace(asking, "when: claim, why: 寄送奖品", "when: earn", 1))
		var family []sqldb.ID
		for _, address := range []string{"青禾县青禾镇柳湾村3组12号", "青禾县 青禾镇 柳湾村 三组 十二号", "青禾县青禾镇柳湾村３组１２#", "青禾县青禾镇柳湾村3组13号"} {
			family = append(family, join(t, p, d, 0, told(d, map[string]string{"phone": "13800138000",
				"address": address})).PlayerID)
		}
		none := join(t, p, d, 0, Application{Nickname: "小王", At: today}).PlayerID
		hashes, err := p.Personal.HashesOf(t.Context(), 1, append(family, none))
		if err != nil || len(hashes) != 4 {
			t.Fatalf("hashes are %v, %v", hashes, err)
		}
		first := hashes[family[0]]
		if hashes[family[1]] != first || hashes[family[2]] != first || hashes[family[3]].Address == first.Address ||
			hashes[family[3]].Phone != first.Phone {
			t.Errorf("hashes are %v", hashes)
		}
		for want, of := range map[int][2]string{4: {string(contest.FieldPhone), first.Phone},
			3: {string(contest.FieldAddress), first.Address}, 0: {string(contest.FieldPhone), ""}} {
			if n, err := p.Personal.Same(t.Context(), 1, contest.FieldKind(of[0]), of[1]); err != nil || n != want {
				t.Errorf("%d have the same %s, %v; want %d", n, of[0], err, want)
			}
		}
	})
}

func TestPlayersAreFoundByTheWholePhoneNumberTheyTold(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		e := join(t, p, d, 0, told(d, map[string]string{"name": "张伟", "phone": "13800138000"}))
		for typed, want := range map[string]int{"13800138000": 1, "+86 138-0013-8000": 1, "13800138001": 0, "1380013": 0,
			"小李": 0, "": 0, "138****8000": 0} {
			found, err := p.Personal.ByPhone(t.Context(), 1, typed)
			if err != nil || len(found) != want || want == 1 && found[0] != e.PlayerID {
				t.Errorf("%q finds %v, %v", typed, found, err)
			}
		}
		if found, err := p.Personal.ByPhone(t.Context(), 2, "13800138000"); err != nil || len(found) != 0 {
			t.Errorf("in another contest it finds %v, %v", found, err)
		}
	})
}

func TestListsShowPlayersMasked(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		known := join(t, p, d, 0, told(d, zhang))
		guest := join(t, p, d, 0, Application{Nickname: "小王", At: today})
		who, err := p.Who(t.Context(), 1, []sqldb.ID{known.PlayerID, guest.PlayerID, 999})
		if err != nil || len(who) != 2 {
			t.Fatalf("they are %+v, %v", who, err)
		}
		if is := who[known.PlayerID]; is.Name != "张*" || is.Phone != "138****8000" || is.Nickname != "小李" {
			t.Errorf("who told is shown as %+v", is)
		}
		if is := who[guest.PlayerID]; is.Name != "" || is.Phone != "" || is.Nickname != "小王" {
			t.Errorf("who told nothing is shown as %+v", is)
		}
		if who, err := p.Who(t.Context(), 1, nil); err != nil || len(who) != 0 {
			t.Errorf("of nobody: %+v, %v", who, err)
		}
	})
}

func TestStaffSeeNothingWithoutAnEntryInTheLog(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		one, two := join(t, p, d, 0, told(d, zhang)).PlayerID, join(t, p, d, 0,
			told(d, map[string]string{"phone": "13900139000"})).PlayerID
		players, keys := []sqldb.ID{one, two, 999}, []string{"phone", "address"}
		refused := errors.New("the log is full")
		if seen, err := p.Personal.Reveal(t.Context(), 1, players, keys, nil); err == nil || seen != nil {
			t.Errorf("without a record: %v, %v", seen, err)
		}
		seen, err := p.Personal.Reveal(t.Context(), 1, players, keys,
			func(context.Context, *sqldb.Tx, personal.Revealed) error {
				return refused
			})
		if !errors.Is(err, refused) || seen != nil {
			t.Errorf("with a log that refuses: %v, %v", seen, err)
		}
		seen, err = p.Personal.Reveal(t.Context(), 1, players, keys,
			func(ctx context.Context, tx *sqldb.Tx, seen personal.Revealed) error {
				_, err := tx.Exec(ctx, "UPDATE players SET created_at = ? WHERE id = ?", len(seen), one) // in the place of a log
				return err
			})
		if err != nil || len(seen) != 2 || !maps.Equal(seen[one], map[string]string{"phone": "13800138000"}) ||
			seen[two]["phone"] != "13900139000" {
			t.Errorf("seen is %v, %v", seen, err)
		}
		var logged int
		if err := s.DB.Get(t.Context(), &logged, "SELECT created_at FROM players WHERE id = ?", one); err != nil ||
			logged != 2 {
			t.Errorf("logged is %d, %v", logged, err)
		}
	})
}

func TestAValueMovedToAnotherPlayerIsNotShown(t *testing.T) {
	s := testkit.Embedded(t)
	p, d := players(t, s), parse(t, asking)
	one, two := join(t, p, d, 0, told(d, zhang)).PlayerID, join(t, p, d, 0,
		Application{Nickname: "小王", At: today}).PlayerID
	err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE personal SET player_id = ? WHERE player_id = ?", two, one)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.Personal.ToldBy(t.Context(), 1, two)
	if err == nil || len(all) != 0 || strings.Contains(err.Error(), "13800138000") {
		t.Errorf("it is shown: %+v, %v", all, err)
	}
}

func TestPersonalDataGoesWhenItsTimeIsOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		p, d := players(t, s), parse(t, asking)
		var all []sqldb.ID
		for range 3 {
			all = append(all, join(t, p, d, 0, told(d, zhang)).PlayerID)
		}
		if _, err := p.Join(t.Context(), d, 2, all[0], told(d, zhang)); err != nil {
			t.Fatal(err)
		}
		if over := d.Window.Closes.MS + (90 * 24 * time.Hour).Milliseconds(); personal.KeptUntil(d) != over {
			t.Errorf("it is kept until %d, want %d", personal.KeptUntil(d), over)
		}
		for _, want := range []int64{9, 0} { // two fields of each, and by which phone each is known
			if n, err := personal.Expire(t.Context(), s.DB, 1); err != nil || n != want {
				t.Errorf("%d are deleted, %v; want %d", n, err, want)
			}
		}
		var left []sqldb.ID
		if err := s.DB.Select(t.Context(), &left, "SELECT DISTINCT contest_id FROM personal"); err != nil ||
			!slices.Equal(left, []sqldb.ID{2}) {
			t.Errorf("there is data of contests %v, %v", left, err)
		}
		if e, err := p.Enrolment(t.Context(), 1, all[0]); err != nil || e.Nickname != "小李" || !d.Registered(e.HasField) {
			t.Errorf("what was earned by it hangs on %+v, %v", e, err)
		}
	})
}

func TestWithoutARetentionDataGoesAfterHalfAYear(t *testing.T) {
	d := parse(t, strings.Replace(asking, "retention: 90d\n", "", 1))
	if got := time.Duration(personal.KeptUntil(d)-d.Window.Closes.MS) * time.Millisecond; got != 180*24*time.Hour {
		t.Errorf("it is kept for %v", got)
	}
}
