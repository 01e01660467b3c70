package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anquanda/internal/testkit"
)

// anquanda runs a command of the program and returns what it prints.
func anquanda(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	out, err := exec.Command(testkit.Binary(t), arguments...).CombinedOutput()
	return string(out), err
}

func TestTheKeyChangesUnderLoadAndNoCallFailsAndNoAnswerIsLost(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("faults"), "--redis", redis.Addr}
	here, there := filepath.Join(t.TempDir(), "key"), filepath.Join(t.TempDir(), "key")
	writeFile(t, here, strings.Repeat("0123456789abcdef", 4)+"\n")
	copyKeys := func() {
		text, err := os.ReadFile(here)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, there, string(text))
	}
	copyKeys()
	atHere := append(stores, "--key-file", here)
	apply(t, atHere...)
	one := testkit.StartProgram(t, atHere...)
	two := testkit.StartProgram(t, append(stores, "--key-file", there)...)
	some := gather(t, one.Base, players)
	others := some.join(two.Base, players)
	some.await(60)

	if out, err := anquanda(t, append([]string{"key", "rotate"}, atHere...)...); err != nil ||
		!strings.Contains(out, "waits until every node holds it") {
		t.Fatalf("key rotate: %v\n%s", err, out)
	}
	some.await(60)
	others.await(60)
	if out, err := anquanda(t, append([]string{"key", "rotate"}, atHere...)...); err == nil ||
		!strings.Contains(out, "under way") {
		t.Errorf("a second rotation begins before the first is done: %s", out)
	}
	copyKeys()
	var out string
	some.until("the new key is in use", func() bool {
		out, _ = anquanda(t, append([]string{"key", "status"}, atHere...)...)
		return strings.Contains(out, "in use\nkey") && !strings.Contains(out, "waits")
	})
	some.await(80)
	others.await(80)
	// Sign-ins go on, and a phone moves from one node to the other with what it holds.
	late := others.join(one.Base, players/2)
	late.await(40)
	for _, c := range []*crowd{some, others, late} {
		c.disperse()
		for code, times := range c.problems {
			switch code {
			case "answer_late", "already_answered", "out_of_order", "attempt_expired", "attempt_finished":
				continue // of the contest, whose attempts are short
			}
			t.Errorf("%d calls failed with %s", times, code)
		}
		if len(c.network) > 0 {
			t.Errorf("calls without a reply: %v", c.network)
		}
	}
	db := openMySQL(t, mariadb.DSN("faults"))
	for _, c := range []*crowd{some, others, late} {
		c.check(db)
	}
	if out, err := anquanda(t, append([]string{"staff", "check-log"}, atHere...)...); err != nil {
		t.Errorf("the audit log after a rotation: %v\n%s", err, out)
	}
	var log []string
	err := db.Select(t.Context(), &log, "SELECT subject FROM audit_log WHERE action_name = 'key.rotate'")
	if err != nil || len(log) != 1 {
		t.Errorf("the log tells of %d rotations, %v", len(log), err)
	}
}
