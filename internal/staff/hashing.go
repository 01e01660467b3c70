package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"

	"anquanda/internal/errs"
)

// Parameters of argon2id: 19 MiB, two rounds, one thread (OWASP, Password Storage Cheat
// Sheet). One thread, so that a sign-in takes one core from the answers and not four.
const (
	argonTime    = 2
	argonMemory  = 19 << 10 // KiB
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
)

// ErrBusy is returned where more people sign in at once than can wait their turn.
var ErrBusy = errs.New(errs.RateLimited, "sign_in_busy", "现在登录的人太多，请稍后再试")

const (
	// mostSignIns are under way at once, with those that wait: about two seconds' worth.
	mostSignIns = 64
	// busyWait is after how long a busy server asks to be tried again.
	busyWait = 3 * time.Second
)

// hashers computes few hashes at once, so that neither memory nor cores go to them, and
// lets a bounded number of calls wait.
type hashers struct {
	places chan struct{}
	inside atomic.Int64
}

func newHashers() *hashers {
	return &hashers{places: make(chan struct{}, min(max(1, runtime.GOMAXPROCS(0)/4), 4))}
}

// enter lets a call in that will hash; leave it with the function. Errors: ErrBusy.
func (h *hashers) enter() (leave func(), err error) {
	if h.inside.Add(1) > mostSignIns {
		h.inside.Add(-1)
		return nil, ErrBusy.After(busyWait)
	}
	return func() { h.inside.Add(-1) }, nil
}

// run waits for a place, as long as the call goes on.
func (h *hashers) run(ctx context.Context, work func()) error {
	select {
	case h.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.places }()
	if ctx.Err() != nil {
		return ctx.Err() // it hung up while it waited
	}
	work()
	return nil
}

// hash makes the PHC string of a password. Errors: ErrBusy.
func (h *hashers) hash(ctx context.Context, password string) (phc string, err error) {
	leave, err := h.enter()
	if err != nil {
		return "", err
	}
	defer leave()
	return h.make(ctx, password)
}

// make is hash for who has entered.
func (h *hashers) make(ctx context.Context, password string) (phc string, err error) {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	err = h.run(ctx, func() {
		key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
		phc = costs + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
	})
	return phc, err
}

// matches reports whether password belongs to a PHC string, also to one with other
// parameters. The caller has entered.
func (h *hashers) matches(ctx context.Context, password, phc string) (same bool, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, nil
	}
	var memory, rounds uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &rounds, &threads); err != nil {
		return false, nil
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(key) == 0 {
		return false, nil
	}
	err = h.run(ctx, func() {
		got := argon2.IDKey([]byte(password), salt, rounds, memory, threads, uint32(len(key)))
		same = subtle.ConstantTimeCompare(got, key) == 1
	})
	return same, err
}

// costlier reports whether a PHC string takes more memory than those made now: who has
// one would be told by the time that it takes.
func costlier(phc string) bool {
	var memory int
	_, cost, _ := strings.Cut(phc, "$m=")
	fmt.Sscanf(cost, "%d,", &memory) //nolint:errcheck // 0 is not more
	return memory > argonMemory
}

// costs is how a PHC string of the present parameters begins.
var costs = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)

// nobodysHash is compared with where no account has the login, so that the answer takes
// as long.
var nobodysHash = costs + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
