package redisdb

import (
	"strconv"
	"strings"

	"anquanda/internal/sqldb"
)

// LiveChannel is the channel by which nodes hint to each other that a live room has
// moved. It is no key: PUBLISH reaches every node of a cluster.
const LiveChannel = "aq:live"

// LimitKey is a count of calls (package limit), which stands behind "rate:" of the library
// that counts. Each is asked for alone, so they have no slot in common.
func LimitKey(name string) string { return "aq:limit:" + name }

// WorkKey is there while a proof of work that was used could be used again.
func WorkKey(id string) string { return "aq:work:" + id }

// Keys names the keys of one contest, by its id: every key that the program uses in
// Redis is made here. They all begin with the contest's hash tag, so in a cluster
// they share a slot: a script may take several of them, a transaction too. What
// stands behind the tag may hold anything.
//
// The names must last: a key that is named anew is a view that has to be built again
// after an upgrade.
type Keys sqldb.ID

// Prefix is what all keys of the contest begin with: aq:{contest}: .
func (k Keys) Prefix() string { return "aq:{" + sqldb.ID(k).String() + "}:" }

func (k Keys) named(parts ...string) string { return k.Prefix() + strings.Join(parts, ":") }

// Boards are the keys of the view of the boards.
func (k Keys) Boards() ViewKeys { return ViewKeys{Mark: k.named("mark"), Lock: k.named("rebuilding")} }

// BoardWho is a hash of player → versions, unit, state of the name, and name.
func (k Keys) BoardWho() string { return k.named("who") }

// BoardSets is the set of the keys of all sorted sets of the boards.
func (k Keys) BoardSets() string { return k.named("keys") }

// BoardPlayers is the sorted set of players by a measure ("best", of one level
// "best@level") in a period (0: the whole contest, else a day or a round); of a division ("": of all).
func (k Keys) BoardPlayers(measure string, period int, division string) string {
	if division != "" {
		return k.named("p", measure, strconv.Itoa(period), division)
	}
	return k.named("p", measure, strconv.Itoa(period))
}

// BoardUnits is the sorted set of units on a board in a period.
func (k Keys) BoardUnits(board string, period int) string {
	return k.named("u", board, strconv.Itoa(period))
}

// ShareBoard is the sorted set of inviters.
func (k Keys) ShareBoard() string { return k.named("invited") }

// Shares are the keys of the view of the share board.
func (k Keys) Shares() ViewKeys {
	return ViewKeys{Mark: k.named("invited-mark"), Lock: k.named("invited-rebuilding")}
}

// HandedOut is when the question at a position of an attempt was handed out first.
func (k Keys) HandedOut(attempt sqldb.ID, position uint8) string {
	return k.named("handed", attempt.String(), strconv.Itoa(int(position)))
}

// ViewKeys are the two keys that a View keeps of a contest for itself.
type ViewKeys struct {
	Mark string // the watermark; without it the view is not there
	Lock string // who builds it again
}

// WeChatToken is a token of the account of WeChat: it is the program's, not a
// contest's.
func WeChatToken(name string) string { return "aq:{wechat}:" + name }
