package main

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

var hostname = regexp.MustCompile(`^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$`)

// parsePublic reads the URL that links and codes begin with, as browsers write it in Origin: scheme
// and host in small letters, without the port that the scheme implies and without a slash.
func parsePublic(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	wrong := func(why string) error { return fmt.Errorf("--public %s: %s", text, why) }
	const form = "write it as https://quiz.example.org or http://10.0.0.5:8616"
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.ForceQuery ||
		strings.Contains(text, "#") || u.Hostname() == "" {
		return "", wrong(form)
	}
	if u.Path != "" && u.Path != "/" {
		return "", wrong("a path is not supported: the pages stand at the root of a host of their own")
	}
	host, port := strings.ToLower(u.Host), u.Port()
	host = strings.TrimSuffix(host, ":"+port)
	if strings.ContainsFunc(host, func(r rune) bool { return r > 127 }) {
		return "", wrong("write the host as it stands in DNS, which begins with xn--")
	}
	if n, err := strconv.Atoi(port); !hostname.MatchString(host) || port != "" && (err != nil || n < 1 || n > 65535) {
		return "", wrong(form)
	}
	if port == "" || port == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		return u.Scheme + "://" + host, nil
	}
	return u.Scheme + "://" + host + ":" + port, nil
}
