package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// The environment says which engines tests run on; unset, they are the MariaDB and the Redis of
// this machine. `scripts/test -engines` sets it.
const (
	// engineName, once set, names the engine: Each then runs on servers alone, under this name.
	engineName = "ANQUANDA_TEST_ENGINE"
	// mysqlCommand is the command of a MySQL server, its words parted by blanks, that is
	// started wherever a test wants a MariaDB; with --no-defaults before all other arguments.
	mysqlCommand = "ANQUANDA_TEST_MYSQLD"
	// redisCommand is the command started wherever a test wants a redis-server.
	redisCommand = "ANQUANDA_TEST_REDIS_SERVER"
	// redisCluster, once set, makes of Servers' Redis a Redis Cluster of three masters.
	redisCluster = "ANQUANDA_TEST_REDIS_CLUSTER"
)

// engine is how the servers of one SQL engine are started.
type engine struct {
	command []string
	// install is the command that makes a new data folder.
	install []string
	// arguments are those that only this engine knows.
	arguments []string
	greeting  string
}

const smallPool = "--innodb-buffer-pool-size=32M"

func sqlEngine() engine {
	if command := strings.Fields(os.Getenv(mysqlCommand)); len(command) > 0 {
		return engine{
			command:   command,
			install:   append(command, "--initialize-insecure", "--innodb-redo-log-capacity=16M"),
			arguments: []string{smallPool, "--innodb-redo-log-capacity=16M", "--secure-file-priv=", "--mysqlx=OFF"},
			greeting:  "caching_sha2_password",
		}
	}
	return mariaDBEngine()
}

func mariaDBEngine() engine {
	program, err := findProgram("mariadbd")
	if err != nil {
		program = "mariadbd"
	}
	return engine{
		command: []string{program, "--no-defaults"},
		install: []string{"mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal",
			"--skip-test-db", "--skip-name-resolve", "--innodb-log-file-size=8M"},
		arguments: []string{smallPool, "--skip-name-resolve", "--innodb-log-file-size=8M", "--aria-pagecache-buffer-size=1M"},
		greeting:  "mysql_native_password",
	}
}

// needSQL ends a test whose SQL server is not there.
func needSQL(t testing.TB) {
	t.Helper()
	if _, err := findProgram(sqlEngine().command[0]); err != nil {
		unavailable(t, err)
	}
}

// freshData is a data folder as the installer leaves it, made once: to copy it takes a
// tenth of the time.
var freshData = sync.OnceValues(func() (string, error) {
	folder, err := processFolder()
	if err != nil {
		return "", err
	}
	data, temporary := filepath.Join(folder.path, "sql-fresh"), filepath.Join(folder.path, "sql-tmp")
	// A server that starts removes what it takes for its own temporary tables, so
	// no two may share the folder for them.
	if err := os.Mkdir(temporary, 0o700); err != nil {
		return "", err
	}
	install := append(sqlEngine().install, "--datadir="+data, "--tmpdir="+temporary)
	install = append(install, runAs()...)
	out, err := exec.Command(install[0], install[1:]...).CombinedOutput()
	if err != nil {
		said, _, _ := strings.Cut(string(out), "Installation of system tables failed!") // a page of advice follows
		return "", fmt.Errorf("%s: %w\n%s", install[0], err, said)
	}
	return data, nil
})
