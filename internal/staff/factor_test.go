package staff

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestCodesAreThoseOfRFC6238(t *testing.T) {
	secret := []byte("12345678901234567890") // appendix B, SHA-1, the last six of its eight digits
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924",
		2000000000: "279037", 20000000000: "353130"} {
		if got := totpCode(secret, stepOf(time.Unix(at, 0))); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestACodeFitsOneStepBeforeAndAfterAndNoneThatWasUsed(t *testing.T) {
	secret := []byte("12345678901234567890")
	now := time.Unix(1_780_000_000, 0)
	for drift, fits := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		step := stepOf(now) + drift
		if got := matchCode(secret, totpCode(secret, step), now, 0); got == step != fits {
			t.Errorf("%d steps off: %d", drift, got)
		}
		if got := matchCode(secret, totpCode(secret, step), now, step); got != 0 {
			t.Errorf("%d steps off, used: %d", drift, got)
		}
	}
}

// enrol gives an account a second factor; code is what its app shows at a time.
func enrol(t *testing.T, s *Service, in *SignedIn) (code func(time.Time) string, recovery []string) {
	t.Helper()
	of := session(t, s, in)
	secret, err := s.BeginSecond(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(secret.Address, "secret="+secret.Text) {
		t.Fatalf("%+v", secret)
	}
	code = func(at time.Time) string { return CodeAt(secret.Text, at) }
	if _, err := s.ConfirmSecond(t.Context(), of, "000000"); errs.From(err).Field != "code" {
		t.Fatalf("a wrong code: %v", err)
	}
	if recovery, err = s.ConfirmSecond(t.Context(), of, code(s.now())); err != nil {
		t.Fatal(err)
	}
	return code, recovery
}

func TestASecondFactorIsAskedForAndEachCodeWorksOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Owner)
		code, recovery := enrol(t, s, signIn(t, s, from("wang", goodPassword, here)))
		if len(recovery) != 10 {
			t.Fatalf("the recovery codes are %v", recovery)
		}
		with := func(code string) Attempt {
			by := from("wang", goodPassword, here)
			by.Code = code
			return by
		}
		for range 10 { // who only has to type a code uses up no tries
			wants(t, s, with(""), ErrCodeNeeded)
		}
		wants(t, s, with(code(clock.now())), ErrWrongCode) // the one that confirmed it
		clock.pass(30 * time.Second)
		now := code(clock.now())
		if in := signIn(t, s, with(now[:3]+" "+now[3:])); !in.Session.SecondFactor {
			t.Error("the session knows of no second factor")
		}
		wants(t, s, with(now), ErrWrongCode)
		signIn(t, s, with(strings.ToUpper(recovery[0])))
		wants(t, s, with(recovery[0]), ErrWrongCode)
		signIn(t, s, with(strings.ReplaceAll(recovery[1], "-", "")))
		in := signIn(t, s, with(recovery[2]))
		if left, err := s.RecoveryLeft(t.Context(), in.Session); err != nil || left != 7 {
			t.Errorf("%d recovery codes are left (%v)", left, err)
		}
		wrong := from("wang", "not the password", here)
		wrong.Code = recovery[3]
		wants(t, s, wrong, ErrWrongPassword)
		signIn(t, s, with(recovery[3])) // it was not used up by a wrong password
	})
}

func TestCodesCannotBeGuessedByWhoKnowsThePassword(t *testing.T) {
	s, clock := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	enrol(t, s, signIn(t, s, from("wang", goodPassword, here)))
	looked := 0
	for range 120 { // an hour, from a new network each time
		by := from("wang", goodPassword, clock.now().String())
		by.Code = "000000"
		if _, err := s.SignIn(t.Context(), by); errors.Is(err, ErrWrongCode) {
			looked++
		}
		clock.pass(30 * time.Second)
	}
	if looked == 0 || looked > 17 {
		t.Errorf("%d codes were looked at within an hour", looked)
	}
}

func TestTheSecretAndTheRecoveryCodesAreNotStoredAsTheyAre(t *testing.T) {
	s, _ := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	in := signIn(t, s, from("wang", goodPassword, here))
	secret, err := s.BeginSecond(t.Context(), in.Session)
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := s.ConfirmSecond(t.Context(), in.Session, CodeAt(secret.Text, s.now()))
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.account(t.Context(), "login = ?", "wang")
	if err != nil || strings.Contains(found.Secret, secret.Text) {
		t.Errorf("stored is %q (%v)", found.Secret, err)
	}
	if _, err := s.openSecret(found.ID+1, found.Secret); err == nil {
		t.Error("the secret opens for another account")
	}
	var kept int
	if err := s.db.Get(t.Context(), &kept, "SELECT COUNT(*) FROM staff_recovery WHERE code_hash IN (?, ?)", recovery[0],
		plainCode(recovery[0])); err != nil || kept != 0 {
		t.Errorf("a recovery code stands in the store (%v)", err)
	}
}

func TestWhoMovesPrizesAddsASecondFactorWithinSevenDays(t *testing.T) {
	s, clock := newService(t, testkit.Embedded(t))
	for _, role := range Roles() {
		login := "a-" + string(role)
		m := add(t, s, login, role)
		setFirst(t, s, m, false)
		signIn(t, s, from(login, goodPassword, here))
		clock.pass(6 * 24 * time.Hour)
		in := signIn(t, s, from(login, goodPassword, here))
		if err := s.Hindered(in.Session); err != nil {
			t.Errorf("%s on the sixth day: %v", role, err)
		}
		clock.pass(24 * time.Hour)
		in = signIn(t, s, from(login, goodPassword, here))
		hindered := errors.Is(s.Hindered(in.Session), ErrSecondNeeded)
		if hindered != role.NeedsSecondFactor() {
			t.Errorf("%s on the seventh day: %v", role, hindered)
		}
		enrol(t, s, in)
		if err := s.Hindered(session(t, s, in)); err != nil {
			t.Errorf("%s with a second factor: %v", role, err)
		}
		if err := s.EndSecond(t.Context(), session(t, s, in)); errors.Is(err, ErrKeepSecond) != role.NeedsSecondFactor() {
			t.Errorf("%s takes it off: %v", role, err)
		}
	}
}

func setFirst(t *testing.T, s *Service, m *Member, first bool) {
	t.Helper()
	err := s.db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE staff SET first_password = ? WHERE id = ?", flag(first), m.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestALostPhoneIsResetBySomebodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		owner, wang := add(t, s, "owner", Owner), add(t, s, "wang", Organizer)
		in := signIn(t, s, from("wang", goodPassword, here))
		if err := s.ResetSecond(t.Context(), ActorOf(owner), wang.ID); !errors.Is(err, ErrNoSecond) {
			t.Errorf("where there is none: %v", err)
		}
		enrol(t, s, in)
		if err := s.ResetSecond(t.Context(), ActorOf(wang), wang.ID); !errors.Is(err, ErrNotOneself) {
			t.Errorf("one's own: %v", err)
		}
		if err := s.ResetSecond(t.Context(), ActorOf(owner), wang.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Session(t.Context(), in.Token, here, true); !errors.Is(err, ErrSignedOut) {
			t.Errorf("the session goes on: %v", err)
		}
		if in := signIn(t, s, from("wang", goodPassword, here)); in.Session.SecondFactor {
			t.Error("there still is a second factor")
		}
		log, err := s.Log(t.Context(), 0, 2)
		if err != nil || log[1].Action != "staff.second_factor_reset" ||
			log[1].Name != owner.Name || log[1].Subject != "wang" {
			t.Errorf("the log says %+v (%v)", log, err)
		}
	})
}
