package load

import (
	"context"
	"io"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func ignore(Event) {}

func TestABareLoadCountsWhatIsAnswered(t *testing.T) {
	var posts atomic.Int64
	address := serve(t, func(w http.ResponseWriter, r *http.Request) { posts.Add(1) })
	result, err := do(t.Context(), Job{Kind: Bare, Address: address, Connections: 4,
		Measure: 200 * time.Millisecond}, ignore)
	if err != nil {
		t.Fatal(err)
	}
	if result.Requests == 0 || int64(result.Requests) > posts.Load() || result.P50 <= 0 || result.P999 < result.P99 ||
		len(result.Refused) > 0 {
		t.Errorf("%+v, of %d posts", result, posts.Load())
	}
}

// So many players of one network would be refused.
func TestEachConnectionComesFromANetworkOfItsOwn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux takes all of 127.0.0.0/8 for its own")
	}
	var networks sync.Map
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		networks.Store(netip.MustParseAddrPort(r.RemoteAddr).Addr().As4()[2], true)
	})
	job := Job{Kind: Bare, Address: address, Connections: 3, Measure: 50 * time.Millisecond}
	if _, err := do(t.Context(), job, ignore); err != nil {
		t.Fatal(err)
	}
	for n := range byte(3) {
		if _, seen := networks.Load(n); !seen {
			t.Errorf("nobody came from network %d", n)
		}
	}
}

func TestRefusalsAreCountedByTheirCode(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusConflict)
		w.Write([]byte(`{"status":409,"code":"answer_late","request_id":"x"}`))
	})
	result, err := do(t.Context(), Job{Kind: Bare, Address: address, Connections: 1,
		Measure: 50 * time.Millisecond}, ignore)
	if err != nil || result.Refused["409 answer_late"] == 0 {
		t.Errorf("%+v, %v", result, err)
	}
}

// A closed loop would send nothing while the server stands still, and see one
// slow reply; on a schedule, all that came due meanwhile are late.
func TestAnOpenLoopSeesAStandstill(t *testing.T) {
	const rate, still = 500, 400 * time.Millisecond
	standing := make(chan struct{})
	address := serve(t, func(w http.ResponseWriter, r *http.Request) { <-standing })
	r := &run{job: Job{Connections: 4, Rate: rate, Measure: still}, tell: ignore, base: time.Now()}
	users := make([]user, 4)
	for i := range users {
		c, err := dialFrom([4]byte{127, 0, 0, 1}, address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.conn.Close()
		r.clients = append(r.clients, c)
		users[i] = newBystander()
	}
	time.AfterFunc(still, func() { close(standing) })
	result, err := r.measure(t.Context(), users, 0, r.openLoop)
	if err != nil {
		t.Fatal(err)
	}
	if want := rate * still.Seconds(); float64(result.Requests) < want/2 || result.P50 < 100 {
		t.Errorf("%d requests with a median of %.0f ms; want about %.0f with half of the standstill", result.Requests,
			result.P50, want)
	}
}

func TestAJobEndsWithItsContext(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // Go looks for a client that left only once the body is read
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := do(ctx, Job{Kind: Bare, Address: address, Connections: 2, Measure: time.Hour}, ignore)
	if err == nil || time.Since(began) > 10*time.Second {
		t.Errorf("it ended with %v after %v", err, time.Since(began))
	}
}

func TestQuantilesAreOfWhatWasSeen(t *testing.T) {
	var sorted []uint32
	for i := range uint32(1000) {
		sorted = append(sorted, (i+1)*1000)
	}
	for q, want := range map[float64]float64{0.5: 500, 0.99: 990, 0.999: 999, 1: 1000} {
		if got := quantile(sorted, q); got != want {
			t.Errorf("quantile %g is %g ms, want %g", q, got, want)
		}
	}
	if got := quantile([]uint32{7000}, 0.5); got != 7 {
		t.Errorf("the median of one is %g", got)
	}
}
