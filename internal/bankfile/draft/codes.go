package draft

import "slices"

// Code names one thing that can be wrong with a bank file. Codes are stable: the
// console filters by them and tests count them.
type Code string

// What can be wrong with the file as a whole: nothing is read.
const (
	FormatUnknown    Code = "format_unknown"
	FormatOld        Code = "format_old_excel"
	FormatUnreadable Code = "format_unreadable"
	EncodingUnknown  Code = "encoding_unknown"
	LimitBytes       Code = "limit_bytes"
	LimitUnpacked    Code = "limit_unpacked"
	LimitNesting     Code = "limit_nesting"
	LimitQuestions   Code = "limit_questions"
	NoQuestions      Code = "no_questions"
)

// What can be wrong with a part of a file that is no question.
const (
	SheetSkipped    Code = "sheet_skipped"
	ColumnIgnored   Code = "column_ignored"
	HeaderInferred  Code = "header_inferred"
	SeparatorDiffer Code = "separator_differs"
	TextIgnored     Code = "text_ignored"
	DigitsAsPlaces  Code = "digits_as_places"
	DigitsAsTexts   Code = "digits_as_texts"
)

// What rejects a question.
const (
	TextUnread       Code = "text_unread"
	StemEmpty        Code = "stem_empty"
	StemIsOptions    Code = "stem_is_options"
	KindUnknown      Code = "kind_unknown"
	KindUnsupported  Code = "kind_unsupported"
	KindConflict     Code = "kind_conflict"
	OptionsNone      Code = "options_none"
	OptionsTooFew    Code = "options_too_few"
	OptionsUnclear   Code = "options_unclear"
	OptionEmpty      Code = "option_empty"
	OptionRepeated   Code = "option_repeated"
	SeparatorLost    Code = "separator_lost"
	LettersSkip      Code = "letters_skip"
	LettersRepeat    Code = "letters_repeat"
	AnswerEmpty      Code = "answer_empty"
	AnswerOutside    Code = "answer_outside"
	AnswerNoLetter   Code = "answer_no_letter"
	AnswerUnclear    Code = "answer_unclear"
	AnswerConflict   Code = "answer_conflict"
	TrueFalseOptions Code = "truefalse_options"
	TrueFalseUnclear Code = "truefalse_unclear"
	BlanksMismatch   Code = "blanks_mismatch"
	StemTwoAnswers   Code = "stem_two_answers"
	Duplicate        Code = "duplicate"
	IDRepeated       Code = "id_repeated"
	ImageMissing     Code = "image_missing"
	ImageUnshowable  Code = "image_unshowable"
	ImageInOption    Code = "image_in_option"
	ObjectUnread     Code = "object_unread"
	CellError        Code = "cell_error"
	PassageMissing   Code = "passage_missing"
	MaterialUnknown  Code = "material_unknown"
	MaterialDiffers  Code = "material_differs"
	MaterialRepeated Code = "material_repeated"
	Disabled         Code = "disabled"
	Malformed        Code = "malformed"
	WeightsUnclear   Code = "weights_unclear"
	Invalid          Code = "invalid"
)

// What keeps a question, but should be looked at.
const (
	NumberRemoved    Code = "number_removed"
	NumberUnclear    Code = "number_unclear"
	BlankCleaned     Code = "whitespace_cleaned"
	LetterBare       Code = "option_letter_bare"
	LetterMissing    Code = "option_letter_missing"
	LettersShuffled  Code = "letters_shuffled"
	SeparatorMaybe   Code = "separator_maybe_lost"
	ImageMentioned   Code = "image_mentioned"
	AnswerInStem     Code = "answer_in_stem"
	OptionsInStem    Code = "options_in_stem"
	AnswerAsText     Code = "answer_as_text"
	TrueFalseDigits  Code = "truefalse_digits"
	KindInferred     Code = "kind_inferred"
	SameStem         Code = "same_stem"
	NearDuplicate    Code = "near_duplicate"
	BlankAppended    Code = "blank_appended"
	ValueUnclear     Code = "value_unclear"
	MarkupDropped    Code = "markup_dropped"
	FeedbackFolded   Code = "feedback_folded"
	WeightsDropped   Code = "weights_dropped"
	ImageUnused      Code = "image_unused"
	HeaderRepeated   Code = "header_repeated"
	PropertyDropped  Code = "property_dropped"
	IDReplaced       Code = "id_replaced"
	OptionsConverted Code = "options_converted"
	OptionUnnamed    Code = "option_picture_unnamed"
	AnswersSplit     Code = "answers_split"
	AnswerIsLetter   Code = "answer_is_letter"
	DateInCell       Code = "date_in_cell"
	ObjectLost       Code = "object_lost"
	HiddenRead       Code = "hidden_read"
	HiddenLeft       Code = "hidden_left_out"
	MaterialUnused   Code = "material_unused"
)

