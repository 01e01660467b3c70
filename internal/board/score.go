package board

import "anquanda/internal/contest"

// A sorted set's score is a double, exact for integers up to 2^53. It holds the
// points and, below them, when they were reached, so that ties break by who got
// there first and one set ranks all:
//
//	score = reached - points × 2^tieBits
//
// The set is read in ascending order: more points come first, then less time,
// then the older id.
type packing struct {
	tieBits    uint
	tieUnitMS  int64
	pointLimit int64
}

var (
	// A player's points stay below 4.19 million; times differ by 0.1 s within
	// 6.8 years of the contest's opening.
	playerPacking = packing{tieBits: 31, tieUnitMS: 100, pointLimit: contest.MaxTotal}
	// A unit's sum stays below 17 billion; times differ by 10 minutes within 9.9
	// years.
	unitPacking = packing{tieBits: 19, tieUnitMS: 600_000, pointLimit: 1<<34 - 1}
	// Units that rank equals by the time used: by seconds, up to 145 hours.
	unitTimePacking = packing{tieBits: 19, tieUnitMS: 1_000, pointLimit: 1<<34 - 1}
)

// packingOf is how a board of units packs its scores.
func packingOf(b contest.Board) packing {
	if b.Ties == contest.TiesTime {
		return unitTimePacking
	}
	return unitPacking
}

// pack makes a score. Points outside 0 to the limit, and times outside the
// range, are cut to it.
func (p packing) pack(points, reachedAt, opensAt int64) float64 {
	tie := min(max(0, (reachedAt-opensAt)/p.tieUnitMS), 1<<p.tieBits-1)
	points = min(max(0, points), p.pointLimit)
	return float64(tie - points<<p.tieBits)
}

// points reads the points back out of a score.
func (p packing) points(score float64) int64 {
	n := int64(score)
	// Round towards more points: the tie was added to a negative multiple.
	return (-n + 1<<p.tieBits - 1) >> p.tieBits
}

// tieMS reads the time out of a score that ranks equals by it.
func (p packing) tieMS(score float64) int64 {
	return (int64(score) + p.points(score)<<p.tieBits) * p.tieUnitMS
}

// last is the greatest score, so the last on the board, with so many points.
func (p packing) last(points int64) int64 { return 1<<p.tieBits - 1 - points<<p.tieBits }
