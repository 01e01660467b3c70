package judge

import (
	"regexp"
	"strings"
)

// headerNames are what organizers call the columns, in small letters, without
// blanks, brackets and signs. JSON keys are looked up here too.
var headerNames = map[string]Field{}

func nameHeaders(f Field, names string) bool {
	for _, name := range strings.Fields(names) {
		headerNames[name] = f
	}
	return true
}

var _ = nameHeaders(FieldStem, `题干 题目 试题 题目内容 试题内容 题干内容 题目题干 试题题干 问题 题目描述 题干描述 题目名称 试题名称 问题描述 问题内容 题面
	question questiontext questioncontent questiontitle stem problem topic题目`) &&
	nameHeaders(fieldContent, `content 描述 内容 description`) &&
	nameHeaders(fieldHeading, `title 标题`) &&
	nameHeaders(FieldKind, `题型 类型 试题类型 题目类型 题目题型 试题题型 题型名称 qtype type questiontype kind questypestr questypename typename`) &&
	nameHeaders(FieldOptions,
		`选项 题目选项 试题选项 选项内容 备选答案 候选答案 备选项 全部选项 choices options option optioncontent optionlist optioncontents`) &&
	nameHeaders(FieldMatches, `匹配项 右项 右列 右侧 matches`) &&
	nameHeaders(FieldAnswer, `答案 正确答案 标准答案 参考答案 题目答案 试题答案 正确选项 正确项 答案选项 answer answers correct correctanswer correctanswers
	questionanswer rightanswer key 答案内容 rightoptions rightoption correctoption correctoptions 标答 正答`) &&
	nameHeaders(fieldWeights, `fraction`) &&
	nameHeaders(FieldTolerance, `允许误差 误差 容差 tolerance`) &&
	nameHeaders(FieldWrong, `错误答案 错误选项 干扰项 incorrectanswers incorrectanswer wronganswers wronganswer wrong distractors`) &&
	nameHeaders(FieldExplanation, `解析 答案解析 试题解析 题目解析 解析说明 答案说明 分析 详解 题解 explanation explain analysis questionexplain answerexplanation
	generalfeedback feedback`) &&
	nameHeaders(FieldTitle, `依据 法律依据 法规名称 法规依据 出处 来源 题目来源 法律法规 法规 source`) &&
	nameHeaders(FieldArticle, `条款 条文 article`) &&
	nameHeaders(FieldVersion, `版本 version`) &&
	nameHeaders(FieldEffective, `施行日期 生效日期 effective`) &&
	nameHeaders(FieldKey, `依据编号`) && nameHeaders(FieldApart, `不同卷`) && nameHeaders(FieldReviewer, `核对人`) &&
	nameHeaders(FieldReviewed, `核对日期`) && nameHeaders(FieldAgainst, `核对依据`) && nameHeaders(FieldSeen, `核对所见`) &&
	nameHeaders(FieldImageAlt, `图片说明`) && nameHeaders(FieldOptionImages, `选项图片`) &&
	nameHeaders(FieldMaterial, `材料 案例 材料内容 案例内容 案例材料 背景材料 阅读材料 题目材料 material passage`) &&
	nameHeaders(FieldMaterialTitle, `材料标题 材料名称 案例标题 案例名称`) && nameHeaders(FieldMaterialID, `材料编号 案例编号`) &&
	nameHeaders(FieldMaterialImage, `材料图片 案例图片`) && nameHeaders(FieldMaterialImageAlt, `材料图片说明 案例图片说明`) &&
	nameHeaders(FieldTopics, `知识点 章节 专题 标签 作业种类 科目 所属章节 所属知识点 topics tags tag chapter`) &&
	nameHeaders(fieldKindOrTopic, `分类 类别 题目分类 试题分类 category`) &&
	nameHeaders(FieldDifficulty, `难度 难易 难易度 难易程度 难度等级 难度系数 difficulty level`) &&
	nameHeaders(FieldAudience, `适用对象 对象 受众 五进 适用人群 audience`) &&
	nameHeaders(FieldScore, `分值 分数 得分 每题分值 题目分值 默认分值 score points defaultmark mark`) &&
	nameHeaders(FieldImage, `图片 题图 配图 插图 题目图片 图片名称 image picture img imagelink`) &&
	nameHeaders(FieldID, `编号 题目编号 试题编号 题目id 试题id id`) &&
	nameHeaders(fieldNumber, `序号 题号 no no. number 行号 # multichoicename truefalsename shortanswername essayname`) &&
	nameHeaders(fieldEnabled, `是否启用 启用 enabled`)

// maybeStem are the fields that are the stem where no surer one is there, the surest
// first.
var maybeStem = [...]Field{fieldContent, fieldHeading}

// StemField chooses the stem among the fields that are there, and lists those that
// then are nothing.
func StemField(there func(Field) bool) (stem Field, nothing []Field) {
	stem = FieldStem
	found := there(FieldStem)
	for _, f := range maybeStem {
		switch {
		case !there(f):
		case found:
			nothing = append(nothing, f)
		default:
			stem, found = f, true
		}
	}
	return stem, nothing
}

var (
	bracketed  = regexp.MustCompile(`[（(【\[][^）)】\]]*[）)】\]]`)
	optionName = regexp.MustCompile(`^(?:选项|option|choice|备选项|答案选项|答案|answer)?([a-l])(?:选项|项|答案)?$`)
)

// HeaderKey brings a header into the form of headerNames.
func HeaderKey(text string) string {
	text, _, _ = strings.Cut(narrow(text), " - ") // Question - max 120 characters
	text = bracketed.ReplaceAllString(strings.ToLower(text), "")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n*:_-?!.", r) {
			return -1
		}
		return r
	}, text)
}

// FieldNamed finds the field of a header, in the form of headerKey.
func FieldNamed(key string) (Field, bool) {
	f, known := headerNames[key]
	return f, known
}

// OptionNamed finds the letter of the option that a header names, in the form of
// headerKey; "" when it names none.
func OptionNamed(key string) string {
	if found := optionName.FindStringSubmatch(key); found != nil {
		return found[1]
	}
	return ""
}
