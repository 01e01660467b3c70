package app_test

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// installation is a program on each of three hosts, with MariaDB, Redis and HAProxy on hosts
// of theirs, and a crowd that plays through HAProxy.
type installation struct {
	*testing.T
	hosts    []*testkit.Host
	nodes    []*testkit.Program
	db       testkit.MariaDB
	redis    *testkit.Server
	crowd    *crowd
	failures []failure
}

// failure is what went on between two moments.
type failure struct {
	what     string
	from, to time.Time
	late     int // answers that were refused as too late
}

const (
	players3 = 24                     // at three hosts
	pause3   = 300 * time.Millisecond // of each before an answer
)

// install starts a build on three hosts; arguments are further ones of each.
func install(t *testing.T, build string, arguments ...[]string) *installation {
	in := &installation{T: t}
	network := testkit.NewHosts(t)
	in.db, in.redis = network.Host().StartMariaDB(), network.Host().StartRedis()
	proxy := network.Host()
	stores := []string{"--mysql", in.db.DSN("faults"), "--redis", in.redis.Addr}
	key := strings.Repeat("07", 32)
	t.Setenv("ANQUANDA_KEY", key)
	applyBy(t, build, append([]string{"--data", t.TempDir()}, stores...)...)
	for _, further := range arguments {
		host := network.Host()
		all := slices.Concat([]string{"--data", t.TempDir(), "--proxies", proxy.Address(testkit.Main)}, stores, further)
		in.hosts, in.nodes = append(in.hosts, host), append(in.nodes, host.StartProgram(build, all...))
	}
	balancer := proxy.StartHAProxy(in.balanced)
	in.crowd = gatherFrom(t, "http://"+balancer.Addr, 0, players3, pause3)
	return in
}

// balanced is the HAProxy that operators copy, with the addresses of these nodes.
func (in *installation) balanced(listen string) string {
	example, err := os.ReadFile("../../scripts/deploy/haproxy.cfg")
	if err != nil {
		in.Fatal(err)
	}
	// Few files: the limit of this machine may be lower than that of a balancer.
	text := strings.NewReplacer("bind :80", "bind "+listen, "maxconn 20000", "maxconn 1000").Replace(string(example))
	for i, node := range in.nodes {
		text = strings.Replace(text, fmt.Sprintf("10.0.0.1%d:8616", i+1), node.Addr, 1)
	}
	return text
}

// during lets something happen while the crowd plays, until so many more answers were
// acknowledged after it.
func (in *installation) during(what string, happens func()) {
	in.Helper()
	f := failure{what: what, from: time.Now(), late: -in.late()}
	happens()
	in.crowd.await(400)
	f.to, f.late = time.Now(), f.late+in.late()
	in.failures = append(in.failures, f)
}

func (in *installation) late() int {
	return in.crowd.met("answer_late") + in.crowd.met("attempt_expired")
}

// end lets the crowd go home, and holds the store and every node against what it was told.
func (in *installation) end() {
	in.Helper()
	in.crowd.disperse()
	db := openMySQL(in.T, in.db.DSN("faults"))
	in.crowd.check(db)
	in.crowd.checkRedis(db, in.redis.Addr)
	in.agree()
	in.report(in.crowd.stored(db))
}

// agree looks at the last attempt of everybody on each node: all tell the same.
func (in *installation) agree() {
	in.Helper()
	for _, p := range in.crowd.phones {
		told := map[string]bool{}
		at := p.Base
		for _, node := range in.nodes {
			from, _ := url.Parse(at)
			to, _ := url.Parse(node.Base)
			p.Client.Jar.SetCookies(to, p.Client.Jar.Cookies(from))
			p.Base = node.Base
			step, err := p.Resume(p.ticket)
			if err != nil || step.Result == nil {
				in.Errorf("%s: an attempt that is over is not on a node: %v", p.nickname, err)
				continue
			}
			told[fmt.Sprint(step.Result.Score, step.Result.Correct, step.Result.FinishedAt)] = true
		}
		p.Base = at
		if len(told) != 1 {
			in.Errorf("%s is told several truths: %v", p.nickname, told)
		}
	}
}

