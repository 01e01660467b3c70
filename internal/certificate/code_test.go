package certificate

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

func TestACodeIsTypedEasilyAndStaysTheSameWhenTheKeyChanges(t *testing.T) {
	secret := func(b byte) keyring.Secret { return bytes.Repeat([]byte{b}, keyring.SecretBytes) }
	ring := keyring.New([]keyring.Secret{secret(1)}, time.Now)
	s := New(Config{Keys: ring.Of("certificates")})
	known := map[string]bool{}
	for n := range sqldb.ID(2000) {
		code := s.Code(n + 1)
		if len(code) != codeLength || strings.ContainsAny(code, "01IOio") || known[code] ||
			read(strings.ToLower(code)) != code {
			t.Fatalf("the code of %d is %q", n+1, code)
		}
		known[code] = true
	}
	was := s.Code(7)
	ring.Arrange([]keyring.Secret{secret(2), secret(1)}, secret(2).ID(), "", 1)
	if is := s.Code(7); is != was {
		t.Errorf("after the key changed the code is %s, and %s is printed", is, was)
	}
	other := New(Config{Keys: keyring.New([]keyring.Secret{secret(3)}, time.Now).Of("certificates")})
	if other.Code(7) == was {
		t.Error("another installation makes the same code")
	}
}
