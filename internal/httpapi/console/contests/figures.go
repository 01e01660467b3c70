package contests

import (
	"context"
	"reflect"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
)

// figuresReply is how much was played by what a change touches.
type figuresReply struct {
	Players  int64         `json:"players"`
	Levels   []begunReply  `json:"levels"`
	Earnings []earnedReply `json:"earnings"`
}

type begunReply struct {
	Key      string `json:"key"`
	Title    string `json:"title"`
	Today    int64  `json:"today"`
	All      int64  `json:"all"`
	UnderWay int64  `json:"under_way"`
}

type earnedReply struct {
	Key     string `json:"key"`
	Players int64  `json:"players"`
	Times   int64  `json:"times"`
}

// figures counts what was played and given by the levels and rules that differ.
func (a *API) figures(ctx context.Context, in *catalog.Contest, after *contest.Definition) (*figuresReply, error) {
	now := a.Now().UnixMilli()
	reply := &figuresReply{Levels: []begunReply{}, Earnings: []earnedReply{}}
	var err error
	if reply.Players, err = a.Players.Count(ctx, in.ContestID); err != nil {
		return nil, err
	}
	levels, rules := changedLevels(in.Definition, after), changedEarnings(in.Definition, after)
	today, _ := in.Bounds(contest.PerDay, now)
	begun, err := a.Report.BegunLevels(ctx, in.ContestID, levels, today, now)
	if err != nil {
		return nil, err
	}
	for _, key := range levels {
		level, _, _ := in.Level(key)
		b := begun[key]
		reply.Levels = append(reply.Levels, begunReply{Key: key, Title: level.Title, Today: b.Since, All: b.All,
			UnderWay: b.UnderWay})
	}
	given, err := a.Report.GivenByRules(ctx, in.ContestID, rules)
	if err != nil {
		return nil, err
	}
	for _, key := range rules {
		reply.Earnings = append(reply.Earnings, earnedReply{Key: key, Players: given[key].Players, Times: given[key].Times})
	}
	return reply, nil
}

// changedLevels are the keys of the levels of before that after has otherwise, or
// no more.
func changedLevels(before, after *contest.Definition) (keys []string) {
	for i := range before.Levels {
		level := &before.Levels[i]
		if is, _, kept := after.Level(level.Key); !kept || !reflect.DeepEqual(is, level) {
			keys = append(keys, level.Key)
		}
	}
	return keys
}

func changedEarnings(before, after *contest.Definition) (keys []string) {
	for i := range before.Earnings {
		same := func(e contest.Earning) bool { return reflect.DeepEqual(e, before.Earnings[i]) }
		if !slices.ContainsFunc(after.Earnings, same) {
			keys = append(keys, before.Earnings[i].Key)
		}
	}
	return keys
}
