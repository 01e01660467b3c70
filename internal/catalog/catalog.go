// Package catalog stores contest definitions by version and keeps contests,
// with the banks they draw from and their units, in memory, so that judging an
// answer reads no store. It owns the tables contests and contest_versions, and those of
// what is being written: contest_drafts, contest_draft_links, contest_approval.
package catalog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of contests.
var (
	ErrUnknown = errs.New(errs.NotFound, "contest_unknown", "没有这个活动")
	ErrChanged = errs.New(errs.Conflict, "contest_changed", "活动刚刚被别人修改，请重新打开")
)

// Edition names one version of a contest with one version of one of its banks:
// what an attempt is played by.
type Edition struct {
	ContestID   sqldb.ID
	Version     int
	Bank        int // in Definition.Banks
	BankVersion int
}

// Contest is one edition, in memory. It is not changed once loaded.
type Contest struct {
	Edition
	*contest.Definition
	Bank  *bank.Bank
	Pools [][]contest.Pool // by level, by draw; nil for levels of another bank
	Bonds *contest.Bonds   // of the questions of Bank
	// Dealt are, by level, the papers of those that have several; nil for all others.
	Dealt [][][]contest.Asked
	Units *unit.Tree
	// RehearsalOf is the contest that this one rehearses; 0 for a real one.
	RehearsalOf sqldb.ID

	samples *samples
	others  []*Contest // of a current contest: its editions of the other banks
}

// PaperOf draws the paper of an attempt at the level of an index: by the seed of the
// attempt and the day of the sample for guests that it is drawn from, 0 for the whole bank.
func (c *Contest) PaperOf(level int, seed uint64, sample int) []contest.Asked {
	if dealt := c.Dealt[level]; dealt != nil {
		return slices.Clone(dealt[seed%uint64(len(dealt))])
	}
	return c.Levels[level].Paper(c.PoolsOn(sample)[level], c.Bonds, seed)
}

// For is the edition that a level is played by: the one with the level's bank.
func (c *Contest) For(level int) *Contest {
	index := c.BankIndex(level)
	for _, other := range c.others {
		if other.Edition.Bank == index {
			return other
		}
	}
	return c
}

// Editions lists a current contest's edition of each of its banks.
func (c *Contest) Editions() []*Contest { return append([]*Contest{c}, c.others...) }

// Catalog holds the contests of the installation. It is safe for concurrent use.
type Catalog struct {
	db    *sqldb.DB
	ids   *sqldb.IDs
	banks *bank.Store
	now   func() time.Time
	guard Guard

	refreshing sync.Mutex // one look at the store at a time: an older one must not put back what a newer one found

	mu       sync.RWMutex
	editions map[Edition]*Contest
	dropped  int                 // how often editions were dropped, to be read anew
	current  map[string]*Contest // newest edition by slug
	slugs    map[sqldb.ID]string // by the id of the contest

	media []string // hosts that materials play from

	looked  atomic.Pointer[bank.Bank] // by Lacks, last
	onUnits func(context.Context, sqldb.ID)
}

// New returns an empty catalog over db; call Refresh to fill it. now is the
// server's clock.
func New(db *sqldb.DB, ids *sqldb.IDs, banks *bank.Store, now func() time.Time) *Catalog {
	return &Catalog{db: db, ids: ids, banks: banks, now: now, editions: map[Edition]*Contest{},
		current: map[string]*Contest{}, slugs: map[sqldb.ID]string{}}
}

// PlaysFrom lists the hosts that materials may play from. Call it before the catalog is used.
func (c *Catalog) PlaysFrom(hosts []string) { c.media = hosts }

