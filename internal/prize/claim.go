package prize

import (
	"anquanda/internal/contest"
)

// needsClaim reports whether the winner of a kind of prize has to tell where it
// goes.
func needsClaim(kind contest.PrizeKind) bool {
	return kind == contest.PrizeGoods || kind == contest.PrizeCredit || kind == contest.PrizeCash
}

// ClaimUntil is until when an award can be claimed, UTC ms; 0: for ever. What was
// bought with points does not lapse.
func ClaimUntil(d *contest.Definition, a *Award) int64 {
	if !needsClaim(a.Kind) || a.SourceKind == FromShop {
		return 0
	}
	return a.WonAt + d.Claims.Within.MS()
}

// lapsed reports whether nobody claimed an award in time.
func lapsed(d *contest.Definition, a *Award, now int64) bool {
	until := ClaimUntil(d, a)
	return until > 0 && now >= until
}
