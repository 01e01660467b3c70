//go:build !linux

package load

import (
	"context"
	"errors"
)

// crowd needs Linux: its epoll, and 127.0.0.0/8 as source addresses.
type crowd struct{}

var errLinux = errors.New("made-up phones need Linux")

func newCrowd(context.Context, LiveOrder) (*crowd, error) { return nil, errLinux }

func (*crowd) join() (*LiveReply, error)          { return nil, errLinux }
func (*crowd) obey(LiveOrder) (*LiveReply, error) { return nil, errLinux }
func (*crowd) end()                               {}
