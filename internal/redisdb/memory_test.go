package redisdb

import (
	"strings"
	"testing"
)

func TestTheRedisInsideListensNowhere(t *testing.T) {
	db, err := Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Set(t.Context(), "a", "b", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if at := db.embedded.Server(); at != nil && at.Addr() != nil {
		t.Errorf("it listens at %s", at.Addr())
	}
}

// A pipeline whose answers are long while it is being written must not stand still.
func TestALongPipelineGoesThroughTheRedisInside(t *testing.T) {
	db, err := Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	long := strings.Repeat("x", 10_000)
	pipe := db.Pipeline()
	for range 500 {
		pipe.Echo(t.Context(), long)
	}
	done, err := pipe.Exec(t.Context())
	if err != nil || len(done) != 500 {
		t.Errorf("%d answers, %v", len(done), err)
	}
}
