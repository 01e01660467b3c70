package question

import "regexp"

// Located is how well a source tells where the right answer is written.
type Located int

// From nowhere at all to the clause.
const (
	Nowhere  Located = iota // no source, or its name alone
	Roughly                 // a heading of a source that has numbered clauses
	ByPart                  // a part of a source that has none
	ByClause                // 第四十四条, 5.2.1, and what stands as exactly: 第（九）项, 附录A, 表9
)

// clause is a numbered place: an article, a clause of a standard, one of its tables or
// appendices, an item of a notice (they number 一、（一）1.).
var clause = regexp.MustCompile(`第[〇零一二三四五六七八九十百千0-9.]+条|[0-9]\.[0-9]|表[0-9]|附录[A-Z]|（[一二三四五六七八九十]+）`)

// Locate tells how well a source is located, with what the list says of it.
func (x Index) Locate(s Source) Located {
	r := x.Of(s)
	switch {
	case s.Title == "" && s.Key == "" || s.Article == "":
		return Nowhere
	case clause.MatchString(s.Article):
		return ByClause
	case r != nil && r.Unnumbered:
		return ByPart
	}
	return Roughly
}
