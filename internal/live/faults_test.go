package live_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/livecrowd"
)

// players is how many play; half of them follow by a stream, half by asking again.
const players = 12

func openMySQL(t *testing.T, dsn string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenMySQL(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openSQLite(t *testing.T, folder string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.OpenSQLite(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// settled waits until a question is closed, and everybody knows what became of each
// answer.
func settled(h *livecrowd.Host, crowd *livecrowd.Crowd, round int) livecrowd.View {
	view := h.AwaitPhase("closed")
	crowd.AwaitSettled(round)
	return view
}

// ask asks the next question and waits until people answer.
func ask(h *livecrowd.Host, crowd *livecrowd.Crowd) {
	h.Step("ready", "ready")
	h.Step("open", "open")
	crowd.AwaitMore()
}

// finish goes from a closed question to the confirmed result.
func finish(h *livecrowd.Host) {
	h.Step("reveal", "revealed")
	h.Step("standings", "standings")
	h.Step("podium", "podium")
	h.Step("confirm", "over")
}

func TestKillingTheOnlyNodeInEachPhaseLosesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	livecrowd.Apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	h := livecrowd.Open(t, openSQLite(t, folder), program.Base, "long")
	crowd := livecrowd.Gather(t, h, players, program.Base)
	survive := func(phase string) {
		t.Helper()
		program.Restart() // kill -9 and start again
		if view := h.Look(); view.Room.Phase != phase || view.Room.Members != players {
			t.Fatalf("killed in %s it comes back as %+v", phase, view.Room)
		}
	}
	survive("lobby")
	h.Step("ready", "ready")
	survive("ready")
	h.Step("open", "open")
	crowd.AwaitMore()
	survive("open") // while they answer
	crowd.AwaitMore()
	h.Step("pause", "paused")
	survive("paused")
	h.Step("resume", "open")
	crowd.AwaitMore()
	h.Press("close")
	killed := time.Now().UnixMilli()
	program.Restart() // before the time of the close has come
	view := settled(h, crowd, 1)
	for _, entry := range view.Log {
		if entry.What == "time" && entry.At > killed && !strings.Contains(entry.Detail, "服务器中断过") {
			t.Errorf("the log does not tell the host that the server was away: %+v", entry)
		}
	}
	survive("closed")
	h.Step("reveal", "revealed")
	survive("revealed")
	h.Step("standings", "standings")
	survive("standings")
	ask(h, crowd)
	h.Press("close")
	settled(h, crowd, 2)
	finish(h)
	crowd.Check(h, program.Base)
}

func TestADatabaseOrRedisThatDiesInAnOpenQuestionCostsNoAnswer(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("live"), "--redis", redis.Addr}
	livecrowd.Apply(t, stores...)
	program := testkit.StartProgram(t, stores...)
	h := livecrowd.Open(t, openMySQL(t, mariadb.DSN("live")), program.Base, "long")
	crowd := livecrowd.Gather(t, h, players, program.Base)
	ask(h, crowd)
	mariadb.Kill()
	crowd.AwaitToldAgain()
	mariadb.Restart()
	crowd.AwaitMore()
	redis.Kill() // and stays away for long
	crowd.AwaitMore()
	h.Press("close")
	settled(h, crowd, 1)
	h.Step("reveal", "revealed")
	ask(h, crowd)
	h.Press("close")
	mariadb.Restart() // while the answers of the last moment come in
	settled(h, crowd, 2)
	redis.Restart()
	finish(h)
	crowd.Check(h, program.Base)
}

// The frozen node owns the room, and may hold the gate of the round locked.
func TestAnotherNodeClosesTheQuestionOfAnOwnerThatHangsAndTheOldOneChangesNothing(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	redis := testkit.StartRedis(t, testkit.RedisOptions{})
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("live"), "--redis", redis.Addr}
	livecrowd.Apply(t, stores...)
	one, two := testkit.StartProgram(t, stores...), testkit.StartProgram(t, stores...)
	h := livecrowd.Open(t, openMySQL(t, mariadb.DSN("live")), one.Base, "short")
	crowd := livecrowd.Gather(t, h, players, one.Base, two.Base)
	ask(h, crowd)
	one.Freeze()
	h.Base = two.Base
	frozen := settled(h, crowd, 1)
	h.Step("reveal", "revealed")
	one.Thaw()
	h.Base = one.Base
	woken := h.AwaitPhase("revealed")
	if len(woken.Log) != len(frozen.Log)+1 {
		t.Errorf("the owner that woke up late took a step: %+v", woken.Log)
	}
	if taken, moved := h.Together("standings", one.Base, two.Base); taken != 1 || moved != 1 {
		t.Errorf("two hosts press at once: %d steps were taken, %d told to look again", taken, moved)
	}
	h.AwaitPhase("standings")
	ask(h, crowd)
	settled(h, crowd, 2)
	finish(h)
	crowd.Check(h, one.Base, two.Base)
}

func TestARoomOverThreeNodesGoesOnWhenANodeAndAMasterOfTheRedisClusterAreLost(t *testing.T) {
	t.Parallel()
	mariadb := testkit.StartMariaDB(t, testkit.MariaDBOptions{})
	masters := testkit.StartCluster(t, 3)
	stores := []string{"--data", t.TempDir(), "--mysql", mariadb.DSN("live"), "--redis",
		masters[0].Addr + "," + masters[1].Addr + "," + masters[2].Addr}
	livecrowd.Apply(t, stores...)
	var nodes [3]*testkit.Program
	var bases []string
	for i := range nodes {
		nodes[i] = testkit.StartProgram(t, stores...)
		bases = append(bases, nodes[i].Base)
	}
	h := livecrowd.Open(t, openMySQL(t, mariadb.DSN("live")), bases[0], "short")
	crowd := livecrowd.Gather(t, h, players, bases...)
	h.Await("players on three nodes", func(view livecrowd.View) bool {
		for _, node := range view.Nodes {
			if node.Connected == 0 {
				return false
			}
		}
		return len(view.Nodes) == len(nodes)
	})
	ask(h, crowd)
	nodes[2].Freeze()
	masters[0].Kill() // whose slots hold the channel of the hints
	settled(h, crowd, 1)
	h.Step("reveal", "revealed")
	crowd.AwaitReady(bases[0], `"bus":"silent"`)
	ask(h, crowd)
	nodes[2].Thaw()
	masters[0].Restart()
	settled(h, crowd, 2)
	crowd.AwaitReady(bases[0], `"bus":"ok"`)
	h.Step("reveal", "revealed")
	h.Step("standings", "standings")
	crowd.AwaitPhase(2, "standings")
	h.Step("podium", "podium")
	h.Step("confirm", "over")
	crowd.Check(h, bases...)
}

func TestStoppingTheServerEndsAHundredStreamsAtOnce(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	livecrowd.Apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	h := livecrowd.Open(t, openSQLite(t, folder), program.Base, "long")
	const streams = 100
	ended := make(chan error, streams)
	for range streams {
		reply, err := http.Get(program.Base + "/api/v1/live/rooms/" + h.Room + "/stream")
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(reply.Body)
		if first, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(first, "id: ") {
			t.Fatalf("a stream begins with %q, %v", first, err)
		}
		go func() {
			_, err := io.Copy(io.Discard, lines)
			reply.Body.Close()
			ended <- err
		}()
	}
	if code := program.Stop(); code != 0 {
		t.Errorf("it ends with code %d:\n%s", code, program.Output())
	}
	for range streams {
		if err := <-ended; err != nil {
			t.Errorf("a stream was cut instead of ended: %v", err)
		}
	}
	program.Restart()
	if view := h.AwaitPhase("lobby"); !slices.Contains(view.Steps, "ready") {
		t.Errorf("the room comes back as %+v", view)
	}
}

func TestAPhoneThatDoesNotReadIsDroppedAndComesBackToTheRoomAsItStands(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	livecrowd.Apply(t, "--data", folder)
	program := testkit.StartProgram(t, "--data", folder)
	h := livecrowd.Open(t, openSQLite(t, folder), program.Base, "long")
	crowd := livecrowd.Gather(t, h, 2, program.Base)
	slow, err := net.Dial("tcp", program.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	slow.(*net.TCPConn).SetReadBuffer(4 << 10) //nolint:errcheck // then more frames fit
	fmt.Fprintf(slow, "GET /api/v1/live/rooms/%s/stream HTTP/1.1\r\nHost: %s\r\n\r\n", h.Room, program.Addr)
	step := map[bool]string{false: "lock", true: "unlock"}
	for pressed := 0; !dropped(t, program.Base); pressed++ {
		h.Press(step[pressed%2 == 1])
	}
	ask(h, crowd) // nobody else noticed
	h.Press("close")
	settled(h, crowd, 1)
	again, err := http.Get(program.Base + "/api/v1/live/rooms/" + h.Room + "/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer again.Body.Close()
	want := fmt.Sprintf("id: %d\n", h.Look().Room.Seq)
	if first, err := bufio.NewReader(again.Body).ReadString('\n'); first != want {
		t.Errorf("it comes back to %q, %v; want %q", first, err, want)
	}
	finish(h)
	crowd.Check(h, program.Base)
}

// dropped reports whether the server has dropped a slow reader.
func dropped(t *testing.T, base string) bool {
	t.Helper()
	reply, err := http.Get(base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), "anquanda_live_slow_dropped_total 1")
}
