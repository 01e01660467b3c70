// Package rotation lets all nodes of an installation change to a new secret while the
// contest runs. It owns the tables ring_keys, ring_nodes, ring_turns and ring_reseals.
//
// An operator puts a new secret in front of the others where each node reads them. A node
// notes in SQL which secrets it holds. Once every node that runs holds the new one, they
// agree on a moment, some seconds ahead, from which all write by it (Follow); until then
// all write by the one before, and read what is written by either. So no node ever meets
// what it cannot read, however long the file takes from one machine to the next. Then one
// node after the other seals anew what is stored (reseal.go).
//
// A secret that was written by once stays in the ring: hashes whose value is gone are
// looked up under it, and the audit log is checked with it.
package rotation

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

const (
	// FollowEvery is how soon a node learns what another did.
	FollowEvery = 2 * time.Second
	// ahead is how long before all write by a new secret they agree on it.
	ahead = 10 * time.Second
	// goneAfter is from when a node that says nothing does not run any more.
	goneAfter = 20 * time.Second
)

// Source is where a node reads its secrets: the newest first.
type Source struct {
	Name string // of the file or the variable, for people
	Read func() ([]keyring.Secret, error)
	// Make makes a first secret at the first start, where Read says os.ErrNotExist; nil: a
	// source that is not there is an error.
	Make func() error
}

// Rotation keeps the ring of a node. It is safe for concurrent use.
type Rotation struct {
	db     *sqldb.DB
	source Source
	ring   *keyring.Ring
	node   string

	missing atomic.Pointer[[]string] // ids that are written by, and that this node lacks

	mu      sync.Mutex // held by Follow
	used    []string   // ids of all that are or were written by, the newest first
	problem string     // why the source could not be read
	here    bool       // the node has a row
}

// keyRow is one row of ring_keys.
type keyRow struct {
	ID         string `db:"id"`
	KnownAt    int64  `db:"known_at"`    // UTC ms
	WritesFrom int64  `db:"writes_from"` // UTC ms; 0: nobody writes by it yet
}

// Open reads the secrets, and takes its place among the nodes' ring. Without any secret in
// the store the first of the source is the first of the installation. It is an error to
// lack a secret that something is written by.
func Open(ctx context.Context, db *sqldb.DB, source Source) (*Rotation, error) {
	secrets, err := source.Read()
	if errors.Is(err, os.ErrNotExist) && source.Make != nil {
		if err = source.Make(); err == nil {
			secrets, err = source.Read()
		}
	}
	if err != nil {
		return nil, err
	}
	r := &Rotation{db: db, source: source, ring: keyring.New(secrets, db.Now), node: rand.Text()}
	// Installations from before there were rings have one secret, and remember its id.
	first, err := db.RememberOnce(ctx, "key_fingerprint", secrets[0].ID())
	if err != nil {
		return nil, fmt.Errorf("compare the key with the store: %w", err)
	}
	if err := r.enter(ctx, first, 1); err != nil {
		return nil, fmt.Errorf("compare the key with the store: %w", err)
	}
	if err := r.arrange(ctx, secrets); err != nil {
		return nil, fmt.Errorf("compare the key with the store: %w", err)
	}
	if missing := r.Missing(); len(missing) > 0 {
		return nil, fmt.Errorf("the database was made with another key than those in %s: it needs %s, there is %s; "+
			"copy the key file of a node that runs", source.Name, strings.Join(missing, " and "),
			strings.Join(idsOf(secrets), " and "))
	}
	return r, nil
}

// Ring is the ring that all keys are made of.
func (r *Rotation) Ring() *keyring.Ring { return r.ring }

// enter notes a secret, unless it is known.
func (r *Rotation) enter(ctx context.Context, id string, writesFrom int64) error {
	err := r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var there int
		if err := tx.Get(ctx, &there, "SELECT COUNT(*) FROM ring_keys WHERE id = ?", id); err != nil || there > 0 {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO ring_keys (id, known_at, writes_from) VALUES (?, ?, ?)", id,
			r.db.Now().UnixMilli(), writesFrom)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return nil
	}
	return errs.Wrap(err, "note a key")
}

// Propose notes a secret that was added to the source, which every node is to hold.
func (r *Rotation) Propose(ctx context.Context, id string) error { return r.enter(ctx, id, 0) }

// Follow reads the secrets anew, tells the other nodes which this one holds, and learns by
// which to write. A source that cannot be read changes nothing: the node goes on with the
// secrets that it has.
func (r *Rotation) Follow(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	read, err := r.source.Read()
	if err == nil {
		err = r.lacking(read)
	}
	r.tellProblem(ctx, err)
	if err := r.present(ctx, read); err != nil {
		return err
	}
	if r.problem == "" {
		if err := r.enter(ctx, read[0].ID(), 0); err != nil {
			return err
		}
	}
	if err := r.agree(ctx); err != nil {
		return err
	}
	return r.arrange(ctx, union(read, r.ring.Secrets()))
}

// lacking is an error where the source has lost a secret that this node works with: it
// could not start again, so nothing new is begun.
func (r *Rotation) lacking(read []keyring.Secret) error {
	have := idsOf(read)
	for _, id := range r.used {
		if !slices.Contains(have, id) {
			return fmt.Errorf("%s lacks key %s, which is in use: put it back, behind the others", r.source.Name, id)
		}
	}
	return nil
}

