package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// healthWaits bounds what a check of health waits; /readyz itself waits 2 s for a store.
const healthWaits = 4 * time.Second

// health asks the program that serves with the same settings for its health, for containers
// that hold no curl.
func health(ctx context.Context, args []string) error {
	flags, s := serveFlags()
	flags.Init("health", flag.ContinueOnError)
	alive := flags.Bool("alive", false, "ask only whether the process answers, not whether its stores do")
	if err := parseAll(flags, args); err != nil {
		return err
	}
	if err := checkListen("--listen", s.listen); err != nil {
		return err
	}
	path := "/readyz"
	if *alive {
		path = "/healthz"
	}
	said, err := askHere(ctx, s.listen, path)
	if err != nil {
		return err
	}
	fmt.Println(said)
	return nil
}

// askHere gets a path of the program that listens on address, from this machine; an answer
// that is not 200 is an error that tells it.
func askHere(ctx context.Context, address, path string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, healthWaits)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+fromHere(address)+path, nil)
	if err != nil {
		return "", err
	}
	direct := &http.Transport{DisableKeepAlives: true} // without the proxies of the environment
	response, err := direct.RoundTrip(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 4<<10))
	said := strings.TrimSpace(string(body))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", response.Status, said)
	}
	return said, err
}

// fromHere is how this machine reaches an address that is listened on.
func fromHere(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	ip, err := netip.ParseAddr(host)
	if host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if err == nil && ip.Is6() {
			host = "::1"
		}
	}
	return net.JoinHostPort(host, port)
}
