package bankfile

import (
	"regexp"
	"slices"
	"strings"
)

// headerNames are what organizers call the columns, in small letters, without
// blanks, brackets and signs. JSON keys are looked up here too.
var headerNames = map[string]field{}

func nameHeaders(f field, names string) bool {
	for _, name := range strings.Fields(names) {
		headerNames[name] = f
	}
	return true
}

var _ = nameHeaders(fieldStem, `题干 题目 试题 题目内容 试题内容 题干内容 题目题干 试题题干 问题 题目描述 题干描述 题目名称 试题名称
	question questiontext questioncontent stem title content problem topic题目`) &&
	nameHeaders(fieldKind, `题型 类型 试题类型 题目类型 题目题型 试题题型 题型名称 qtype type questiontype kind`) &&
	nameHeaders(fieldOptions, `选项 题目选项 试题选项 选项内容 备选答案 候选答案 备选项 全部选项 choices options option optioncontent optionlist optioncontents`) &&
	nameHeaders(fieldMatches, `匹配项 右项 右列 右侧 matches`) &&
	nameHeaders(fieldAnswer, `答案 正确答案 标准答案 参考答案 题目答案 试题答案 正确选项 正确项 答案选项 answer answers correct correctanswer correctanswers
	questionanswer rightanswer key 答案内容`) &&
	nameHeaders(fieldWeights, `fraction`) &&
	nameHeaders(fieldTolerance, `允许误差 误差 容差 tolerance`) &&
	nameHeaders(fieldExplanation, `解析 答案解析 试题解析 题目解析 解析说明 答案说明 分析 详解 题解 explanation explain analysis questionexplain
	generalfeedback feedback`) &&
	nameHeaders(fieldTitle, `依据 法律依据 法规名称 法规依据 出处 来源 题目来源 法律法规 法规 source`) &&
	nameHeaders(fieldArticle, `条款 条文 article`) &&
	nameHeaders(fieldVersion, `版本 version`) &&
	nameHeaders(fieldEffective, `施行日期 生效日期 effective`) &&
	nameHeaders(fieldTopics, `知识点 章节 专题 标签 作业种类 科目 所属章节 所属知识点 topics tags tag chapter`) &&
	nameHeaders(fieldKindOrTopic, `分类 类别 题目分类 试题分类 category`) &&
	nameHeaders(fieldDifficulty, `难度 难易 难易度 难易程度 难度等级 难度系数 difficulty level`) &&
	nameHeaders(fieldAudience, `适用对象 对象 受众 五进 适用人群 audience`) &&
	nameHeaders(fieldScore, `分值 分数 得分 每题分值 题目分值 默认分值 score points defaultmark mark`) &&
	nameHeaders(fieldImage, `图片 题图 配图 插图 题目图片 图片名称 image picture img`) &&
	nameHeaders(fieldID, `编号 题目编号 试题编号 题目id 试题id id`) &&
	nameHeaders(fieldNumber, `序号 题号 no no. number 行号 # multichoicename truefalsename shortanswername essayname`) &&
	nameHeaders(fieldEnabled, `是否启用 启用 enabled`)

var (
	bracketed   = regexp.MustCompile(`[（(【\[][^）)】\]]*[）)】\]]`)
	headerHint  = regexp.MustCompile(`用\s*(.{1,4}?)\s*(?:隔开|分隔|分开)`)
	optionName  = regexp.MustCompile(`^(?:选项|option|choice|备选项|答案选项)?([a-l])(?:选项|项|答案)?$`)
	optionDigit = regexp.MustCompile(`^(?:选项|option|choice|answer|备选项|干扰项)([0-9]{1,2}|[一二三四五六七八九十])$`)
	blankName   = regexp.MustCompile(`^(?:空|填空|第|答案)([0-9]{1,2})空?$`)
	markName    = regexp.MustCompile(`^(?:选项|correct|is)?([a-l])(?:选项)?(?:是否正确|正确|正误|对错|是否答案|correct)$`)
	imageName   = regexp.MustCompile(`^(?:图片|图片名称|题图|image|img)[0-9]{1,2}$`)
)

