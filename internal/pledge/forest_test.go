package pledge

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// slowly counts by following each signature to its root.
func slowly(links []link) []link {
	counted := make([]link, len(links))
	for i := range links {
		counted[i].parent = links[i].parent
	}
	for i := range links {
		steps := uint32(0)
		for at := links[i].parent; at != 0; at = links[at-1].parent {
			steps++
			above := &counted[at-1]
			above.after++
			above.further = max(above.further, steps)
			if steps == 1 {
				above.direct++
			}
		}
	}
	return counted
}

// randomLinks makes so many signatures, each handed on from an earlier one or none.
func randomLinks(r *rand.Rand, many int) []link {
	links := make([]link, many)
	for i := range links {
		if i > 0 && r.IntN(4) > 0 {
			links[i].parent = uint32(max(0, i-r.IntN(8)))
		}
	}
	return links
}

func TestOnePassBackwardsCountsEveryChain(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 6))
	for many := range 200 {
		links := randomLinks(r, many)
		want := slowly(links)
		countLinks(links)
		if !slices.Equal(links, want) {
			t.Fatalf("%d signatures: %v, want %v", many, links, want)
		}
		countLinks(links) // again, as when more were read
		if !slices.Equal(links, want) {
			t.Fatalf("%d signatures counted twice: %v, want %v", many, links, want)
		}
	}
}

func TestTheWidestRelaysComeInOrder(t *testing.T) {
	// 1 ← 2 ← 3; 4 ← 5; 6; 7 ← 8, 9, 10
	f := &forest{}
	for _, parent := range []uint32{0, 1, 2, 0, 4, 0, 0, 7, 7, 7} {
		f.links = append(f.links, link{parent: parent})
	}
	countLinks(f.links)
	if got := f.widest(2); !slices.Equal(got, []int64{7, 1}) {
		t.Errorf("the widest are %v", got)
	}
	if got := f.widest(9); !slices.Equal(got, []int64{7, 1, 4}) {
		t.Errorf("all are %v", got)
	}
	if f.root(3) != 1 || f.root(6) != 6 || f.root(0) != 0 {
		t.Error("a root is wrong")
	}
}

func BenchmarkCountAMillionSignatures(b *testing.B) {
	links := randomLinks(rand.New(rand.NewPCG(1, 2)), 1_000_000)
	for b.Loop() {
		countLinks(links)
	}
}
