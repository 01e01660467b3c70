package staff

import (
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func oldKey(password string) string {
	key := argon2.IDKey([]byte(password), []byte("somesaltsomesalt"), 3, 64<<10, 4, 32)
	return base64.RawStdEncoding.EncodeToString(key)
}

func setPassword(t *testing.T, s *Service, of *Member, phc string) {
	t.Helper()
	err := s.db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE staff SET password = ? WHERE id = ?", phc, of.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// session reads one as the console does.
func session(t *testing.T, s *Service, in *SignedIn) *Session {
	t.Helper()
	of, err := s.Session(t.Context(), in.Token, here, true)
	if err != nil {
		t.Fatal(err)
	}
	return of
}

func TestASessionLastsTwelveHoursWhileItIsUsed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Organizer)
		in := signIn(t, s, from(" WANG ", goodPassword, here))
		for range 14 {
			clock.pass(50 * time.Minute)
			if of := session(t, s, in); of.Login != "wang" || of.Role != Organizer {
				t.Fatalf("the session is %+v", of)
			}
		}
		clock.pass(20*time.Minute + time.Second)
		if _, err := s.Session(t.Context(), in.Token, here, true); !errors.Is(err, ErrSignedOut) {
			t.Errorf("after twelve hours: %v", err)
		}
	})
}

func TestASessionEndsAnHourAfterItsLastUseWhateverThePageAsks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Organizer)
		in := signIn(t, s, from("wang", goodPassword, here))
		for range 5 {
			clock.pass(11 * time.Minute)
			if _, err := s.Session(t.Context(), in.Token, here, false); err != nil {
				t.Fatal(err)
			}
		}
		clock.pass(6 * time.Minute)
		if _, err := s.Session(t.Context(), in.Token, here, false); !errors.Is(err, ErrSignedOut) {
			t.Errorf("an hour after the last use: %v", err)
		}
	})
}

func TestASessionEndsWithSignOutRevocationPasswordAndDismissal(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		owner := add(t, s, "owner", Owner)
		li := add(t, s, "li", Viewer)
		ends := map[string]func(token string) error{
			"sign-out": func(token string) error { return s.SignOut(t.Context(), token) },
			"revoke":   func(string) error { return s.Revoke(t.Context(), ActorOf(owner), li.ID) },
			"password": func(string) error { return s.SetPassword(t.Context(), ActorOf(owner), li.ID, goodPassword) },
			"dismiss":  func(string) error { return s.Change(t.Context(), ActorOf(owner), li.ID, Viewer, true) },
		}
		for _, name := range []string{"sign-out", "revoke", "password", "dismiss"} {
			in := signIn(t, s, from("li", goodPassword, here))
			if err := ends[name](in.Token); err != nil {
				t.Fatal(name, err)
			}
			if _, err := s.Session(t.Context(), in.Token, here, true); !errors.Is(err, ErrSignedOut) {
				t.Errorf("after %s the session still holds: %v", name, err)
			}
		}
	})
}

func TestTheHolderSeesWhereTheyAreSignedInAndEndsIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Owner)
		add(t, s, "li", Owner)
		first := signIn(t, s, from("wang", goodPassword, here))
		clock.pass(time.Minute)
		second := signIn(t, s, from("wang", goodPassword, abroad))
		other := signIn(t, s, from("li", goodPassword, here))
		places := func(in *SignedIn) []Place {
			t.Helper()
			found, err := s.Places(t.Context(), session(t, s, in))
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		found := places(first)
		if len(found) != 2 || found[0].ID != second.Session.SessionID || found[0].Network != abroad ||
			found[0].Device != "一台电脑" || found[1].Network != here {
			t.Fatalf("the places are %+v", found)
		}
		if err := s.EndPlace(t.Context(), other.Session, found[0].ID); !errors.Is(err, ErrNoSession) {
			t.Errorf("somebody else ends it: %v", err)
		}
		if err := s.EndPlace(t.Context(), session(t, s, first), found[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Session(t.Context(), second.Token, here, true); !errors.Is(err, ErrSignedOut) {
			t.Errorf("the ended one: %v", err)
		}
		third := signIn(t, s, from("wang", goodPassword, abroad))
		if err := s.EndOthers(t.Context(), session(t, s, third)); err != nil {
			t.Fatal(err)
		}
		if left := places(third); len(left) != 1 || len(places(other)) != 1 {
			t.Errorf("left are %+v", left)
		}
	})
}

func TestAFirstPasswordIsChangedByItsHolderBeforeAnythingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		owner, wang := add(t, s, "owner", Owner), add(t, s, "wang", Viewer)
		in, elsewhere := signIn(t, s, from("wang", goodPassword, here)), signIn(t, s, from("wang", goodPassword, abroad))
		of := session(t, s, in)
		if err := s.Hindered(of); !errors.Is(err, ErrFirstPassword) {
			t.Errorf("with the first password: %v", err)
		}
		const own = "我家的猫最喜欢晒太阳"
		for _, c := range []struct{ present, password, field string }{
			{"another one", own, "present"},
			{goodPassword, goodPassword, "password"},
			{goodPassword, "qwertyuiop", "password"},
		} {
			if err := s.ChangeOwn(t.Context(), of, c.present, c.password); errs.From(err).Field != c.field {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if err := s.ChangeOwn(t.Context(), of, goodPassword, own); err != nil {
			t.Fatal(err)
		}
		if err := s.Hindered(session(t, s, in)); err != nil {
			t.Errorf("with an own password: %v", err)
		}
		if _, err := s.Session(t.Context(), elsewhere.Token, here, true); !errors.Is(err, ErrSignedOut) {
			t.Errorf("the session elsewhere: %v", err)
		}
		clock.pass(3 * time.Minute)
		wants(t, s, from("wang", goodPassword, here), ErrWrongPassword)
		// Given by a colleague, it is a first one again.
		if err := s.SetPassword(t.Context(), ActorOf(owner), wang.ID, goodPassword); err != nil {
			t.Fatal(err)
		}
		if in := signIn(t, s, from("wang", goodPassword, here)); !errors.Is(s.Hindered(in.Session), ErrFirstPassword) {
			t.Error("a password that a colleague gave may be kept")
		}
	})
}

func TestAPasswordIsFreshForTenMinutesInItsSession(t *testing.T) {
	s, clock := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	in, other := signIn(t, s, from("wang", goodPassword, here)), signIn(t, s, from("wang", goodPassword, abroad))
	if err := s.Fresh(session(t, s, in)); err != nil {
		t.Errorf("after signing in: %v", err)
	}
	clock.pass(10*time.Minute + time.Second)
	of := session(t, s, in)
	if err := s.Fresh(of); !errors.Is(err, ErrPasswordNeeded) {
		t.Errorf("ten minutes later: %v", err)
	}
	for range 5 {
		if err := s.Prove(t.Context(), of, "another one"); errs.From(err).Field != "password" {
			t.Errorf("a wrong one: %v", err)
		}
	}
	if err := s.Prove(t.Context(), of, goodPassword); !errors.Is(err, ErrTooManyTries) {
		t.Errorf("after five wrong ones: %v", err)
	}
	clock.pass(time.Minute)
	if err := s.Prove(t.Context(), of, goodPassword); err != nil {
		t.Fatal(err)
	}
	if err := s.Fresh(session(t, s, in)); err != nil {
		t.Errorf("given again: %v", err)
	}
	if err := s.Fresh(session(t, s, other)); !errors.Is(err, ErrPasswordNeeded) {
		t.Errorf("in another session: %v", err)
	}
}
