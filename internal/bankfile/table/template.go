package table

import "slices"

// templateColumns head the sheets and CSV files that we write. A header that
// begins with the first four is ours: its cells are taken as they are.
var templateColumns = []string{"编号", "题型", "题干", "图片"}

var templateRest = []string{"匹配项", "答案", "允许误差", "解析", "依据", "条款", "版本", "施行日期", "知识点", "难度", "适用对象", "分值"}

// lateColumns come last, and only in the file of a bank that has something to put
// there: who fills in a template is not asked for them.
var lateColumns = []string{"选项图片", "图片说明", "依据编号", "不同卷", "核对人", "核对日期", "核对依据", "核对所见",
	"材料编号", "材料标题", "材料", "材料图片", "材料图片说明"}

func isTemplate(row []string) bool {
	return len(row) > len(templateColumns) && slices.Equal(row[:len(templateColumns)], templateColumns)
}
