package player

import (
	"encoding/json"
	"strings"
	"testing"

	"anquanda/internal/play"
	"anquanda/internal/question"
)

func TestAListTellsEachMaterialOnceAndAQuestionAloneAlways(t *testing.T) {
	fire := &question.Material{ID: "fire", Title: "火灾", Text: "某厂起火。\n\n两人受伤。", Image: "plan.png"}
	gas := &question.Material{ID: "gas", Text: "井下中毒。"}
	asked := func(m *question.Material) *play.Asked {
		return &play.Asked{ID: "x", Position: 1, Kind: question.TrueFalse, Material: m, Stem: "？"}
	}
	told := func(q *questionReply) string {
		body, err := json.Marshal(q.Material)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	const whole = `{"id":"fire","title":"火灾","text":["某厂起火。","两人受伤。"],"image":"plan.png"}`
	list := materialsTold{}
	for i, c := range []struct {
		of   *question.Material
		want string
	}{{fire, whole}, {fire, `{"id":"fire"}`}, {nil, "null"},
		{gas, `{"id":"gas","text":["井下中毒。"]}`}, {fire, `{"id":"fire"}`}} {
		if got := told(list.questionOf(asked(c.of))); got != c.want {
			t.Errorf("question %d tells %s, want %s", i, got, c.want)
		}
	}
	for range 2 {
		if got := told(questionOf(asked(fire))); got != whole {
			t.Errorf("a question alone tells %s", got)
		}
	}
	if body, _ := json.Marshal(questionOf(asked(nil))); strings.Contains(string(body), "material") {
		t.Errorf("a question without a material is %s", body)
	}
}
