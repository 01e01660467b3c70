package xlsx

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // so that excelize can measure it
	_ "image/jpeg" // as above
	_ "image/png"  // as above
	"io"
	"path"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/table"
	"anquanda/internal/question"
)

// Names of the sheets that we write.
const (
	questionSheet = "题目"
	helpSheet     = "填写说明"
)

// writeXLSX writes the sheet that the template has. Every cell is a text, which
// no spreadsheet takes for a formula.
func writeXLSX(w io.Writer, bank *draft.Bank) error { return writeBook(w, bank, help) }

func writeBook(w io.Writer, bank *draft.Bank, help []string) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", questionSheet); err != nil {
		return err
	}
	if err := writeRows(book, bank); err != nil {
		return err
	}
	for i := range bank.Questions {
		if err := addPictures(book, bank, i); err != nil {
			return err
		}
	}
	if err := addMaterialPictures(book, bank); err != nil {
		return err
	}
	if err := writeHelp(book, help); err != nil {
		return err
	}
	book.SetActiveSheet(0)
	return book.Write(w)
}

func writeRows(book *excelize.File, bank *draft.Bank) error {
	columns := table.ColumnsOf(bank)
	rows := [][]string{columns.Header()}
	for i := range bank.Questions {
		q := bank.Questions[i]
		if !inSheet(bank, q.Image) {
			q.Image = ""
		}
		q.OptionImages = shownInSheet(bank, &q)
		q.Material = materialInSheet(bank, &q)
		rows = append(rows, columns.Row(&q))
	}
	if err := widen(book, len(rows[0])); err != nil {
		return err
	}
	for i, row := range rows {
		for column, text := range row {
			if text == "" {
				continue
			}
			ref, err := excelize.CoordinatesToCellName(column+1, i+1)
			if err != nil {
				return err
			}
			if err := book.SetCellStr(questionSheet, ref, text); err != nil {
				return err
			}
		}
	}
	return book.SetPanes(questionSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2",
		ActivePane: "bottomLeft"})
}

// widen gives the stem room and the header a heavy face.
func widen(book *excelize.File, columns int) error {
	if err := book.SetColWidth(questionSheet, "C", "C", 48); err != nil {
		return err
	}
	style, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8F1EC"}}})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(columns, 1)
	if err != nil {
		return err
	}
	return book.SetCellStyle(questionSheet, "A1", last, style)
}

// inSheet reports whether a sheet can show a picture of the bank: one that excelize can
// measure. Others are left out, name and all, which Write reports.
func inSheet(bank *draft.Bank, name string) bool {
	if !slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif"}, path.Ext(name)) {
		return false
	}
	_, _, err := image.DecodeConfig(bytes.NewReader(bank.Images[name]))
	return err == nil
}

// shownInSheet are the names of the pictures of options that a sheet can hold; none at all
// where it cannot hold one of them.
func shownInSheet(bank *draft.Bank, q *question.Question) []string {
	for _, name := range q.OptionImages {
		if name != "" && !inSheet(bank, name) {
			return nil
		}
	}
	return q.OptionImages
}

// materialInSheet is the material of a question without the picture that a sheet cannot
// hold; none where it is that picture alone.
func materialInSheet(bank *draft.Bank, q *question.Question) *question.Material {
	if q.Material == nil || q.Material.Image == "" || inSheet(bank, q.Material.Image) {
		return q.Material
	}
	return q.Material.WithoutPicture()
}

// addPictures puts the pictures of a question and of its options into their cells.
func addPictures(book *excelize.File, bank *draft.Bank, i int) error {
	q := &bank.Questions[i]
	if err := showIn(book, bank, q.Image, imageColumn, i); err != nil {
		return err
	}
	for k, name := range shownInSheet(bank, q) {
		if err := showIn(book, bank, name, imageColumn+1+k, i); err != nil {
			return err
		}
	}
	return nil
}

// addMaterialPictures puts the picture of each material into the row of the first question
// about it.
func addMaterialPictures(book *excelize.File, bank *draft.Bank) error {
	column := table.ColumnsOf(bank).MaterialPicture()
	added := map[string]bool{}
	for i := range bank.Questions {
		m := materialInSheet(bank, &bank.Questions[i])
		if m == nil || m.Image == "" || added[m.Image] {
			continue
		}
		added[m.Image] = true
		if err := showIn(book, bank, m.Image, column, i); err != nil {
			return err
		}
	}
	return nil
}

// imageColumn is the column of a question's picture, from 1; the first option follows.
const imageColumn = 4

// showIn puts a picture into the cell of a column, from 1, and of a question; nothing where
// no sheet can show it.
func showIn(book *excelize.File, bank *draft.Bank, name string, column, question int) error {
	if !inSheet(bank, name) {
		return nil
	}
	ref, err := excelize.CoordinatesToCellName(column, question+2)
	if err != nil {
		return err
	}
	return book.AddPictureFromBytes(questionSheet, ref, &excelize.Picture{Extension: path.Ext(name),
		File: bank.Images[name], Format: &excelize.GraphicOptions{AutoFit: true, LockAspectRatio: true}})
}

var help = []string{
	"每行一道题，第一行的表头不要改动；不用的列可以空着。",
	"题型：单选题、多选题、不定项选择题、判断题、填空题、排序题、连线题。",
	"题干：填空题里每个空写成 ____（四个下划线）。",
	"选项：一个选项写一列，不用写字母；判断题不写选项；连线题在这里写左边的各项。",
	"匹配项：只有连线题要写，每行一个右边的项，前面写 A. B. C.",
	"答案：单选写一个字母，如 B；多选写几个字母，如 ACD；判断写“正确”或“错误”；",
	"　　　填空各空之间用；隔开，同一个空的几种写法用 | 隔开，如 119|一一九；120；",
	"　　　排序写正确的顺序，如 BCA；连线依次写各左项对应的字母，如 CAB。",
	"允许误差：填空的答案是数时，可以写允许的误差，如 0.5。",
	"依据、条款、版本、施行日期：答案出自哪部法规的哪一条，日期写成 2021-09-01。",
	"难度：1（人人应知）到 5（专业人员）。适用对象：企业、农村、社区、学校、家庭，可写几个，用、隔开。",
	"图片：把图片插入到这一题的“图片”单元格里；选择题的选项也可以带图，插入到那个选项的单元格里，文字照写。",
	"案例题：在表头最后加上“材料”一列，把材料写进每一道用它的题的那一行；几行写得完全一样，就是同一段材料，抽题时一起抽。",
	"　　　　材料有图的，再加上“材料图片”一列，把图片插入到第一次用它的那一行。",
	"导入时会逐题检查，有问题的题会说明在哪一格、为什么、怎样改。",
}

func writeHelp(book *excelize.File, help []string) error {
	if _, err := book.NewSheet(helpSheet); err != nil {
		return err
	}
	if err := book.SetColWidth(helpSheet, "A", "A", 110); err != nil {
		return err
	}
	for i, line := range help {
		if err := book.SetCellStr(helpSheet, "A"+strconv.Itoa(i+1), line); err != nil {
			return err
		}
	}
	return nil
}

// WriteTemplate writes a bank of examples, and says that they are.
func WriteTemplate(w io.Writer, bank *draft.Bank) error {
	note := fmt.Sprintf("前 %d 题是例子，一种题型一道，请换成自己的题，用不着的整行删去。", len(bank.Questions))
	return writeBook(w, bank, slices.Insert(slices.Clone(help), 1, note))
}
