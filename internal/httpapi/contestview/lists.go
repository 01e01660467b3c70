package contestview

import (
	"cmp"
	"context"
	"slices"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/identity"
	"anquanda/internal/pace"
	"anquanda/internal/publicname"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/team"
)

// PublicList is a list as everybody may see it, and whether who asks is on it.
type PublicList struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Says   string `json:"says"`    // who is on it, in words
	At     int64  `json:"at"`      // UTC ms, when it is made; 0: no time is fixed
	MadeAt int64  `json:"made_at"` // UTC ms; 0: not yet, and of a list that staff makes
	Open   bool   `json:"open"`    // it is told who is on it
	Total  int    `json:"total"`   // players
	Mine   bool   `json:"mine"`
	Place  int    `json:"place"` // of who asks, from 1; 0: none
}

// Listed is a player on a public list.
type Listed struct {
	Place int    `json:"place"` // from 1; 0: none
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Me    bool   `json:"me"`
}

// ListPage is a part of a public list.
type ListPage struct {
	List    PublicList `json:"list"`
	Group   string     `json:"group"` // what its units or teams are called; empty where it took none
	Units   []string   `json:"units"` // or teams, by their place
	Players []Listed   `json:"players"`
	More    bool       `json:"more"` // there are more to be shown
}

// Lists reads the lists of contests that everybody may see. It is safe for concurrent use.
type Lists struct {
	lists   *shortlist.Store
	players *identity.Players
	teams   *team.Service
	kept    *pace.Cache[listKey, *keptList]
}

type listKey struct {
	contest sqldb.ID
	list    string
}

// keptList is who is on a list as it was some seconds ago. Nobody changes it.
type keptList struct {
	madeAt int64
	rows   []shownRow       // the first of the list, by its order
	places map[sqldb.ID]int // of all on it
	group  string           // what its units are called
	units  []string         // or teams, by their place
}

type shownRow struct {
	Listed
	player sqldb.ID
	unit   int // place of the unit, where the list took units; 0: none
}

const (
	// keptListLeast is how long a list is kept in memory at least: every phone asks.
	keptListLeast = 2 * time.Second
	// mostShown bounds how many players of a list are shown.
	mostShown = 10_000
	// mostUnitsShown bounds how many of its units are named.
	mostUnitsShown = 200
	// namedAtOnce bounds how many players one statement reads.
	namedAtOnce = 1_000
)

// NewLists reads lists with the names of players and teams.
func NewLists(lists *shortlist.Store, players *identity.Players, teams *team.Service, now func() time.Time) *Lists {
	return &Lists{lists, players, teams, pace.NewCache[listKey, *keptList](now, keptListLeast)}
}

// Of lists the public lists of a contest, with the place of a player (0: a stranger).
func (s *Lists) Of(ctx context.Context, in *catalog.Contest, player sqldb.ID) ([]PublicList, error) {
	all := []PublicList{}
	for i := range in.Lists {
		if l := &in.Lists[i]; l.Public {
			kept, err := s.seen(ctx, in, l)
			if err != nil {
				return nil, err
			}
			all = append(all, kept.told(in, l, player))
		}
	}
	return all, nil
}

// Page is a part of a public list, from a row on (from 1). Errors: shortlist.ErrUnknown, also
// of a list that is not public.
func (s *Lists) Page(ctx context.Context, in *catalog.Contest, key string, from, size int, player sqldb.ID) (
	*ListPage, error) {
	l := in.List(key)
	if l == nil || !l.Public {
		return nil, shortlist.ErrUnknown
	}
	kept, err := s.seen(ctx, in, l)
	if err != nil {
		return nil, err
	}
	first := min(from-1, len(kept.rows))
	end := min(first+size, len(kept.rows))
	page := &ListPage{List: kept.told(in, l, player), Group: kept.group, Units: kept.units,
		Players: make([]Listed, 0, end-first), More: end < len(kept.rows)}
	for _, row := range kept.rows[first:end] {
		row.Me = row.player == player
		page.Players = append(page.Players, row.Listed)
	}
	return page, nil
}

