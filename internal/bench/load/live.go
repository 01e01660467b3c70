package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// LiveOrder tells a process of phones what to do next. Moments are UTC microseconds:
// all processes of a benchmark run on one machine.
type LiveOrder struct {
	Do LiveDo

	// Of LiveJoin.
	Addresses []string `json:",omitempty"` // host:port of each node
	Contest   string   `json:",omitempty"`
	Room      string   `json:",omitempty"`
	Code      string   `json:",omitempty"`
	Phones    int      `json:",omitempty"`
	Process   int      `json:",omitempty"` // from 0: gives the phones addresses of their own

	// Of LiveAwait and LiveAnswers.
	Round  int      `json:",omitempty"`
	Slot   LiveSlot `json:",omitempty"`
	Since  int64    `json:",omitempty"` // the moment that latencies count from
	Within int64    `json:",omitempty"` // microseconds to wait at most

	// Of LiveChurn: which share of the phones leaves and comes back each minute.
	Share float64 `json:",omitempty"`
}

// LiveDo is what an order wants.
type LiveDo string

// The orders.
const (
	LiveJoin    LiveDo = "join"    // enrol made-up players, and join the room
	LiveConnect LiveDo = "connect" // open their streams
	LiveAwait   LiveDo = "await"   // wait until all phones have what a slot names
	LiveAnswers LiveDo = "answers" // wait until all phones have answered a round
	LiveChurn   LiveDo = "churn"
	LiveUsage   LiveDo = "usage"
)

// LiveSlot is something that a phone is told in a round.
type LiveSlot int

// What a phone is told, in order.
const (
	SlotReady     LiveSlot = iota // it holds the sealed question
	SlotPressed                   // the countdown runs
	SlotOpened                    // it can read the question
	SlotRank                      // what is right, and where its player stands
	SlotStandings                 // the standings of all
	liveSlots
)

// LiveReply is what came of an order.
type LiveReply struct {
	Error string `json:",omitempty"`
	// Of LiveAwait: how long after Since each phone had it that was connected all the
	// while, in microseconds. Returned are those that came back meanwhile and have it,
	// Missing those that are connected and have it not.
	Micros   []int64 `json:",omitempty"`
	Returned int     `json:",omitempty"`
	Missing  int     `json:",omitempty"`
	// Of LiveAnswers.
	Answers *LiveCount `json:",omitempty"`
	// Of LiveJoin, LiveConnect: how long it took. Of LiveUsage: what was computed.
	Seconds float64 `json:",omitempty"`
	// Of LiveUsage.
	Frames   int64 `json:",omitempty"`
	Bytes    int64 `json:",omitempty"`
	Connects int   `json:",omitempty"`
	Lost     int   `json:",omitempty"` // streams that ended without the phone's will
	Refused  int   `json:",omitempty"` // streams that were not begun
}

// LiveCount is what became of the answers of a round.
type LiveCount struct {
	Acknowledged int
	Late         int // told kindly that it did not count
	Refused      map[string]int
	Micros       []int64 // from the moment that a phone sent its answer until it had the reply
	Last         int64   // when the last one was acknowledged, UTC microseconds
}

// ServeLive carries out the orders that come in, one after the other, until in ends.
func ServeLive(in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var phones *crowd
	defer func() {
		if phones != nil {
			phones.end()
		}
	}()
	encoder := json.NewEncoder(out)
	for decoder := json.NewDecoder(in); ; {
		var order LiveOrder
		if err := decoder.Decode(&order); err != nil {
			return nil //nolint:nilerr // whoever gave orders is gone
		}
		var reply *LiveReply
		var err error
		if order.Do == LiveJoin {
			if phones, err = newCrowd(ctx, order); err == nil {
				reply, err = phones.join()
			}
		} else {
			reply, err = phones.obey(order)
		}
		if err != nil {
			reply = &LiveReply{Error: err.Error()}
		}
		if err := encoder.Encode(reply); err != nil {
			return err
		}
	}
}

// LivePhones are processes of phones.
type LivePhones struct{ processes []*livePhones }

type livePhones struct {
	pid int
	in  io.WriteCloser
	out *json.Decoder
	end func() error
}

// StartLive starts this program so many times with args, which must make it call
// ServeLive.
func StartLive(ctx context.Context, count int, args ...string) (*LivePhones, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	all := &LivePhones{}
	for range count {
		cmd := exec.CommandContext(ctx, program, args...)
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			return nil, errors.Join(err, all.Close())
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			return nil, errors.Join(err, all.Close())
		}
		if err := cmd.Start(); err != nil {
			return nil, errors.Join(err, all.Close())
		}
		all.processes = append(all.processes, &livePhones{cmd.Process.Pid, in, json.NewDecoder(out), cmd.Wait})
	}
	return all, nil
}

// LiveInside runs one such process inside this one, for tests.
func LiveInside() *LivePhones {
	ordersIn, ordersOut := io.Pipe()
	repliesIn, repliesOut := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- ServeLive(ordersIn, repliesOut)
		repliesOut.Close()
	}()
	return &LivePhones{[]*livePhones{{os.Getpid(), ordersOut, json.NewDecoder(repliesIn),
		func() error { return <-ended }}}}
}

// PIDs are the numbers of the processes.
func (l *LivePhones) PIDs() (pids []int) {
	for _, p := range l.processes {
		pids = append(pids, p.pid)
	}
	return pids
}

// Each gives every process an order at the same time, and waits for all replies. It is
// not safe for concurrent use.
func (l *LivePhones) Each(order func(process int) LiveOrder) ([]*LiveReply, error) {
	replies := make([]*LiveReply, len(l.processes))
	failed := make([]error, len(l.processes))
	var all sync.WaitGroup
	for i, p := range l.processes {
		all.Go(func() {
			reply := &LiveReply{}
			err := json.NewEncoder(p.in).Encode(order(i))
			if err == nil {
				err = p.out.Decode(reply)
			}
			if err == nil && reply.Error != "" {
				err = errors.New(reply.Error)
			}
			if replies[i] = reply; err != nil {
				failed[i] = fmt.Errorf("phones of process %d: %w", i+1, err)
			}
		})
	}
	all.Wait()
	return replies, errors.Join(failed...)
}

// Close ends the processes.
func (l *LivePhones) Close() error {
	var failed error
	for _, p := range l.processes {
		p.in.Close()
		failed = errors.Join(failed, p.end())
	}
	return failed
}
