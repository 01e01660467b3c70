//go:build !unix

package hub

import (
	"net"
	"syscall"
)

// sockets is never used here: rawOf finds none.
type sockets struct{}

func (*sockets) open()                                      {}
func (*sockets) write(syscall.RawConn, []byte) (int, error) { return 0, syscall.EINVAL }
func (*sockets) read(syscall.RawConn, []byte) (int, error)  { return 0, syscall.EINVAL }

func rawOf(net.Conn) syscall.RawConn { return nil }

func filesAllowed() int { return filesUsual }
