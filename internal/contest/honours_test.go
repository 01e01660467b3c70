package contest

import "testing"

func TestARankHasTheClassOfItsPlace(t *testing.T) {
	h := Honour{Places: []HonourPlace{{"一等奖", 1}, {"二等奖", 3}}}
	for rank, want := range map[int]string{1: "一等奖", 2: "二等奖", 4: "二等奖", 5: ""} {
		if title, ok := h.PlaceAt(rank); title != want || ok != (want != "") {
			t.Errorf("rank %d gets %q, %v", rank, title, ok)
		}
	}
}
