package bankfile

import (
	"strings"
	"testing"
)

func TestWhatStandsTooDeepInJSONIsRejectedNotPassedOver(t *testing.T) {
	const question = `{"question":"火警电话？","options":["110","119"],"answer":"B"}`
	for depth, want := range map[int][]string{
		3: {"single | 火警电话？ | 110/119 | B", "single | 打哪个？ | 110/119 | B"},
		9: {"single | 打哪个？ | 110/119 | B", "text_unread"},
	} {
		file := `[{"question":"打哪个？","options":["110","119"],"answer":"B"},` + strings.Repeat("[", depth) + question +
			strings.Repeat("]", depth) + "]"
		result, err := Read("a.json", []byte(file), Options{})
		if err != nil || result.Found != 2 {
			t.Errorf("%d deep: %v, %d found", depth, err, result.Found)
		}
		rejected := len(want) == 2 && want[1] == "text_unread"
		if rejected != (result.Rejected == 1) || rejected && tally(result) != "!text_unread 1" {
			t.Errorf("%d deep: %s", depth, tally(result))
		}
	}
}
