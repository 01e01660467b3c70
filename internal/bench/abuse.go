package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/standin"
)

// AbuseConfig is what `anquanda bench abuse` is told.
type AbuseConfig struct {
	Stores
	Nodes    int // programs on the same stores; more than one needs MySQL and Redis
	People   int // who sign in by WeChat, each with a code that comes twice
	Requests int // for codes by SMS
	Budget   int // messages a day
}

// AbuseReport is what the scripts got.
type AbuseReport struct {
	Nodes    int        `json:"nodes"`
	SignIns  SignIns    `json:"sign_ins"`
	Players  int        `json:"players"` // that came of the people
	SMS      SMSFlooded `json:"sms"`
	Requests int        `json:"requests"`
	Budget   int        `json:"budget"`
	Taken    int64      `json:"taken"` // messages that the provider took
}

// Held reports whether nobody counts twice and no message went beyond the budget.
func (r *AbuseReport) Held() bool {
	return r.Players == r.SignIns.People && r.SignIns.Exchanges == r.SignIns.People && r.Taken <= int64(r.Budget) &&
		r.SMS.Sent == r.Taken
}

// Print writes the report for people.
func (r *AbuseReport) Print(out io.Writer) {
	fmt.Fprintf(out, "sign-ins by WeChat, each code twice, %d nodes: %d people in %.1f s (%.0f a minute), "+
		"%d exchanges, %d players\n",
		r.Nodes, r.SignIns.People, r.SignIns.Seconds, float64(r.SignIns.People)/r.SignIns.Seconds*60, r.SignIns.Exchanges,
		r.Players)
	for at, n := range r.SignIns.Ended {
		fmt.Fprintf(out, "  %7d callbacks ended at #%s\n", n, at)
	}
	fmt.Fprintf(out, "codes by SMS: %d requests, budget %d, promised %d, taken by the provider %d\n", r.Requests, r.Budget,
		r.SMS.Sent, r.Taken)
	for code, n := range r.SMS.Refused {
		fmt.Fprintf(out, "  %7d refused: %s\n", n, code)
	}
}

// abuseContest proves persons by WeChat and by phone.
const abuseContest = `contest: abuse
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-01-01 00:00, closes: 2100-01-01 00:00}
players: {proof: [wechat, phone]}
levels: [{key: first, title: 第一关, questions: [{count: 5}]}]
`

// Abuse lets scripts try to count twice and to spend more messages than the budget, on
// programs that share their stores. What becomes of farms of invented guests is tried by
// the tests of httpapi.
func Abuse(ctx context.Context, config AbuseConfig, say func(string)) (report *AbuseReport, err error) {
	s, err := newScratch(config.Stores)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.drop(context.WithoutCancel(ctx))) }()
	run := abuse{AbuseConfig: config, scratch: s, people: standin.New(), say: say,
		report: &AbuseReport{Nodes: config.Nodes, Requests: config.Requests, Budget: config.Budget}}
	provider := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"id":"%d"}`, run.taken.Add(1))
	})
	err = onHandler(ctx, run.people, func(weChat string) error {
		return onHandler(ctx, provider, func(sms string) error { return run.against(ctx, "http://"+weChat, "http://"+sms) })
	})
	return run.report, err
}

// abuse is one run of the scripts.
type abuse struct {
	AbuseConfig
	*scratch
	people *standin.Server
	taken  atomic.Int64 // messages by the provider
	say    func(string)
	report *AbuseReport
}

// against runs the scripts on programs that ask WeChat and a provider of messages at
// these addresses.
func (r *abuse) against(ctx context.Context, weChat, provider string) (err error) {
	r.WeChat = wechat.Account{AppID: r.people.AppID, Secret: r.people.Secret, API: weChat}
	if r.SMS, err = writeProvider(r.Data, provider, r.Budget); err != nil {
		return err
	}
	return r.onNodes(ctx, r.Nodes, func(nodes []*app.App, addresses []string) error {
		in, err := nodes[0].Catalog.Apply(ctx, "abuse.yaml", []byte(abuseContest), "bench")
		if err != nil {
			return err
		}
		r.contests = append(r.contests, in.ContestID)
		for _, n := range nodes[1:] {
			if err := n.Catalog.Refresh(ctx); err != nil {
				return err
			}
		}
		r.say(fmt.Sprintf("%d people sign in by WeChat", r.People))
		if r.report.SignIns, err = SignInByWeChat(ctx, addresses, r.people, in.Slug, r.People, 32); err != nil {
			return err
		}
		err = nodes[0].DB.Get(ctx, &r.report.Players, "SELECT COUNT(DISTINCT player_id) FROM proofs WHERE contest_id = ?",
			in.ContestID)
		if err != nil {
			return err
		}
		r.say(fmt.Sprintf("%d requests for codes by SMS", r.Requests))
		r.report.SMS, err = flood(ctx, nodes, in, r.Requests)
		r.report.Taken = r.taken.Load()
		return err
	})
}

// writeProvider writes the file of a gateway whose proof of work costs the script next
// to nothing, so that only the limits and the budget stand in its way.
func writeProvider(folder, address string, budget int) (file string, err error) {
	file = filepath.Join(folder, "sms.yaml")
	text := fmt.Sprintf("provider: http\naddress: %s\nkey: bench\nsecret: a secret of the bench\nsignature: 县应急管理局\n"+
		"template: code\ndaily: %d\nnetwork_hour: 100\nnetwork_day: 100\nwork: {bits: 1, answers: 1}\n", address, budget)
	return file, os.WriteFile(file, []byte(text), 0o600)
}

func flood(ctx context.Context, nodes []*app.App, in *catalog.Contest, requests int) (SMSFlooded, error) {
	services := make([]*phone.Service, len(nodes))
	for i, n := range nodes {
		services[i] = n.Phones
	}
	script := SMSFlood{Requests: requests, Phones: max(1, requests/10), Networks: max(1, requests/100), Workers: 32}
	return script.Run(ctx, services, in.Definition, in.ContestID)
}

// onNodes runs programs on the scratch stores while use runs.
func (s *scratch) onNodes(
	ctx context.Context, count int, use func(nodes []*app.App, addresses []string) error,
) (err error) {
	serving, stop := context.WithCancel(ctx)
	var nodes []*app.App
	var addresses []string
	var running sync.WaitGroup
	defer func() {
		stop()
		running.Wait()
		for _, n := range nodes {
			err = errors.Join(err, n.Close())
		}
	}()
	for range count {
		n, err := app.New(ctx, s.Config)
		if err != nil {
			return err
		}
		nodes = append(nodes, n)
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		addresses = append(addresses, "http://"+listener.Addr().String())
		running.Go(func() { _ = n.Serve(serving, listener) }) // a node that fails is seen by who calls it
	}
	return use(nodes, addresses)
}
