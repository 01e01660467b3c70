package contest

// Honour is what units that stand first on a board are awarded, once the contest is over.
type Honour struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
	Board string `yaml:"board"` // of units, ranked over the whole contest
	// People is how many players must count for a unit on the board; who has fewer is passed
	// over, and those behind move up. 0: as many as the board asks for.
	People int           `yaml:"people"`
	Text   string        `yaml:"text"`   // on the certificate
	Places []HonourPlace `yaml:"places"` // the best first
}

// HonourPlace is one class of an honour, for so many units.
type HonourPlace struct {
	Title string `yaml:"title"`
	Count int    `yaml:"count"`
}

// PlaceAt is the class of a rank (from 1); units that rank equal share it. ok is false
// behind the last one.
func (h *Honour) PlaceAt(rank int) (title string, ok bool) {
	last := 0
	for _, place := range h.Places {
		if last += place.Count; rank <= last {
			return place.Title, true
		}
	}
	return "", false
}
