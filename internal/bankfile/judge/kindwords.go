package judge

import (
	"strings"

	"anquanda/internal/question"
)

// Wanted is what a file says about the kind of a question.
type Wanted uint8

const (
	KindGiven     Wanted = iota // one of ours
	KindAbsent                  // nothing, or a code that says nothing
	KindChoice                  // a choice, of one or several
	KindForeign                 // a kind that we lack
	kindStrange                 // no kind at all
	kindCodeGiven               // a number that stands for a kind
)

// kindWords are tried in order; the first that the word contains decides.
var kindWords = []struct {
	word string
	want Wanted
	kind question.Kind
}{
	{"不定项", KindGiven, question.Indefinite},
	{"单选", KindGiven, question.Single}, {"单项", KindGiven, question.Single},
	{"多选", KindGiven, question.Multiple}, {"多项", KindGiven, question.Multiple}, {"双选", KindGiven, question.Multiple},
	{"判断", KindGiven, question.TrueFalse}, {"是非", KindGiven, question.TrueFalse}, {"对错", KindGiven, question.TrueFalse},
	{"填空", KindGiven, question.Fill}, {"填充", KindGiven, question.Fill},
	{"排序", KindGiven, question.Ordering},
	{"连线", KindGiven, question.Matching}, {"匹配", KindGiven, question.Matching}, {"配对", KindGiven, question.Matching},
	{"简答", KindForeign, ""}, {"问答", KindForeign, ""}, {"论述", KindForeign, ""}, {"案例", KindForeign, ""},
	{"名词解释", KindForeign, ""}, {"计算", KindForeign, ""}, {"材料", KindForeign, ""}, {"阅读", KindForeign, ""},
	{"完形", KindForeign, ""}, {"作文", KindForeign, ""}, {"主观", KindForeign, ""}, {"操作题", KindForeign, ""},
	{"选择", KindChoice, ""},
}

// kindCodes are whole words, in small letters, without blanks and signs.
var kindCodes = map[string]question.Kind{
	"single": question.Single, "singlechoice": question.Single, "singleselect": question.Single,
	"radio":      question.Single,
	"indefinite": question.Indefinite,
	"multiple":   question.Multiple, "multipleselect": question.Multiple, "checkbox": question.Multiple,
	"multipleresponse": question.Multiple, "multipleanswer": question.Multiple, "multipleanswers": question.Multiple,
	"truefalse": question.TrueFalse, "tf": question.TrueFalse, "judge": question.TrueFalse,
	"judgement": question.TrueFalse,
	"judgment":  question.TrueFalse, "boolean": question.TrueFalse,
	"fill": question.Fill, "blank": question.Fill, "fillblank": question.Fill, "fillintheblank": question.Fill,
	"shortanswer": question.Fill, "numerical": question.Fill,
	"ordering": question.Ordering, "order": question.Ordering, "sort": question.Ordering,
	"matching": question.Matching, "match": question.Matching,
}

// In English a multiple choice is one with several options, of which often one is right.
var choiceCodes = map[string]bool{"multiplechoice": true, "multichoice": true, "choice": true, "quiz": true,
	"mcq": true}

var foreignCodes = map[string]bool{"essay": true, "cloze": true, "description": true, "openended": true, "poll": true,
	"draw": true, "slide": true, "wordcloud": true, "survey": true}

// KindOf reads the word for a kind.
func KindOf(word string) (Wanted, question.Kind) {
	word = strings.TrimSpace(word)
	if word == "" {
		return KindAbsent, ""
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
		return KindGiven, kind
	}
	if choiceCodes[code] {
		return KindChoice, ""
	}
	if foreignCodes[code] {
		return KindForeign, ""
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

// TruthOf reads a word for true or false.
func TruthOf(text string) (truth, ok bool) {
	truth, ok = truths[strings.TrimRight(narrow(text), "。.;")]
	return truth, ok
}

// TruthPair reports whether the options are a true and a false, and which is which.
func TruthPair(options []Option) (truth [2]bool, ok bool) {
	if len(options) != 2 {
		return truth, false
	}
	for i := range truth {
		if truth[i], ok = TruthOf(options[i].Text); !ok {
			return truth, false
		}
	}
	return truth, truth[0] != truth[1]
}
