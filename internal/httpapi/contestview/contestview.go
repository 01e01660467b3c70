// Package contestview is how a contest reads on the pages of every audience: its
// name, levels, rules and changes in the form that replies carry.
package contestview

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

// Heading names the contest that a page is about.
type Heading struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

// HeadingOf names a contest.
func HeadingOf(in *catalog.Contest) Heading { return Heading{Slug: in.Slug, Title: in.Title} }

// PrizeTitle is what people call a prize; its key when the contest has it no more.
func PrizeTitle(in *catalog.Contest, key string) string {
	if prize := in.Prize(key); prize != nil {
		return prize.Title
	}
	return key
}

// Section is one part of the rules.
type Section struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// RulesOf tells the rules of a definition.
func RulesOf(d *contest.Definition) []Section {
	sections := []Section{}
	for _, section := range rulespage.Describe(d) {
		sections = append(sections, Section(section))
	}
	return sections
}
