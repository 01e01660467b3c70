package testkit

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// place is where a server runs: the address it listens at, and the command that runs
// another one there.
type place struct {
	address string
	enter   []string
}

var here = place{address: "127.0.0.1"}

func (p place) port(port int) string { return p.address + ":" + strconv.Itoa(port) }

// Network is one of the two networks of Hosts.
type Network int

// Each host is in both: Main is that of phones and of SQL, Side that of Redis alone.
const (
	Main Network = iota
	Side
)

// Hosts are hosts of a test's own: network namespaces on two bridges. The test itself
// reaches all of them.
type Hosts struct {
	t      testing.TB
	number int // of these networks on this machine
	hosts  int
}

// Host is one of them.
type Host struct {
	of     *Hosts
	number int
}

// removeHosts ends what still runs on the hosts and removes them, once its standard input
// ends: with the test, or with the test binary in whatever way that ends.
const removeHosts = `cat >/dev/null
for host in $(ip netns list | cut -d' ' -f1 | grep "^$1-"); do
  ip netns pids "$host" | xargs -r kill -KILL
  ip netns delete "$host"
done
for bridge in $(seq 0 1); do ip link delete "$1b$bridge"; done`

// NewHosts makes the networks, as root. Tests of hosts are of every week: without
// ANQUANDA_TEST_HOSTS=1 they are skipped, and with it they fail where a part is missing.
func NewHosts(t testing.TB) *Hosts {
	t.Helper()
	if os.Getenv("ANQUANDA_TEST_HOSTS") == "" {
		t.Skip("`scripts/test -engines hosts` runs this")
	}
	for _, program := range []string{"ip", "bridge", "nsenter", "haproxy", "mariadbd", "redis-server"} {
		if _, err := findProgram(program); err != nil {
			t.Fatalf("hosts: %v", err)
		}
	}
	h := &Hosts{t: t, number: 1 + rand.IntN(250)}
	remover := exec.Command("sh", "-c", removeHosts, "sh", h.name())
	remover.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	alive, err := remover.StdinPipe()
	if err == nil {
		err = remover.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { endRemover(t, remover, alive) })
	for _, network := range []Network{Main, Side} {
		h.run("ip", "link", "add", h.bridge(network), "type", "bridge")
		h.run("ip", "address", "add", h.address(network, 254)+"/24", "dev", h.bridge(network))
		h.run("ip", "link", "set", h.bridge(network), "up")
	}
	return h
}

func endRemover(t testing.TB, remover *exec.Cmd, alive io.Closer) {
	alive.Close()
	if err := remover.Wait(); err != nil {
		t.Errorf("remove the hosts: %v", err)
	}
}

func (h *Hosts) name() string { return "aq" + strconv.Itoa(h.number) }

func (h *Hosts) bridge(n Network) string { return h.name() + "b" + strconv.Itoa(int(n)) }

func (h *Hosts) address(n Network, host int) string {
	return fmt.Sprintf("10.%d.%d.%d", 213+n, h.number, host)
}

func (h *Hosts) run(command ...string) {
	h.t.Helper()
	if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		h.t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
}

// Host makes one more host.
func (h *Hosts) Host() *Host {
	h.t.Helper()
	h.hosts++
	host := &Host{h, h.hosts}
	h.run("ip", "netns", "add", host.name())
	h.run("ip", "-n", host.name(), "link", "set", "lo", "up")
	for _, network := range []Network{Main, Side} {
		leg := "eth" + strconv.Itoa(int(network))
		h.run("ip", "link", "add", host.plug(network), "type", "veth", "peer", "name", leg, "netns", host.name())
		h.run("ip", "link", "set", host.plug(network), "master", h.bridge(network), "up")
		h.run("ip", "-n", host.name(), "address", "add", host.Address(network)+"/24", "dev", leg)
		h.run("ip", "-n", host.name(), "link", "set", leg, "up")
	}
	return host
}

func (h *Host) name() string { return h.of.name() + "-" + strconv.Itoa(h.number) }

// plug is the bridge's end of the host's wire.
func (h *Host) plug(n Network) string { return h.name() + "w" + strconv.Itoa(int(n)) }

// Address is the host's in a network.
func (h *Host) Address(n Network) string { return h.of.address(n, h.number) }

// The states of a bridge's port: it forwards, or drops everything without a word.
const portDisabled, portForwarding = "0", "3"

// Cut drops every packet between the host and a network; neither end is told.
func (h *Host) Cut(n Network) {
	h.of.t.Helper()
	h.of.run("bridge", "link", "set", "dev", h.plug(n), "state", portDisabled)
}

// Join undoes Cut.
func (h *Host) Join(n Network) {
	h.of.t.Helper()
	h.of.run("bridge", "link", "set", "dev", h.plug(n), "state", portForwarding)
}

func (h *Host) place(n Network) place {
	return place{address: h.Address(n), enter: []string{"nsenter", "--net=/run/netns/" + h.name()}}
}

// StartMariaDB starts a MariaDB in Main that keeps every commit, for root from everywhere.
func (h *Host) StartMariaDB() MariaDB {
	h.of.t.Helper()
	folder := h.of.t.TempDir()
	anywhere := filepath.Join(folder, "users.sql")
	err := os.WriteFile(anywhere, []byte("CREATE USER IF NOT EXISTS root@'%';\n"+
		"GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n"), 0o600)
	if err != nil {
		h.of.t.Fatal(err)
	}
	server, err := sqlEngine().startAt(h.place(Main), folder,
		[]string{"--innodb-flush-log-at-trx-commit=1", "--init-file=" + anywhere})
	return MariaDB{h.tended(server, err)}
}

// StartRedis starts a Redis in Side, without persistence.
func (h *Host) StartRedis() *Server {
	h.of.t.Helper()
	open := RedisOptions{Arguments: []string{"--protected-mode", "no"}}
	return h.tended(startRedis(h.place(Side), h.of.t.TempDir(), open))
}

// StartProgram runs `anquanda serve` of a build in Main.
func (h *Host) StartProgram(build string, arguments ...string) *Program {
	h.of.t.Helper()
	return startProgram(h.of.t, h.place(Main), build, arguments)
}

// StartHAProxy starts one in Main; config makes its configuration, by the address to listen at.
func (h *Host) StartHAProxy(config func(listen string) string) *Server {
	h.of.t.Helper()
	program, err := findProgram("haproxy")
	if err != nil {
		h.of.t.Fatal(err)
	}
	at, folder := h.place(Main), h.of.t.TempDir()
	addr, file := at.port(8080), filepath.Join(folder, "haproxy.cfg")
	if err := os.WriteFile(file, []byte(config(addr)), 0o600); err != nil {
		h.of.t.Fatal(err)
	}
	s := &Server{
		Addr: addr, enter: at.enter, program: program, arguments: []string{"-db", "-f", file},
		logPath: filepath.Join(folder, "haproxy.log"), answers: ready,
	}
	return h.tended(s, s.start())
}

// ready asks whether a program is, behind a proxy or not.
func ready(addr string) error { return exchange(addr, "GET /readyz HTTP/1.0\r\n\r\n", "200 OK") }

func (h *Host) tended(s *Server, err error) *Server {
	h.of.t.Helper()
	if err != nil {
		h.of.t.Fatal(err)
	}
	s.tendedBy(h.of.t)
	return s
}
