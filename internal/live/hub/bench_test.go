//go:build linux

package hub

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"anquanda/internal/sqldb"
)

// BenchmarkBroadcast measures one frame of 1 KB to many phones in this process, until
// the kernel has it for the last, and what a connection costs the process. The
// phones' ends are sockets that nobody reads while it is measured.
func BenchmarkBroadcast(b *testing.B) {
	for _, phones := range []int{1000, 9000} {
		b.Run(fmt.Sprint(phones), func(b *testing.B) { benchmarkBroadcast(b, phones) })
	}
}

func benchmarkBroadcast(b *testing.B, phones int) {
	if most := (filesAllowed() - 200) / 2; phones > most {
		b.Skipf("the process may hold %d connections with both their ends", most)
	}
	h := New(Options{Most: phones})
	defer h.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	var players atomic.Int64
	first := []byte("event: room\ndata: {}\n\n")
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		player := Client{Room: room1, Player: sqldb.ID(players.Add(1))}
		to := Subscription{Client: player, First: func() []byte { return first }}
		if err := h.Serve(w, r, to); err != nil {
			b.Error(err)
		}
	})}
	go server.Serve(listener) //nolint:errcheck // it ends with the benchmark
	defer server.Close()
	before := resident(b)
	ends := make([]int, phones)
	for i := range ends {
		ends[i] = dialRaw(b, listener.Addr().(*net.TCPAddr))
		defer syscall.Close(ends[i])
	}
	for h.open.Load() < int64(phones) {
		time.Sleep(time.Millisecond)
	}
	drain := make([]byte, 64<<10)
	frame := []byte("event: room\ndata: " + strings.Repeat("x", 1000) + "\n\n")
	for b.Loop() {
		h.Broadcast(room1, func(Client) []byte { return frame })
		h.Each(room1, func(Client) {})
		b.StopTimer()
		for _, fd := range ends {
			syscall.Read(fd, drain) //nolint:errcheck // nothing there is as good
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(resident(b)-before)/float64(phones), "B/connection")
}

// dialRaw connects a socket that Go's runtime knows nothing of.
func dialRaw(b *testing.B, to *net.TCPAddr) int {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err == nil {
		err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: to.Port, Addr: [4]byte(to.IP.To4())})
	}
	if err == nil {
		_, err = syscall.Write(fd, []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
	}
	if err == nil {
		err = syscall.SetNonblock(fd, true)
	}
	if err != nil {
		b.Fatal(err)
	}
	return fd
}

// resident is the memory of this process, in bytes.
func resident(b *testing.B) int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip(err)
	}
	var size, pages int64
	fmt.Sscan(string(text), &size, &pages)
	return pages * int64(os.Getpagesize())
}
