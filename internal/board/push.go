package board

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

const (
	// pushQueue bounds what waits for Redis. Beyond it totals are dropped here
	// and caught up later: an answer never waits for a board.
	pushQueue   = 20_000
	pushAtOnce  = 500
	pushTimeout = 3 * time.Second
)

// setScript sets totals. KEYS: mark, who, keys, then the sorted sets. ARGV: "1" to
// set them also without the mark, then for each total the number of its key in
// KEYS, member, score, version, period, unit and name. A total that is older than
// the one held for its period is passed over. Without the mark nothing is set
// (Redis was emptied, and all must be built again): it returns 0.
//
// "who" holds for each member "period=version,… unit name".
var setScript = redis.NewScript(`
if ARGV[1] ~= '1' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
for i = 2, #ARGV, 6 do
  local member, version, period = ARGV[i + 1], ARGV[i + 3], ',' .. ARGV[i + 4] .. '='
  local present = redis.call('HGET', KEYS[2], member)
  local versions = present and ',' .. string.match(present, '^%S+') or ''
  local held = string.match(versions, period .. '(%d+)')
  if not held or tonumber(version) >= tonumber(held) then
    if held then
      versions = string.gsub(versions, period .. '%d+', period .. version)
    else
      versions = versions .. period .. version
    end
    redis.call('ZADD', KEYS[tonumber(ARGV[i])], ARGV[i + 2], member)
  end
  redis.call('HSET', KEYS[2], member, string.sub(versions, 2) .. ' ' .. ARGV[i + 5])
end
for i = 4, #KEYS do redis.call('SADD', KEYS[3], KEYS[i]) end
return 1`)

// renameScript changes the name of a player who is ranked. KEYS: who. ARGV:
// member, name.
var renameScript = redis.NewScript(`
local present = redis.call('HGET', KEYS[1], ARGV[1])
if present then
  redis.call('HSET', KEYS[1], ARGV[1], string.match(present, '^%S+ ') .. ARGV[2])
end
return 0`)

// Rename shows a player's new nickname on the boards. It is a view only: when
// Redis is away the next total or rebuild brings the name.
func (s *Service) Rename(ctx context.Context, contestID sqldb.ID, e identity.Enrolment) {
	err := renameScript.Run(ctx, s.redis, []string{whoKey(contestID)}, member(e.PlayerID), whoText(e)).Err()
	redisdb.LogAway(ctx, "rename a player on the boards", err)
}

// Follow is play's follower: it queues the new totals of a change for
// Redis. It never blocks.
func (s *Service) Follow(f *play.Change) {
	for _, e := range entriesOf(f) {
		s.waiting.Add(1)
		select {
		case s.pushes <- e:
		default:
			s.waiting.Add(-1)
			s.missed.Add(1)
		}
	}
	s.touchUnits(f.ContestID, f.Contest.Day(f.At()))
}

// runPushes sends queued totals to Redis, as many as wait at once.
func (s *Service) runPushes(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-s.pushes:
			batch := s.gather([]entry{first})
			err := s.push(ctx, batch)
			if err != nil {
				s.missed.Add(1)
			}
			s.away.Store(err != nil)
			redisdb.LogAway(ctx, "set board entries", err)
			s.waiting.Add(-int64(len(batch)))
		}
	}
}

func (s *Service) gather(batch []entry) []entry {
	for len(batch) < pushAtOnce {
		select {
		case e := <-s.pushes:
			batch = append(batch, e)
		default:
			return batch
		}
	}
	return batch
}

// push sets totals, one round trip a contest.
func (s *Service) push(ctx context.Context, batch []entry) error {
	ctx, cancel := context.WithTimeout(ctx, pushTimeout)
	defer cancel()
	byContest := map[sqldb.ID][]entry{}
	for _, e := range batch {
		byContest[e.ContestID] = append(byContest[e.ContestID], e)
	}
	for contestID, entries := range byContest {
		if err := s.pushContest(ctx, contestID, entries, guarded); err != nil {
			return err
		}
	}
	return nil
}

// What setScript does where there is no mark.
const (
	guarded  = ""  // nothing
	building = "1" // sets the totals all the same
)

func (s *Service) pushContest(ctx context.Context, contestID sqldb.ID, entries []entry, how string) error {
	entries, err := s.takeOut(ctx, contestID, entries)
	if err != nil || len(entries) == 0 {
		return err
	}
	names, err := s.players.Enrolments(ctx, contestID, playersOf(entries))
	if err != nil {
		return err
	}
	keys := []string{markKey(contestID), whoKey(contestID), keysKey(contestID)}
	place := map[string]int{}
	c := s.contestOf(contestID)
	args := append(make([]any, 0, 1+6*len(entries)), how)
	for _, e := range entries {
		for _, key := range keysOf(c, e) {
			if place[key] == 0 {
				keys = append(keys, key)
				place[key] = len(keys)
			}
			args = append(args, place[key], member(e.PlayerID), scoreOf(c, e), e.Version, e.Period, whoText(names[e.PlayerID]))
		}
	}
	set, err := setScript.Run(ctx, s.redis, keys, args...).Int()
	if err != nil {
		return err
	}
	if set == 0 {
		return errNoMark
	}
	return nil
}

// keysOf are the sets that a total stands in: that of its measure, and that of the
// player's division where a board ranks it.
func keysOf(c *catalog.Contest, e entry) []string {
	keys := []string{playersKey(e.ContestID, e.Measure, e.Period, "")}
	if c == nil || e.Division == "" {
		return keys
	}
	for _, b := range c.Boards {
		if b.Subject == contest.SubjectPlayer && string(b.Measure) == e.Measure && b.Division == e.Division {
			return append(keys, playersKey(e.ContestID, e.Measure, e.Period, e.Division))
		}
	}
	return keys
}

// scoreOf is a total with its tie: who got there first, or who used less time.
func scoreOf(c *catalog.Contest, e entry) float64 {
	if c != nil && c.TiesOf(contest.Measure(e.Measure)) == contest.TiesTime {
		return playerPacking.pack(e.Points, e.UsedMS, 0)
	}
	return playerPacking.pack(e.Points, e.ReachedAt, opensAt(c))
}

// whoText is what a board page shows of a player: unit and nickname.
func whoText(e identity.Enrolment) string {
	return strconv.FormatInt(int64(e.UnitID), 10) + " " + e.Nickname
}

func playersOf(entries []entry) []sqldb.ID {
	ids := make([]sqldb.ID, 0, len(entries))
	seen := make(map[sqldb.ID]bool, len(entries))
	for _, e := range entries {
		if !seen[e.PlayerID] {
			seen[e.PlayerID] = true
			ids = append(ids, e.PlayerID)
		}
	}
	return ids
}
