package player

import "anquanda/internal/contest"

// rowsReply is how many days in a row a player has come, and the last days.
type rowsReply struct {
	Row  int        `json:"row"`
	Days []dayReply `json:"days"` // the oldest first, today last
}

type dayReply struct {
	Day  int  `json:"day"` // yyyymmdd
	Came bool `json:"came"`
}

func rowsOf(d *contest.Definition, summary *contest.Summary, now int64) *rowsReply {
	last, row := d.LastDays(summary, now)
	reply := &rowsReply{Row: row, Days: make([]dayReply, len(last))}
	for i, day := range last {
		reply.Days[i] = dayReply(day)
	}
	return reply
}
