package bank_test

import (
	"strings"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func TestQuestionsAreWrittenIntoADraftAndGoIntoANewBank(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		ids, err := sqldb.NewIDs(t.Context(), s.DB)
		if err != nil {
			t.Fatal(err)
		}
		id, err := banks.WriteDraft(t.Context(), ids, staff.CommandLine)
		if err != nil {
			t.Fatal(err)
		}
		right := single("", "灭火器的压力指针在绿区说明什么？")
		row, err := banks.AddRow(t.Context(), id, right)
		if err != nil || !row.Accepted || row.Ordinal != 1 {
			t.Fatalf("the first row is %+v, %v", row, err)
		}
		// The same again stays out until it is another question.
		if row, err = banks.AddRow(t.Context(), id, right); err != nil || row.Accepted || row.Ordinal != 2 {
			t.Fatalf("the double is %+v, %v", row, err)
		}
		if row, err = banks.MendRow(t.Context(), id, 2, single("", "湿手可以碰插座吗？")); err != nil || !row.Accepted {
			t.Fatalf("the mended row is %+v, %v", row, err)
		}
		noOptions := single("", "没有选项")
		noOptions.Options, noOptions.Right = nil, nil
		if row, err = banks.AddRow(t.Context(), id, noOptions); err != nil || row.Accepted {
			t.Fatalf("a question without options is %+v, %v", row, err)
		}
		if err := banks.DropRow(t.Context(), id, 3); err != nil {
			t.Fatal(err)
		}
		unpictured := single("", "图里是什么？")
		unpictured.OptionImages = []string{"nosuch.svg", "", ""}
		if row, err = banks.AddRow(t.Context(), id, unpictured); err != nil || row.Accepted ||
			!strings.Contains(row.Problems, `"cell":"option_images"`) || !strings.Contains(row.Problems, "image_missing") {
			t.Fatalf("a question with a picture that is not stored is %+v, %v", row, err)
		}
		if err := banks.DropRow(t.Context(), id, row.Ordinal); err != nil {
			t.Fatal(err)
		}
		how := bank.DraftImport{Title: "青山县题库", Mode: bank.Replace}
		name, version, d, err := banks.ImportDraft(t.Context(), staff.CommandLine, id, how)
		if err != nil || version != 1 || len(d.Added) != 2 {
			t.Fatalf("the import is %s %d %+v, %v", name, version, d, err)
		}
		if title, err := banks.Title(t.Context(), name); err != nil || title != "青山县题库" {
			t.Errorf("the bank is called %q, %v", title, err)
		}
		if _, err := banks.AddRow(t.Context(), id, right); code(err) != "draft_not_ready" {
			t.Errorf("writing into a draft that was imported: %v", err)
		}
		if _, err := banks.AddRow(t.Context(), 1, right); code(err) != "draft_unknown" {
			t.Errorf("writing into no draft: %v", err)
		}
	})
}
