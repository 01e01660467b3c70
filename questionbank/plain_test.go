package questionbank_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"anquanda/internal/question"
)

// forFamilies are the questions that old people and children are asked.
func forFamilies(questions []question.Question) []question.Question {
	return slices.DeleteFunc(questions, func(q question.Question) bool { return !slices.Contains(q.Audience, "家庭") })
}

// texts are all that a player reads of a question.
func texts(q question.Question) []string {
	return append([]string{q.Stem, q.Explanation}, q.Options...)
}

func TestFamiliesReadSentencesOfAtMostFortyCharacters(t *testing.T) {
	end := regexp.MustCompile(`[。！？；]`)
	for _, q := range forFamilies(everything(t)) {
		for _, text := range texts(q) {
			for _, sentence := range end.Split(text, -1) {
				if n := utf8.RuneCountInString(sentence); n > 40 {
					t.Errorf("%s: a sentence of %d characters: %s", q.ID, n, sentence)
				}
			}
		}
	}
}

// hard are terms of the trade, and the words of which one must stand beside them in a
// question for families; a term without words is not used there at all.
var hard = map[string][]string{
	"临界量": nil, "闪点": nil, "计算单元": nil, "连墙件": nil, "进风流": nil, "心室颤动": nil, "室颤": nil, "剩余电流": nil,
	"热失控": nil, "心律失常": nil, "分支回路": nil, "净距": nil, "净高": nil, "脱火": nil, "耐火极限": nil,
	"侵权人": nil, "失温": nil, "危险源": nil, "动作电流": {"断电"}, "截面": {"粗细"}, "强排式": {"排废气"}, "阻燃": {"不易烧着"},
	"热射病": {"最重的中暑"}, "离岸流": {"水流"}, "避难层": {"等待救援"}, "电石": {"遇水"}, "硫化氢": {"毒气", "毒", "昏倒"},
	"有限空间": {"井", "池", "窖"}, "特种设备": {"锅炉", "危险性大"}, "三合一": {"住人"}, "九小场所": {"小店"}, "飞线": {"电线"},
	"醇基燃料": {"甲醇"}, "AED": {"除颤", "电极片", "心律"}, "额定": {"标着"}, "除颤": {"AED", "电击"},
}

func TestFamiliesReadNoTermThatIsNotExplained(t *testing.T) {
	for _, q := range forFamilies(everything(t)) {
		whole := strings.Join(texts(q), "\n")
		for term, words := range hard {
			if strings.Contains(whole, term) && !holds(whole, words) {
				t.Errorf("%s: %s is not explained (%v): %s %s", q.ID, term, words, q.Stem, q.Explanation)
			}
		}
	}
}

// telephone is a number that hands should know how to type.
var telephone = regexp.MustCompile(`^1\d\d$`)

func TestFamiliesChooseNumbersAndTypeShortWords(t *testing.T) {
	number := regexp.MustCompile(`^[\d.]+$`)
	for _, q := range forFamilies(everything(t)) {
		for _, accepted := range q.Blanks {
			if first := accepted[0]; number.MatchString(first) && !telephone.MatchString(first) {
				t.Errorf("%s: %s is typed; let it be chosen: %s", q.ID, first, q.Stem)
			}
		}
	}
	for _, q := range ofKind(everything(t), question.Fill) {
		for _, accepted := range q.Blanks {
			if n := utf8.RuneCountInString(accepted[0]); n > 4 {
				t.Errorf("%s: %q has %d characters to be typed, at most 4", q.ID, accepted[0], n)
			}
			if number.MatchString(accepted[0]) && !slices.ContainsFunc(accepted, func(a string) bool {
				return strings.ContainsAny(a, "一二三四五六七八九十两")
			}) {
				t.Errorf("%s: %s is not accepted in Chinese characters", q.ID, accepted[0])
			}
		}
	}
}
