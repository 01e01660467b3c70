package forensics

import (
	"reflect"
	"testing"
)

func TestBurstsAreWhereManyComeWithinASpan(t *testing.T) {
	for name, c := range map[string]struct {
		at   []int64
		want []burst
	}{
		"nobody":                       {nil, nil},
		"two":                          {[]int64{1, 2}, nil},
		"three at once":                {[]int64{1, 1, 1}, []burst{{0, 3, 3}}},
		"three just within the span":   {[]int64{0, 5, 10}, []burst{{0, 3, 3}}},
		"three just beyond the span":   {[]int64{0, 5, 11}, nil},
		"a stretch longer than a span": {[]int64{0, 5, 10, 15, 20}, []burst{{0, 5, 3}}},
		"across where an hour turns":   {[]int64{0, 9, 11, 12, 30}, []burst{{1, 4, 3}}},
		"two stretches":                {[]int64{0, 1, 2, 50, 51, 52, 53}, []burst{{0, 3, 3}, {3, 7, 4}}},
	} {
		if got := bursts(c.at, 3, 10); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
