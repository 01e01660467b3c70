package player

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity/signin/account"
	"anquanda/internal/sqldb"
)

// unitTold finds the unit that an account tells, by its code or by a name that only
// one unit has; told is what it said, for the log where no unit is found.
func unitTold(in *catalog.Contest, who account.Person) (unit sqldb.ID, told string) {
	if in.Players.Unit.Ask == contest.AskNo || who.UnitCode == "" && who.UnitName == "" {
		return 0, ""
	}
	if who.UnitCode != "" {
		for _, u := range in.Units.Units() {
			if u.Code == who.UnitCode {
				return u.ID, ""
			}
		}
	}
	if who.UnitName != "" {
		if u, ok := in.Units.Named(who.UnitName); ok {
			return u.ID, ""
		}
	}
	return 0, who.UnitCode + " " + who.UnitName
}
