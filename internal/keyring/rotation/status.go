package rotation

import (
	"context"
	"slices"
	"strings"

	"anquanda/internal/errs"
)

// Node is a node that runs.
type Node struct {
	ID      string
	Host    string
	Holds   []string // ids of secrets
	Problem string   // why it could not read them anew; empty: it could
}

// Key is a secret of the ring.
type Key struct {
	ID         string
	WritesFrom int64    // UTC ms; 0: it waits until every node holds it
	Writing    bool     // it is the one to write by now
	Lacking    []string // hosts of nodes that run and do not hold it
}

// Status is how the ring stands.
type Status struct {
	Source string // of this node
	Keys   []Key  // the newest first
	Nodes  []Node
	Sealed []Progress // what is being sealed anew with the key to write by

	at int64 // UTC ms
}

// Settled reports whether no key waits or is about to be written by, and all is sealed with
// the one that is.
func (s *Status) Settled() bool {
	waits := func(k Key) bool { return k.WritesFrom == 0 || k.WritesFrom > s.at }
	return !slices.ContainsFunc(s.Keys, waits) && !slices.ContainsFunc(s.Sealed, func(p Progress) bool { return !p.Done })
}

// Status reads how the ring stands, over all nodes.
func (r *Rotation) Status(ctx context.Context) (*Status, error) {
	nodes, err := r.nodes(ctx)
	if err != nil {
		return nil, err
	}
	var rows []keyRow
	err = r.db.Select(ctx, &rows, `SELECT id, known_at, writes_from FROM ring_keys
		ORDER BY CASE WHEN writes_from = 0 THEN 0 ELSE 1 END, writes_from DESC, known_at DESC`)
	if err != nil {
		return nil, errs.Wrap(err, "read the key ring")
	}
	status, writing := &Status{Source: r.source.Name, Nodes: nodes, at: r.db.Now().UnixMilli()}, false
	for _, row := range rows {
		key := Key{ID: row.ID, WritesFrom: row.WritesFrom}
		if !writing && row.WritesFrom > 0 && row.WritesFrom <= status.at {
			key.Writing, writing = true, true
			if status.Sealed, err = r.progress(ctx, row.ID); err != nil {
				return nil, err
			}
		}
		for _, node := range nodes {
			if !slices.Contains(node.Holds, row.ID) {
				key.Lacking = append(key.Lacking, node.Host)
			}
		}
		status.Keys = append(status.Keys, key)
	}
	return status, nil
}

// nodes lists those that run.
func (r *Rotation) nodes(ctx context.Context) ([]Node, error) {
	var rows []struct {
		Node    string `db:"node"`
		Host    string `db:"host"`
		Secrets string `db:"secrets"`
		Problem string `db:"problem"`
	}
	err := r.db.Select(ctx, &rows, `SELECT node, host, secrets, problem FROM ring_nodes WHERE seen_at >= ?
		ORDER BY host, node`, r.db.Now().Add(-goneAfter).UnixMilli())
	nodes := make([]Node, len(rows))
	for i, row := range rows {
		nodes[i] = Node{row.Node, row.Host, strings.Fields(row.Secrets), row.Problem}
	}
	return nodes, errs.Wrap(err, "read which nodes run")
}
