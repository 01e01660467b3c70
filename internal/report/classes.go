package report

import (
	"anquanda/internal/contest"
	"anquanda/internal/identity/personal"
)

// ClassesLabel is what stands above the classes.
const ClassesLabel = "按标准类别"

// ClassesOf counts who chose the options of each class that the definition counts by; none
// where it counts by none. A class is the sum of options that are told: where one of them is
// hidden the class is hidden, so that it tells nothing that they do not.
func ClassesOf(choices []personal.Choice) (classes []Option) {
	for _, class := range contest.Classes {
		for _, c := range choices {
			of := map[string]bool{}
			for _, option := range c.Field.Classed(class) {
				of[option] = true
			}
			if len(of) == 0 {
				continue
			}
			sum := Option{Title: class.Title()}
			for _, o := range OptionsOf(c) {
				if of[o.Title] {
					sum.People += o.People
					sum.Hidden = sum.Hidden || o.Hidden
				}
			}
			classes = append(classes, sum)
		}
	}
	return classes
}