// report prints, of each failure, answers acknowledged and stored, and how long none came.
func (in *installation) report(stored map[string][]bool) {
	in.Log("| failure | acknowledged | stored | lost | s without any answer | longest wait of a player, s | refused as late |")
	in.Log("|---|---|---|---|---|---|---|")
	for _, f := range in.failures {
		var moments []time.Time
		var longest time.Duration
		kept := 0
		for _, p := range in.crowd.phones {
			for _, a := range p.acked {
				if a.at.Before(f.from) || a.at.After(f.to) {
					continue
				}
				moments, longest = append(moments, a.at), max(longest, a.waited)
				if len(stored[key(p.nickname, a.started, a.position)]) == 1 {
					kept++
				}
			}
		}
		in.Logf("| %s | %d | %d | %d | %.1f | %.1f | %d |", f.what, len(moments), kept, len(moments)-kept,
			gap(f.from, moments).Seconds(), longest.Seconds(), f.late)
	}
}

// gap is the longest time in which nothing came.
func gap(from time.Time, moments []time.Time) (longest time.Duration) {
	slices.SortFunc(moments, time.Time.Compare)
	for _, at := range moments {
		longest, from = max(longest, at.Sub(from)), at
	}
	return longest
}

// The clocks are 30 s ahead and 30 s behind all the time: each answer may come to another
// node than the question came from.
func TestThreeHostsLoseNothing(t *testing.T) {
	in := install(t, testkit.Binary(t), nil, []string{"--clock-ahead", "30s"}, []string{"--clock-ahead", "-30s"})
	in.during("none, but clocks 30 s ahead and 30 s behind", func() {})
	if f := in.failures[0]; f.late > 0 {
		t.Errorf("%d answers were refused as late because clocks differ", f.late)
	}
	in.during("a program killed (SIGKILL) and started again", func() {
		in.nodes[1].Kill()
		in.crowd.await(400)
		in.nodes[1].Restart()
	})
	in.during("a host cut off, and back", func() {
		in.cut(2, testkit.Main, testkit.Side)
	})
	in.during("a host cut off from Redis alone, and back", func() {
		in.cut(0, testkit.Side)
	})
	in.during("MariaDB killed and started again", in.db.Restart)
	in.during("Redis killed and started again, empty", in.redis.Restart)
	in.end()
}

// cut cuts a node off from networks for 400 answers.
func (in *installation) cut(node int, from ...testkit.Network) {
	in.Helper()
	for _, network := range from {
		in.hosts[node].Cut(network)
	}
	in.crowd.await(400)
	for _, network := range from {
		in.hosts[node].Join(network)
	}
}

// An older program is that of a commit before the last migration; its store is changed
// while it serves.
func TestHostsAreUpgradedOneAfterTheOther(t *testing.T) {
	older := os.Getenv("ANQUANDA_TEST_OLDER_PROGRAM")
	if older == "" && os.Getenv("ANQUANDA_TEST_HOSTS") != "" {
		t.Fatal("ANQUANDA_TEST_OLDER_PROGRAM names no older program: `scripts/test -engines hosts` builds one")
	}
	in := install(t, older, nil, nil, nil)
	in.during("three older programs", func() {})
	for i, node := range in.nodes {
		in.during(fmt.Sprintf("node %d of 3 upgraded", i+1), func() { node.Replace(testkit.Binary(t)) })
	}
	in.during("a newer program adds to the schema, and a node is killed and started again", func() {
		migrations, err := app.Migrations()
		if err != nil {
			t.Fatal(err)
		}
		next := sqldb.Migration{Number: len(migrations) + 1, Name: "next",
			SQL: "ALTER TABLE responses ADD COLUMN next_note VARCHAR(16) NOT NULL DEFAULT '';"}
		if err := openMySQL(t, in.db.DSN("faults")).Migrate(t.Context(), append(migrations, next)); err != nil {
			t.Fatal(err)
		}
		in.nodes[0].Restart()
	})
	if !strings.Contains(in.nodes[0].Output(), "was made by a newer version and is served") {
		t.Error("the log does not tell that the store is ahead")
	}
	in.end()
}
