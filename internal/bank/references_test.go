package bank_test

import (
	"bytes"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// known is what every bank may name.
var known = question.References{{Key: "fire", Title: "消防法", Effective: "2021-04-29"}, {Key: "gb", Title: "GB 1-2017"}}

func citing(id, key string) question.Question {
	q := single(id, "题"+id)
	q.Source = question.Source{Key: key, Article: "第一条"}
	q.Review = question.Review{By: "张三", On: "2026-11-30", Against: "法条原文", Seen: question.SeenText}
	q.Apart = []string{"z"}
	return q
}

func TestAStoredQuestionKeepsWhatEditorsNoteAndTakesItsSourceFromTheList(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		banks.SetKnown(known)
		version, _ := imported(t, banks, []question.Question{citing("a", "fire")})
		q := loaded(t, banks, version).Questions[0]
		if q.Source.Title != "消防法" || q.Source.Effective != "2021-04-29" {
			t.Errorf("its source is %+v", q.Source)
		}
		if want := citing("a", "fire"); q.Review != want.Review || len(q.Apart) != 1 {
			t.Errorf("kept are %+v and %v", q.Review, q.Apart)
		}
	})
}

func TestTheListOfABankLiesOverWhatEveryBankKnows(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		banks.SetKnown(known)
		ours := question.References{{Key: "gb", Title: "GB 1-2017", Until: "2027-02-01"}, {Key: "own", Title: "本县规定"}}
		if err := banks.LayReferences(t.Context(), staff.CommandLine, "safety", ours); code(err) != "bank_unknown" {
			t.Errorf("a bank that is not there takes a list: %v", err)
		}
		imported(t, banks, []question.Question{citing("a", "gb"), citing("b", "fire")})
		for range 2 { // the second replaces the first
			if err := banks.LayReferences(t.Context(), staff.CommandLine, "safety", ours); err != nil {
				t.Fatal(err)
			}
		}
		list, err := banks.References(t.Context(), "safety")
		if err != nil || len(list) != 3 || list[1].Until != "2027-02-01" || list[2].Key != "own" {
			t.Errorf("%v: the list is %+v", err, list)
		}
		other, err := banks.References(t.Context(), "traffic")
		if err != nil || len(other) != 2 || other[1].Until != "" {
			t.Errorf("%v: another bank's list is %+v", err, other)
		}
		cited, err := banks.Cited(t.Context(), "safety", loaded(t, banks, 1).Questions)
		if err != nil || len(cited) != 2 || cited[0].Key != "fire" {
			t.Errorf("%v: cited are %+v", err, cited)
		}
		wrong := question.References{{Key: "x"}}
		if err := banks.LayReferences(t.Context(), staff.CommandLine, "safety", wrong); code(err) != "invalid_field" {
			t.Errorf("a wrong list: %v", err)
		}
	})
}

func TestAFileImportedInTheConsoleBringsItsList(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		var file bytes.Buffer
		own := question.References{{Key: "own", Title: "本县规定", Until: "2027-01-01"}}
		questions := []question.Question{citing("a", "own")}
		_, err := bankfile.Write(&file, "json", &bankfile.Bank{Name: "县", Questions: questions, References: own})
		if err != nil {
			t.Fatal(err)
		}
		result, err := bankfile.Read("县.json", file.Bytes(), bankfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ids, err := sqldb.NewIDs(t.Context(), s.DB)
		if err != nil {
			t.Fatal(err)
		}
		uploaded := bank.Uploaded{Name: "县.json", Data: file.Bytes()}
		id, err := banks.KeepDraft(t.Context(), ids, staff.CommandLine, uploaded, result, false)
		if err != nil {
			t.Fatal(err)
		}
		how := bank.DraftImport{Bank: "county", Mode: bank.Replace}
		if _, _, _, err := banks.ImportDraft(t.Context(), staff.CommandLine, id, how); err != nil {
			t.Fatal(err)
		}
		if list, err := banks.References(t.Context(), "county"); err != nil || len(list) != 1 || list[0] != own[0] {
			t.Errorf("%v: the list is %+v", err, list)
		}
	})
}
