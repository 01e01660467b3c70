//go:build unix

package hub

import (
	"io"
	"net"
	"syscall"
)

// sockets reads and writes sockets without waiting. What a call is about stands in
// fields, since a function made for each would be garbage for each frame. It is not
// safe for concurrent use.
type sockets struct {
	bytes         []byte
	n             int
	err           error
	receive, send func(fd uintptr) bool
}

func (k *sockets) open() {
	k.send = func(fd uintptr) bool {
		k.n, k.err = again(syscall.Write, int(fd), k.bytes)
		return true
	}
	k.receive = func(fd uintptr) bool {
		if k.n, k.err = again(syscall.Read, int(fd), k.bytes); k.n == 0 && k.err == nil {
			k.err = io.EOF
		}
		return true
	}
}

// again repeats a call that a signal interrupted.
func again(call func(int, []byte) (int, error), fd int, bytes []byte) (int, error) {
	for {
		if n, err := call(fd, bytes); err != syscall.EINTR { //nolint:errorlint // a number of the system's
			return max(n, 0), err
		}
	}
}

// write writes what the socket takes, which may be nothing.
func (k *sockets) write(raw syscall.RawConn, bytes []byte) (n int, err error) {
	return k.call(raw.Write, k.send, bytes)
}

// read reads what has come, which may be nothing; io.EOF when the peer ended.
func (k *sockets) read(raw syscall.RawConn, into []byte) (n int, err error) {
	return k.call(raw.Read, k.receive, into)
}

func (k *sockets) call(on func(func(uintptr) bool) error, do func(uintptr) bool, bytes []byte) (int, error) {
	k.bytes = bytes
	err := on(do)
	k.bytes = nil
	switch {
	case err != nil: // closed
		return 0, err
	case k.err == syscall.EAGAIN: //nolint:errorlint // a number of the system's
		return 0, nil
	}
	return k.n, k.err
}

// rawOf is the socket of a connection, nil when it has none.
func rawOf(conn net.Conn) syscall.RawConn {
	if socket, ok := conn.(syscall.Conn); ok {
		if raw, err := socket.SyscallConn(); err == nil {
			return raw
		}
	}
	return nil
}

// filesAllowed is how many files the process may hold at once.
func filesAllowed() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return filesUsual
	}
	return int(min(limit.Cur, 1<<30)) //nolint:unconvert // its type differs by system
}
