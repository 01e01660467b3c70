package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/testkit"
)

// from is somebody who signs in from a network, with a browser that nobody knows.
func from(login, password, network string) Attempt {
	return Attempt{Login: login, Password: password, Network: network, Device: "一台电脑"}
}

func signIn(t *testing.T, s *Service, by Attempt) *SignedIn {
	t.Helper()
	in, err := s.SignIn(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// wants fails unless a sign-in ends so.
func wants(t *testing.T, s *Service, by Attempt, want error) {
	t.Helper()
	if _, err := s.SignIn(t.Context(), by); !errors.Is(err, want) {
		t.Errorf("%s from %s: %v, want %v", by.Login, by.Network, err, want)
	}
}

const (
	here   = "10.0.0.0/24"
	abroad = "198.51.100.0/24"
)

func TestOfManyPasswordsSentAtOnceFiveAreLookedAt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		add(t, s, "wang", Owner)
		const tries = 200
		var running sync.WaitGroup
		answers := make([]error, tries)
		for i := range tries {
			running.Go(func() {
				// from forty networks: the login has five tries for all of them
				_, answers[i] = s.SignIn(context.Background(), from("wang", fmt.Sprint("guess ", i), fmt.Sprint("net ", i%40)))
			})
		}
		running.Wait()
		count := map[string]int{}
		for _, err := range answers {
			count[errs.From(err).Code]++
		}
		looked := count["wrong_password"]
		t.Logf("%d wrong passwords at once: %d looked at, %d told to wait, %d told that it is busy", tries, looked,
			count["too_many_tries"], count["sign_in_busy"])
		if looked == 0 || looked > 5 || looked+count["too_many_tries"]+count["sign_in_busy"] != tries {
			t.Errorf("the answers are %v", count)
		}
		wants(t, s, from("wang", goodPassword, "net 41"), ErrTooManyTries)
	})
}

func TestStrangersDoNotKeepAKnownBrowserOut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Owner)
		add(t, s, "li", Viewer)
		known := signIn(t, s, from("wang", goodPassword, here)).Browser
		for i := range 8 {
			want := ErrWrongPassword
			if i >= 5 {
				want = ErrTooManyTries
			}
			wants(t, s, from("wang", "a guess or so", abroad), want)
		}
		mine := Attempt{Login: "wang", Password: goodPassword, Network: here, Browser: known}
		if again := signIn(t, s, mine).Browser; again != known {
			t.Errorf("the browser that is known is given another name: %s, %s", known, again)
		}
		// Neither a name for another login nor one made up counts.
		for _, held := range []string{signIn(t, s, from("li", goodPassword, here)).Browser,
			strings.Replace(known, "-", "-A", 1), strings.Repeat("A", 26) + "-" + strings.Repeat("A", 20), "", "."} {
			wants(t, s, Attempt{Login: "wang", Password: goodPassword, Network: abroad, Browser: held}, ErrTooManyTries)
		}
		// The known one has as many tries as anybody.
		mine.Password = "a guess or so"
		for range 5 {
			wants(t, s, mine, ErrWrongPassword)
		}
		mine.Password = goodPassword
		wants(t, s, mine, ErrTooManyTries)
		clock.pass(30 * time.Second)
		signIn(t, s, mine)
	})
}

func TestWhoComesFromElsewhereHasATurnWhileOneNetworkGuesses(t *testing.T) {
	s, clock := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	for range 5 {
		wants(t, s, from("wang", "a guess or so", abroad), ErrWrongPassword)
	}
	clock.pass(30 * time.Second) // one try of the login is back, the network has to wait three minutes
	wants(t, s, from("wang", "a guess or so", abroad), ErrTooManyTries)
	signIn(t, s, from("wang", goodPassword, here))
	clock.pass(150 * time.Second)
	wants(t, s, from("wang", "a guess or so", abroad), ErrWrongPassword)
}

func TestALoginThatNobodyHasIsAnsweredAsOneThatIsThere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, _ := newService(t, store)
		add(t, s, "wang", Owner)
		told := func(login string) (answers []string) {
			for range 8 {
				_, err := s.SignIn(t.Context(), from(login, "a guess or so", here))
				e := errs.From(err)
				answers = append(answers, e.Code+" "+e.Message)
			}
			return answers
		}
		there, nobody := told("wang"), told("nobody")
		if fmt.Sprint(there) != fmt.Sprint(nobody) || !strings.HasPrefix(there[7], "too_many_tries") {
			t.Errorf("a login that is there: %v\none that is not: %v", there, nobody)
		}
	})
}

