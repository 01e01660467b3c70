package httpapi_test

import (
	"net/http"
	"testing"
)

func TestATranscriptIsSentAgainOnlyWhenItHasChanged(t *testing.T) {
	d := drawnHouse(t, embedded(t))
	path := "/api/v1/drawings/" + d.published() + "/transcript.json"
	first, body := d.send(d.player("drawn"), http.MethodGet, path, http.Header{"If-None-Match": {`"of another"`}}, nil)
	tag := first.Header.Get("ETag")
	if first.StatusCode != http.StatusOK || len(body) < 100 || tag == "" {
		t.Fatalf("%d, %d bytes, tag %q", first.StatusCode, len(body), tag)
	}
	again, body := d.send(d.player("drawn"), http.MethodGet, path, http.Header{"If-None-Match": {tag}}, nil)
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("who has it is sent it again: %d, %d bytes", again.StatusCode, len(body))
	}
}
