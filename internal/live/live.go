// Package live is rooms of a live quiz: a host asks, everybody answers at once. It owns
// the tables live_*.
//
// SQL is the truth. A room is one row with a small state; each step is written only over
// the state that it was made from (its seq), so two hosts, two nodes or a node that wakes
// up late cannot both step. The steps that time brings are taken by the room's owner, a
// node with a lease and a fencing epoch. An answer shares its commit with others, and
// each batch first locks the gate of its round, which the step that closes the round
// shuts: what is acknowledged counts, and nothing comes after.
//
// Every node that serves a room keeps it in memory (keeper): it follows the room's seq,
// reads the answers of a round once it is shut, and works out who stands where with the
// pure rules of package room, so all nodes agree without telling each other. Redis only
// hints that there is something to read.
package live

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of rooms.
var (
	ErrUnknown     = errs.New(errs.NotFound, "live_unknown", "没有这个直播答题")
	ErrCodeUnknown = errs.New(errs.NotFound, "code_unknown", "没有这个房间号，请再看一看大屏幕")
	ErrPlanUnknown = errs.New(errs.NotFound, "live_plan_unknown", "活动里没有这场直播答题")
	ErrMoved       = errs.New(errs.Conflict, "room_moved", "房间刚刚有了变化，请看过再操作")
	ErrLocked      = errs.New(errs.Forbidden, "room_locked", "房间已经锁定，不能再加入")
	ErrRemoved     = errs.New(errs.Forbidden, "room_removed", "主持人已将你移出房间")
	ErrOver        = errs.New(errs.Gone, "room_over", "这场直播答题已经结束")
	ErrNoMember    = errs.New(errs.Forbidden, "live_not_joined", "请先加入房间")
	ErrFixed       = errs.New(errs.Conflict, "answer_fixed", "答案已经交了，不能再改")
	ErrRevision    = errs.New(errs.Conflict, "revision_taken", "另一台设备已经改过答案")
	ErrNoCard      = errs.New(errs.Conflict, "no_revival", "现在没有可以用的复活卡")
)

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	Redis   *redisdb.DB
	IDs     *sqldb.IDs
	Catalog *catalog.Catalog
	Banks   *bank.Store
	Players *identity.Players
	Play    *play.Service
	Pay     Payer
	Keys    *keyring.Keys    // seal questions until they open
	Now     func() time.Time // the server's clock
}

// Service keeps live rooms. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
	banks   *bank.Store
	players *identity.Players
	play    *play.Service
	pay     Payer
	keys    *keyring.Keys
	now     func() time.Time
	node    sqldb.ID // of this process, as owner of rooms

	joins   *sqldb.Group[*joining]
	answers *sqldb.Group[*answering]
	bus     *bus

	mu        sync.Mutex
	rooms     map[sqldb.ID]*keeper
	running   context.Context // of the keepers; nil before Run
	keeping   sync.WaitGroup
	watch     func(now, before *Seen)
	audience  func(room sqldb.ID, round int) (connected, held int)
	forgotten func(room sqldb.ID)
}

// Answers and joins share commits of at most so many, one at a time: batches of one room
// wait for each other at its gate anyhow.
const perCommit = 512

// New starts a Service. Call Run to keep its rooms, and Close to commit what was
// accepted.
func New(c Config) *Service {
	s := &Service{
		// Brief: a node that is stopped in a step or a batch must not hold the others up.
		db: c.DB.Brief(), ids: c.IDs, catalog: c.Catalog, banks: c.Banks, players: c.Players, play: c.Play,
		pay: c.Pay, keys: c.Keys, now: c.Now, node: c.IDs.Next(), rooms: map[sqldb.ID]*keeper{},
		watch:     func(_, _ *Seen) {},
		audience:  func(sqldb.ID, int) (int, int) { return 0, 0 },
		forgotten: func(sqldb.ID) {},
	}
	s.joins = sqldb.NewGroup(s.db, perCommit, 1, s.commitJoins)
	s.answers = sqldb.NewGroup(s.db, perCommit, 1, s.commitAnswers)
	s.bus = newBus(c.Redis, s.node, c.Now, s.hear)
	return s
}

// Watch sets who is told of each change of a room that this node sees: what it is now,
// and what it was before (nil at first). It must not block. Set it before Run.
func (s *Service) Watch(changed func(now, before *Seen)) { s.watch = changed }

// Audience sets who counts the phones that this node serves in a room, and how many of
// them hold the question of a round. Set it before Run.
func (s *Service) Audience(count func(room sqldb.ID, round int) (connected, held int)) {
	s.audience = count
}

// Forgotten sets who is told that this node does not keep a room any more. It must not
// block nor call back. Set it before Run.
func (s *Service) Forgotten(told func(room sqldb.ID)) { s.forgotten = told }

// Close commits all that was accepted and refuses more.
func (s *Service) Close() {
	s.joins.Close()
	s.answers.Close()
}

func (s *Service) millis() int64 { return s.now().UnixMilli() }

// RoundKey is the key (AES-256) that a round's question is sealed with: an HMAC-SHA-256
// (RFC 2104), so every node has it and none stores it. A room keeps the secret that it was
// made under: one node gives out what another has sealed.
func (s *Service) RoundKey(of *Seen, round int) ([]byte, error) {
	key, ok := s.keys.Kept(of.sealKey)
	if !ok {
		return nil, fmt.Errorf("the questions of room %d are sealed with key %s, which is not in the key ring", of.RoomID,
			of.sealKey)
	}
	mac := hmac.New(sha256.New, key.Bytes)
	var body [16]byte
	binary.BigEndian.PutUint64(body[:], uint64(of.RoomID))
	binary.BigEndian.PutUint64(body[8:], uint64(round))
	mac.Write(body[:])
	return mac.Sum(nil), nil
}
