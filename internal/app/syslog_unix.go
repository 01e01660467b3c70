//go:build unix

package app

import (
	"errors"
	"log/syslog"
)

// toSyslog writes lines to the system's log, as authorisation messages.
func toSyslog(lines []string) error {
	log, err := syslog.New(syslog.LOG_NOTICE|syslog.LOG_AUTHPRIV, "anquanda-audit")
	if err != nil {
		return err
	}
	for _, line := range lines {
		err = errors.Join(err, log.Notice(line))
	}
	return errors.Join(err, log.Close())
}