func (r *Rotation) tellProblem(ctx context.Context, err error) {
	was := r.problem
	if r.problem = ""; err != nil {
		r.problem = err.Error()
	}
	if r.problem != "" && r.problem != was {
		slog.ErrorContext(ctx, "the keys cannot be read anew; this node goes on with those it has, and could not start again",
			"source", r.source.Name, "error", err)
	}
}

// present writes the row of this node.
func (r *Rotation) present(ctx context.Context, held []keyring.Secret) error {
	host, _ := os.Hostname() // unknown: the node is told by the rest
	host, problem, now := cut(host, 100), cut(r.problem, 300), r.db.Now().UnixMilli()
	err := r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		ids := strings.Join(idsOf(held), " ")
		known, err := tx.Exec(ctx, "UPDATE ring_nodes SET secrets = ?, problem = ?, seen_at = ? WHERE node = ?", ids, problem,
			now, r.node)
		if err != nil || known > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO ring_nodes (node, host, secrets, problem, seen_at) VALUES (?, ?, ?, ?, ?)",
			r.node, host, ids, problem, now)
		return err
	})
	r.here = r.here || err == nil
	return errs.Wrap(err, "tell other nodes which keys this one holds")
}

// agree gives a secret that every node holds its moment: at once where no other node runs.
func (r *Rotation) agree(ctx context.Context) error {
	var waiting []keyRow
	err := r.db.Select(ctx, &waiting,
		"SELECT id, known_at, writes_from FROM ring_keys WHERE writes_from = 0 ORDER BY known_at")
	if err != nil || len(waiting) == 0 {
		return errs.Wrap(err, "read which keys wait")
	}
	nodes, err := r.nodes(ctx)
	if err != nil {
		return err
	}
	for _, key := range waiting {
		if slices.ContainsFunc(nodes, func(n Node) bool { return !slices.Contains(n.Holds, key.ID) }) {
			continue
		}
		at := r.db.Now()
		if slices.ContainsFunc(nodes, func(n Node) bool { return n.ID != r.node }) {
			at = at.Add(ahead)
		}
		if err := r.begin(ctx, key.ID, at); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rotation) begin(ctx context.Context, id string, at time.Time) error {
	err := r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE ring_keys SET writes_from = ? WHERE id = ? AND writes_from = 0", at.UnixMilli(), id)
		return err
	})
	if err == nil {
		slog.InfoContext(ctx, "every node holds the new key", "key", id, "written_by_from", at.UTC())
	}
	return errs.Wrap(err, "begin to write by a key")
}

// arrange tells the ring what the nodes agreed on. In Open nobody else knows r yet.
func (r *Rotation) arrange(ctx context.Context, held []keyring.Secret) error {
	var rows []keyRow
	err := r.db.Select(ctx, &rows,
		"SELECT id, known_at, writes_from FROM ring_keys WHERE writes_from > 0 ORDER BY writes_from DESC, id")
	if err != nil {
		return errs.Wrap(err, "read by which key to write")
	}
	r.used = nil
	for _, row := range rows {
		r.used = append(r.used, row.ID)
	}
	rank := func(s keyring.Secret) int { return slices.Index(r.used, s.ID()) } // -1: not used yet
	slices.SortStableFunc(held, func(a, b keyring.Secret) int { return rank(a) - rank(b) })
	r.noteMissing(ctx, held)

	writing, next, at := "", "", int64(0)
	if len(rows) > 0 {
		writing, at = rows[0].ID, rows[0].WritesFrom
	}
	if at > r.db.Now().UnixMilli() && len(rows) > 1 {
		writing, next = rows[1].ID, writing
	}
	r.ring.Arrange(held, writing, next, at)
	return nil
}

// noteMissing notes which secrets this node lacks of those that are used. A node that
// does not run yet says so by not starting.
func (r *Rotation) noteMissing(ctx context.Context, held []keyring.Secret) {
	have := idsOf(held)
	var missing []string
	for _, id := range r.used {
		if !slices.Contains(have, id) {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 && r.here && !slices.Equal(r.Missing(), missing) {
		slog.ErrorContext(ctx, "this node lacks a key that others write by: copy the key file of another node here",
			"lacks", missing, "source", r.source.Name)
	}
	r.missing.Store(&missing)
}

// Missing are the ids of secrets that are written by and that this node lacks: it cannot
// read what others write, and should get no requests. It never waits.
func (r *Rotation) Missing() []string {
	if missing := r.missing.Load(); missing != nil {
		return *missing
	}
	return nil
}

// Leave takes the node out of those that run.
func (r *Rotation) Leave(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.here {
		return nil
	}
	err := r.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM ring_nodes WHERE node = ? OR seen_at < ?", r.node,
			r.db.Now().Add(-24*time.Hour).UnixMilli())
		return err
	})
	return errs.Wrap(err, "leave the nodes that run")
}

func idsOf(secrets []keyring.Secret) []string {
	ids := make([]string, len(secrets))
	for i, s := range secrets {
		ids[i] = s.ID()
	}
	return ids
}

// union are the secrets of both, each once.
func union(a, b []keyring.Secret) []keyring.Secret {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(idsOf(all), s.ID()) {
			all = append(all, s)
		}
	}
	return all
}

func cut(text string, most int) string {
	for i := range text {
		if i > most-4 {
			return text[:i]
		}
	}
	return text
}
