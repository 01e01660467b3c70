package board

import (
	"context"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// setScript sets totals. KEYS: guard, who, keys, then the sorted sets. ARGV: guard,
// then for each total the number of its key in KEYS, member, score, version, period,
// unit and name. A total that is older than the one held for its period is passed
// over.
//
// "who" holds for each member "period=version,… unit name".
var setScript = redisdb.NewGuarded(`
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
for i = 4, #KEYS do redis.call('SADD', KEYS[3], KEYS[i]) end`)

// write sets totals of a contest. Those of disqualified players are taken out instead.
func (s *Service) write(ctx context.Context, contestID sqldb.ID, entries []entry, g redisdb.Guard) error {
	entries, err := s.takeOut(ctx, contestID, entries)
	if err != nil || len(entries) == 0 {
		return err
	}
	names, err := s.players.Enrolments(ctx, contestID, playersOf(entries))
	if err != nil {
		return err
	}
	keys := []string{redisdb.Keys(contestID).BoardWho(), redisdb.Keys(contestID).BoardSets()}
	place := map[string]int{}
	c := s.contestOf(contestID)
	nameless := s.nameless(c)
	args := make([]any, 0, 6*len(entries))
	for _, e := range entries {
		who := whoText(names[e.PlayerID], nameless)
		for _, key := range keysOf(c, e) {
			if place[key] == 0 {
				keys = append(keys, key)
				place[key] = len(keys) + 1 // the guard's key stands before them
			}
			args = append(args, place[key], member(e.PlayerID), scoreOf(c, e), e.Version, e.Period, who)
		}
	}
	return setScript.Run(ctx, s.redis, g, keys, args...)
}

// keysOf are the sets that a total stands in: that of its measure, and that of the
// player's division where a board ranks it.
func keysOf(c *catalog.Contest, e entry) []string {
	keys := []string{redisdb.Keys(e.ContestID).BoardPlayers(e.Measure, e.Period, "")}
	if c == nil || e.Division == "" {
		return keys
	}
	for i := range c.Boards {
		b := &c.Boards[i]
		if b.Subject == contest.SubjectPlayer && b.TotalName() == e.Measure && b.Division == e.Division {
			return append(keys, redisdb.Keys(e.ContestID).BoardPlayers(e.Measure, e.Period, e.Division))
		}
	}
	return keys
}

// unranked stands behind all that is ranked: no page reads up to it.
const unranked = 1 << 52

// scoreOf is a total with its tie: who got there first, or who used less time. Who has too
// few answers for a board of accuracy or time is kept behind it, so that answers taken back by a
// correction take the player off it.
func scoreOf(c *catalog.Contest, e entry) float64 {
	total := contest.Total{Measure: contest.MeasureOf(e.Measure), Points: e.Points, Answered: e.Answered}
	if c != nil && total.Measure.AsksAnswers() && e.Answered < c.AnswersOf(e.Measure) {
		return unranked
	}
	points := total.RanksBy()
	if c != nil && c.TiesOf(e.Measure) == contest.TiesTime {
		return playerPacking.pack(points, e.UsedMS, 0)
	}
	return playerPacking.pack(points, e.ReachedAt, opensAt(c))
}

// whoText is what a board page shows of a player: the unit with a letter for the
// state of the name, and the name, which is left out where nobody may see it, and of a contest
// whose names are no longer kept.
func whoText(e identity.Enrolment, nameless bool) string {
	unit, state, name := strconv.FormatInt(int64(e.UnitID), 10), e.NameState, e.Nickname
	switch {
	case e.Left():
		state = publicname.Approved // nothing is left to be hidden
	case nameless:
		name = ""
	}
	if !state.Public() {
		name = "-"
	}
	return unit + stateLetters[state] + " " + name
}

// stateLetters stand behind the unit of a player in "who".
var stateLetters = map[publicname.State]string{
	publicname.Unseen: "", publicname.Approved: "a", publicname.Unfit: "x", publicname.Hidden: "x",
	publicname.Waiting: "x",
}

// stateOf reads what stands behind a unit in "who".
func stateOf(unit string) (id string, state publicname.State) {
	if id, found := strings.CutSuffix(unit, "a"); found {
		return id, publicname.Approved
	}
	if id, found := strings.CutSuffix(unit, "x"); found {
		return id, publicname.Hidden
	}
	return unit, publicname.Unseen
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
	err := renameScript.Run(ctx, s.redis, []string{redisdb.Keys(contestID).BoardWho()}, member(e.PlayerID),
		whoText(e, s.nameless(s.contestOf(contestID)))).Err()
	redisdb.LogAway(ctx, "rename a player on the boards", err)
}
