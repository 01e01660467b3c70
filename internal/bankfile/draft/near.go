package draft

import (
	"fmt"
	"slices"
)

// nearShare is how much of two stems' pairs of characters must agree for them to
// be shown as nearly the same. Below nine tenths, questions that differ in the one
// word that matters (高温, 低温) crowd the list.
const nearShare = 0.9

// compareNear marks questions that are nearly the same as an earlier one. Stems
// that share their rarest-hashed pairs of characters meet in a bucket (a MinHash
// with four bands of two); only those are compared in full, so that 50,000
// questions take time in proportion to their number.
func compareNear(drafts []*Draft) {
	buckets := map[[3]uint64][]*Draft{}
	shingles := make(map[*Draft][]uint64, len(drafts))
	for _, d := range drafts {
		if d.Rejected {
			continue
		}
		set := pairs(bare(d.Q.Stem))
		if len(set) < 10 {
			continue // too short to be nearly the same by chance or not
		}
		shingles[d] = set
		seen := map[*Draft]bool{}
		for _, key := range bands(set) {
			for _, earlier := range buckets[key] {
				if !seen[earlier] && earlier.Q.Kind == d.Q.Kind {
					seen[earlier] = true
					compareShares(earlier, d, shingles[earlier], set)
				}
			}
			if len(buckets[key]) < 8 {
				buckets[key] = append(buckets[key], d)
			}
		}
	}
}

func compareShares(earlier, d *Draft, a, b []uint64) {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	union := len(a) + len(b) - common
	// Equal stems were compared before.
	if common == union || float64(common) < nearShare*float64(union) {
		return
	}
	d.Note(NearDuplicate, "", fmt.Sprintf("第 %d 题：%s", earlier.number, Shorten(earlier.Q.Stem)), d.Q.Stem)
}

// pairs are the pairs of neighbouring characters in a text, sorted, each once.
func pairs(text string) []uint64 {
	runes := []rune(text)
	set := make([]uint64, 0, len(runes))
	for i := 0; i+1 < len(runes); i++ {
		set = append(set, uint64(runes[i])<<32|uint64(runes[i+1]))
	}
	slices.Sort(set)
	return slices.Compact(set)
}

func bands(set []uint64) [4][3]uint64 {
	var least [8]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for _, h := range set {
		for i := range least {
			h = (h ^ h>>31) * 0x9e3779b97f4a7c15
			h ^= h >> 29
			least[i] = min(least[i], h)
		}
	}
	var keys [4][3]uint64
	for i := range keys {
		keys[i] = [3]uint64{uint64(i), least[2*i], least[2*i+1]}
	}
	return keys
}
