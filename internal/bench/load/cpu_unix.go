//go:build unix

package load

import (
	"syscall"
	"time"
)

// CPUTime is how long this process has been computing, on all cores together.
func CPUTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
