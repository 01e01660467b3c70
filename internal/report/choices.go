package report

import "anquanda/internal/identity/personal"

// Option is how many people chose an option.
type Option struct {
	Title  string
	People int64
	// Hidden: the number would tell of few people, or of few that are left of all.
	Hidden bool
}

// OptionsOf are the options of a choice as they may be told. Where the hidden ones
// together are few, the least of the others is hidden too: how many told at all is known.
func OptionsOf(c personal.Choice) []Option {
	options := make([]Option, len(c.Counts))
	for i, n := range c.Counts {
		options[i] = Option{c.Field.Options[i], n, few(n)}
	}
	for {
		hidden, least := int64(0), -1
		for i, o := range options {
			switch {
			case o.Hidden:
				hidden += o.People
			case o.People > 0 && (least < 0 || o.People < options[least].People):
				least = i
			}
		}
		if !few(hidden) || least < 0 {
			return options
		}
		options[least].Hidden = true
	}
}
