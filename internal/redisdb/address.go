package redisdb

import (
	"crypto/tls"
	"errors"
	"net/url"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

var errAddress = errors.New("it is not of the form host:port[,host:port…] or " +
	"rediss://user:password@host:port[,host:port…]")

func optionsOf(addresses []string) *redis.UniversalOptions {
	return &redis.UniversalOptions{
		Addrs:       addresses,
		DialTimeout: dialTimeout, ReadTimeout: callTimeout, WriteTimeout: callTimeout,
		MaxRetries:               1,
		ContextTimeoutEnabled:    true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
}

// readAddress reads where Redis is: host:port of a server, or several of a cluster; as a URL
// with a user, a password and (rediss) TLS, which hold for all of them. The error does not
// repeat the text, which may hold the password.
func readAddress(text string) (*redis.UniversalOptions, error) {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL {
		return optionsOf(strings.Split(text, ",")), nil
	}
	if scheme != "redis" && scheme != "rediss" {
		return nil, errAddress
	}
	// A list of hosts is no URL: what stands before the last @ is read as one.
	user, hosts := "", rest
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, hosts = rest[:at], rest[at+1:]
	}
	hosts = strings.TrimSuffix(hosts, "/")
	u, err := url.Parse(scheme + "://" + user + "@host")
	if err != nil || hosts == "" || strings.ContainsAny(hosts, "/?#") {
		return nil, errAddress
	}
	options := optionsOf(strings.Split(hosts, ","))
	options.Username = u.User.Username()
	options.Password, _ = u.User.Password()
	if scheme == "rediss" {
		options.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return options, nil
}

// Shown is an address without its user and password, to be printed.
func Shown(text string) string {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL {
		return text
	}
	return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
}
