package testkit

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql" // nodes are asked whether they are synced
)

// galeraNodes is how many nodes a Galera cluster of a test has: of two, neither may go on
// when the other dies.
const galeraNodes = 3

// galeraProvider is where Debian puts the library.
const galeraProvider = "/usr/lib/galera/libgalera_smm.so"

// Galera is a cluster of three MariaDBs behind HAProxy, which sends all to the first node
// and keeps the others as backups. User root has no password.
type Galera struct {
	Nodes   []MariaDB // in the order in which they become the writer
	Balance *Server   // the address of programs
	Spread  *Server   // what nobody should use: it sends connections to all nodes in turn
}

// DSN is the address of one of its databases, through HAProxy.
func (g *Galera) DSN(database string) string { return MariaDB{g.Balance}.DSN(database) }

// StartGalera starts a cluster of the test's own, in about half a minute. Its tests are of
// every week and not of every run: without ANQUANDA_TEST_GALERA=1 they are skipped, and with
// it they fail where a part is not installed.
func StartGalera(t testing.TB) *Galera {
	t.Helper()
	if os.Getenv("ANQUANDA_TEST_GALERA") == "" {
		t.Skip("`scripts/test -engines galera-cluster` runs this")
	}
	folder, err := os.MkdirTemp("", "galera-") // a socket's whole path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	g, err := NewGalera(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range g.servers() {
		s.tendedBy(t)
	}
	return g
}

// NewGalera starts a cluster with its data in folder; it ends with the process, or by End.
func NewGalera(folder string) (*Galera, error) {
	for _, program := range []string{"mariadbd", "mariabackup", "haproxy", "socat"} {
		if _, err := findProgram(program); err != nil {
			return nil, fmt.Errorf("Galera: %w", err)
		}
	}
	if _, err := os.Stat(galeraProvider); err != nil {
		return nil, fmt.Errorf("Galera: %w", err)
	}
	members := make([]int, galeraNodes)
	addrs := make([]string, galeraNodes)
	for i := range members {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		members[i], addrs[i] = port, address(port)
	}
	g := &Galera{}
	for i, member := range members {
		node, err := startGaleraNode(filepath.Join(folder, strconv.Itoa(i+1)), i, member, strings.Join(addrs, ","))
		if err != nil {
			g.End()
			return nil, err
		}
		g.Nodes = append(g.Nodes, node)
	}
	var err error
	if g.Balance, err = startHAProxy(folder, g.Nodes, true); err == nil {
		g.Spread, err = startHAProxy(folder, g.Nodes, false)
	}
	if err != nil {
		g.End()
		return nil, err
	}
	return g, nil
}

// End kills all of it.
func (g *Galera) End() {
	for _, s := range g.servers() {
		s.Kill()
	}
}

func (g *Galera) servers() (all []*Server) {
	for _, node := range g.Nodes {
		all = append(all, node.Server)
	}
	for _, proxy := range []*Server{g.Balance, g.Spread} {
		if proxy != nil {
			all = append(all, proxy)
		}
	}
	return all
}

