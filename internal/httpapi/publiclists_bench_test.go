package httpapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// What the program does for a stranger's look at a public list of 2,000, as many take at once
// when it is made: at all lists, at its first page and at its last.
func BenchmarkPublicList(b *testing.B) {
	s := embedded(b)
	house, tearDown, err := build(app.Config{Data: s.DataFolder, Redis: s.RedisAddr()}, 7)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(tearDown)
	text := fmt.Appendf(nil, openLists, "2029-01-02 00:00", "2029-01-02 00:00")
	in, err := house.app.Catalog.Apply(b.Context(), "lists.yaml", text, "test")
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]sqldb.ID, 2000)
	err = house.app.DB.InTx(b.Context(), func(tx *sqldb.Tx) error {
		for i := range ids {
			ids[i] = sqldb.ID(i + 1)
			if _, err := tx.Exec(b.Context(), `INSERT INTO enrolments (contest_id, player_id, nickname, unit_id, joined_at)
				VALUES (?, ?, ?, 0, 1)`, in.ContestID, ids[i], fmt.Sprintf("选手%d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := house.app.Lists.Put(b.Context(), staff.Actor{Name: "test"}, in, "guests", ids, true, "特邀",
		time.Now().UnixMilli()); err != nil {
		b.Fatal(err)
	}
	handler := house.app.Handler()
	for _, path := range []string{"/lists", "/lists/guests", "/lists/guests?from=1950"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reply := httptest.NewRecorder()
				handler.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, "/api/v1/contests/hall"+path, nil))
				if reply.Code != http.StatusOK {
					b.Fatal(reply.Code, reply.Body.String())
				}
			}
		})
	}
}
