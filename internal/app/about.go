package app

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/web"
	"anquanda/static"
)

// describe tells the pages of a contest what its link shows where it is forwarded. Rehearsals are
// for who holds their pass, and tell nothing.
func (a *App) describe(cfg Config) static.Describe {
	return func(r *http.Request, slug string) (static.About, bool) {
		now, site := a.now().UnixMilli(), web.SiteOf(r, cfg.Public)
		scheduled := a.Catalog.Scheduled(now)
		in := catalog.Meant(scheduled, now)
		if slug != "" && slug != catalog.CurrentSlug {
			named, err := a.Catalog.Current(slug)
			if err != nil || named.RehearsalOf != 0 {
				return static.About{}, false
			}
			in = named
		}
		of := aboutAll(scheduled, site)
		if in != nil {
			of = aboutOf(in.Definition, site)
		}
		if of.Title == "" {
			return of, false
		}
		of.ICP, of.Police = cfg.ICP, cfg.PoliceRecord
		return of, true
	}
}

// toldOf is how many contests a link to all of them names.
const toldOf = 5

// aboutAll tells of several contests, among which people have to choose.
func aboutAll(scheduled []*catalog.Contest, site string) static.About {
	if len(scheduled) == 0 {
		return static.About{}
	}
	var titles []string
	for _, in := range scheduled[:min(len(scheduled), toldOf)] {
		titles = append(titles, in.Title)
	}
	return static.About{Title: "安全知识竞赛", Description: "选一个活动参加：" + strings.Join(titles, "、"), Site: site}
}

func aboutOf(d *contest.Definition, site string) static.About {
	of := static.About{Title: d.Title, When: spanOf(d), Organizer: d.Organizer, Contact: d.Contact, Site: site,
		Slug: d.Slug, Privacy: rulespage.Privacy(d), Picture: d.Share.Picture}
	said := []string{}
	for _, part := range []string{d.Share.Text, d.Subtitle} {
		if part != "" {
			said = append(said, strings.TrimRight(part, "。"))
			break
		}
	}
	of.Description = strings.Join(append(said, of.When, d.Organizer+"主办"), "。")
	return of
}

// spanOf is from which day to which a contest runs: one that closes at midnight ends the day before.
func spanOf(d *contest.Definition) string {
	day := func(ms int64) string {
		at := time.UnixMilli(ms).In(d.Zone())
		return fmt.Sprintf("%d年%d月%d日", at.Year(), at.Month(), at.Day())
	}
	return day(d.Window.Opens.MS) + "至" + day(d.Window.Closes.MS-1)
}
