package bankfile

import (
	"io"

	"anquanda/internal/bankfile/xlsx"
	"anquanda/internal/question"
)

// WriteTemplate writes the workbook that organizers fill in: the sheet of
// questions with an example of each kind, and the sheet of instructions.
func WriteTemplate(w io.Writer) error {
	bank := &Bank{Name: "模板", Questions: examples()}
	return xlsx.WriteTemplate(w, bank)
}

// examples are one question of each kind.
func examples() []question.Question {
	law := question.Source{Title: "中华人民共和国消防法", Article: "第四十四条", Version: "2021年修正", Effective: "2021-04-29"}
	return []question.Question{
		{ID: "例1", Kind: question.Single, Stem: "发现火灾时，应当拨打哪个电话报警？",
			Options: []string{"110", "119", "120", "122"}, Right: []int{1},
			Explanation: "119 是火警电话，任何人发现火灾都应当立即报警。", Source: law,
			Topics: []string{"消防"}, Difficulty: 1, Audience: []string{"家庭", "社区"}},
		{ID: "例2", Kind: question.Multiple, Stem: "报火警时应当说清哪些情况？",
			Options: []string{"起火的地址", "燃烧的东西", "有没有人被困", "自己的工资"}, Right: []int{0, 1, 2},
			Explanation: "说清地点、烧的是什么、有没有人被困，消防员才能带对装备、找对地方。",
			Topics:      []string{"消防", "应急电话"}, Difficulty: 2},
		{ID: "例3", Kind: question.TrueFalse, Stem: "任何人发现火灾都应当立即报警。",
			Options: question.TrueFalseOptions, Right: []int{0},
			Explanation: "消防法规定任何人发现火灾都应当立即报警。", Source: law, Difficulty: 1},
		{ID: "例4", Kind: question.Fill, Stem: "火警电话是____，急救电话是____。",
			Blanks: [][]string{{"119", "一一九"}, {"120", "一二〇"}}, Difficulty: 1},
		{ID: "例5", Kind: question.Ordering, Stem: "使用手提式干粉灭火器，按先后排列。",
			Options: []string{"对准火焰根部", "拔掉保险销", "压下压把"}, Right: []int{1, 0, 2}, Difficulty: 2, Score: 2},
		{ID: "例6", Kind: question.Matching, Stem: "把电话号码与用途连起来。",
			Options: []string{"110", "119", "120"}, Matches: []string{"火警", "报警", "急救"}, Right: []int{1, 0, 2},
			Difficulty: 1},
		{ID: "例7", Kind: question.Indefinite, Stem: "哪些东西着火不能用水扑救？",
			Options: []string{"起火的油锅", "起火的纸箱", "起火的木椅"}, Right: []int{0},
			Explanation: "水比油重，沉到热油下面马上变成汽，会把油溅出来。应当盖上锅盖，关掉火。", Difficulty: 2},
	}
}
