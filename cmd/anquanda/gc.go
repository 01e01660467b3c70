package main

import (
	"os"
	"runtime/debug"
)

// gcPercent lets a server's heap grow to five times what is alive before it is
// collected: what is alive is small (about 40 MB), and collecting it took 7 % of
// the processor time of an answer at the default of 100. Commands that read
// large files keep the default, and with it their bound on memory.
const gcPercent = 400

// collectLess applies gcPercent unless GOGC says otherwise.
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
