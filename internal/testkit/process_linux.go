package testkit

import "syscall"

// endWithParent has the kernel kill a server when the test binary ends, and
// keeps a ctrl-C meant for the binary from stopping it first.
func endWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
