package bank_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/testkit"
)

// ring is a drawing of that colour.
func ring(colour string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 30">` +
		`<circle cx="15" cy="15" r="9" fill="` + colour + `"/></svg>`)
}

func TestDrawingsAreKeptUnderTheNameOfWhatTheyHold(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		pictures := map[string][]byte{"a.svg": ring("red"), "b.svg": ring("red"), "c.svg": ring("blue")}
		var all sync.WaitGroup
		results := make([]*bankfile.Result, 4) // of nodes that start at once
		for i := range results {
			results[i] = &bankfile.Result{Images: pictures, Questions: singles("a", "b", "c")}
			for k := range results[i].Questions {
				results[i].Questions[k].Image = results[i].Questions[k].ID + ".svg"
			}
			all.Go(func() {
				if err := banks.KeepImages(t.Context(), results[i]); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, result := range results {
			q := result.Questions
			if q[0].Image != q[1].Image || q[0].Image == q[2].Image || !strings.HasSuffix(q[2].Image, ".svg") {
				t.Fatalf("named %s, %s and %s", q[0].Image, q[1].Image, q[2].Image)
			}
			kept, err := banks.Image(t.Context(), q[2].Image)
			if err != nil || kept.MIME != "image/svg+xml" || string(kept.Body) != string(ring("blue")) {
				t.Errorf("kept %+v, %v", kept, err)
			}
		}
	})
}

func TestADrawingWithAScriptKeepsTheWholeFileOut(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		pictures := map[string][]byte{"a.svg": ring("red"), "z.svg": []byte(strings.Replace(string(ring("red")), "<circle",
			"<script>alert(1)</script><circle", 1))}
		result := &bankfile.Result{Images: pictures, Questions: []question.Question{{Image: "a.svg"}}}
		if err := banks.KeepImages(t.Context(), result); code(err) != "invalid_field" ||
			!strings.Contains(errs.From(err).Message, "z.svg") {
			t.Errorf("with a script: %v", err)
		}
		if _, err := banks.Image(t.Context(), result.Questions[0].Image); !errors.Is(err, bank.ErrNoImage) {
			t.Errorf("the other is kept: %v", err)
		}
	})
}
