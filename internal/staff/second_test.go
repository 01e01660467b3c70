package staff

import (
	"errors"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const day = int64(24 * time.Hour / time.Millisecond)

func TestTwoAccountsAreTwoPersonsByWhoLaidHandsOnThem(t *testing.T) {
	const owner, other, wang, li sqldb.ID = 1, 2, 3, 4
	const now = 100 * day
	for name, c := range map[string]struct {
		first, second sqldb.ID
		touches       []Touch
		installed     int64
		want          error
		note          string
	}{
		"two that nobody touched": {first: wang, second: li},
		"one account twice":       {first: wang, second: wang, want: ErrSamePerson},
		"the command line first":  {first: 0, second: li, want: ErrByNobody},
		"the command line second": {first: wang, second: 0, want: ErrByNobody},
		"both made by one owner long ago": {first: wang, second: li,
			touches: []Touch{{wang, owner, Made, day}, {li, owner, Made, day}}},
		"the owner and whom the owner made": {first: wang, second: owner, touches: []Touch{{wang, owner, Made, day}},
			want: ErrAccountTouched},
		"whom the owner made and the owner": {first: owner, second: wang, touches: []Touch{{wang, owner, Made, day}},
			want: ErrAccountTouched},
		"a password given by the other": {first: owner, second: wang, touches: []Touch{{wang, owner, PasswordGiven, 5 * day}},
			want: ErrAccountTouched},
		"a role given by the other": {first: owner, second: wang, touches: []Touch{{wang, owner, RoleGiven, 5 * day}},
			want: ErrAccountTouched},
		"a second factor reset by the other": {first: owner, second: wang,
			touches: []Touch{{wang, owner, FactorReset, 5 * day}}, want: ErrAccountTouched},
		"let in again by the other": {first: owner, second: wang, touches: []Touch{{wang, owner, Enabled, 5 * day}},
			want: ErrAccountTouched},
		"a new password from another owner since": {first: owner, second: wang,
			touches: []Touch{{wang, owner, Made, day}, {wang, other, PasswordGiven, 5 * day}}},
		"a new password from the command line since": {first: owner, second: wang,
			touches: []Touch{{wang, owner, Made, day}, {wang, 0, PasswordGiven, 5 * day}}},
		"a new password from another owner before": {first: owner, second: wang,
			touches: []Touch{{wang, owner, RoleGiven, 6 * day}, {wang, other, PasswordGiven, 5 * day}}, want: ErrAccountTouched},
		"another role from another owner is no new password": {first: owner, second: wang,
			touches: []Touch{{wang, owner, Made, day}, {wang, other, RoleGiven, 5 * day}}, want: ErrAccountTouched},
		"a new password from a puppet": {first: owner, second: wang,
			touches: []Touch{{wang, owner, Made, day}, {other, owner, Made, day}, {wang, other, PasswordGiven, 5 * day}},
			want:    ErrAccountTouched},
		"puppets that free each other": {first: owner, second: wang,
			touches: []Touch{{wang, owner, Made, day}, {other, owner, Made, day}, {wang, other, PasswordGiven, 5 * day},
				{other, wang, PasswordGiven, 6 * day}}, want: ErrAccountTouched},
		"the first account is not a day old": {first: wang, second: li, touches: []Touch{{wang, owner, Made, now - day + 1}},
			want: ErrAccountTooNew},
		"the second account is not a day old": {first: wang, second: li, touches: []Touch{{li, owner, Made, now - day + 1}},
			want: ErrAccountTooNew},
		"just a day old": {first: wang, second: li, touches: []Touch{{li, owner, Made, now - day}}},
		"a password given by an owner within the day": {first: wang, second: li,
			touches: []Touch{{li, owner, PasswordGiven, now - 1}}, want: ErrAccountTooNew},
		"a role given by the command line within the day": {first: wang, second: li,
			touches: []Touch{{li, 0, RoleGiven, now - 1}}, want: ErrAccountTooNew},
		"the first day of the installation": {first: owner, second: wang, installed: now - day + 1,
			touches: []Touch{{wang, owner, Made, now - 1}}, note: FirstDay},
		"one account twice in the first day": {first: owner, second: owner, installed: now - 1, want: ErrSamePerson},
	} {
		p := Pair{First: c.first, Second: c.second, Touches: c.touches, Installed: c.installed, At: now}
		note, err := p.Judge()
		if !errors.Is(err, c.want) || note != c.note {
			t.Errorf("%s: %q, %v, want %q, %v", name, note, err, c.note, c.want)
		}
	}
}

func TestWhoMadeAnAccountOrGaveItAPasswordIsNoSecondPersonWithIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		owner := add(t, s, "owner", Owner)
		clock.pass(48 * time.Hour)
		li := add(t, s, "li", Prizes) // by the command line
		pair := func() error {
			var note string
			err := store.DB.InTx(t.Context(), func(tx *sqldb.Tx) (err error) {
				note, err = SecondPerson(t.Context(), tx, li.ID, owner.ID, clock.now().UnixMilli())
				return err
			})
			if note != "" {
				t.Errorf("after the first day: %q", note)
			}
			return err
		}
		wants := func(when string, want error) {
			t.Helper()
			if err := pair(); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", when, err, want)
			}
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		wants("an account made just now", ErrAccountTooNew)
		clock.pass(24 * time.Hour)
		wants("an account a day old", nil)

		must(s.Change(t.Context(), ActorOf(owner), li.ID, Prizes, false))
		wants("a change that changes nothing", nil)
		must(s.SetPassword(t.Context(), ActorOf(owner), li.ID, goodPassword+"2"))
		clock.pass(72 * time.Hour)
		wants("three days after the owner set its password", ErrAccountTouched)

		must(s.SetPassword(t.Context(), CommandLine, li.ID, goodPassword+"3"))
		wants("a password from a third person just now", ErrAccountTooNew)
		clock.pass(24 * time.Hour)
		wants("a password from a third person a day ago", nil)

		must(s.Change(t.Context(), ActorOf(owner), li.ID, Viewer, false))
		clock.pass(24 * time.Hour)
		wants("a role from the owner", ErrAccountTouched)
	})
}

func TestTheFirstDayOfAnInstallationSaysSo(t *testing.T) {
	store := testkit.Embedded(t)
	s, clock := newService(t, store)
	owner := add(t, s, "owner", Owner)
	wang, err := s.Add(t.Context(), ActorOf(owner), "wang", "王", Prizes, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	clock.pass(time.Hour)
	note, err := SecondPerson(t.Context(), store.DB, owner.ID, wang.ID, clock.now().UnixMilli())
	if err != nil || note != FirstDay {
		t.Errorf("in the first day: %q, %v", note, err)
	}
	clock.pass(24 * time.Hour)
	if note, err = SecondPerson(t.Context(), store.DB, owner.ID, wang.ID, clock.now().UnixMilli()); note != "" ||
		!errors.Is(err, ErrAccountTouched) {
		t.Errorf("on the second day: %q, %v", note, err)
	}
}