func (k *keptList) told(in *catalog.Contest, l *contest.List, player sqldb.ID) PublicList {
	place, mine := k.places[player]
	return PublicList{Key: l.Key, Title: l.Title, Says: rulespage.OnList(in.Definition, l), At: l.At.MS,
		MadeAt: k.madeAt, Open: k.madeAt != 0 || len(k.places) > 0, Total: len(k.places), Mine: mine, Place: place}
}

func (s *Lists) seen(ctx context.Context, in *catalog.Contest, l *contest.List) (*keptList, error) {
	return s.kept.Get(listKey{in.ContestID, l.Key}, func() (*keptList, error) { return s.read(ctx, in, l) })
}

// read reads a list: nobody of one that is not made, or changes with its units.
func (s *Lists) read(ctx context.Context, in *catalog.Contest, l *contest.List) (*keptList, error) {
	kept := &keptList{places: map[sqldb.ID]int{}, units: []string{}}
	if l.Live() {
		return kept, nil
	}
	if l.Fixed() {
		made, err := s.lists.Made(ctx, in.ContestID)
		if kept.madeAt = made[l.Key]; err != nil || kept.madeAt == 0 {
			return kept, err
		}
	}
	rows, err := s.lists.Standing(ctx, in.ContestID, l.Key)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		kept.places[row.PlayerID] = row.Place
	}
	unitPlaces, err := s.tellUnits(ctx, in, l, kept)
	if err != nil {
		return nil, err
	}
	for some := range slices.Chunk(rows[:min(len(rows), mostShown)], namedAtOnce) {
		if err := s.name(ctx, in, l, some, unitPlaces, kept); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(kept.rows, func(a, b shownRow) int {
		return cmp.Or(cmp.Compare(last(a.Place), last(b.Place)), cmp.Compare(last(a.unit), last(b.unit)))
	})
	return kept, nil
}

// last puts who has no place behind those who have.
func last(place int) uint { return uint(place - 1) }

// name adds some players of a list as others see them.
func (s *Lists) name(ctx context.Context, in *catalog.Contest, l *contest.List, some []shortlist.Row,
	unitPlaces map[sqldb.ID]int, kept *keptList) error {
	players := make([]sqldb.ID, len(some))
	for i := range some {
		players[i] = some[i].PlayerID
	}
	who, err := s.players.Enrolments(ctx, in.ContestID, players)
	if err != nil {
		return err
	}
	of, _ := in.Board(l.Board)
	for _, row := range some {
		e, takesPart := who[row.PlayerID]
		if !takesPart || e.Left() {
			delete(kept.places, row.PlayerID)
			continue
		}
		shown := shownRow{player: row.PlayerID, Listed: Listed{Place: row.Place, Name: e.ShownName(publicname.OnPhones)}}
		if u, ok := in.Units.Get(e.UnitID); ok {
			shown.Unit = u.Name
		}
		if at, ok := in.Units.At(e.UnitID, of.Depth); ok {
			shown.unit = unitPlaces[at.ID]
		}
		kept.rows = append(kept.rows, shown)
	}
	return nil
}

// tellUnits names the units or teams that a list took of its board, and tells the place of
// each.
func (s *Lists) tellUnits(ctx context.Context, in *catalog.Contest, l *contest.List, kept *keptList) (
	map[sqldb.ID]int, error) {
	of, known := in.Board(l.Board)
	if !known || of.Subject == contest.SubjectPlayer {
		return nil, nil
	}
	ids, err := s.lists.Units(ctx, in.ContestID, l.Key)
	if err != nil {
		return nil, err
	}
	teams := map[sqldb.ID]team.Name{}
	kept.group = in.Players.Unit.Label
	if of.Subject == contest.SubjectTeam {
		kept.group = in.Teams.Title
		if teams, err = s.teams.NamesIn(ctx, in.ContestID); err != nil {
			return nil, err
		}
	}
	places := make(map[sqldb.ID]int, len(ids))
	for i, id := range ids {
		places[id] = i + 1
		name := ""
		if t, ok := teams[id]; ok {
			name = publicname.OnPhones.ShowTeam(t.Name, t.State, id)
		} else if u, ok := in.Units.Get(id); ok {
			name = u.Name
		}
		if name != "" && len(kept.units) < mostUnitsShown {
			kept.units = append(kept.units, name)
		}
	}
	return places, nil
}
