package player

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/board"
	"anquanda/internal/errs"
)

func FuzzABoardQueryIsBoundedOrRefusedByName(f *testing.F) {
	for _, seed := range []string{"", "from=1&size=50&day=2026-06-16", "from=0", "size=101", "day=2026-02-30",
		"day=0000-01-01", "from=1&from=2", "%", "a;b", "day=9999-12-31&from=1000000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest("GET", "/boards/total", nil)
		c.Request.URL.RawQuery = raw
		query, day, err := boardQuery(c)
		if err != nil {
			e := errs.From(err)
			named := e.Field == "from" || e.Field == "size" || e.Field == "day"
			if e.Code != "invalid_query" && !(e.Code == "invalid_field" && named) {
				t.Fatalf("%q: %v", raw, err)
			}
			return
		}
		if query.From < 1 || query.From > 1_000_000_000 || query.Size < 1 || query.Size > board.MaxPage || query.Me != 0 {
			t.Fatalf("%q is read as %+v", raw, query)
		}
		at, err := time.Parse(time.DateOnly, day)
		switch {
		case day == "" && query.Period == 0:
		case err != nil || query.Period != at.Year()*10_000+int(at.Month())*100+at.Day():
			t.Fatalf("%q is read as day %q, period %d", raw, day, query.Period)
		}
	})
}
