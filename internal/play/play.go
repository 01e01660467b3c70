// Package play runs attempts: it starts them, judges responses and finishes
// them; and it keeps what players earn by them and by other deeds. It owns the
// tables attempts, attempt_slots, responses, paper_answers, progress, deeds and grants.
//
// The answer path costs one write and no read. All that judging needs travels
// in a sealed ticket that the phone holds: player, attempt, edition of the
// contest, seed, position and times. Questions are handed out one by one: the
// reply to a response holds the ticket of the next position, so a response out
// of order has no ticket. A response is acknowledged after its commit, which it
// shares with others (sqldb.Group).
//
// A question's clock begins when it is handed out, by the server's clock: with the
// reply to the response before it, or where the player reads a verdict first, when
// the page asks for it (HandOut). Reading counts in no time that ranks.
//
// Finishing reads the player's history, applies the contest's rules, and runs
// what must be atomic with it (hooks) in the same transaction. What may lag
// (boards) follows after the commit.
package play

import (
	"embed"
	"io/fs"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/redisdb"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// What can be wrong with a ticket or a response. None changes anything.
var (
	ErrTicket     = errs.New(errs.Invalid, "ticket_invalid", "这份答题凭证无效，请返回重新开始")
	ErrForeign    = errs.New(errs.Forbidden, "ticket_foreign", "这份答题凭证属于另一位参赛者")
	ErrLate       = errs.New(errs.Conflict, "answer_late", "这一题的时间已到，没有计分")
	ErrExpired    = errs.New(errs.Gone, "attempt_expired", "这一关的时间已到")
	ErrAnswered   = errs.New(errs.Conflict, "already_answered", "这一题已经答过，以第一次为准")
	ErrOutOfOrder = errs.New(errs.Conflict, "out_of_order", "请按顺序答题")
)

// Grace is how long after a limit an answer is still taken, in milliseconds: the
// time that a slow network may hold it.
const Grace = 2_000

// Batch sizes of the shared commits. One batch at a time makes the next one larger:
// two at once gave a tenth fewer answers and half as much again at p99 on two
// cores, and one of 512 rows keeps up with any store.
const (
	responsesPerCommit = 512
	papersPerCommit    = 128
	finishesPerCommit  = 256
	startsPerCommit    = 64
	deedsPerCommit     = 64
	writersAtOnce      = 1
)

// Service runs attempts. It is safe for concurrent use.
type Service struct {
	db        *sqldb.DB
	ids       *sqldb.IDs
	catalog   *catalog.Catalog
	players   *identity.Players
	sealer    *sealer
	opened    *seal.Boxes // when materials were opened
	now       func() time.Time
	hooks     []Hook
	followers []Follower
	heard     Hearing

	recent    *recentResponses
	handOuts  *handOuts
	starts    *sqldb.Group[*attemptRow]
	responses *sqldb.Group[*responseRow]
	papers    *sqldb.Group[*paperSave]
	finishes  *sqldb.Group[*finishing]
	deeds     *sqldb.Group[*deedRequest]
	stats     *pace.Cache[sqldb.ID, Stats]
	pacer
}

// Config is what a Service is made of.
type Config struct {
	DB        *sqldb.DB
	Redis     *redisdb.DB // remembers when questions were handed out
	IDs       *sqldb.IDs
	Catalog   *catalog.Catalog
	Players   *identity.Players
	Keys      *keyring.Keys    // seal tickets
	Now       func() time.Time // the server's clock
	Hooks     []Hook
	Followers []Follower
	Heard     Hearing // nil: nobody counts answers
	// CommitEach gives every response a commit of its own. It is for
	// `anquanda bench answers`, which shows what sharing commits gains.
	CommitEach bool
	// AtOnce takes answers at any speed, as if no level had a least time: for benches
	// and tests, whose players answer as fast as they can.
	AtOnce bool
}

// New starts a Service. Close it to commit what was accepted.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, ids: c.IDs, catalog: c.Catalog, players: c.Players, sealer: newSealer(c.Keys, c.Now), now: c.Now,
		opened: seal.BoxesOf(c.Keys, "materials opened"),
		hooks:  c.Hooks, followers: c.Followers, heard: c.Heard, recent: newRecentResponses(), handOuts: newHandOuts(c.Redis),
		stats: pace.NewCache[sqldb.ID, Stats](c.Now, statsLeast), pacer: pacer{atOnce: c.AtOnce},
	}
	perCommit, writers := responsesPerCommit, writersAtOnce
	if c.CommitEach {
		perCommit, writers = 1, 32
	}
	s.starts = sqldb.NewGroup(c.DB, startsPerCommit, writersAtOnce, s.commitStarts)
	s.responses = sqldb.NewRepeatingGroup(c.DB, perCommit, writers, commitResponses)
	s.papers = sqldb.NewRepeatingGroup(c.DB, papersPerCommit, writersAtOnce, commitPapers)
	s.finishes = sqldb.NewGroup(c.DB, finishesPerCommit, writersAtOnce, s.commitFinishes)
	s.deeds = sqldb.NewGroup(c.DB, deedsPerCommit, writersAtOnce, s.commitDeeds)
	return s
}

// Close commits all that was accepted and refuses more.
func (s *Service) Close() {
	s.starts.Close()
	s.responses.Close()
	s.papers.Close()
	s.finishes.Close()
	s.deeds.Close()
}

func (s *Service) millis() int64 { return s.now().UnixMilli() }
