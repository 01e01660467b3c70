package app

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"anquanda/internal/pace"
)

// shipEvery is how soon after its commit an entry of the audit log goes out.
const shipEvery = time.Second

// shipLog sends the audit log on to where Config.AuditLog says, until ctx ends.
func (a *App) shipLog(ctx context.Context) {
	if a.auditLog == "" {
		return
	}
	send, target := toFile(a.auditLog), "file "+a.auditLog
	if a.auditLog == "syslog" {
		send, target = toSyslog, "syslog"
	}
	if host, err := os.Hostname(); err == nil {
		target += " " + host
	}
	target = target[:min(len(target), 190)]
	pace.Every(ctx, shipEvery, "ship the audit log", func(ctx context.Context) error {
		return a.Staff.Ship(ctx, target, send)
	})
}

// toFile adds lines to a file that its owner alone may read, and waits for the disk.
func toFile(path string) func([]string) error {
	return func(lines []string) (err error) {
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer func() {
			if closed := file.Close(); err == nil {
				err = closed
			}
		}()
		if _, err := fmt.Fprintln(file, strings.Join(lines, "\n")); err != nil {
			return err
		}
		return file.Sync()
	}
}
