package main

import (
	"slices"
	"strings"
	"testing"
)

func TestThePublicAddressIsAHostAndNothingBehindIt(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "https://quiz.example.gov.cn": "https://quiz.example.gov.cn",
		"https://quiz.example.gov.cn/":     "https://quiz.example.gov.cn",
		"http://10.0.0.5:8616":             "http://10.0.0.5:8616",
		"HTTPS://Quiz.Example.gov.cn:443/": "https://quiz.example.gov.cn",
		"http://quiz.example.org:80":       "http://quiz.example.org", "http://[::1]:8616": "http://[::1]:8616",
	} {
		if got, err := parsePublic(text); err != nil || got != want {
			t.Errorf("%q becomes %q, %v", text, got, err)
		}
	}
	const form = "https://quiz.example.org"
	for text, says := range map[string]string{
		"https://x.gov.cn/quiz": "path", "https://x.gov.cn//": "path", "https://x.gov.cn,https://y.gov.cn": "path",
		"https://安全.政务.cn": "xn--",
		"x.gov.cn":         form, "x.gov.cn:8616": form, "//x.gov.cn": form, "ftp://x.gov.cn": form, "https://": form,
		"https://x.gov.cn?a=1": form, "https://x.gov.cn?": form, "https://x.gov.cn/#a": form, "https://x y": form,
		"https://me:secret@x.gov.cn": form, "https://x.gov.cn:99999": form, "https://:8616": form,
	} {
		if got, err := parsePublic(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is taken as %q, %v", text, got, err)
		}
	}
}

func TestProxiesAreAddressesOrNetworks(t *testing.T) {
	if got, err := parseProxies("127.0.0.1,10.0.0.0/8,::1"); err != nil ||
		!slices.Equal(got, []string{"127.0.0.1", "10.0.0.0/8", "::1"}) {
		t.Errorf("three proxies: %q, %v", got, err)
	}
	if got, err := parseProxies(""); err != nil || got != nil {
		t.Errorf("no proxy: %q, %v", got, err)
	}
	for _, text := range []string{"proxy", "127.0.0.1,", "10.0.0.0/99", "127.0.0.1:80"} {
		if _, err := parseProxies(text); err == nil {
			t.Errorf("%q is taken for a proxy", text)
		}
	}
}
