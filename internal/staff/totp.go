package staff

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // RFC 6238 over SHA-1 is what every phone app knows
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"

	"anquanda/internal/typed"
)

// Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits, which every
// app understands. A phone's clock may be one step off.
const (
	totpStep   = 30 // seconds
	totpDigits = 6
	totpBytes  = 20 // of a secret, as many as the hash has (RFC 4226, section 4, R6)
	totpDrift  = 1  // steps
)

var plainBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// stepOf is the number of 30 seconds since 1970.
func stepOf(at time.Time) int64 { return at.Unix() / totpStep }

// totpCode is the code of a secret in one step (RFC 4226, section 5.3).
func totpCode(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	binary.Write(mac, binary.BigEndian, step) //nolint:errcheck // a hash takes all
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 15
	number := binary.BigEndian.Uint32(sum[at:at+4]) & (1<<31 - 1)
	return fmt.Sprintf("%0*d", totpDigits, number%1_000_000)
}

// CodeAt is what an app shows at a time that was given a secret; empty for what is none.
func CodeAt(secret string, at time.Time) string {
	raw, err := plainBase32.DecodeString(secret)
	if err != nil {
		return ""
	}
	return totpCode(raw, stepOf(at))
}

// matchCode finds the step whose code it is, after the newest one that was used; 0: none.
func matchCode(secret []byte, code string, now time.Time, used int64) (step int64) {
	for at := stepOf(now) - totpDrift; at <= stepOf(now)+totpDrift; at++ {
		same := subtle.ConstantTimeCompare([]byte(totpCode(secret, at)), []byte(code)) == 1
		if same && at > used {
			step = at
		}
	}
	return step
}

// totpAddress is what the QR code says to an app (Key URI Format of Google Authenticator).
func totpAddress(login, secret string) string {
	const issuer = "安全答"
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?secret=" + secret + "&issuer=" +
		url.QueryEscape(issuer) + "&algorithm=SHA1&digits=6&period=30"
}

const (
	recoveryCodes = 10
	recoveryText  = 10 // letters, 50 bits
)

// newRecovery makes a code that is typed when the phone is lost: no letter in it is taken
// for another.
func newRecovery() string {
	text := strings.ToLower(rand.Text()[:recoveryText])
	return text[:recoveryText/2] + "-" + text[recoveryText/2:]
}

// plainCode is a code as it was meant: without what people put between its parts.
func plainCode(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(typed.Plain(code)))
}

// isTOTP tells a code of the app from one for a lost phone.
func isTOTP(code string) bool {
	return len(code) == totpDigits && strings.Trim(code, "0123456789") == ""
}
