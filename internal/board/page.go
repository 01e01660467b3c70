package board

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// MaxPage is the most entries of one page.
const MaxPage = 100

const around = 2 // neighbours above and below my own place

// Page is a part of a board, with the place of one player or unit in it.
type Page struct {
	Total   int64
	Entries []Place
	Me      *Mine // nil when not ranked
	Late    bool  // totals of finished attempts are still on their way
}

// Place is one line of a board.
type Place struct {
	Rank   int64 // from 1
	ID     sqldb.ID
	Name   string
	Unit   string
	Points int64 // as contest.PointsOn reads them
	UsedMS int64 // time used, where that ranks equals
}

// Mine is where the asking player (or the player's unit) stands.
type Mine struct {
	Place
	Around []Place // two above, itself, two below
}

// pageScript reads a page in one round trip. KEYS: mark, set, who. ARGV: first
// and last index, my member, neighbours, whether names are in who, the last score that is
// ranked (empty: all). It returns false without the mark, else how many are ranked, the
// page, my rank and my neighbours; lists alternate member, score, name.
var pageScript = redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 0 then return {-1} end
local total = 0
if ARGV[6] == '' then total = redis.call('ZCARD', KEYS[2])
else total = redis.call('ZCOUNT', KEYS[2], '-inf', ARGV[6]) end
local function list(first, last)
  last = math.min(last, total - 1)
  if last < first then return {} end
  local pairs, out = redis.call('ZRANGE', KEYS[2], first, last, 'WITHSCORES'), {}
  local members, names = {}, {}
  for i = 1, #pairs, 2 do members[#members + 1] = pairs[i] end
  if ARGV[5] == '1' and #members > 0 then names = redis.call('HMGET', KEYS[3], unpack(members)) end
  for i = 1, #pairs, 2 do
    out[#out + 1] = pairs[i]
    out[#out + 1] = pairs[i + 1]
    out[#out + 1] = names[(i + 1) / 2] or ''
  end
  return out
end
local rank, near = -1, {}
if ARGV[3] ~= '' then
  local found = redis.call('ZRANK', KEYS[2], ARGV[3])
  if found and found < total then
    rank = found
    near = list(math.max(0, rank - tonumber(ARGV[4])), rank + tonumber(ARGV[4]))
  end
end
return {total, list(tonumber(ARGV[1]), tonumber(ARGV[2])), rank, near}`)

// Query is what to read of a board.
type Query struct {
	Board  string
	Period int      // 0 for the whole contest, else as in contest.Total
	From   int64    // rank of the first entry, from 1
	Size   int64    // entries, 1 to MaxPage
	Me     sqldb.ID // the player or unit whose place is wanted; 0 for none
	View   publicname.View
}

// Page reads part of a board. Errors: ErrUnknown, ErrAway.
func (s *Service) Page(ctx context.Context, c *catalog.Contest, q Query) (*Page, error) {
	board, ok := c.Board(q.Board)
	if !ok {
		return nil, ErrUnknown
	}
	keys := redisdb.Keys(c.ContestID)
	key, packed, named := keys.BoardPlayers(board.TotalName(), q.Period, board.Division), playerPacking, "1"
	who := keys.BoardWho()
	if board.Subject != contest.SubjectPlayer {
		key, packed, named = unitsKey(c.ContestID, &board, q.Period), packingOf(board), "0"
	}
	if board.Subject == contest.SubjectTeam {
		who, named = teamNamesKey(c.ContestID, board.Key, q.Period), "1"
	}
	last := ""
	if board.Subject == contest.SubjectPlayer && (board.Least > 0 || board.Measure.AsksAnswers()) {
		last = strconv.FormatInt(packed.last(int64(board.Least)), 10)
	}
	me := ""
	if q.Me != 0 {
		me = member(q.Me)
	}
	reply, err := pageScript.Run(ctx, s.redis, []string{keys.Boards().Mark, key, who},
		q.From-1, q.From+q.Size-2, me, around, named, last).Slice()
	if err != nil {
		return nil, ErrAway.Because(err)
	}
	if len(reply) != 4 {
		return nil, ErrAway.Because(redisdb.ErrEmptied)
	}
	r := placeReader{contest: c, board: board, packing: packed, view: q.View}
	page := &Page{Total: reply[0].(int64), Late: s.Late()}
	if page.Entries, err = r.places(reply[1], q.From); err != nil {
		return nil, err
	}
	if rank := reply[2].(int64); rank >= 0 {
		near, err := r.places(reply[3], max(0, rank-around)+1)
		if err != nil {
			return nil, err
		}
		page.Me = &Mine{Place: near[rank-max(0, rank-around)], Around: near}
	}
	return page, nil
}

// placeReader turns what the script returns into places.
type placeReader struct {
	contest *catalog.Contest
	board   contest.Board
	packing packing
	view    publicname.View
}

func (r placeReader) places(list any, rank int64) ([]Place, error) {
	items, ok := list.([]any)
	if !ok || len(items)%3 != 0 {
		return nil, errors.New("a board page is not of the expected form")
	}
	places := make([]Place, 0, len(items)/3)
	for i := 0; i < len(items); i += 3 {
		id, _ := items[i].(string)
		scoreText, _ := items[i+1].(string)
		who, _ := items[i+2].(string)
		score, err := strconv.ParseFloat(scoreText, 64)
		if err != nil {
			return nil, err
		}
		place := Place{Rank: rank + int64(len(places)), ID: memberID(id), Points: r.packing.points(score)}
		if r.board.Ties == contest.TiesTime {
			place.UsedMS = r.packing.tieMS(score)
		}
		r.name(&place, who)
		places = append(places, place)
	}
	return places, nil
}

// name fills in who a place belongs to: "versions unit name" for players.
func (r placeReader) name(place *Place, who string) {
	if r.board.Subject == contest.SubjectUnit {
		if unit, ok := r.contest.Units.Get(place.ID); ok {
			place.Name = unit.Name
		}
		return
	}
	if r.board.Subject == contest.SubjectTeam {
		state, name, _ := strings.Cut(who, " ")
		place.Name = r.view.ShowTeam(name, publicname.State(state), place.ID)
		return
	}
	parts := strings.SplitN(who, " ", 3)
	if len(parts) != 3 {
		return
	}
	id, state := stateOf(parts[1])
	place.Name = r.view.Show(parts[2], state, place.ID)
	if unitID, ok := sqldb.ParseID(id); ok {
		if unit, ok := r.contest.Units.Get(unitID); ok {
			place.Unit = unit.Name
		}
	}
}
