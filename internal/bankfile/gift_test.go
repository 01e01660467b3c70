package bankfile

import (
	"testing"
)

func TestGIFTKindsBecomeQuestions(t *testing.T) {
	const data = `// [id:q7] [tag:消防]
::题一::火警电话是{~110 =119#对 ~120 ####119 是火警。}

哪两个是应急电话？{~%50%110 ~%50%119 ~%-100%10086}

水导电。{T}

急救电话是{=120 =一二〇}。

圆周率是多少？{#3.14:0.01}

从1到5的数{#1..5}

配对{=火警 -> 119 =急救 -> 120 = -> 110}

谈谈安全。{}

只是说明

选一个{~75%half right =all right}

占多少{~5%以上 =10%以上 ~20%}

选哪个都对{=甲 =乙 ~丙}

没关上{=甲

完形{1:SHORTANSWER:=甲}
`
	expect(t, all(t, "x.gift", data, Options{}),
		"single | 火警电话是 | 110/119/120 | B",
		"multiple | 哪两个是应急电话？ | 110/119/10086 | AB",
		"truefalse | 水导电。 | 正确",
		"fill | 急救电话是____。 | 120|一二〇",
		"fill | 圆周率是多少？____ | 3.14",
		"fill | 从1到5的数____ | 3",
		"matching | 配对 | 火警/急救 | 119/120/110 | AB",
		"kind_unsupported", "kind_unsupported", "weights_unclear", "single | 占多少 | 5%以上/10%以上/20% | B",
		"weights_unclear", "malformed", "kind_unsupported")
}

func TestGIFTKeepsIdTagsFeedbackAndTolerance(t *testing.T) {
	result, err := Read("x.gift", []byte("// [id:q7] [tag:消防]\n圆周率？{#3.14:0.01####约 3.14}\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	q := result.Questions[0]
	if q.ID != "q7" || q.Topics[0] != "消防" || q.Tolerance[0] != 0.01 || q.Explanation != "约 3.14" {
		t.Errorf("got %+v", q)
	}
}

func TestAikenReportsEveryBrokenQuestion(t *testing.T) {
	const data = "太少\nA) 甲\nANSWER: A\n\nA) 没有题干\n\nANSWER: 不对\n\n好题\nA) 甲\nB) 乙\nANSWER: A\n\n没写完\nA) 甲\nB) 乙\n\n字母错\nA) 甲\nC) 乙\nANSWER: A\n"
	expect(t, all(t, "x.txt", data, Options{}), "options_too_few", "stem_empty", "single | 好题 | 甲/乙 | A",
		"answer_empty", "letters_skip")
}
