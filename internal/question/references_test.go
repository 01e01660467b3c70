package question

import (
	"reflect"
	"strings"
	"testing"
)

// editions lists a law in two editions, a standard that is superseded, and one to come.
var editions = References{
	{Key: "fire-2008", Title: "消防法", Version: "2008年修订", Effective: "2009-05-01", Until: "2021-04-29", By: "fire"},
	{Key: "fire", Title: "消防法", Version: "2021年修正", Effective: "2021-04-29"},
	{Key: "gb-1", Title: "GB 1-2017 导则", Until: "2027-02-01", By: "gb-1-2026"},
	{Key: "gb-1-2026", Title: "GB 1-2026 导则", Effective: "2027-02-01"},
	{Key: "gone", Title: "暂行办法", Until: "2020-01-01"},
}

func cites(s Source) Question {
	return Question{ID: "a", Source: s, Review: Review{By: "张三", On: "2026-11-30"}}
}

func TestAQuestionAgesWithItsSourceAndItsReview(t *testing.T) {
	never := cites(Source{Key: "fire"})
	never.Review = Review{}
	for _, c := range []struct {
		name string
		q    Question
		on   string
		want []Age
	}{
		{"a source in force, checked lately", cites(Source{Key: "fire"}), "2026-12-01", nil},
		{"the day before its source ends", cites(Source{Key: "gb-1"}), "2027-01-31", nil},
		{"the day its source ends", cites(Source{Key: "gb-1"}), "2027-02-01", []Age{AgeSuperseded}},
		{"a source that is still to come", cites(Source{Key: "gb-1-2026"}), "2027-01-31", []Age{AgeNotYet}},
		{"a key that nobody lists", cites(Source{Key: "fier"}), "2026-12-01", []Age{AgeUnlisted}},
		{"no list at all", cites(Source{Title: "本单位规程"}), "2026-12-01", nil},
		{"a title alone means the last edition", cites(Source{Title: "消防法"}), "2026-12-01", nil},
		{"a title with its edition", cites(Source{Title: "消防法", Version: "2008年修订"}), "2026-12-01",
			[]Age{AgeSuperseded}},
		{"two years less a day after the review", cites(Source{Key: "fire"}), "2028-11-29", nil},
		{"two years after the review", cites(Source{Key: "fire"}), "2028-11-30", []Age{AgeOld}},
		{"never checked", never, "2026-12-01", []Age{AgeUnreviewed}},
		{"old in both ways", cites(Source{Key: "gb-1"}), "2029-01-01", []Age{AgeSuperseded, AgeOld}},
	} {
		if got := editions.Index().Ages(&c.q, c.on); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: on %s it is %v, want %v", c.name, c.on, got, c.want)
		}
	}
}

func TestAnAgeIsToldWithWhatComesInstead(t *testing.T) {
	x := editions.Index()
	for _, c := range []struct {
		key  string
		age  Age
		want string
	}{
		{"gb-1", AgeSuperseded, "依据《GB 1-2017 导则》已从 2027-02-01 起由《GB 1-2026 导则》代替"},
		{"gone", AgeSuperseded, "依据《暂行办法》已从 2020-01-01 起废止"},
		{"gb-1-2026", AgeNotYet, "依据《GB 1-2026 导则》到 2027-02-01 才施行"},
		{"fier", AgeUnlisted, "依据的编号 fier 不在依据清单里"},
		{"fire", AgeOld, "上次核对是 2026-11-30，已满两年"},
		{"fire", AgeUnreviewed, "没有核对记录"},
	} {
		q := cites(Source{Key: c.key})
		if got := x.Tell(c.age, &q); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.key, c.age, got, c.want)
		}
	}
}

func TestAQuestionThatNamesAKeyTakesTheRestFromTheList(t *testing.T) {
	q := cites(Source{Key: "fire", Article: "第四十四条"})
	want := Source{Key: "fire", Title: "消防法", Article: "第四十四条", Version: "2021年修正", Effective: "2021-04-29"}
	if !editions.Index().Complete(&q) || q.Source != want {
		t.Errorf("it is %+v, want %+v", q.Source, want)
	}
	own := cites(Source{Key: "fire", Title: "本省消防条例"})
	if !editions.Index().Complete(&own) || own.Source.Title != "本省消防条例" {
		t.Errorf("what the question says itself became %+v", own.Source)
	}
	unknown := cites(Source{Key: "fier"})
	if editions.Index().Complete(&unknown) {
		t.Error("a key that the list lacks is taken for known")
	}
}

func TestAListThatCannotBeRightIsRefused(t *testing.T) {
	if err := editions.Check(); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		list References
		says string
	}{
		{References{{Title: "消防法"}}, "缺少 key"},
		{References{{Key: "a", Title: "甲"}, {Key: "a", Title: "乙"}}, "写了两次"},
		{References{{Key: "a"}}, "缺少名称"},
		{References{{Key: "a", Title: "甲", Effective: "2026年6月"}}, "日期"},
		{References{{Key: "a", Title: "甲", Until: "2026-13-01"}}, "日期"},
		{References{{Key: "a", Title: "甲", Effective: "2026-06-01", Until: "2026-06-01"}}, "施行之前"},
		{References{{Key: "a", Title: "甲", By: "b"}}, "从哪天起"},
	} {
		if err := c.list.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %s", c.list, err, c.says)
		}
	}
}

func TestAWrongReviewIsAProblem(t *testing.T) {
	for _, c := range []struct {
		review Review
		wrong  bool
	}{
		{Review{By: "张三", On: "2026-11-30", Against: "法条", Seen: SeenText}, false}, {Review{}, false},
		{Review{On: "2026.11.30"}, true}, {Review{Seen: "yes"}, true},
		{Review{Against: strings.Repeat("长", 201)}, true},
	} {
		if got := len(c.review.check()) > 0; got != c.wrong {
			t.Errorf("%+v: a problem: %v, want %v", c.review, got, c.wrong)
		}
	}
}
