package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"anquanda/internal/testkit"
)

// engine is one set of stores that the tests run on.
type engine struct {
	name string
	// prepare starts what all tests share, in folder, and tells the environment that makes
	// tests use the engine, its version, and how it ends.
	prepare func(ctx context.Context, folder string) (prepared, error)
	// only, where it is set, names its own tests, which are all of tested: others gain nothing by it.
	only string
}

type prepared struct {
	environment []string
	version     string
	end         func()
}

// engines is the list of them. A SQL engine and a Redis go together: each engine is in one run,
// and a run of all packages takes what it takes.
var engines = []engine{
	{name: "mariadb-redis", prepare: mariadbAndRedis}, // those of every run
	{name: "mysql-valkey", prepare: mysqlAndValkey},
	{name: "galera-cluster", prepare: galeraAndCluster},
	{name: "hosts", prepare: hosts, only: "Hosts"},
}

// result is what became of the tests on an engine.
type result struct {
	name, version   string
	passed          int
	failed, skipped []string
	took            time.Duration
	err             error
}

func (e engine) run(ctx context.Context, folder, program string, packages []string) result {
	r := result{name: e.name}
	if r.err = os.Mkdir(folder, 0o700); r.err != nil {
		return r
	}
	ready, err := e.prepare(ctx, folder)
	if err != nil {
		r.err = fmt.Errorf("cannot be had: %w", err)
		return r
	}
	if ready.end != nil {
		defer ready.end()
	}
	r.version = ready.version
	environment := append(ready.environment, "ANQUANDA_TEST_REQUIRE=1", "ANQUANDA_TEST_PROGRAM="+program,
		"ANQUANDA_TEST_ENGINE="+e.name, "TMPDIR="+folder)
	if e.only != "" {
		packages = []string{"-run=" + e.only, "./internal/app"}
	}
	r.err = r.test(ctx, environment, packages)
	return r
}

func mariadbAndRedis(ctx context.Context, _ string) (prepared, error) {
	sql, err := versionOf(ctx, "mariadbd", "--no-defaults", "--version")
	if err != nil {
		return prepared{}, err
	}
	redis, err := versionOf(ctx, "redis-server", "--version")
	return prepared{version: "MariaDB " + sql + ", Redis " + redis}, err
}

func mysqlAndValkey(ctx context.Context, _ string) (prepared, error) {
	system, err := unstable(ctx)
	if err != nil {
		return prepared{}, err
	}
	mysqld := append(system.command("usr/sbin/mysqld"), "--no-defaults", "--basedir="+filepath.Join(system.folder, "usr"))
	mysql, err := versionOf(ctx, append(mysqld, "--version")...)
	if err != nil {
		return prepared{}, err
	}
	server := system.command("usr/bin/valkey-server")
	valkey, err := versionOf(ctx, append(server, "--version")...)
	return prepared{version: "MySQL " + mysql + ", Valkey " + valkey, environment: []string{
		"ANQUANDA_TEST_MYSQLD=" + strings.Join(mysqld, " "), "ANQUANDA_TEST_REDIS_SERVER=" + strings.Join(server, " "),
	}}, err
}

func galeraAndCluster(ctx context.Context, folder string) (prepared, error) {
	usual, err := mariadbAndRedis(ctx, folder)
	if err != nil {
		return prepared{}, err
	}
	nodes, err := testkit.NewGalera(folder)
	if err != nil {
		return prepared{}, err
	}
	return prepared{version: "Galera of three (" + usual.version + " as a cluster of three masters)", end: nodes.End,
		environment: []string{"ANQUANDA_TEST_MYSQL=" + nodes.DSN(""), "ANQUANDA_TEST_GALERA=1",
			"ANQUANDA_TEST_REDIS_CLUSTER=1"}}, nil
}

// number finds 9.7.4 in "mysqld  Ver 9.7.4-2 for Linux".
var number = regexp.MustCompile(`\d+\.\d+\.\d+`)

func versionOf(ctx context.Context, command ...string) (string, error) {
	out, err := exec.CommandContext(ctx, command[0], command[1:]...).Output()
	if err != nil {
		return "", errors.Join(err, fmt.Errorf("%s does not tell its version", command[0]))
	}
	found := number.FindString(string(out))
	if found == "" {
		return "", fmt.Errorf("%s says %q", command[0], out)
	}
	return found, nil
}
