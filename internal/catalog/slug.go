package catalog

import (
	"context"
	"fmt"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/publicname"
)

// mostSpelled is how long a slug made of a title may be, so that a number fits behind it.
const mostSpelled = 22

// SlugFor makes the slug of a new contest of its title, which no contest and no draft has
// yet: in pinyin where that is short enough, else the first letters.
func (c *Catalog) SlugFor(ctx context.Context, title string) (string, error) {
	var taken []string
	if err := c.db.Select(ctx, &taken, "SELECT slug FROM contests UNION SELECT slug FROM contest_drafts"); err != nil {
		return "", errs.Wrap(err, "list the slugs of contests")
	}
	used := map[string]bool{CurrentSlug: true}
	for _, slug := range taken {
		used[slug] = true
	}
	base := spelled(title)
	for n, slug := 2, base; ; n++ {
		if !used[slug] && !contest.OfRehearsal(slug) {
			return slug, nil
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
}

func spelled(title string) string {
	parts := publicname.Spell(title)
	whole := strings.Join(parts, "")
	if len(whole) > mostSpelled {
		whole = ""
		for _, part := range parts {
			if part[0] >= '0' && part[0] <= '9' {
				whole += part // 2026 stays 2026
			} else {
				whole += part[:1]
			}
		}
	}
	if whole = whole[:min(len(whole), mostSpelled)]; whole == "" {
		return "huodong"
	}
	return whole
}
