package identity

import (
	"context"

	"anquanda/internal/sqldb"
)

// Person is a player as lists of staff show one.
type Person struct {
	Enrolment
	Name  string // masked; empty when none was told
	Phone string // masked
}

// Who tells who players are, for lists: unknown ones are left out.
func (p *Players) Who(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Person, error) {
	enrolments, err := p.Enrolments(ctx, contestID, players)
	if err != nil || len(players) == 0 {
		return map[sqldb.ID]Person{}, err
	}
	people := make(map[sqldb.ID]Person, len(enrolments))
	for id, e := range enrolments {
		people[id] = Person{Enrolment: e}
	}
	names, err := p.Personal.Names(ctx, contestID, players)
	for id, masked := range names {
		person := people[id]
		person.Name, person.Phone = masked.Name, masked.Phone
		people[id] = person
	}
	return people, err
}
