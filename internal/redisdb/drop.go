package redisdb

import (
	"context"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/sqldb"
)

// DropContest deletes every key of a contest.
func (db *DB) DropContest(ctx context.Context, contest sqldb.ID) error {
	drop := func(ctx context.Context, client redis.Cmdable) error {
		keys := client.Scan(ctx, 0, Keys(contest).Prefix()+"*", 500).Iterator()
		for keys.Next(ctx) {
			if err := client.Unlink(ctx, keys.Val()).Err(); err != nil {
				return err
			}
		}
		return keys.Err()
	}
	if cluster, ok := db.UniversalClient.(*redis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return drop(ctx, node) })
	}
	return drop(ctx, db)
}