func TestTheWaitIsSaidAndEnds(t *testing.T) {
	s, clock := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	for range 5 {
		wants(t, s, from("wang", "a guess or so", here), ErrWrongPassword)
	}
	clock.pass(time.Minute)
	_, err := s.SignIn(t.Context(), from("wang", goodPassword, here))
	if e := errs.From(err); e.Wait != 2*time.Minute || !strings.Contains(e.Message, "2 分钟后") {
		t.Errorf("after a minute: %v, wait %v, %q", err, e.Wait, e.Message)
	}
	clock.pass(2 * time.Minute)
	signIn(t, s, from("wang", goodPassword, here))
	for range 4 { // a right password gave all tries of the network back
		wants(t, s, from("wang", "a guess or so", here), ErrWrongPassword)
	}
}

func TestTheLogTellsOnceThatSomebodyGuesses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		s, clock := newService(t, store)
		add(t, s, "wang", Owner)
		guess := func() (entries int) {
			for _, login := range []string{"wang", "nobody"} {
				for range 7 {
					s.SignIn(t.Context(), from(login, "a guess or so", fmt.Sprint(clock.now()))) //nolint:errcheck // refused
				}
			}
			log, err := s.Log(t.Context(), 0, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range log {
				if e.Action == "staff.tries" && e.Subject == "wang" {
					entries++
				}
			}
			return entries
		}
		first := guess()
		clock.pass(5 * time.Minute)
		second := guess()
		clock.pass(time.Hour + time.Minute)
		if third := guess(); first != 1 || second != 1 || third != 2 {
			t.Errorf("entries: %d, five minutes later %d, an hour later %d", first, second, third)
		}
	})
}

func TestWhoIsDismissedDoesNotSignIn(t *testing.T) {
	s, _ := newService(t, testkit.Embedded(t))
	owner, li := add(t, s, "owner", Owner), add(t, s, "li", Viewer)
	if err := s.Change(t.Context(), ActorOf(owner), li.ID, Viewer, true); err != nil {
		t.Fatal(err)
	}
	wants(t, s, from("li", goodPassword, here), ErrWrongPassword)
}

func TestWhoComesWhileAllPlacesWaitIsToldThatItIsBusy(t *testing.T) {
	s, _ := newService(t, testkit.Embedded(t))
	add(t, s, "wang", Owner)
	for range cap(s.hashing.places) {
		s.hashing.places <- struct{}{} // hashes that take their time
	}
	waiting, cancel := context.WithCancel(t.Context())
	ended := make(chan error, mostSignIns)
	for i := range mostSignIns {
		go func() {
			_, err := s.SignIn(waiting, from(fmt.Sprint("nobody", i), "a guess or so", here))
			ended <- err
		}()
	}
	for s.hashing.inside.Load() < mostSignIns {
		time.Sleep(time.Millisecond)
	}
	_, err := s.SignIn(t.Context(), from("wang", goodPassword, here))
	if e := errs.From(err); !errors.Is(err, ErrBusy) || e.Message != "现在登录的人太多，请 3 秒后再试" {
		t.Errorf("one more: %v %q", err, e.Message)
	}
	cancel() // who hangs up leaves the queue
	for range mostSignIns {
		if err := <-ended; err == nil || errors.Is(err, ErrWrongPassword) {
			t.Errorf("who hung up: %v", err)
		}
	}
	for range cap(s.hashing.places) {
		<-s.hashing.places
	}
	signIn(t, s, from("wang", goodPassword, here))
}

func TestAPasswordHashedAtHigherCostIsHashedAnewAtASignIn(t *testing.T) {
	s, _ := newService(t, testkit.Embedded(t))
	wang := add(t, s, "wang", Owner)
	// As versions before made it: 64 MiB, three rounds, four threads.
	setPassword(t, s, wang, "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"+oldKey(goodPassword))
	signIn(t, s, from("wang", goodPassword, here))
	found, err := s.account(t.Context(), "login = ?", "wang")
	if err != nil || !strings.HasPrefix(found.Password, costs) {
		t.Errorf("the hash is %s (%v)", found.Password, err)
	}
	signIn(t, s, from("wang", goodPassword, here))
}
