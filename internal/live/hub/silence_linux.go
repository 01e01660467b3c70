package hub

import (
	"net"
	"syscall"
)

// tcpUserTimeout is TCP_USER_TIMEOUT of tcp(7), in milliseconds; package syscall has no
// name for it.
const tcpUserTimeout = 18

// giveUpOnSilence has the kernel end a connection whose peer acknowledges nothing. It
// would go on sending for a quarter of an hour.
func giveUpOnSilence(conn *net.TCPConn) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return
	}
	raw.Control(func(fd uintptr) { //nolint:errcheck // a closed one shows at the first write
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(silence.Milliseconds()))
	})
}
