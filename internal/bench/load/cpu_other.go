//go:build !unix

package load

import "time"

// CPUTime is 0 where the system does not tell it in the Unix way.
func CPUTime() time.Duration { return 0 }
