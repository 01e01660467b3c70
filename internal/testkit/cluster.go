package testkit

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// cluster is the masters of a Redis Cluster.
type cluster []*Server

// await returns once all masters know of each other.
func (c cluster) await() error {
	for _, node := range c {
		for end := time.Now().Add(Patience); exchange(node.Addr, "CLUSTER INFO\r\n", "cluster_state:ok") != nil; {
			if time.Now().After(end) {
				return errors.New("the Redis Cluster does not come together")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

func (c cluster) addr() string {
	addrs := make([]string, len(c))
	for i, node := range c {
		addrs[i] = node.Addr
	}
	return strings.Join(addrs, ",")
}

func (c cluster) empty() (err error) {
	for _, node := range c {
		for _, command := range []string{"FLUSHALL", "SCRIPT FLUSH", "FUNCTION FLUSH"} {
			err = errors.Join(err, exchange(node.Addr, command+"\r\n", "+OK"))
		}
	}
	return err
}

// idleClusters are those of this test binary that no test uses: to bring three masters
// together takes a hundred times as long as to start one server.
var idleClusters struct {
	sync.Mutex
	list []cluster
}

// lentCluster is a cluster that one test has for itself.
type lentCluster struct {
	cluster
	t testing.TB
}

// lendCluster hands out an empty Redis Cluster of three masters and takes it back, emptied,
// when the test ends.
func lendCluster(t testing.TB) lentCluster {
	t.Helper()
	needRedis(t)
	c, err := idleCluster()
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range c {
		node.t = t
	}
	t.Cleanup(func() {
		if err := c.empty(); err != nil {
			for _, node := range c {
				node.Kill() // a test left it broken: nobody gets it
			}
			return
		}
		idleClusters.Lock()
		defer idleClusters.Unlock()
		idleClusters.list = append(idleClusters.list, c)
	})
	return lentCluster{c, t}
}

func idleCluster() (cluster, error) {
	idleClusters.Lock()
	defer idleClusters.Unlock()
	if last := len(idleClusters.list) - 1; last >= 0 {
		c := idleClusters.list[last]
		idleClusters.list = idleClusters.list[:last]
		return c, nil
	}
	folder, err := processFolder()
	if err != nil {
		return nil, err
	}
	path, err := os.MkdirTemp(folder.path, "cluster-")
	if err != nil {
		return nil, err
	}
	return startCluster(path, 3)
}

// Kill takes all masters away.
func (c lentCluster) Kill() {
	for _, node := range c.cluster {
		node.Kill()
	}
}

// Restart brings all of them back, empty, and returns once they are together.
func (c lentCluster) Restart() {
	c.t.Helper()
	for _, node := range c.cluster {
		node.Restart()
	}
	if err := c.await(); err != nil {
		c.t.Fatal(err)
	}
}
