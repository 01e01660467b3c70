package main_test

import (
	"strings"
	"testing"

	"anquanda/internal/testkit"
)

func TestDoctorFindsTheClockThatIsSetWrong(t *testing.T) {
	testkit.Binary(t) // skips where no processes are wanted
	folder := t.TempDir()
	const well, wrong = "ok    the clock is that of the store", "WRONG the clock is that of the store: --clock-ahead 30s"
	for _, c := range []struct {
		environment []string
		arguments   []string
		code        int
		says        string
	}{
		{nil, nil, 0, well},
		{nil, []string{"--clock-ahead", "30s"}, 1, wrong},
		{[]string{"ANQUANDA_CLOCK_AHEAD=30s"}, nil, 1, wrong},
	} {
		got := anquanda(t, c.environment, append([]string{"doctor", "--data", folder}, c.arguments...)...)
		if got.code != c.code || !strings.Contains(got.stdout, c.says) {
			t.Errorf("%v %v: exit code %d, and it prints %s%s", c.environment, c.arguments, got.code, got.stdout, got.stderr)
		}
	}
}
