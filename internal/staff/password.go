package staff

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"anquanda/internal/errs"
)

// Parameters of argon2id: the second recommended option of RFC 9106, section 4.
const (
	argonTime    = 3
	argonMemory  = 64 << 10 // KiB
	argonThreads = 4
	argonKey     = 32
	argonSalt    = 16
	// hashesAtOnce bounds the memory: each takes 64 MiB for about 0.1 s.
	hashesAtOnce = 2
)

const (
	leastPassword = 10
	mostPassword  = 128
)

// checkPassword follows NIST SP 800-63B: length counts, composition does not.
func checkPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < leastPassword:
		return errs.InvalidField("password", fmt.Sprintf("密码至少 %d 个字", leastPassword))
	case n > mostPassword:
		return errs.InvalidField("password", fmt.Sprintf("密码最多 %d 个字", mostPassword))
	case strings.Contains(strings.ToLower(password), login):
		return errs.InvalidField("password", "密码里不要包含登录名")
	case strings.Count(password, password[:1]) == len(password):
		return errs.InvalidField("password", "密码不能全是同一个字")
	}
	return nil
}

// hash makes the PHC string of a password.
func (s *Service) hash(password string) string {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	s.hashing <- struct{}{}
	defer func() { <-s.hashing }()
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// matches reports whether password belongs to a PHC string made by hash, also by
// one with other parameters.
func (s *Service) matches(password, phc string) bool {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var memory, time uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil {
		return false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(key) == 0 {
		return false
	}
	s.hashing <- struct{}{}
	defer func() { <-s.hashing }()
	got := argon2.IDKey([]byte(password), salt, time, memory, threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}

// nobodysHash is compared with where no account has the login, so that the
// answer takes as long.
const nobodysHash = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
