package contest_test

import (
	"testing"

	"anquanda/internal/testkit/contests"
)

// A new part of a definition comes whole: testdata/parts.md has a row for it, and says for
// each place that the part is there, or why not. That it is so, the tests of those places
// hold; that the check refuses what is no value of it, TestEveryBrokenValue… does.
func TestEveryPartOfADefinitionHasItsRowInTheTable(t *testing.T) {
	rows, known := contests.Parts(t), map[string]bool{}
	for _, part := range contests.Properties(t) {
		known[part] = true
		if rows[part] == nil {
			t.Errorf("parts.md has no row for %s", part)
		}
	}
	for part := range rows {
		if !known[part] {
			t.Errorf("parts.md has a row for %s, which the schema does not know", part)
		}
	}
}