func address(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

// startGaleraNode starts a node, the first of which makes the cluster, and returns once it
// has all data and takes statements.
func startGaleraNode(folder string, index, member int, cluster string) (MariaDB, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return MariaDB{}, err
	}
	increments, err := freePort()
	if err != nil {
		return MariaDB{}, err
	}
	states, err := freePort()
	if err != nil {
		return MariaDB{}, err
	}
	arguments := []string{
		"--innodb-flush-log-at-trx-commit=1", "--binlog-format=ROW", "--innodb-autoinc-lock-mode=2",
		"--socket=" + filepath.Join(folder, "s"), // the transfer of state needs its whole path
		"--wsrep-on=ON", "--wsrep-provider=" + galeraProvider, "--wsrep-cluster-name=anquanda",
		"--wsrep-cluster-address=gcomm://" + cluster,
		"--wsrep-node-name=node" + strconv.Itoa(index+1),
		"--wsrep-node-address=" + address(member),
		"--wsrep-sst-method=mariabackup", "--wsrep-sst-auth=root:", // rsync refuses to run as root
		"--wsrep-sst-receive-address=" + address(states),
		"--wsrep-provider-options=gmcast.listen_addr=tcp://" + address(member) + ";ist.recv_addr=" + address(increments) +
			";gcache.size=16M",
	}
	founding := arguments
	if index == 0 {
		founding = append(arguments[:len(arguments):len(arguments)], "--wsrep-new-cluster")
	}
	// The programs that hand the state over read a file; what they say belongs to the server's log.
	file := filepath.Join(folder, "my.cnf")
	if err := os.WriteFile(file, []byte("[sst]\nsst-syslog=-1\n"), 0o600); err != nil {
		return MariaDB{}, err
	}
	of := mariaDBEngine()
	of.command[1] = "--defaults-file=" + file
	// They are also handed these arguments, and do not know this one.
	of.arguments = slices.DeleteFunc(of.arguments, func(argument string) bool { return argument == smallPool })
	server, err := of.start(folder, founding)
	if err != nil {
		return MariaDB{}, fmt.Errorf("Galera, node %d: %w", index+1, err)
	}
	if index == 0 { // only its first start makes the cluster
		server.arguments = server.arguments[:len(server.arguments)-1]
	}
	node := MariaDB{server}
	if err := node.AwaitSynced(index + 1); err != nil {
		server.Kill()
		return MariaDB{}, fmt.Errorf("Galera, node %d: %w\n%s", index+1, err, server.logTail())
	}
	return node, nil
}

// AwaitSynced returns once the node takes statements in a cluster of so many nodes.
func (m MariaDB) AwaitSynced(nodes int) error {
	db, err := sql.Open("mysql", m.DSN(""))
	if err != nil {
		return err
	}
	defer db.Close()
	for end := time.Now().Add(Patience); ; time.Sleep(20 * time.Millisecond) {
		state, err := status(db, "wsrep_local_state_comment")
		size, sizeErr := status(db, "wsrep_cluster_size")
		if err = errors.Join(err, sizeErr); err == nil && state == "Synced" && size == strconv.Itoa(nodes) {
			return nil
		}
		if time.Now().After(end) {
			return errors.Join(fmt.Errorf("%q in a cluster of %s nodes", state, size), err)
		}
	}
}

// AwaitWriter returns once HAProxy sends all to that node, of those counted from 0: until then
// connections through it are cut when the writer changes.
func (g *Galera) AwaitWriter(node int) error {
	db, err := sql.Open("mysql", g.DSN(""))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxIdleConns(-1) // each question by a connection of its own
	want := g.Nodes[node].Addr[strings.LastIndexByte(g.Nodes[node].Addr, ':')+1:]
	for end := time.Now().Add(Patience); ; time.Sleep(20 * time.Millisecond) {
		var port string
		err := db.QueryRow("SELECT @@port").Scan(&port)
		if err == nil && port == want {
			return nil
		}
		if time.Now().After(end) {
			return errors.Join(fmt.Errorf("the writer is at port %s, want %s", port, want), err)
		}
	}
}

func status(db *sql.DB, variable string) (value string, err error) {
	err = db.QueryRow("SHOW STATUS LIKE '"+variable+"'").Scan(&variable, &value)
	return value, err
}

// balanced is HAProxy's configuration with one writer: the others get connections only while
// it is down, and lose them when it is back, so that no two are written to.
const balanced = `global
  maxconn 2000
defaults
  mode tcp
  timeout connect 2s
  timeout client 10m
  timeout server 10m
listen sql
  bind %s
  option tcp-check
  default-server check inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions
`

func startHAProxy(folder string, nodes []MariaDB, oneWriter bool) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, balanced, address(port))
	for i, node := range nodes {
		role := ""
		switch {
		case oneWriter && i == 0:
			role = "on-marked-up shutdown-backup-sessions"
		case oneWriter:
			role = "backup"
		}
		fmt.Fprintf(&text, "  server node%d %s %s\n", i+1, node.Addr, role)
	}
	name := filepath.Join(folder, "haproxy-"+strconv.Itoa(port))
	file := name + ".cfg"
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		return nil, err
	}
	program, err := findProgram("haproxy")
	if err != nil {
		return nil, err
	}
	s := &Server{
		Addr: address(port), program: program, arguments: []string{"-db", "-f", file},
		logPath: name + ".log",
		answers: func(addr string) error { return exchange(addr, "", "mysql_native_password") },
	}
	return s, s.start()
}
