//go:build !unix

package app

import "errors"

// toSyslog refuses: there is no system log of that kind here.
func toSyslog([]string) error { return errors.New("this system has no syslog; name a file") }
