package redisdb

import (
	"slices"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
)

func TestAnAddressTellsUserPasswordAndTLS(t *testing.T) {
	for text, want := range map[string]struct {
		hosts          []string
		user, password string
		tls            bool
	}{
		"a:1":                             {[]string{"a:1"}, "", "", false},
		"a:1,b:2":                         {[]string{"a:1", "b:2"}, "", "", false},
		"redis://:geheim@a:1":             {[]string{"a:1"}, "", "geheim", false},
		"rediss://quiz:ge%40heim@a:1,b:2": {[]string{"a:1", "b:2"}, "quiz", "ge@heim", true},
		"rediss://a:1/":                   {[]string{"a:1"}, "", "", true},
	} {
		got, err := readAddress(text)
		if err != nil || !slices.Equal(got.Addrs, want.hosts) || got.Username != want.user ||
			got.Password != want.password || (got.TLSConfig != nil) != want.tls {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		if shown := Shown(text); strings.Contains(shown, "heim") || strings.Contains(shown, "quiz") ||
			!strings.Contains(shown, want.hosts[0]) {
			t.Errorf("%s is shown as %s", text, shown)
		}
	}
	for _, text := range []string{"http://a:1", "redis://", "redis://x:%zz@a:1", "redis://a:1/0?x=1"} {
		if _, err := readAddress(text); err == nil || strings.Contains(err.Error(), "zz") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAServerAsksForItsPassword(t *testing.T) {
	server := miniredis.RunT(t)
	server.RequireUserAuth("quiz", "geheim")
	db, err := Open(t.Context(), "redis://quiz:geheim@"+server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	_, err = Open(t.Context(), "redis://quiz:falsch@"+server.Addr())
	if err == nil || strings.Contains(err.Error(), "falsch") {
		t.Errorf("with a wrong password: %v", err)
	}
}
