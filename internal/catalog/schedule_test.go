package catalog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// at is a moment of a day in China, UTC ms.
func at(t *testing.T, text string) int64 {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("China", 8*3600))
	if err != nil {
		t.Fatal(err)
	}
	return moment.UnixMilli()
}

// publish stores the arena's contest once more, under another name and with another window.
func publish(t *testing.T, a *arena.Arena, slug, window string) {
	t.Helper()
	lines := strings.Split(strings.Replace(arena.Demo, "contest: demo", "contest: "+slug, 1), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "window:") {
			lines[i] = "window: {" + window + "}"
		}
	}
	if _, err := a.Catalog.Apply(t.Context(), slug+".yaml", []byte(strings.Join(lines, "\n")), "改时间"); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsOpenComesBeforeWhatComesNextAndWhatIsOver(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		publish(t, a, arena.Slug, "opens: 2026-06-01 00:00, closes: 2026-07-01 00:00")
		publish(t, a, "summer", "opens: 2026-06-10 00:00, closes: 2026-09-01 00:00")
		publish(t, a, "spring", "opens: 2026-03-01 00:00, closes: 2026-05-01 00:00")
		publish(t, a, "winter", "opens: 2026-01-01 00:00, closes: 2026-02-01 00:00")
		publish(t, a, "nextyear", "opens: 2027-11-01 00:00, closes: 2027-12-01 00:00")
		publish(t, a, "autumn", "opens: 2026-09-05 00:00, closes: 2026-10-01 00:00")
		for _, c := range []struct{ when, order, meant string }{
			{"2025-12-01 00:00", "winter spring demo summer autumn nextyear", ""},
			{"2026-01-15 00:00", "winter spring demo summer autumn nextyear", "winter"},
			{"2026-05-15 00:00", "demo summer autumn nextyear spring winter", ""},
			{"2026-06-05 00:00", "demo summer autumn nextyear spring winter", "demo"},
			{"2026-06-15 00:00", "summer demo autumn nextyear spring winter", ""},
			{"2026-07-01 00:00", "summer autumn nextyear demo spring winter", "summer"},
			{"2026-09-02 00:00", "autumn nextyear summer demo spring winter", ""},
			{"2027-12-31 00:00", "nextyear autumn summer demo spring winter", ""},
		} {
			now := at(t, c.when)
			a.Clock.Set(c.when + ":00")
			scheduled := a.Catalog.Scheduled(now)
			slugs := []string{}
			for _, in := range scheduled {
				slugs = append(slugs, in.Slug)
			}
			if got := strings.Join(slugs, " "); got != c.order {
				t.Errorf("%s: %s, want %s", c.when, got, c.order)
			}
			meant := ""
			if in := catalog.Meant(scheduled, now); in != nil {
				meant = in.Slug
			}
			if meant != c.meant {
				t.Errorf("%s: %q is meant, want %q", c.when, meant, c.meant)
			}
			if current, err := a.Catalog.Current(catalog.CurrentSlug); err != nil || current.Slug != slugs[0] {
				t.Errorf("%s: the current one is %v, %v", c.when, current.Slug, err)
			}
		}
	})
}

// Training is no reason to leave a contest that counts; alone it is what is on.
func TestATrainingIsMeantOnlyWhereNothingIsOpen(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	publish(t, a, arena.Slug, "opens: 2026-06-01 00:00, closes: 2026-07-01 00:00")
	publish(t, a, "later", "opens: 2026-08-01 00:00, closes: 2026-09-01 00:00}\n"+
		"training: {opens: 2026-06-10 00:00, closes: 2026-08-01 00:00")
	for when, want := range map[string]string{"2026-06-15 00:00": arena.Slug, "2026-07-15 00:00": "later"} {
		now := at(t, when)
		if in := catalog.Meant(a.Catalog.Scheduled(now), now); in == nil || in.Slug != want {
			t.Errorf("%s: %v is meant, want %s", when, in, want)
		}
	}
}

func TestARehearsalIsNeverScheduledAndASingleContestIsAlwaysMeant(t *testing.T) {
	a := arena.New(t, testkit.Embedded(t))
	if _, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, arena.Slug); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"2020-01-01 00:00", "2060-01-01 00:00"} {
		now := at(t, when)
		scheduled := a.Catalog.Scheduled(now)
		if len(scheduled) != 1 || catalog.Meant(scheduled, now) != scheduled[0] {
			t.Errorf("%s: %d contests are scheduled", when, len(scheduled))
		}
	}
	if catalog.Meant(nil, 0) != nil || !slices.Equal(catalog.New(nil, nil, nil, time.Now).Scheduled(0), nil) {
		t.Error("without a contest one is meant")
	}
}
