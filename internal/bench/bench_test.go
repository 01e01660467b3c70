package bench

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/bench/load"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestOnEachPairOfStoresEveryAnswerIsStoredOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		only, stores := string(phaseAnswers), Stores{}
		if s.MySQLDSN != "" {
			only, stores = Phases, Stores{MySQL: s.MySQLDSN, Redis: s.RedisAddr()}
		}
		t.Setenv("TMPDIR", t.TempDir())
		generator := load.Inside()
		defer generator.Close()
		profile := filepath.Join(t.TempDir(), "cpu")
		report, err := Answers(t.Context(), AnswersConfig{Stores: stores, Measure: 200 * time.Millisecond,
			Connections: []int{4}, Only: only, CPUProfile: profile}, generator, nil)
		if err != nil {
			t.Fatal(err)
		}
		// How much is stored in this short a time is not ours to want: a disk may
		// stand still for longer.
		for _, f := range report.Figures {
			if len(f.Refused) > 0 || f.Lost > 0 {
				t.Errorf("%+v", f)
			}
		}
		if st := report.Stored; !st.ExactlyOnce || st.Rows == 0 {
			t.Errorf("stored: %+v", st)
		}
		if info, err := os.Stat(profile); err != nil || info.Size() == 0 {
			t.Errorf("the profile: %v, %v", info, err)
		}
		if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
			t.Errorf("%v stayed behind", left)
		}
	})
}

func TestABenchmarkLeavesTheServersAsTheyWere(t *testing.T) {
	s := testkit.Servers(t)
	s.Migrate(sqldb.Migrations())
	databases := func() (n int) {
		if err := s.DB.Get(t.Context(), &n, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE ?",
			"%\\_bench\\_%"); err != nil {
			t.Fatal(err)
		}
		return n
	}
	generator := load.Inside()
	defer generator.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // somewhere on the way
	defer cancel()
	_, err := Answers(ctx, AnswersConfig{Stores: Stores{MySQL: s.MySQLDSN, Redis: s.RedisAddr()}, Measure: time.Minute,
		Connections: []int{4}, Only: "c"}, generator, nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ends with %v", err)
	}
	if n := databases(); n != 0 {
		t.Errorf("%d databases stay behind", n)
	}
}

func TestABenchmarkHasADatabaseOfItsOwn(t *testing.T) {
	for dsn, want := range map[string][2]string{
		"root@tcp(127.0.0.1:3306)/contest":               {"root@tcp(127.0.0.1:3306)/contest_bench_", ""},
		"u:p/w@tcp(h:1)/contest?tls=true&timeout=1s":     {"u:p/w@tcp(h:1)/contest_bench_", "?tls=true&timeout=1s"},
		"root@unix(/run/mysqld/mysqld.sock)/":            {"root@unix(/run/mysqld/mysqld.sock)/anquanda_bench_", ""},
		"root@tcp(h:1)/contest?serverPubKey=a&loc=Local": {"root@tcp(h:1)/contest_bench_", "?serverPubKey=a&loc=Local"},
	} {
		own, name := ownDatabase(dsn)
		if !strings.HasPrefix(own, want[0]) || !strings.HasSuffix(own, name+want[1]) {
			t.Errorf("%s becomes %s with the database %s", dsn, own, name)
		}
	}
}

func TestAimsCompareFiguresOfAsManyConnections(t *testing.T) {
	aims := aimsOf([]Figure{
		{Phase: phaseBare, Connections: 64, PerSecond: 50_000}, {Phase: phaseAnswers, Connections: 64, PerSecond: 10_000},
		{Phase: phaseBare, Connections: 256, PerSecond: 20_000}, {Phase: phaseAnswers, Connections: 256, PerSecond: 11_000},
		{Phase: phaseEach, Connections: 256, PerSecond: 2_000},
		{Phase: phaseOpen, Connections: 256, Offered: 5_500, PerSecond: 5_500, P99: 80},
		{Phase: phaseRows, PerSecond: 100_000},
	})
	want := []Aim{{Reached: 0.2}, {Reached: 0.55, Met: true}, {Reached: 5.5, Met: true}, {Reached: 80}}
	if len(aims) != len(want) {
		t.Fatalf("%d aims: %v", len(aims), aims)
	}
	for i, a := range aims {
		if math.Abs(a.Reached-want[i].Reached) > 1e-9 || a.Met != want[i].Met {
			t.Errorf("%s; want %+v", a, want[i])
		}
	}
	if text := aims[0].String(); !strings.HasSuffix(text, "SHORT by 50 %") {
		t.Errorf("an aim half reached is told as %q", text)
	}
	if text := aims[3].String(); !strings.HasSuffix(text, "SHORT by 100 %") {
		t.Errorf("a latency twice as long is told as %q", text)
	}
}

func TestTheProgramsOwnTimeForAnAnswerIsHeldAgainstThatForANoOp(t *testing.T) {
	of := func(micros float64) Aim {
		return aimsOf([]Figure{
			{Phase: phaseBare, Connections: 64, PerSecond: 2, CPU: CPU{ProgramMicros: 20, AllMicros: 30}},
			{Phase: phaseAnswers, Connections: 64, PerSecond: 1, CPU: CPU{ProgramMicros: micros, AllMicros: 90}},
		})[1]
	}
	if a := of(50); a.Reached != 2.5 || !a.Met {
		t.Errorf("two and a half times as much is told as %+v", a)
	}
	if a := of(75); a.Met || !strings.Contains(a.String(), "SHORT by 50 %") {
		t.Errorf("nearly four times as much is told as %q", a)
	}
}

func TestTheReportTellsTroubleAndNoise(t *testing.T) {
	rest := 0.4
	report := AnswersReport{
		Figures: []Figure{{Phase: phaseBare, PerSecond: 1, CPU: CPU{Rest: &rest}},
			{Phase: phaseAnswers, PerSecond: 1, Missed: 3, Lost: 2, Refused: map[string]int{"409 answer_late": 7}}},
		Stored: Stored{Acknowledged: 10, Rows: 9, Unknown: 2},
	}
	var text strings.Builder
	report.Print(&text)
	for _, want := range []string{"before they are on the disk", "40 %", "3 answers were due", "2 requests got no reply",
		"refused 7 times: 409 answer_late", "NOT EXACTLY ONCE"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not told in:\n%s", want, text.String())
		}
	}
}
