package contestview

import "anquanda/internal/contest"

// Door is a way to prove a person that this server offers.
type Door struct {
	Kind     contest.Proof `json:"kind"`
	Title    string        `json:"title"`
	Provider string        `json:"provider,omitempty"` // of an account elsewhere: its key
}

// DoorsOf are those doors that a contest takes, in the order of its definition.
func DoorsOf(d *contest.Definition, doors []Door) []Door {
	taken := []Door{}
	for _, way := range d.Players.Proof {
		for _, door := range doors {
			if door.Kind == way {
				taken = append(taken, door)
			}
		}
	}
	return taken
}