// Current returns the newest edition of a contest; ErrUnknown when there is none.
func (c *Catalog) Current(slug string) (*Contest, error) {
	if slug == CurrentSlug {
		if scheduled := c.Scheduled(c.now().UnixMilli()); len(scheduled) > 0 {
			return scheduled[0], nil
		}
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if found, ok := c.current[slug]; ok {
		return found, nil
	}
	return nil, ErrUnknown
}

// Of returns the newest edition of the contest of that id; ErrUnknown when there
// is none.
func (c *Catalog) Of(id sqldb.ID) (*Contest, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if found, ok := c.current[c.slugs[id]]; ok && found.ContestID == id {
		return found, nil
	}
	return nil, ErrUnknown
}

// All lists the newest edition of every contest.
func (c *Catalog) All() []*Contest {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := make([]*Contest, 0, len(c.current))
	for _, found := range c.current {
		all = append(all, found)
	}
	return all
}

// IDs lists the ids of all contests.
func (c *Catalog) IDs() []sqldb.ID {
	var ids []sqldb.ID
	for _, found := range c.All() {
		ids = append(ids, found.ContestID)
	}
	return ids
}

// Empty reports whether no contest is stored.
func (c *Catalog) Empty(ctx context.Context) (bool, error) {
	var n int
	err := c.db.Get(ctx, &n, "SELECT COUNT(*) FROM contests")
	return n == 0, errs.Wrap(err, "look for contests")
}

// Edition returns the edition that an attempt is played by. It reads the store
// only the first time that this node meets it.
func (c *Catalog) Edition(ctx context.Context, e Edition) (*Contest, error) {
	c.mu.RLock()
	found, ok := c.editions[e]
	dropped := c.dropped
	c.mu.RUnlock()
	if ok {
		return found, nil
	}
	loaded, err := c.load(ctx, e)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped == dropped { // else it may have been read before a correction
		c.editions[e] = loaded
	}
	return loaded, nil
}

func (c *Catalog) load(ctx context.Context, e Edition) (*Contest, error) {
	var body string
	err := c.db.Get(ctx, &body, "SELECT body FROM contest_versions WHERE contest_id = ? AND version = ?",
		e.ContestID, e.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, errs.Wrap(err, "load contest %d version %d", e.ContestID, e.Version)
	}
	definition, err := contest.Parse(fmt.Sprintf("contest %d version %d", e.ContestID, e.Version), []byte(body))
	if err != nil {
		return nil, err
	}
	banks := definition.Banks()
	if e.Bank >= len(banks) {
		return nil, ErrUnknown
	}
	questions, err := c.bank(ctx, banks[e.Bank], e.BankVersion)
	if err != nil {
		return nil, err
	}
	pools, err := poolsOf(definition, e.Bank, questions)
	if err != nil {
		return nil, err
	}
	units, err := unit.Load(ctx, c.db, e.ContestID)
	if err != nil {
		return nil, err
	}
	loaded := &Contest{Edition: e, Definition: definition, Bank: questions, Pools: pools,
		Bonds: contest.BondsOf(questions.Questions), Units: units,
		Dealt: make([][][]contest.Asked, len(pools)), samples: &samples{}}
	for i := range pools {
		if pools[i] != nil {
			loaded.Dealt[i] = definition.Levels[i].Dealt(pools[i], loaded.Bonds, questions.Questions)
		}
	}
	return loaded, nil
}

// bank is a version of a bank: the one that another edition holds already, since
// a large one takes a hundred megabytes, else it is read.
func (c *Catalog) bank(ctx context.Context, name string, version int) (*bank.Bank, error) {
	c.mu.RLock()
	for _, edition := range c.editions {
		if edition.Bank.Name == name && edition.Bank.Version == version {
			c.mu.RUnlock()
			return edition.Bank, nil
		}
	}
	c.mu.RUnlock()
	return c.banks.Load(ctx, name, version)
}

// poolsOf makes the pools of the levels that draw from the definition's bank of
// that index.
func poolsOf(definition *contest.Definition, index int, b *bank.Bank) ([][]contest.Pool, error) {
	pools := make([][]contest.Pool, len(definition.Levels))
	for i := range definition.Levels {
		if definition.BankIndex(i) != index {
			continue
		}
		var err error
		if pools[i], err = definition.Levels[i].Pools(b.Questions); err != nil {
			return nil, fmt.Errorf("levels[%d].%w (bank %s)", i, err, b.Name)
		}
	}
	return pools, nil
}

// Refresh loads what changed in the store since the last call: other nodes apply
// contests and import banks too. A contest that no longer loads keeps its last
// edition, on a fresh node too, and the error says so.
func (c *Catalog) Refresh(ctx context.Context) error {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	var rows []struct {
		ID      sqldb.ID `db:"id"`
		Slug    string   `db:"slug"`
		Version int      `db:"version"`
		Of      sqldb.ID `db:"rehearsal_of"`
	}
	err := c.db.Select(ctx, &rows, "SELECT id, slug, version, rehearsal_of FROM contests ORDER BY id")
	if err != nil {
		return errs.Wrap(err, "list contests")
	}
	stored := map[string]sqldb.ID{}
	for _, row := range rows {
		stored[row.Slug] = row.ID
	}
	c.forget(stored)
	var failed error
	for _, row := range rows {
		if err := c.refreshOne(ctx, row.ID, row.Of, row.Slug, row.Version); err != nil {
			failed = errors.Join(failed, fmt.Errorf("contest %s: %w", row.Slug, err))
		}
	}
	return errors.Join(failed, c.refreshUnits(ctx))
}

// forget drops the contests that are not stored any more, rehearsals that ended:
// their tickets are worth nothing then. stored is the id of each slug.
func (c *Catalog) forget(stored map[string]sqldb.ID) {
	ids := map[sqldb.ID]bool{}
	for _, id := range stored {
		ids[id] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.slugs, func(id sqldb.ID, _ string) bool { return !ids[id] })
	maps.DeleteFunc(c.current, func(slug string, of *Contest) bool { return stored[slug] != of.ContestID })
	had := len(c.editions)
	maps.DeleteFunc(c.editions, func(e Edition, _ *Contest) bool { return !ids[e.ContestID] })
	if len(c.editions) != had {
		c.dropped++
	}
}

func (c *Catalog) refreshOne(ctx context.Context, id, rehearsalOf sqldb.ID, slug string, version int) error {
	c.mu.RLock()
	present := c.current[slug]
	c.mu.RUnlock()
	var banks []string
	if present != nil && present.Version == version {
		banks = present.Banks()
	} else {
		// The names of the banks stand in the definition, so parse it first.
		var body string
		if err := c.db.Get(ctx, &body, "SELECT body FROM contest_versions WHERE contest_id = ? AND version = ?", id,
			version); err != nil {
			return err
		}
		definition, err := contest.Parse(slug, []byte(body))
		if err != nil {
			return err
		}
		banks = definition.Banks()
	}
	editions := make([]*Contest, len(banks))
	var failed error
	for i, name := range banks {
		bankVersion, err := c.banks.Current(ctx, name)
		if err != nil {
			return err
		}
		e := Edition{ContestID: id, Version: version, Bank: i, BankVersion: bankVersion}
		editions[i], err = c.Edition(ctx, e)
		if err != nil && present == nil {
			editions[i] = c.lastThatLoads(ctx, e)
		}
		failed = errors.Join(failed, err)
		if editions[i] == nil {
			return failed
		}
	}
	c.put(slug, rehearsalOf, present, editions)
	return failed
}

// put makes editions, one for each bank, the current ones of a contest.
func (c *Catalog) put(slug string, rehearsalOf sqldb.ID, present *Contest, editions []*Contest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if present != nil {
		for _, was := range present.Editions() {
			is := slices.IndexFunc(editions, func(e *Contest) bool { return e.Bank.Name == was.Bank.Name })
			if is >= 0 && editions[is].BankVersion != was.BankVersion {
				// Corrections hold for earlier versions too: load those anew when needed.
				c.dropped++
				maps.DeleteFunc(c.editions, func(e Edition, of *Contest) bool {
					return of.Bank.Name == was.Bank.Name && e.BankVersion < editions[is].BankVersion
				})
			}
		}
	}
	current := *editions[0] // a copy: an edition that is not current knows no others
	current.others, current.RehearsalOf = editions[1:], rehearsalOf
	c.current[slug], c.slugs[current.ContestID] = &current, slug
}

// lastThatLoads is the edition before e that nodes play which were running when
// its bank became too small; nil for none.
func (c *Catalog) lastThatLoads(ctx context.Context, e Edition) *Contest {
	for e.BankVersion--; e.BankVersion > 0; e.BankVersion-- {
		if loaded, err := c.Edition(ctx, e); err == nil {
			return loaded
		}
	}
	return nil
}
