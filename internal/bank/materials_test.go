package bank_test

import (
	"slices"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// cased are questions a, b of one material and c of none.
func cased(text string) []question.Question {
	questions := singles("a", "b", "c")
	for i := range questions[:2] {
		questions[i].Material = &question.Material{ID: "fire", Title: "火灾", Text: text}
	}
	return questions
}

func texts(b *bank.Bank) (list []string) {
	for _, q := range b.Questions {
		list = append(list, append(q.Material.Paragraphs(), "")[0])
	}
	return list
}

func TestACorrectedMaterialIsCorrectedForAllThatShareItInEveryVersion(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		first, _ := imported(t, banks, cased("2人受伤"))
		if _, difference := imported(t, banks, cased("2人受伤")); !difference.Empty() {
			t.Errorf("the same imported again changes %+v", difference)
		}
		corrected := cased("3人受伤")[0]
		c, err := banks.Correct(t.Context(), staff.CommandLine, "safety", corrected, "人数有误")
		if err != nil {
			t.Fatal(err)
		}
		for _, version := range []int{first, c.Version} {
			if got := texts(loaded(t, banks, version)); !slices.Equal(got, []string{"3人受伤", "3人受伤", ""}) {
				t.Errorf("version %d says %q", version, got)
			}
		}
		difference, err := banks.Compare(t.Context(), "safety", first, c.Version)
		if err != nil || !slices.Equal(difference.Changed, []string{"a", "b"}) {
			t.Errorf("the difference is %+v, %v", difference, err)
		}
		if b := loaded(t, banks, c.Version); b.Questions[0].Material != b.Questions[1].Material {
			t.Error("the material is in memory twice")
		}
	})
}

// Papers are drawn by who shares a material: one under way must not be dealt anew.
func TestACorrectionMovesNoQuestionIntoAnotherCaseOfEarlierVersions(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		first, _ := imported(t, banks, cased("2人受伤"))
		alone, joins := singles("a")[0], singles("c")[0]
		joins.Material = &question.Material{ID: "fire", Title: "火灾", Text: "2人受伤"}
		for _, q := range []question.Question{alone, joins} {
			if _, err := banks.Correct(t.Context(), staff.CommandLine, "safety", q, "材料有误"); err != nil {
				t.Fatal(err)
			}
		}
		if got := texts(loaded(t, banks, first)); !slices.Equal(got, []string{"2人受伤", "2人受伤", ""}) {
			t.Errorf("the first version says %q", got)
		}
		if got := texts(loaded(t, banks, 3)); !slices.Equal(got, []string{"", "2人受伤", "2人受伤"}) {
			t.Errorf("the newest says %q", got)
		}
	})
}

func TestAMaterialThatIsMendedInADraftIsMendedForAllItsQuestions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		ids, err := sqldb.NewIDs(t.Context(), s.DB)
		if err != nil {
			t.Fatal(err)
		}
		id, err := banks.WriteDraft(t.Context(), ids, staff.CommandLine)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range cased("2人受伤") {
			if row, err := banks.AddRow(t.Context(), id, q); err != nil || !row.Accepted {
				t.Fatalf("a row is %+v, %v", row, err)
			}
		}
		if _, err := banks.MendRow(t.Context(), id, 1, cased("3人受伤")[0]); err != nil {
			t.Fatal(err)
		}
		plan, err := banks.PlanImport(t.Context(), id, bank.DraftImport{Title: "案例", Mode: bank.Replace})
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(&bank.Bank{Questions: plan.Questions}); !slices.Equal(got, []string{"3人受伤", "3人受伤", ""}) {
			t.Errorf("the draft says %q", got)
		}
	})
}
