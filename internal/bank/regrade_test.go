package bank_test

import (
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// A preview asks of a correction that is only proposed, the run of the stored one.
func TestACorrectionJudgesTheSameBeforeAndAfterItIsStored(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a", "b"))
		wrong, right := question.Choice{Options: []int{0}}, question.Choice{Options: []int{2}}
		corrected := single("a", "题a改")
		corrected.Right = []int{2}
		judges := func(c bank.Correction) (grades [2]bool) {
			t.Helper()
			r, err := banks.Regrading(t.Context(), c)
			if err != nil || r.Bank != "safety" || r.QuestionID != c.QuestionID || r.Kind != question.Single {
				t.Fatalf("%+v judges as %+v, %v", c, r, err)
			}
			return [2]bool{r.Judge(wrong).Right, r.Judge(right).Right}
		}
		for _, of := range []struct {
			action bank.Action
			q      question.Question
			want   [2]bool // of a choice that is wrong after the correction, and of one that is right
		}{
			{bank.Corrected, corrected, [2]bool{false, true}},
			{bank.Voided, single("b", "题b"), [2]bool{true, true}},
		} {
			proposed, err := bank.Proposed("safety", of.action, &of.q)
			if err != nil {
				t.Fatal(err)
			}
			var stored *bank.Correction
			if of.action == bank.Voided {
				stored, err = banks.Void(t.Context(), staff.CommandLine, "safety", of.q.ID, "测试")
			} else {
				stored, err = banks.Correct(t.Context(), staff.CommandLine, "safety", of.q, "测试")
			}
			if err != nil {
				t.Fatal(err)
			}
			if before, after := judges(proposed), judges(*stored); before != of.want || after != of.want {
				t.Errorf("%s: proposed it judges %v, stored %v, want %v", of.action, before, after, of.want)
			}
		}
	})
}
