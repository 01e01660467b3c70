package simulation

import (
	"math/rand/v2"

	"anquanda/internal/contest"
)

// TeamCount is what the teams came to that players formed.
type TeamCount struct {
	Formed  int64 `json:"formed"`
	Members int64 `json:"members"`
	Ranked  int64 `json:"ranked"` // with enough members who have a result
}

// alone is how many of ten players join no team.
const alone = 3

// team lets the players form teams by lot, of one to as many as a team takes.
func (r *Result) team(d *contest.Definition, parts []*part, seed uint64) {
	if d.Teams == nil {
		return
	}
	random := rand.New(rand.NewPCG(seed, 1<<62)) // what else is drawn stays as it is
	r.Teams = &TeamCount{}
	left, took := 0, 0
	end := func() {
		if took >= d.Teams.Size.Least {
			r.Teams.Ranked++
		}
		took = 0
	}
	for _, p := range parts {
		for i := range p.Players {
			if random.IntN(10) < alone {
				continue
			}
			if left == 0 {
				end()
				left = 1 + random.IntN(d.Teams.Size.Most)
				r.Teams.Formed++
			}
			left--
			r.Teams.Members++
			if p.played[i/64]&(1<<(i%64)) != 0 {
				took++
			}
		}
	}
	end()
}
