package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/puzzle"
	"anquanda/internal/sqldb"
)

// SMSFlood is a script that asks for as many codes as it can: each request is for the
// next of Phones, from the next of Networks, with a device of its own and its proof of
// work done.
type SMSFlood struct {
	Requests int
	Phones   int
	Networks int
	Workers  int
}

// SMSFlooded is what became of it: codes that went out, and requests by the code of what
// refused them.
type SMSFlooded struct {
	Sent    int64            `json:"sent"`
	Refused map[string]int64 `json:"refused"`
}

// Run floods the nodes of an installation, in turn.
func (f SMSFlood) Run(
	ctx context.Context, nodes []*phone.Service, d *contest.Definition, contestID sqldb.ID,
) (SMSFlooded, error) {
	flooded := SMSFlooded{Refused: map[string]int64{}}
	consent := personal.ConsentToSMS(d).Version
	var next atomic.Int64
	var mu sync.Mutex
	var failed error
	var workers sync.WaitGroup
	for range f.Workers {
		workers.Go(func() {
			for i := int(next.Add(1) - 1); i < f.Requests && ctx.Err() == nil; i = int(next.Add(1) - 1) {
				err := f.ask(ctx, nodes[i%len(nodes)], d, contestID, consent, i)
				mu.Lock()
				if e := errs.From(err); err == nil {
					flooded.Sent++
				} else if flooded.Refused[e.Code]++; e.Kind == errs.Internal {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return flooded, failed
}

func (f SMSFlood) ask(ctx context.Context, node *phone.Service, d *contest.Definition, contestID sqldb.ID,
	consent string, i int) error {
	number := fmt.Sprintf("139%08d", i%f.Phones)
	challenge, _, err := node.Challenge(d, contestID, number)
	if err != nil {
		return err
	}
	_, err = node.Ask(ctx, d, contestID, phone.Request{Phone: number, Challenge: challenge.Text,
		Answer: puzzle.Solve(challenge), Consent: consent, Network: fmt.Sprintf("network %d", i%f.Networks),
		Device: fmt.Sprintf("device %d", i)})
	return err
}