type codeInfo struct {
	severity Severity
	// why says what was found, fix what the organizer can do about it.
	why, fix string
}

var codes = map[Code]codeInfo{
	FormatUnknown: {Error, "认不出这是什么格式的题库",
		"请用 Excel（.xlsx）、CSV、Word（.docx）、纯文本、GIFT、Aiken、Moodle XML、QTI 或 JSON；也可以指明格式再试"},
	FormatOld:        {Error, "这是旧版 Excel 文件（.xls），不能读取", "请在 Excel 或 WPS 中打开，“另存为”“Excel 工作簿（.xlsx）”，再导入"},
	FormatUnreadable: {Error, "文件已损坏，或内容与格式不符", "请用原来的软件打开检查，重新保存后再试"},
	EncodingUnknown:  {Error, "认不出文字编码", "请用记事本打开，“另存为”时编码选 UTF-8"},
	LimitBytes:       {Error, "文件太大", "请分成几个文件导入"},
	LimitUnpacked:    {Error, "压缩包解开后太大，或压缩得不正常", "请去掉大图片，分成几个文件；来历不明的文件不要导入"},
	LimitNesting:     {Error, "内容嵌套太深，或单元格太多", "请用原来的软件重新导出；来历不明的文件不要导入"},
	LimitQuestions:   {Error, "题目太多", "请分成几个文件导入"},
	NoQuestions:      {Error, "没有找到题目", "请下载模板，对照表头或写法改好再导入"},

	SheetSkipped:    {Warning, "这个工作表认不出题目，没有读取", "如果里面有题目，请在第一行写上表头：题型、题干、选项、答案"},
	ColumnIgnored:   {Warning, "这一列的表头认不出，没有读取", "如果有用，请把表头改成模板中的名称"},
	HeaderInferred:  {Warning, "没有表头，按内容认出了各列", "请核对几道题；最好在第一行写上表头"},
	SeparatorDiffer: {Warning, "表头说的选项分隔符与单元格里用的不同，按单元格里的读取", "请核对选项，并改正表头"},
	DigitsAsPlaces:  {Warning, "答案里的数字读作第几个选项", "请核对几道题；不对的话，把答案改成字母"},
	DigitsAsTexts:   {Warning, "答案里的数字读作选项的原文", "请核对几道题；不对的话，把答案改成字母"},
	TextIgnored:     {Warning, "这段文字不属于任何题目，没有读取", "如果是题目的一部分，请放到题号之后"},

	TextUnread:       {Error, "这段文字读不成一道题", "请写成：题号、题干、A. B. 选项、答案；如果不是题目，请删去"},
	StemIsOptions:    {Error, "题干里写的是选项", "请核对这一行和上一行，补上题干"},
	StemEmpty:        {Error, "题干为空", "请补上题干，或删去这一题"},
	KindUnknown:      {Error, "认不出题型", "请写单选题、多选题、不定项选择题、判断题、填空题、排序题或连线题"},
	KindUnsupported:  {Error, "平台没有这种题型", "请改成单选、多选、判断、填空、排序或连线题，或删去这一题"},
	KindConflict:     {Error, "题型与答案不符", "请核对：单选题正好一个答案，多选题至少两个"},
	OptionsNone:      {Error, "没有选项", "请补上选项；如果本来是填空题，请把题型写成“填空题”"},
	OptionsTooFew:    {Error, "选项太少", "单选题至少两个选项，多选题至少三个；请补全"},
	OptionsUnclear:   {Error, "分不清各个选项从哪里开始", "请用 ** 或换行隔开选项，或一个选项写一列"},
	OptionEmpty:      {Error, "有空的选项", "请补上选项的内容，或删去它"},
	OptionRepeated:   {Error, "有两个相同的选项", "请改正其中一个"},
	SeparatorLost:    {Error, "选项之间少了分隔符，两个选项连在一起", "请在它们之间补上分隔符"},
	LettersSkip:      {Error, "选项的字母不连续，可能漏了一个选项", "请补上漏掉的选项，或改正字母"},
	LettersRepeat:    {Error, "选项的字母重复或颠倒", "请改正选项的字母，再核对答案"},
	AnswerEmpty:      {Error, "没有答案", "请补上答案"},
	AnswerOutside:    {Error, "答案不在选项之中", "请核对答案和选项"},
	AnswerNoLetter:   {Error, "答案不是选项的字母，也不是某个选项的原文", "请把答案写成字母，如 A 或 ACD"},
	AnswerUnclear:    {Error, "答案有两种读法", "请把答案写成字母，或改清楚"},
	AnswerConflict:   {Error, "两处写的答案不一致", "请核对，只留下正确的"},
	TrueFalseOptions: {Error, "判断题的选项不是“正确”和“错误”", "请改成判断题的写法，或把题型改成单选题"},
	TrueFalseUnclear: {Error, "看不出判断题的答案是对还是错", "请写“正确”或“错误”"},
	BlanksMismatch:   {Error, "空的个数与答案的个数不同", "题干中每个空写成 ____，各空的答案用；隔开"},
	StemTwoAnswers:   {Error, "同一道题有两个不同的答案", "请核对哪一个正确，删去另一题"},
	Duplicate:        {Error, "与前面的题完全相同，只收了前面那一道", "请删去重复的"},
	IDRepeated:       {Error, "编号与前面的题相同", "请改成不同的编号"},
	ImageMissing:     {Error, "题目要用的图片不在文件里", "请把图片插入到文件中，或删去对图片的引用"},
	ImageUnshowable:  {Error, "这种图片手机不能显示（WMF、EMF）", "请把图片另存为 PNG 再插入"},
	ImageInOption:    {Error, "选项里的图片读不出来，或这种题的选项不能带图", "请把图片重新插入到选项的格子里，一个选项一张；只有选择题可以"},
	ObjectUnread:     {Error, "这里嵌着公式或别的对象，读不出来", "请把它写成文字，如 1/20、10²"},
	CellError:        {Error, "格子里是 Excel 的错误值", "请改正公式，或直接写上内容"},
	PassageMissing:   {Error, "这一题要用一段材料，没有找到", "请把材料写进题干"},
	MaterialUnknown:  {Error, "这一题要用的材料不在文件里", "请核对材料的编号，或补上这段材料"},
	MaterialDiffers:  {Error, "同一个材料编号写了不同的内容", "请改成一样的内容，或换一个编号"},
	MaterialRepeated: {Error, "两段材料用了同一个编号", "请改成不同的编号，再核对各题用的是哪一段"},
	Disabled:         {Error, "这一题标明了不启用", "要用它，请改成启用"},
	Malformed:        {Error, "这一题写得不完整或格式不对", "请对照格式说明改正"},
	WeightsUnclear:   {Error, "得分比例说不清哪些选项正确", "请让正确选项的比例合计为 100%"},
	Invalid:          {Error, "题目不符合要求", "请改正"},

	NumberRemoved:    {Warning, "题干里带着题号，已去掉", "不必改"},
	NumberUnclear:    {Warning, "题干开头的数字可能是题号，没有去掉", "如果是题号，请删去"},
	BlankCleaned:     {Warning, "文字中夹着换行、制表符或特殊空格，已换成普通空格", "请看一眼显示是否正常"},
	LetterBare:       {Warning, "选项的字母后面没有标点，仍读作字母", "请核对选项"},
	LetterMissing:    {Warning, "有的选项没有写字母，按位置读取", "请核对选项"},
	SeparatorMaybe:   {Warning, "最后一个选项里可能还连着一个选项", "请核对，少了分隔符就补上"},
	ImageMentioned:   {Warning, "题干提到图，却没有图片", "请把图片插入到这一题，或改写题干"},
	LettersShuffled:  {Warning, "选项的字母没有按顺序写，已按字母排好", "请核对选项和答案"},
	AnswerInStem:     {Warning, "答案写在题干的括号里，已换成空括号", "请核对题干"},
	OptionsInStem:    {Warning, "选项和题干写在一个格子里，已分开", "请核对题干和选项"},
	AnswerAsText:     {Warning, "答案写的是选项的原文，已找到对应的选项", "不必改"},
	TrueFalseDigits:  {Warning, "判断题的答案写成数字，按 1 为正确、0 或 2 为错误读取", "请核对几道题；最好写“正确”或“错误”"},
	KindInferred:     {Warning, "没有写题型或写的是代号，按选项和答案判定", "请核对题型"},
	SameStem:         {Warning, "与另一题的题干相同，选项不同", "请看看是否重复"},
	NearDuplicate:    {Warning, "与另一题几乎相同", "请看看是否重复"},
	BlankAppended:    {Warning, "填空题的题干里没有空，已在末尾加上一个", "请核对题干，最好用 ____ 标出空的位置"},
	ValueUnclear:     {Warning, "这一项写的值认不出，没有采用", "请对照模板改正"},
	MarkupDropped:    {Warning, "去掉了排版标记，只留文字", "请看一眼显示是否正常"},
	FeedbackFolded:   {Warning, "各选项的反馈已并入解析", "请看一眼解析"},
	WeightsDropped:   {Warning, "只给部分分的答案不算正确", "请核对正确答案"},
	ImageUnused:      {Warning, "这张图片不知属于哪一题，没有采用", "请把图片放进题目所在的单元格"},
	HeaderRepeated:   {Warning, "中间又出现表头，已跳过", "不必改"},
	PropertyDropped:  {Warning, "有平台没有的设置，没有采用", "请核对题目"},
	IDReplaced:       {Warning, "编号与前面的题相同或太长，已换成新的编号", "不必改"},
	AnswersSplit:     {Warning, "一个空写了几个答案，填哪一个都算对", "请核对；最好用 | 隔开"},
	DateInCell:       {Warning, "这个格子里是日期", "如果原来写的是 1-2 这样的数，请把格子改成文本再填一次"},
	ObjectLost:       {Warning, "表里嵌着公式或别的对象，没有读，也不知道属于哪一题", "请找到它，把内容写成文字"},
	HiddenRead:       {Warning, "隐藏的行或工作表也读了", "不要的请删去"},
	HiddenLeft:       {Warning, "隐藏的文字没有读", "要用它，请先取消隐藏"},
	MaterialUnused:   {Warning, "没有题目用这段材料，没有采用", "请在题目里写上材料的编号，或删去它"},
	AnswerIsLetter:   {Warning, "填空题的答案只有字母", "请核对是不是少了选项"},
	OptionUnnamed:    {Warning, "选项只有图片，没有文字，暂时叫“图1”“图2”", "请给每张图写几个字，看不见图的人才能作答"},
	OptionsConverted: {Warning, "已换成平台的写法", "请核对题目"},
}

// plainMessages are the messages of problems without a detail.
var plainMessages = func() map[Code]string {
	messages := make(map[Code]string, len(codes))
	for code, info := range codes {
		messages[code] = info.why + "。" + info.fix + "。"
	}
	return messages
}()

// Severity tells whether a problem rejects its question.
func (c Code) Severity() Severity { return codes[c].severity }

// Codes lists every code there is, for documentation and tests.
func Codes() []Code {
	list := make([]Code, 0, len(codes))
	for code := range codes {
		list = append(list, code)
	}
	slices.Sort(list)
	return list
}

// Title says in a few words what the code stands for.
func (c Code) Title() string { return codes[c].why }
