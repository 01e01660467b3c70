package sqldb

import "syscall"

// tcpUserTimeout is TCP_USER_TIMEOUT of linux/tcp.h, which package syscall does not name.
const tcpUserTimeout = 18

// giveUpSilent ends a connection once what was sent is not acknowledged for silentHost:
// keep-alive says nothing while data is under way.
func giveUpSilent(_, _ string, conn syscall.RawConn) error {
	var failed error
	err := conn.Control(func(fd uintptr) {
		failed = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(silentHost.Milliseconds()))
	})
	if err != nil {
		return err
	}
	return failed
}
