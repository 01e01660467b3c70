package httpapi_test

import (
	"log/slog"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // tests that read the log set their own
	code := m.Run()
	common.close()
	hall.close()
	os.Exit(code)
}
