package contestview

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/web"
)

// Change is one change of a contest in words.
type Change struct {
	Version     int          `json:"version"`
	At          int64        `json:"at"` // ms
	Reason      string       `json:"reason"`
	Differences []Difference `json:"differences"`
}

// Difference is what a change does to one section of the rules.
type Difference struct {
	Section string   `json:"section"`
	Gone    []string `json:"gone"`
	Come    []string `json:"come"`
}

// ChangesOf tells changes as pages read them.
func ChangesOf(changes []catalog.Change) []Change {
	reply := make([]Change, len(changes))
	for i, c := range changes {
		reply[i] = Change{Version: c.Version, At: c.At, Reason: c.Reason, Differences: DifferencesOf(c.Differences)}
	}
	return reply
}

// DifferencesOf tells differences as pages read them.
func DifferencesOf(differences []rulespage.Difference) []Difference {
	reply := make([]Difference, len(differences))
	for i, d := range differences {
		reply[i] = Difference{Section: d.Section, Gone: web.NotNil(d.Gone), Come: web.NotNil(d.Come)}
	}
	return reply
}
