package app_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// A cluster with several writers is refused. With one, that one dies while people answer,
// another follows, and the first comes back and is the writer again.
func TestKillingTheWriterOfAGaleraLosesNothing(t *testing.T) {
	galera := testkit.StartGalera(t)
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	spread := testkit.MariaDB{Server: galera.Spread}
	_, err := sqldb.OpenMySQL(t.Context(), spread.DSN("faults"))
	if err == nil || !strings.Contains(err.Error(), "several nodes") {
		t.Errorf("a cluster of several writers: %v, want a refusal", err)
	}
	stores := []string{"--data", t.TempDir(), "--mysql", galera.DSN("faults"), "--redis", redis.Addr}
	apply(t, stores...)
	program := testkit.StartProgram(t, stores...)
	crowd := gather(t, program.Base, players)
	crowd.await(80)

	killed := time.Now()
	galera.Nodes[0].Kill()
	follows := make(chan time.Time, 1)
	go func() {
		if err := galera.Nodes[1].AwaitSynced(2); err != nil {
			t.Error(err)
		}
		follows <- time.Now()
	}()
	crowd.await(2 * players) // more than can have been under way
	again, there := time.Since(killed), (<-follows).Sub(killed)
	t.Logf("two of three nodes are a cluster %v after the kill; so many answers more after %v", there, again)

	galera.Nodes[0].Restart()
	crowd.await(80)
	crowd.disperse()
	if err := galera.AwaitWriter(0); err != nil {
		t.Fatal(err)
	}
	db := openMySQL(t, galera.DSN("faults"))
	crowd.check(db)
	crowd.checkRedis(db, redis.Addr)
}
