package instant_test

import (
	"testing"

	"anquanda/internal/prize/instant"
)

func TestOddsAreToldInWords(t *testing.T) {
	for odds, want := range map[int]string{
		0: "", 1: "约 100 万次中 1 次", 30: "约 3.3 万次中 1 次", 1000: "约 1000 次中 1 次", 30_000: "约 33 次中 1 次",
		150_000: "每 100 次约中 15 次", 1_000_000: "每次都中",
	} {
		if got := instant.OddsText(odds); got != want {
			t.Errorf("%d: %s, want %s", odds, got, want)
		}
	}
}
