package testkit

import (
	"context"
	"errors"
	"net"
	"sync/atomic"

	"github.com/redis/go-redis/v9"
)

// RedisCalls is a hook of a Redis client: it counts the round trips, and can do
// something before one or fail it.
type RedisCalls struct {
	atomic.Int64
	// Before is called before each round trip with its number, from 1. Where it returns
	// an error the call fails with it and is not made. Nil: nothing is done.
	Before func(number int64) error
}

// DialHook leaves dialling as it is.
func (c *RedisCalls) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook counts a command.
func (c *RedisCalls) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := c.before(); err != nil {
			cmd.SetErr(err)
			return err
		}
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook counts a pipeline, which is one round trip.
func (c *RedisCalls) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if err := c.before(); err != nil {
			for _, cmd := range cmds {
				cmd.SetErr(err)
			}
			return err
		}
		return next(ctx, cmds)
	}
}

func (c *RedisCalls) before() error {
	number := c.Add(1)
	if c.Before == nil {
		return nil
	}
	return c.Before(number)
}

// CutRedis hooks a client so that its calls fail while the returned switch is on.
func CutRedis(client redis.UniversalClient) *atomic.Bool {
	var cut atomic.Bool
	client.AddHook(&RedisCalls{Before: func(int64) error {
		if cut.Load() {
			return errors.New("the network is cut")
		}
		return nil
	}})
	return &cut
}
