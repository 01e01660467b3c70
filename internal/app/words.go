package app

import (
	"net/url"
	"strings"
)

// ownWords are what everybody here knows and would try first as a password: the name of
// the site, and of the contests.
func (a *App) ownWords(public string) []string {
	var words []string
	if at, err := url.Parse(public); err == nil {
		words = append(strings.Split(at.Hostname(), "."), at.Hostname())
	}
	for _, c := range a.Catalog.All() {
		words = append(words, c.Slug, c.Definition.Title)
		words = append(words, strings.Split(c.Slug, "-")...)
	}
	return words
}
