package questionbank_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/questionbank"
)

// office is a name that belongs to somebody: a template is for everybody.
var office = regexp.MustCompile(`(应急管理局|委员会|消防救援|教育局|[省市县区镇]人民政府)`)

func TestATemplateIsReadyOnceNameAndPhoneAreFilledIn(t *testing.T) {
	questions := everything(t)
	files, err := fs.Glob(questionbank.Files, "templates/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(path.Base(file), func(t *testing.T) {
			text, err := questionbank.Files.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if found := office.Find(text); found != nil {
				t.Errorf("it names %s", found)
			}
			for at, value := range map[string]string{"organizer": "青山县应急局", "contact": "0519-86680000"} {
				if text, err = contest.Edit(text, at, value); err != nil {
					t.Fatal(err)
				}
			}
			if text, err = contest.Anew(text, "mine", "我们的活动", "2027-06-01"); err != nil {
				t.Fatal(err)
			}
			d, err := contest.Parse(file, text)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range compliance.Check(d) {
				t.Errorf("%s at %s: %s", c.Code, c.Path, c.Message)
			}
			for i := range d.Levels {
				if _, err := d.Levels[i].Pools(questions); err != nil {
					t.Errorf("level %s: %v", d.Levels[i].Key, err)
				}
			}
			for i := range d.Live {
				if _, err := d.Live[i].Pools(questions); err != nil {
					t.Errorf("live room %s: %v", d.Live[i].Key, err)
				}
			}
		})
	}
}

// Each of the five audiences has its week, and its levels ask what is for it alone.
func TestEachAudienceHasATemplateOfItsOwn(t *testing.T) {
	for name, audience := range map[string]string{"enterprise": "企业", "village": "农村", "community": "社区",
		"school": "学校", "home": "家庭"} {
		text, err := questionbank.Files.ReadFile("templates/week-" + name + ".yaml")
		if err != nil {
			t.Error(err)
			continue
		}
		d, err := contest.Parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range d.Levels {
			for _, draw := range level.Questions {
				if !slices.Equal(draw.Audience, []string{audience}) {
					t.Errorf("%s, level %s asks %v", name, level.Key, draw.Audience)
				}
			}
		}
	}
	for file, part := range map[string]string{"month-all": "opens: week 4", "day-616": "live:"} {
		text, err := questionbank.Files.ReadFile("templates/" + file + ".yaml")
		if err != nil || !strings.Contains(string(text), part) {
			t.Errorf("%s lacks %s, %v", file, part, err)
		}
	}
}
