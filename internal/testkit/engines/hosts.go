package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hosts is no engine but a place: three programs on network namespaces of their own. The
// older one that its tests upgrade is built from the commit before the last migration came.
func hosts(ctx context.Context, folder string) (prepared, error) {
	if os.Getuid() != 0 {
		return prepared{}, errors.New("network namespaces want root")
	}
	version, err := versionOf(ctx, "haproxy", "-v")
	if err != nil {
		return prepared{}, err
	}
	commit, err := beforeTheLastMigration(ctx)
	if err != nil {
		return prepared{}, err
	}
	program := filepath.Join(folder, "older")
	if err := buildOf(ctx, commit, folder, program); err != nil {
		return prepared{}, fmt.Errorf("the program of %s: %w", commit, err)
	}
	return prepared{version: "HAProxy " + version + ", older program of " + commit[:7],
		environment: []string{"ANQUANDA_TEST_HOSTS=1", "ANQUANDA_TEST_OLDER_PROGRAM=" + program}}, nil
}

// beforeTheLastMigration is the commit before the one that added the last migration.
func beforeTheLastMigration(ctx context.Context) (string, error) {
	added, err := git(ctx, "log", "-1", "--format=%H", "--diff-filter=A", "--", "internal/*/migrations/*.sql",
		"internal/**/migrations/*.sql")
	if err != nil || added == "" {
		return "", fmt.Errorf("git's history is not here (a shallow copy?), and with it no older program to upgrade: %w", err)
	}
	before, err := git(ctx, "rev-parse", "--verify", added+"^")
	if err != nil {
		err = fmt.Errorf("the history ends before %s: %w", added, err)
	}
	return before, err
}

func git(ctx context.Context, arguments ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", arguments...).Output()
	return strings.TrimSpace(string(out)), err
}

// buildOf builds the program as it was at a commit.
func buildOf(ctx context.Context, commit, folder, program string) error {
	archive, err := exec.CommandContext(ctx, "git", "archive", commit).Output()
	if err != nil {
		return fmt.Errorf("git archive: %w", err)
	}
	source := filepath.Join(folder, "source")
	if err := os.Mkdir(source, 0o700); err != nil {
		return err
	}
	unpack := exec.CommandContext(ctx, "tar", "-x", "-C", source)
	unpack.Stdin = bytes.NewReader(archive)
	if out, err := unpack.CombinedOutput(); err != nil {
		return fmt.Errorf("tar: %w\n%s", err, out)
	}
	compile := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", program, "./cmd/anquanda")
	compile.Dir = source
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return os.RemoveAll(source)
}
