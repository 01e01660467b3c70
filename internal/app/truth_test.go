package app_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// check holds what the store has against what the crowd was told: every
// acknowledged answer is there exactly once, no attempt is stuck, each comes to
// what its answers come to.
func (c *crowd) check(db *sqldb.DB) {
	c.t.Helper()
	count := func(query string) (n int) {
		c.t.Helper()
		if err := db.Get(c.t.Context(), &n, query); err != nil {
			c.t.Fatal(err)
		}
		return n
	}
	c.until("no attempt is open", func() bool { return count("SELECT COUNT(*) FROM attempts WHERE finished_at = 0") == 0 })
	if n := count(`SELECT COUNT(*) FROM attempts a WHERE questions <> (SELECT COUNT(*) FROM responses r WHERE r.attempt_id = a.id)
		OR correct <> (SELECT SUM(correct) FROM responses r WHERE r.attempt_id = a.id) OR score <> 10 * correct`); n != 0 {
		c.t.Errorf("%d attempts do not come to what their answers come to", n)
	}
	stored := c.stored(db)
	for _, p := range c.phones {
		for _, a := range p.acked {
			verdicts := stored[key(p.nickname, a.started, a.position)]
			if !slices.Equal(verdicts, []bool{a.correct}) {
				c.t.Errorf("%s was told %v for question %d of the attempt of %d; stored is %v", p.nickname, a.correct, a.position,
					a.started, verdicts)
			}
		}
		for started, score := range p.scores {
			if n := count(fmt.Sprintf(`SELECT COUNT(*) FROM attempts a JOIN enrolments e ON e.player_id = a.player_id
				WHERE e.nickname = '%s' AND a.started_at = %d AND a.score = %d`, p.nickname, started, score)); n != 1 {
				c.t.Errorf("%s was told %d points for the attempt of %d; %d such are stored", p.nickname, score, started, n)
			}
		}
	}
	if n := c.met("internal"); n > 0 {
		c.t.Errorf("%d internal errors were shown", n)
	}
	c.t.Logf("%d answers acknowledged; problems %v, no reply %v", c.acks.Load(), c.problems, c.network)
}

func key(nickname string, started int64, position int) string {
	return fmt.Sprint(nickname, " ", started, " ", position)
}

// stored are the verdicts in the store by player, attempt and position.
func (c *crowd) stored(db *sqldb.DB) map[string][]bool {
	c.t.Helper()
	var rows []struct {
		Nickname string `db:"nickname"`
		Started  int64  `db:"started_at"`
		Position int    `db:"position"`
		Correct  bool   `db:"correct"`
	}
	err := db.Select(c.t.Context(), &rows, `SELECT e.nickname, a.started_at, r.position, r.correct FROM responses r
		JOIN attempts a ON a.id = r.attempt_id JOIN enrolments e ON e.player_id = a.player_id AND e.contest_id = a.contest_id`)
	if err != nil {
		c.t.Fatal(err)
	}
	verdicts := map[string][]bool{}
	for _, r := range rows {
		at := key(r.Nickname, r.Started, r.Position)
		verdicts[at] = append(verdicts[at], r.Correct)
	}
	return verdicts
}

// contestIn reads the contest "faults" with what is stored of it.
func contestIn(t *testing.T, db *sqldb.DB) *catalog.Contest {
	t.Helper()
	contests := catalog.New(db, nil, bank.NewStore(db, time.Now), time.Now)
	if err := contests.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := contests.Current("faults")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// checkRedis waits until the boards in Redis equal the truth.
func (c *crowd) checkRedis(db *sqldb.DB, addr string) {
	c.t.Helper()
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	in := contestIn(c.t, db)
	c.equal(db, in, func(ctx context.Context, truth map[string]arena.Ranking) []string {
		return arena.CompareRedis(ctx, client, in, truth)
	})
}

// checkPages waits until the board pages show the truth.
func (c *crowd) checkPages(db *sqldb.DB) {
	c.t.Helper()
	in := contestIn(c.t, db)
	names := map[sqldb.ID]string{}
	for _, query := range []string{"SELECT player_id AS id, nickname AS name FROM enrolments",
		"SELECT id, name FROM units"} {
		var rows []struct {
			ID   sqldb.ID `db:"id"`
			Name string   `db:"name"`
		}
		if err := db.Select(c.t.Context(), &rows, query); err != nil {
			c.t.Fatal(err)
		}
		for _, r := range rows {
			names[r.ID] = r.Name
		}
	}
	c.equal(db, in, func(_ context.Context, truth map[string]arena.Ranking) (differences []string) {
		for name, lines := range truth {
			parts := strings.Split(name, ":") // p:best:20260616 or u:board:0
			board, query := parts[1], ""
			if parts[0] == "p" {
				board = "total"
			}
			if day := parts[2]; day != "0" {
				query = "&day=" + day[:4] + "-" + day[4:6] + "-" + day[6:]
			}
			want := ""
			for _, line := range lines {
				want += fmt.Sprint(names[line.ID], line.Points, " ")
			}
			if got := c.page(board, query); got != want {
				differences = append(differences, fmt.Sprintf("%s shows %s, the truth is %s", name, got, want))
			}
		}
		return differences
	})
}

func (c *crowd) page(board, query string) string {
	var page struct {
		Entries []struct {
			Name  string `json:"name"`
			Score int64  `json:"score"`
		} `json:"entries"`
	}
	p := c.phones[0]
	if err := p.Call("GET", p.InContest("/boards/"+board+"?size=100"+query), nil, &page); err != nil {
		return err.Error()
	}
	text := ""
	for _, e := range page.Entries {
		text += fmt.Sprint(e.Name, e.Score, " ")
	}
	return text
}

func (c *crowd) equal(
	db *sqldb.DB, in *catalog.Contest, compare func(context.Context, map[string]arena.Ranking) []string,
) {
	c.t.Helper()
	truth, err := arena.Truth(c.t.Context(), db, in)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(truth["p:best:0"]) != len(c.phones) || len(truth["u:crowd:0"]) != 2 {
		c.t.Errorf("the truth ranks %d players and %d towns", len(truth["p:best:0"]), len(truth["u:crowd:0"]))
	}
	var differences []string
	for deadline := time.Now().Add(testkit.Patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if differences = compare(c.t.Context(), truth); len(differences) == 0 {
			return
		}
	}
	for _, difference := range differences {
		c.t.Error(difference)
	}
}
