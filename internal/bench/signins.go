package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"anquanda/internal/wechat/standin"
)

// SignIns is what came of many people who signed in by WeChat, each of whose codes came
// twice.
type SignIns struct {
	People    int            `json:"people"`
	Seconds   float64        `json:"seconds"`
	Exchanges int            `json:"exchanges"` // how often WeChat was asked for a code
	Ended     map[string]int `json:"ended"`     // callbacks by what stands behind # at their end
}

// SignInByWeChat sends people through a stand-in of WeChat, so many at once: each begins
// on one of the nodes (their base addresses) and comes back to two of them at the same
// time, with one code.
func SignInByWeChat(
	ctx context.Context, nodes []string, stand *standin.Server, contest string, people, atOnce int,
) (SignIns, error) {
	done := SignIns{People: people, Ended: map[string]int{}}
	before, begun := stand.Calls("exchange"), time.Now()
	client := &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 2 * atOnce},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var failed error
	next := make(chan int)
	var running sync.WaitGroup
	for range atOnce {
		running.Go(func() {
			for person := range next {
				ended, err := signInTwice(ctx, client, nodes, stand, contest, person)
				mu.Lock()
				for _, at := range ended {
					if strings.HasPrefix(at, "signed-in=") {
						at = "signed-in"
					}
					done.Ended[at]++
				}
				if err != nil && failed == nil {
					failed = fmt.Errorf("person %d: %w", person, err)
				}
				mu.Unlock()
			}
		})
	}
	for person := range people {
		next <- person
	}
	close(next)
	running.Wait()
	done.Seconds = time.Since(begun).Seconds()
	done.Exchanges = stand.Calls("exchange") - before
	return done, failed
}

// signInTwice sends one person there and back, back twice.
func signInTwice(
	ctx context.Context, client *http.Client, nodes []string, stand *standin.Server, contest string, person int,
) (ended []string, err error) {
	to, cookies, err := sentOn(ctx, client, nodes[person%len(nodes)]+"/api/v1/contests/"+contest+"/signin/wechat", nil)
	if err != nil {
		return nil, err
	}
	callback, err := stand.Authorize(to, standin.Person{OpenID: fmt.Sprintf("o%d", person)})
	if err != nil {
		return nil, err
	}
	address, err := url.Parse(callback)
	if err != nil {
		return nil, err
	}
	ended = make([]string, 2)
	errs := make([]error, 2)
	var running sync.WaitGroup
	for i := range ended {
		running.Go(func() {
			node := nodes[(person+i)%len(nodes)]
			at, _, err := sentOn(ctx, client, node+address.RequestURI(), cookies)
			_, ended[i], _ = strings.Cut(at, "#")
			errs[i] = err
		})
	}
	running.Wait()
	if errs[0] != nil {
		return ended, errs[0]
	}
	return ended, errs[1]
}

// sentOn opens an address and tells where it leads.
func sentOn(
	ctx context.Context, client *http.Client, address string, cookies []*http.Cookie,
) (to string, got []*http.Cookie, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", nil, err
	}
	for _, cookie := range cookies {
		request.AddCookie(cookie)
	}
	reply, err := client.Do(request)
	if err != nil {
		return "", nil, err
	}
	defer reply.Body.Close()
	io.Copy(io.Discard, reply.Body) //nolint:errcheck // for the connection to be used again
	if reply.StatusCode != http.StatusFound {
		return "", nil, fmt.Errorf("%s: %s", request.URL.Path, reply.Status)
	}
	return reply.Header.Get("Location"), reply.Cookies(), nil
}
