package contest

import "fmt"

// mostHonoured is how many units a class of an honour is for at most: a sheet a unit is
// printed.
const mostHonoured = 1_000

// honours checks what units are awarded.
func (c *checker) honours(d *Definition) {
	keys := map[string]bool{}
	for i := range d.Honours {
		path, h := fmt.Sprintf("honours[%d]", i), &d.Honours[i]
		c.fresh(path+".key", h.Key, keys, "honour")
		c.text(path+".title", h.Title, 1, 20)
		c.text(path+".text", h.Text, 1, 200)
		board, ok := d.Board(h.Board)
		switch {
		case !ok:
			c.add(path+".board", "%q is no board", h.Board)
		case board.Subject != SubjectUnit:
			c.add(path+".board", "board %q does not rank units; units are awarded by a board of units", h.Board)
		case board.Period != "":
			c.add(path+".board", "board %q ranks rounds; units are awarded by the whole contest", h.Board)
		}
		if h.People < 0 || h.People > 10_000 {
			c.add(path+".people", "a unit must have 1 to 10000 players, or 0 for as many as the board asks for")
		} else if board.Top > 0 && h.People > board.Top {
			c.add(path+".people", "only the best %d of a unit are counted, so no unit has %d", board.Top, h.People)
		}
		if len(h.Places) == 0 || len(h.Places) > 10 {
			c.add(path+".places", "an honour has 1 to 10 classes")
		}
		for k, place := range h.Places {
			at := fmt.Sprintf("%s.places[%d]", path, k)
			c.text(at+".title", place.Title, 1, 20)
			if place.Count < 1 || place.Count > mostHonoured {
				c.add(at+".count", "a class is for 1 to %d units", mostHonoured)
			}
		}
	}
}
