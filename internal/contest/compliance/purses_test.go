package compliance_test

import (
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
)

// What nobody ever earns or can pay for is found where it stands, and nothing else is.
func TestDaysInARowProfilesAndPursesThatLeadNowhereAreFound(t *testing.T) {
	const row = "\n  - {key: row, for: checkin, days: 3, give: {points: 4}}"
	for _, c := range []struct{ with, want string }{
		{row, ""},
		{"\n  - {key: row, for: checkin, days: 30, give: {points: 4}}", ""},
		{"\n  - {key: row, for: checkin, days: 31, give: {points: 4}}", "beyond-reach earnings[1].days"},
		{"\n  - {key: told, for: profile, give: {points: 4}}", "beyond-reach earnings[1].for"},
		{row + "\nmakeup: {price: 5, most: 2}", ""},
		{"\nmakeup: {price: 5, most: 2}", "beyond-reach makeup"},
		{row + "\ncaps: [{max: 10, per: contest}]\nmakeup: {price: 11, most: 2}", "beyond-reach makeup.price"},
		{row + "\npurses: [{key: f, title: 花}]", "beyond-reach purses[0]"},
		{"\n  - {key: f, for: checkin, give: {purse: f, amount: 1}, max: 1, per: day}\npurses: [{key: f, title: 花}]", ""},
		{"\n  - {key: f, for: checkin, give: {purse: f, amount: 1}, max: 1, per: day}\npurses: [{key: f, title: 花}]" +
			"\ncertificates: [{key: c, title: 证, text: 好, who: {holds: {purse: f, least: 30}}}]", ""},
		{"\n  - {key: f, for: checkin, give: {purse: f, amount: 1}, max: 1, per: day}\npurses: [{key: f, title: 花}]" +
			"\ncertificates: [{key: c, title: 证, text: 好, who: {holds: {purse: f, least: 31}}}]",
			"beyond-reach certificates[0].who.holds.least"},
		{row + "\ncaps: [{max: 4, per: day}]", ""},
		{row + "\ncaps: [{max: 3, per: day}]", "beyond-reach caps[0].max"},
	} {
		text := strings.Replace(careful, "\nboards:", c.with+"\nboards:", 1)
		found := codes(contests.Parsed(t, text))
		if c.want == "" && len(found) > 0 || c.want != "" && !slices.Equal(found, []string{c.want}) {
			t.Errorf("%s: found %v, want %q", c.with, found, c.want)
		}
	}
}
