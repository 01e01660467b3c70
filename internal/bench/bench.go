// Package bench measures the program on the machine that it runs on, and says
// what it aims at beside what it reached. A benchmark makes its own database and
// drops it again; it changes nothing that was there.
package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// Stores are where a benchmark keeps its data. Empty addresses stand for the
// embedded stores.
type Stores struct {
	MySQL string // DSN; a database of its own is made beside the one it names
	Redis string // host:port[,host:port…]
}

// scratch is the stores of one benchmark, for as long as it runs.
type scratch struct {
	app.Config
	database string     // that was made; empty for SQLite
	contests []sqldb.ID // under which keys in Redis stand
}

func newScratch(stores Stores) (*scratch, error) {
	folder, err := os.MkdirTemp("", "anquanda-bench-")
	if err != nil {
		return nil, err
	}
	s := &scratch{Config: app.Config{Data: folder, Redis: stores.Redis}}
	if stores.MySQL != "" {
		s.MySQL, s.database = ownDatabase(stores.MySQL)
	}
	return s, nil
}

// ownDatabase gives a DSN the name of a database that nobody has.
func ownDatabase(dsn string) (own, name string) {
	slash := strings.LastIndexByte(dsn, '/')
	address, rest := dsn[:slash+1], dsn[slash+1:]
	name, parameters, has := strings.Cut(rest, "?")
	if name == "" {
		name = "anquanda"
	}
	name += "_bench_" + strings.ToLower(rand.Text()[:8])
	if has {
		parameters = "?" + parameters
	}
	return address + name + parameters, name
}

// open opens the SQL store beside the program that runs on it.
func (s *scratch) open(ctx context.Context) (*sqldb.DB, error) {
	if s.MySQL != "" {
		return sqldb.OpenMySQL(ctx, s.MySQL)
	}
	return sqldb.OpenSQLite(ctx, s.Data)
}

// drop removes all that the benchmark stored.
func (s *scratch) drop(ctx context.Context) error {
	var failed error
	if s.database != "" {
		failed = s.dropDatabase(ctx)
	}
	if s.Redis != "" {
		failed = errors.Join(failed, s.dropKeys(ctx))
	}
	return errors.Join(failed, os.RemoveAll(s.Data))
}

// end stops the nodes that run on the stores, and removes all that the benchmark stored.
func (s *scratch) end(ctx context.Context, nodes []*node, progress *Progress) (failed error) {
	progress.begin("dropping what was stored")
	for _, n := range nodes {
		failed = errors.Join(failed, n.stop())
	}
	failed = errors.Join(failed, s.drop(context.WithoutCancel(ctx)))
	progress.clear()
	return failed
}

// dropKeys removes the views of the contests that were played.
func (s *scratch) dropKeys(ctx context.Context) error {
	db, err := redisdb.Open(ctx, s.Redis)
	if err != nil {
		return err
	}
	defer db.Close()
	var failed error
	for _, contest := range s.contests {
		failed = errors.Join(failed, db.DropContest(ctx, contest))
	}
	return failed
}

func (s *scratch) dropDatabase(ctx context.Context) error {
	db, err := s.open(ctx)
	if err != nil {
		return fmt.Errorf("the database %s stays behind: %w", s.database, err)
	}
	defer db.Close()
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DROP DATABASE `"+s.database+"`")
		return err
	})
	if err != nil {
		return fmt.Errorf("the database %s stays behind: %w", s.database, err)
	}
	return nil
}

// Machine is what a benchmark ran on.
type Machine struct {
	Time  time.Time `json:"time"`
	Go    string    `json:"go"`
	Cores int       `json:"cores"`
	SQL   string    `json:"sql"`
	Redis string    `json:"redis"`
	// Durable tells that a commit is on the disk before it is acknowledged.
	Durable bool `json:"durable"`
}

func machineOf(ctx context.Context, a *app.App) (Machine, error) {
	m := Machine{Time: time.Now().UTC().Truncate(time.Second), Go: runtime.Version(), Cores: runtime.NumCPU(),
		Redis: "Redis"}
	if a.Redis.Embedded() {
		m.Redis = "Redis in this process"
	}
	if !a.DB.MySQL {
		m.SQL, m.Durable = "SQLite (WAL, full sync)", true
		return m, nil
	}
	if err := a.DB.Get(ctx, &m.SQL, "SELECT VERSION()"); err != nil {
		return m, err
	}
	var flush int
	if a.DB.Get(ctx, &flush, "SELECT @@innodb_flush_log_at_trx_commit") == nil {
		m.Durable = flush == 1
		m.SQL += fmt.Sprintf(" (innodb_flush_log_at_trx_commit=%d)", flush)
	}
	return m, nil
}

// Progress shows on a terminal how a benchmark goes, in one line. A nil Progress
// shows nothing.
type Progress struct {
	out   io.Writer
	title string
	width int
}

// NewProgress returns a Progress on f, nil unless f is a terminal.
func NewProgress(f *os.File) *Progress {
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return &Progress{out: f}
}

func (p *Progress) begin(title string) {
	if p != nil {
		p.title = title
		p.show("")
	}
}

func (p *Progress) show(text string) {
	if p == nil {
		return
	}
	if text != "" {
		text = ": " + text
	}
	line := p.title + text
	fmt.Fprintf(p.out, "\r%-*s", p.width, line)
	p.width = len(line)
}

func (p *Progress) clear() {
	if p != nil {
		fmt.Fprintf(p.out, "\r%*s\r", p.width, "")
		p.width = 0
	}
}
