package contest_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

func TestARehearsalIsTheSameContestOpenNow(t *testing.T) {
	now := shanghai(t, "2026-11-24 10:20:00")
	for file, before := range contests.Shipped(t) {
		text := contests.Text(t, file)
		moved, err := contest.Rehearsal(file, []byte(text), before.Slug, now)
		if err != nil {
			t.Fatal(err)
		}
		after := parsed(t, string(moved))
		if after.Phase(now) != contest.Open || now-after.Window.Opens.MS >= 24*time.Hour.Milliseconds() {
			t.Errorf("%s: at the time of rehearsal it is %s", file, after.Phase(now))
		}
		if after.Slug != contest.RehearsalSlug(before.Slug) ||
			after.Window.Closes.MS-after.Window.Opens.MS != before.Window.Closes.MS-before.Window.Opens.MS {
			t.Errorf("%s: %s lasts %d ms", file, after.Slug, after.Window.Closes.MS-after.Window.Opens.MS)
		}
		for i := range before.Levels {
			if before.Levels[i].Opens.MS != 0 &&
				after.Levels[i].Opens.MS-after.Window.Opens.MS != before.Levels[i].Opens.MS-before.Window.Opens.MS {
				t.Errorf("%s: level %s opens at another time", file, before.Levels[i].Key)
			}
		}
		for i := range before.Drawings {
			if after.Drawings[i].At.MS-after.Window.Opens.MS != before.Drawings[i].At.MS-before.Window.Opens.MS {
				t.Errorf("%s: drawing %s is held at another time", file, before.Drawings[i].Key)
			}
		}
		if first := strings.SplitN(text, "\n", 2)[0]; !strings.HasPrefix(string(moved), first) {
			t.Errorf("%s: the comments are lost", file)
		}
	}
}

func TestARehearsalsSlugFitsAndIsAnother(t *testing.T) {
	for _, slug := range []string{"a", "workmonth", strings.Repeat("a", 32), "aaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaa"} {
		got := contest.RehearsalSlug(slug)
		d := parsed(t, strings.Replace(twoLevels, "contest: demo", "contest: "+got, 1))
		if d.Slug == slug {
			t.Errorf("%s is rehearsed as itself", slug)
		}
	}
}

func TestACopyIsAnotherContestOnOtherDays(t *testing.T) {
	text := []byte(contests.Text(t, "changzhou-2021"))
	was := parsed(t, string(text))
	if len(was.Accept) == 0 {
		t.Fatal("this test wants a definition that somebody answers for")
	}
	got, err := contest.Anew(text, "mine", "我们的活动", "2027-05-06")
	if err != nil {
		t.Fatal(err)
	}
	is := parsed(t, string(got))
	if is.Slug != "mine" || is.Title != "我们的活动" || len(is.Accept) != 0 || is.Day(is.Window.Opens.MS) != 20270506 {
		t.Errorf("the copy is %s %s %v, opens %d", is.Slug, is.Title, is.Accept, is.Day(is.Window.Opens.MS))
	}
	if was.Window.Closes.MS-was.Window.Opens.MS != is.Window.Closes.MS-is.Window.Opens.MS {
		t.Error("the copy lasts another time")
	}
	if _, err := contest.Anew(text, "mine", "我们的活动", "soon"); err == nil {
		t.Error("soon is a day")
	}
}
