package bankfile

import (
	"strings"

	"anquanda/internal/question"
)

// wanted is what a file says about the kind of a question.
type wanted uint8

const (
	kindGiven     wanted = iota // one of ours
	kindAbsent                  // nothing, or a code that says nothing
	kindChoice                  // a choice, of one or several
	kindForeign                 // a kind that we lack
	kindStrange                 // no kind at all
	kindCodeGiven               // a number that stands for a kind
)

// kindWords are tried in order; the first that the word contains decides.
var kindWords = []struct {
	word string
	want wanted
	kind question.Kind
}{
	{"不定项", kindChoice, ""},
	{"单选", kindGiven, question.Single}, {"单项", kindGiven, question.Single},
	{"多选", kindGiven, question.Multiple}, {"多项", kindGiven, question.Multiple}, {"双选", kindGiven, question.Multiple},
	{"判断", kindGiven, question.TrueFalse}, {"是非", kindGiven, question.TrueFalse}, {"对错", kindGiven, question.TrueFalse},
	{"填空", kindGiven, question.Fill}, {"填充", kindGiven, question.Fill},
	{"排序", kindGiven, question.Ordering},
	{"连线", kindGiven, question.Matching}, {"匹配", kindGiven, question.Matching}, {"配对", kindGiven, question.Matching},
	{"简答", kindForeign, ""}, {"问答", kindForeign, ""}, {"论述", kindForeign, ""}, {"案例", kindForeign, ""},
	{"名词解释", kindForeign, ""}, {"计算", kindForeign, ""}, {"材料", kindForeign, ""}, {"阅读", kindForeign, ""},
	{"完形", kindForeign, ""}, {"作文", kindForeign, ""}, {"主观", kindForeign, ""}, {"操作题", kindForeign, ""},
	{"选择", kindChoice, ""},
}

// kindCodes are whole words, in small letters, without blanks and signs.
var kindCodes = map[string]question.Kind{
	"single": question.Single, "singlechoice": question.Single, "singleselect": question.Single, "radio": question.Single,
	"multiple": question.Multiple, "multichoice": question.Multiple, "multiplechoice": question.Multiple,
	"multipleselect": question.Multiple, "checkbox": question.Multiple,
	"truefalse": question.TrueFalse, "tf": question.TrueFalse, "judge": question.TrueFalse, "judgement": question.TrueFalse,
	"judgment": question.TrueFalse, "boolean": question.TrueFalse,
	"fill": question.Fill, "blank": question.Fill, "fillblank": question.Fill, "fillintheblank": question.Fill,
	"shortanswer": question.Fill, "numerical": question.Fill,
	"ordering": question.Ordering, "order": question.Ordering, "sort": question.Ordering,
	"matching": question.Matching, "match": question.Matching,
}

// kindOf reads the word for a kind.
func kindOf(word string) (wanted, question.Kind) {
	word = strings.TrimSpace(word)
	if word == "" {
		return kindAbsent, ""
	}
	for _, known := range kindWords {
		if strings.Contains(word, known.word) {
			return known.want, known.kind
		}
	}
	code := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-/", r) {
			return -1
		}
		return r
	}, strings.ToLower(word))
	if kind, ok := kindCodes[code]; ok {
		return kindGiven, kind
	}
	if code == "essay" || code == "cloze" || code == "description" {
		return kindForeign, ""
	}
	if strings.Trim(code, "0123456789") == "" && len(code) <= 2 {
		return kindCodeGiven, ""
	}
	return kindStrange, ""
}

var truths = map[string]bool{
	"正确": true, "对": true, "是": true, "√": true, "✓": true, "✔": true, "T": true, "TRUE": true, "Y": true, "YES": true,
	"RIGHT": true, "CORRECT": true, "正确的": true, "对的": true, "V": true, "☑": true,
	"错误": false, "错": false, "否": false, "×": false, "✗": false, "✘": false, "X": false, "F": false, "FALSE": false,
	"N": false, "NO": false, "WRONG": false, "INCORRECT": false, "错误的": false, "错的": false, "不正确": false,
	"不对": false, "不是": false, "☒": false, "╳": false,
}

// truthOf reads a word for true or false.
func truthOf(text string) (truth, ok bool) {
	truth, ok = truths[strings.TrimRight(narrow(text), "。.;")]
	return truth, ok
}

// truthPair reports whether the options are a true and a false, and which is which.
func truthPair(options []option) (truth [2]bool, ok bool) {
	if len(options) != 2 {
		return truth, false
	}
	for i := range truth {
		if truth[i], ok = truthOf(options[i].text); !ok {
			return truth, false
		}
	}
	return truth, truth[0] != truth[1]
}
