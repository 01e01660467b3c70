package limit

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"anquanda/internal/sqldb"
)

// counted is one bucket of a rule.
type counted struct {
	use    Use
	by     By
	worked bool
}

// counters are of one bucket: let through and not, counted in Redis and here.
type counters [2][2]*metrics.Counter

func newCounters() map[counted]counters {
	all := map[counted]counters{}
	for use, terms := range table {
		for _, rule := range terms.Rules {
			for _, worked := range []bool{false, true} {
				if worked && terms.NoWork {
					continue
				}
				stopped := "work_needed"
				if worked || terms.NoWork {
					stopped = "refused"
				}
				var c counters
				for i, outcome := range []string{"allowed", stopped} {
					for j, by := range []string{"redis", "node"} {
						c[i][j] = metrics.GetOrCreateCounter(fmt.Sprintf(
							`anquanda_limit_calls_total{use=%q,by=%q,worked="%v",outcome=%q,counted=%q}`,
							use, rule.By, worked, outcome, by))
					}
				}
				all[counted{use, rule.By, worked}] = c
			}
		}
	}
	return all
}

func (l *Limiter) count(of counted, ok, here bool) {
	i, j := 0, 0
	if !ok {
		i = 1
	}
	if here {
		j = 1
	}
	l.counts[of][i][j].Inc()
}

// toldEvery is how often the log tells of one rule.
const toldEvery = time.Minute

// told remembers of which rules the log has told, and when.
type told struct {
	mu sync.Mutex
	at map[string]time.Time
}

// tell writes that a rule stopped a call, once a minute and without saying whose.
func (l *Limiter) tell(ctx context.Context, use Use, by By, contest sqldb.ID, refused bool) {
	l.told.mu.Lock()
	defer l.told.mu.Unlock()
	what := fmt.Sprint(use, " ", by, " ", refused)
	if now := time.Now(); now.Sub(l.told.at[what]) < toldEvery {
		return
	} else if l.told.at == nil {
		l.told.at = map[string]time.Time{what: now}
	} else {
		l.told.at[what] = now
	}
	if refused {
		slog.WarnContext(ctx, "limit reached: calls are refused", "use", use, "by", by, "contest", contest)
	} else {
		slog.InfoContext(ctx, "limit reached: calls need work", "use", use, "by", by, "contest", contest)
	}
}
