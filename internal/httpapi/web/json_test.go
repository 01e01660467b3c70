package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestAReplyOverItsBoundIsStoppedWhileItIsWritten(t *testing.T) {
	text := strings.Repeat("a", 64<<10)
	body := make([]string, 16<<10) // a gigabyte, of which 64 KiB are there
	for i := range body {
		body[i] = text
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	reply, log := serve(httptest.NewRequest("GET", "/x", nil), Handle(func(c *gin.Context) error {
		return JSON(c, http.StatusOK, body)
	}))
	runtime.ReadMemStats(&after)
	if reply.Code != http.StatusInternalServerError || !strings.Contains(log, "x") {
		t.Errorf("a reply of a gigabyte: %d, %d bytes, log %s", reply.Code, reply.Body.Len(), log)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8*maxReply {
		t.Errorf("it took %d MiB", used>>20)
	}
}

func TestRepliesReadAsEncodingJSONWritesThem(t *testing.T) {
	type inner struct {
		A int    `json:"a,omitempty"`
		B string `json:"b"`
	}
	body := gin.H{"z": nil, "list": []string(nil), "html": "<b>&\u2028", "raw": []byte("abc"), "f": 1e21, "n": 1.0,
		"m": map[string]int{"b": 1, "a": 2}, "s": struct {
			inner
			P *int    `json:"p,omitempty"`
			L []int   `json:"l,omitempty"`
			X [2]byte `json:"x"`
		}{}}
	want, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	reply, log := serve(httptest.NewRequest("GET", "/x", nil), Handle(func(c *gin.Context) error {
		return JSON(c, http.StatusOK, body)
	}))
	if reply.Body.String() != string(want) {
		t.Errorf("%s, want %s; %s", reply.Body, want, log)
	}
}

func BenchmarkReply(b *testing.B) {
	gin.SetMode(gin.ReleaseMode)
	body := gin.H{"server_time": 1781568012345, "question": strings.Repeat("题", 60),
		"options": []string{"a", "b", "c", "d"}}
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Request = httptest.NewRequest("GET", "/x", nil)
	b.ReportAllocs()
	for b.Loop() {
		if err := JSON(c, http.StatusOK, body); err != nil {
			b.Fatal(err)
		}
	}
}
