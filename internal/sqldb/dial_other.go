//go:build !linux

package sqldb

import "syscall"

// giveUpSilent does nothing: this system has no such option, and keep-alive must do.
func giveUpSilent(_, _ string, _ syscall.RawConn) error { return nil }
