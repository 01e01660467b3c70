package bankfile

import "testing"

func TestTextPastedFromWordIsRead(t *testing.T) {
	const data = `2026年安全知识竞赛题库（含答案）
一、单项选择题（每题1分）
1.火警电话是（  ）。
A.110   B.119
C.120   D.122
答案：B
解析：119 是火警电话。
2、我国的安全生产方针是（C）。
A、生产第一 B、效益第一 C、安全第一、预防为主、综合治理
二、多项选择题
1．哪些是应急
电话
Ａ．110
Ｂ．119
Ｃ．10086
【答案】AB
【解析】前两个是。
三、判断题
1. 油锅起火可以浇水。（×）
2. 发现火灾应当立即报警。
答案：正确
四、填空题
1. 急救电话是____。
答案：120
五、简答题
1. 谈谈怎样预防触电。
答案：略。`
	expect(t, all(t, "题库.txt", data, Options{}),
		"single | 火警电话是（  ）。 | 110/119/120/122 | B",
		"single | 我国的安全生产方针是（ ）。 | 生产第一/效益第一/安全第一、预防为主、综合治理 | C",
		"multiple | 哪些是应急电话 | 110/119/10086 | AB",
		"truefalse | 油锅起火可以浇水。（ ） | 错误",
		"truefalse | 发现火灾应当立即报警。 | 正确",
		"fill | 急救电话是____。 | 120",
		"kind_unsupported")
}

func TestAnswersListedAtTheEndFindTheirQuestions(t *testing.T) {
	const data = `一、单选题
1. 火警电话？
A. 110
B. 119
2. 急救电话？
A. 120
B. 119
二、判断题
1. 水导电。
2. 冰不导电。
参考答案
一、单选题
1-2 BA
二、判断题
1.√ 2.×`
	expect(t, all(t, "题库.txt", data, Options{}), "single | 火警电话？ | 110/119 | B", "single | 急救电话？ | 120/119 | A",
		"truefalse | 水导电。 | 正确", "truefalse | 冰不导电。 | 错误")
}

func TestAGluedPageIsDividedAgain(t *testing.T) {
	const data = `题库(附答案)一、单项选择题(每题1分)1.火警电话是()。A.110B.119C.120【答案】B2.依据《消防法》,谁都应当报警吗()。A.是的B.不是【答案】A3.几小时内上报()。A.1B.2C.3【答案】B`
	expect(t, all(t, "页.txt", data, Options{}), "single | 火警电话是()。 | 110/119/120 | B",
		"single | 依据《消防法》,谁都应当报警吗()。 | 是的/不是 | A", "single | 几小时内上报()。 | 1/2/3 | B")
}

func TestOneQuestionALineIsReadByItsToken(t *testing.T) {
	expect(t, all(t, "x.txt", "题目：水导电。^*^答案：正确\n题目：选哪个？^*^答案：A\n", Options{}), "truefalse | 水导电。 | 正确", "options_none")
	expect(t, all(t, "x.txt", "水导电。###[\"对\"]\n选哪个？###A.甲 B.乙###B\n", Options{}), "truefalse | 水导电。 | 正确",
		"single | 选哪个？ | 甲/乙 | B")
}

func TestALostOptionInTextIsSeen(t *testing.T) {
	expect(t, all(t, "x.txt", "1. 选哪个？\nA. 甲\nC. 丙\n答案：C\n", Options{}), "letters_skip")
	expect(t, all(t, "x.txt", "1. 选哪个？\nA. 甲\nB. 乙\n答案：A\n答案：B\n", Options{}), "answer_no_letter")
	expect(t, all(t, "x.txt", "没有题目的一段话。", Options{}), "no_questions")
}