// headerKey brings a header into the form of headerNames.
func headerKey(text string) string {
	text = bracketed.ReplaceAllString(strings.ToLower(narrow(text)), "")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n*:_-?!.", r) {
			return -1
		}
		return r
	}, text)
}

// layout says which column holds what.
type layout struct {
	fields       [fieldCount]int // column, or -1
	options      []int
	marks        []int // in parallel with options, -1 without
	blanks       []int
	optionDigits bool
	// separator is what the header says stands between options.
	separator string
	names     []string
	ignored   []int
	exact     bool
	inferred  bool
}

// headerLayout reads a row as a header; nil when it is none.
func headerLayout(row []string) *layout {
	l := &layout{names: slices.Clone(row)}
	for f := range l.fields {
		l.fields[f] = -1
	}
	var digits []int
	for column, text := range row {
		key := headerKey(text)
		if key == "" {
			continue
		}
		f, known := headerNames[key]
		switch {
		case known && l.fields[f] < 0:
			l.fields[f] = column
			if hint := headerHint.FindStringSubmatch(text); hint != nil && f == fieldOptions {
				l.separator = hint[1]
			}
		case optionName.MatchString(key):
			l.addOption(column)
		case optionDigit.MatchString(key):
			l.addOption(column)
			l.optionDigits = true
		case markName.MatchString(key), key == "是否正确" && len(l.options) > 0:
			if len(l.marks) > 0 {
				l.marks[len(l.marks)-1] = column
			}
		case blankName.MatchString(key):
			l.blanks = append(l.blanks, column)
		case imageName.MatchString(key):
			if l.fields[fieldImage] < 0 {
				l.fields[fieldImage] = column
			}
		case strings.Trim(key, "0123456789") == "":
			digits = append(digits, column)
		default:
			l.ignored = append(l.ignored, column)
		}
	}
	if len(l.options) == 0 && l.fields[fieldAnswer] < 0 {
		l.blanks = append(l.blanks, digits...)
	} else {
		l.ignored = append(l.ignored, digits...)
	}
	if len(l.options) == 1 {
		return nil
	}
	if l.fields[fieldStem] < 0 || l.fields[fieldAnswer] < 0 && len(l.blanks) == 0 && !l.hasMarks() {
		return nil
	}
	l.exact = isTemplate(row)
	return l
}

func (l *layout) addOption(column int) {
	l.options = append(l.options, column)
	l.marks = append(l.marks, -1)
}

func (l *layout) hasMarks() bool {
	for _, column := range l.marks {
		if column >= 0 {
			return true
		}
	}
	return false
}

// record reads a row by the layout. ref names a column's cell.
func (l *layout) record(row []string, at place, ref func(column int) string) *record {
	get := func(column int) cell {
		if column < 0 || column >= len(row) || row[column] == "" {
			return cell{}
		}
		text := row[column]
		if !l.exact {
			if text = strings.TrimSpace(text); text == "" {
				return cell{}
			}
		}
		return cell{text, ref(column)}
	}
	rec := &record{at: at, exact: l.exact}
	for f, column := range l.fields {
		if c := get(column); c.text != "" {
			if rec.fields == nil {
				rec.fields = make([]filled, 0, 8)
			}
			rec.fields = append(rec.fields, filled{field(f), c})
		}
	}
	rec.options = getAll(l.options, get)
	if l.hasMarks() {
		rec.marks = getAll(l.marks, get)
	}
	rec.blanks = getAll(l.blanks, get)
	if rec.at.cell = rec.ref(fieldStem); rec.at.cell == "" && l.fields[fieldStem] >= 0 {
		rec.at.cell = ref(l.fields[fieldStem])
	}
	return rec
}

// getAll reads columns up to the last that is filled.
func getAll(columns []int, get func(int) cell) []cell {
	for n := len(columns); n > 0; n-- {
		if get(columns[n-1]).text == "" {
			continue
		}
		cells := make([]cell, n)
		for i := range cells {
			cells[i] = get(columns[i])
		}
		return cells
	}
	return nil
}
