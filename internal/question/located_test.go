package question

import "testing"

func TestASourceIsLocatedByItsClause(t *testing.T) {
	index := References{{Key: "law", Title: "消防法"}, {Key: "book", Title: "手册", Unnumbered: true}}.Index()
	for source, want := range map[Source]Located{
		{}:                             Nowhere,
		{Title: "消防法"}:                 Nowhere,
		{Key: "law", Article: "第四十四条"}: ByClause,
		{Key: "law", Article: "第二十条第二款"}:         ByClause,
		{Title: "JGJ 80-2016", Article: "3.0.8"}: ByClause,
		{Key: "law", Article: "附件第七部分（二）"}:       ByClause,
		{Key: "law", Article: "第（九）项"}:           ByClause,
		{Key: "law", Article: "表1"}:              ByClause,
		{Key: "law", Article: "附录A"}:             ByClause,
		{Key: "law", Article: "使用（一般要求）"}:        Roughly,
		{Key: "law", Article: "总则"}:              Roughly,
		{Title: "别处", Article: "第二章"}:            Roughly,
		{Key: "book", Article: "火灾"}:             ByPart,
	} {
		if got := index.Locate(source); got != want {
			t.Errorf("%+v is %d, not %d", source, got, want)
		}
	}
}
