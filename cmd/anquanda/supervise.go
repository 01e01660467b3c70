package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"strconv"
	"time"
)

// supervised tells systemd that the program is ready, that it stops, and, where the unit has
// WatchdogSec, that it still answers: a program that does not is started anew by it.
func supervised(ctx context.Context, address string) {
	tell := func(state string) {
		if err := notify(state); err != nil {
			slog.WarnContext(ctx, "systemd was not told", "state", state, "error", err)
		}
	}
	tell("READY=1")
	context.AfterFunc(ctx, func() { tell("STOPPING=1") })
	every := watchdogEvery()
	if every == 0 {
		return
	}
	go func() {
		beat := time.NewTicker(every)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
			}
			if _, err := askHere(ctx, address, "/healthz"); err == nil {
				tell("WATCHDOG=1")
			} else if ctx.Err() == nil {
				slog.ErrorContext(ctx, "the program does not answer itself", "error", err)
			}
		}
	}()
}

// watchdogEvery is half of what systemd waits; 0: it does not.
func watchdogEvery() time.Duration {
	if pid := os.Getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0
	}
	micros, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || micros <= 0 {
		return 0
	}
	return time.Duration(micros) * time.Microsecond / 2
}

// notify is sd_notify(3): a datagram to the socket that the environment names.
func notify(state string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(state))
	return err
}
