package sqldb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jmoiron/sqlx"
)

// galeraProbes is how many connections are held at once to see whether they reach one node.
const galeraProbes = 4

// galeraNode is what one connection tells of the node that it reached.
type galeraNode struct {
	On    bool
	Name  string
	Flush string // innodb_flush_log_at_trx_commit
}

var errSeveralWriters = errors.New("this is a Galera cluster, and its connections reach several nodes; " +
	"two that write at once lose updates, so let the balancer send all to one node and keep the others as backup")

// checkGalera refuses a Galera cluster with several writers, as far as one program can see
// it: connections that are open at the same time must end at the same node. (A failover
// changes the node of all of them.) Nodes of ours that are each tied to another node of
// the cluster cannot be seen from here.
func checkGalera(ctx context.Context, db *sqlx.DB) error {
	first, err := galeraAt(ctx, db)
	if err != nil || !first.On {
		return err
	}
	var nodes []galeraNode
	for range galeraProbes {
		conn, err := db.Connx(ctx)
		if err != nil {
			return err
		}
		defer conn.Close() //nolint:gocritic // all of them stay open until the last has told
		node, err := galeraAt(ctx, conn)
		if err != nil {
			return err
		}
		nodes = append(nodes, node)
	}
	return judgeGalera(ctx, nodes)
}

func galeraAt(ctx context.Context, from sqlx.QueryerContext) (of galeraNode, err error) {
	var rows []struct {
		Name  string `db:"Variable_name"`
		Value string `db:"Value"`
	}
	const read = "SHOW GLOBAL VARIABLES WHERE Variable_name IN " +
		"('wsrep_on', 'wsrep_node_name', 'innodb_flush_log_at_trx_commit')"
	if err := sqlx.SelectContext(ctx, from, &rows, read); err != nil {
		return of, fmt.Errorf("read wsrep_on: %w", err)
	}
	for _, row := range rows {
		switch row.Name {
		case "wsrep_on":
			of.On = row.Value == "ON"
		case "wsrep_node_name":
			of.Name = row.Value
		case "innodb_flush_log_at_trx_commit":
			of.Flush = row.Value
		}
	}
	return of, nil
}

func judgeGalera(ctx context.Context, nodes []galeraNode) error {
	for _, node := range nodes {
		if node.Name != nodes[0].Name {
			return fmt.Errorf("%w (seen: %s, %s)", errSeveralWriters, nodes[0].Name, node.Name)
		}
	}
	slog.InfoContext(ctx, "the store is a Galera cluster; every program must write to the same node of it",
		"node", nodes[0].Name)
	if flush := nodes[0].Flush; flush != "1" {
		slog.WarnContext(ctx, "acknowledged answers can be lost when nodes of the Galera cluster crash together: "+
			"set innodb_flush_log_at_trx_commit to 1", "innodb_flush_log_at_trx_commit", flush)
	}
	return nil
}
