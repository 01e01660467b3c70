package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/keyring/rotation"
)

// keyRotate puts a new key in front of the key file of this machine. The nodes that run
// take it into use by themselves once all of them hold it.
func keyRotate(ctx context.Context, args []string) error {
	a, cfg, err := opened(ctx, "key rotate", args)
	if err != nil {
		return err
	}
	defer a.Close()
	path, added, err := a.RotateKey(ctx, *cfg)
	if err != nil {
		return err
	}
	fmt.Printf("Key %s stands in front in %s; the earlier ones stay behind it and must not be deleted.\n", added, path)
	return tellKeys(ctx, a)
}

// keyStatus tells how the key ring stands, over all nodes. Its exit code is 1 while a
// rotation is under way.
func keyStatus(ctx context.Context, args []string) error {
	a, _, err := opened(ctx, "key status", args)
	if err != nil {
		return err
	}
	defer a.Close()
	status, err := a.Keys.Status(ctx)
	if err != nil {
		return err
	}
	printKeys(status)
	if !status.Settled() {
		return exitError(1)
	}
	return nil
}

func tellKeys(ctx context.Context, a *app.App) error {
	status, err := a.Keys.Status(ctx)
	if err != nil {
		return err
	}
	printKeys(status)
	if len(status.Nodes) > 0 {
		fmt.Println("Copy the file to every node that lacks the key; `anquanda key status` tells how far it is.")
	}
	return nil
}

func printKeys(status *rotation.Status) {
	for _, key := range status.Keys {
		fmt.Printf("key %s  %s\n", key.ID, keyState(key))
	}
	for _, node := range status.Nodes {
		if node.Problem != "" {
			fmt.Printf("WRONG node %s: %s\n", node.Host, node.Problem)
		}
	}
	for _, sealed := range status.Sealed {
		state := "under way"
		if sealed.Done {
			state = "done"
		}
		fmt.Printf("sealed anew: %-18s %s, %d rows looked at, %d sealed\n", sealed.Name, state, sealed.Looked,
			sealed.Resealed)
	}
}

func keyState(key rotation.Key) string {
	from := time.UnixMilli(key.WritesFrom).UTC().Format(time.RFC3339)
	lacking := ""
	if len(key.Lacking) > 0 {
		lacking = "; not on " + strings.Join(key.Lacking, ", ")
	}
	switch {
	case key.Writing:
		return "in use" + lacking
	case key.WritesFrom == 0:
		return "waits until every node holds it" + lacking
	case key.WritesFrom > time.Now().UnixMilli():
		return "is used from " + from + lacking
	}
	return "earlier: read by still" + lacking
}
