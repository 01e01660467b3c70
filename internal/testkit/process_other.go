//go:build !linux

package testkit

import "syscall"

// endWithParent: other systems have no death signal; there a server outlives a
// test binary that is killed, until the next restart.
func endWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
