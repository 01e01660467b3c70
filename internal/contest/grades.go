package contest

import "slices"

// Graded lists what a player gets of the certificates that were reached: of each grade's
// only the best, which the definition lists first. Order and the others stay.
func Graded(reached []Certificate) (best []Certificate) {
	for i := range reached {
		c := &reached[i]
		if c.Grade == "" || !slices.ContainsFunc(best, func(b Certificate) bool { return b.Grade == c.Grade }) {
			best = append(best, *c)
		}
	}
	return best
}

// Better reports whether a certificate of a grade stands above another, by its key. One
// that the definition lists no more is not compared: what is held stays.
func (d *Definition) Better(c *Certificate, than string) bool {
	place := func(key string) int {
		return slices.IndexFunc(d.Certificates, func(o Certificate) bool { return o.Key == key && o.Grade == c.Grade })
	}
	at, other := place(c.Key), place(than)
	return at >= 0 && other >= 0 && at < other
}

// ScoreOn is the score that a certificate bears, as people write it: of the level at which
// it looks, else of all levels together. Empty where the definition prints none.
func (d *Definition) ScoreOn(c *Certificate, s *Summary) string {
	switch {
	case !c.Score:
		return ""
	case c.Who.Best != nil:
		return d.PointsText(s.Best(c.Who.Best.Level))
	}
	return d.PointsText(d.BestSum(s))
}

// NameOn is which name of its player stands on a certificate.
type NameOn string

// The names.
const (
	NameNick NameOn = "nickname" // as others see it
	NameReal NameOn = "real"     // as told in the first field of kind name that all are asked for
)

// RealName is the field that asks all players for their names: the first that does; of
// winners alone others are asked.
func (d *Definition) RealName() (Field, bool) {
	i := slices.IndexFunc(d.Players.Fields, func(f Field) bool { return f.Kind == FieldName && f.When != WhenClaim })
	if i < 0 {
		return Field{}, false
	}
	return d.Players.Fields[i], true
}

// RealNameOn is the field whose value stands on a certificate as the name; false where the
// nickname does.
func (d *Definition) RealNameOn(c *Certificate) (Field, bool) {
	if c.Name != NameReal {
		return Field{}, false
	}
	return d.RealName()
}

// PrintsName reports whether what is told in a field stands on a certificate.
func (d *Definition) PrintsName(f Field) bool {
	return slices.ContainsFunc(d.Certificates, func(c Certificate) bool {
		field, real := d.RealNameOn(&c)
		return real && field.Key == f.Key
	})
}
