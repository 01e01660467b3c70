package identity_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// changer plays the arena's contest and changes units there.
type changer struct {
	*arena.Arena
	player sqldb.ID
}

func (c *changer) move(code string) error {
	unit := c.Unit(code)
	history, err := c.Play.History(c.T.Context(), c.Contest.ContestID, c.player)
	if err != nil {
		c.T.Fatal(err)
	}
	_, err = c.Players.Join(c.T.Context(), c.Contest.Definition, c.Contest.ContestID, c.player,
		identity.Application{Nickname: "小明", UnitID: &unit, Started: len(history.Counting()) > 0, At: c.Clock.MS()})
	return err
}

// points are the points that units hold by the player, on a day (0: in all).
func (c *changer) points(day int) map[string]int {
	c.T.Helper()
	var rows []struct {
		Code   string `db:"code"`
		Points int    `db:"points"`
	}
	err := c.DB.Select(c.T.Context(), &rows,
		`SELECT u.code, SUM(s.points) AS points FROM standings s JOIN units u ON u.id = s.unit_id
		WHERE s.measure = 'best' AND s.period = ? AND s.player_id = ? GROUP BY u.code`, day, c.player)
	if err != nil {
		c.T.Fatal(err)
	}
	points := map[string]int{}
	for _, row := range rows {
		points[row.Code] = row.Points
	}
	return points
}

func (c *changer) holds(day int, code string, want int) {
	c.T.Helper()
	if points := c.points(day); len(points) != 1 || points[code] != want {
		c.T.Errorf("on %d the points are %v, want %d for %s", day, points, want, code)
	}
}

// A player who changes units to help a team: the organizer decides how often that
// is possible (by default never), it is recorded, and then it is over. A permitted
// change takes the player's total along, once, with the next result: the player
// stands in one unit, never in two. Days that are over keep their unit.
func TestAPlayerWhoChangesUnitsToHelpATeam(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(strings.Replace(arena.Demo, "unit: {ask: optional}", "unit: {ask: optional, changes: 1}", 1))
		c := &changer{a, a.Enrol("小明", "n1")}
		a.PlayLevel(c.player, "first", 3)
		c.holds(0, "n1", 30)

		a.Clock.Set("2026-06-17 10:00:00")
		if err := c.move("s1"); err != nil {
			t.Fatal(err)
		}
		c.holds(0, "n1", 30) // nothing moves without a result
		a.PlayLevel(c.player, "second", 3)
		c.holds(0, "s1", 60)
		c.holds(20260616, "n1", 30)
		c.holds(20260617, "s1", 30)

		a.Clock.Pass(time.Hour)
		err := c.move("n1")
		if e := errs.From(err); e.Field != "unit" || e.Message != "开始答题后只能更换 1 次参赛单位，已经用完" {
			t.Errorf("back again: %v %q", err, e.Message)
		}
		a.PlayLevel(c.player, "first", 3)
		c.holds(0, "s1", 60)
		changes, err := a.Players.UnitChanges(t.Context(), a.Contest.ContestID, c.player)
		if err != nil || len(changes) != 1 || changes[0].OldUnit != a.Unit("n1") || changes[0].NewUnit != a.Unit("s1") {
			t.Errorf("recorded are %+v, %v", changes, err)
		}
	})
}

func TestWithoutLeaveAUnitIsFixedByTheFirstAttempt(t *testing.T) {
	s := testkit.Embedded(t)
	a := arena.New(t, s)
	c := &changer{a, a.Enrol("小明", "n1")}
	for _, code := range []string{"s1", "n1", "s1"} { // free before
		if err := c.move(code); err != nil {
			t.Fatal(err)
		}
	}
	a.Start(c.player, "first") // begun is enough
	err := c.move("n1")
	if e := errs.From(err); e.Field != "unit" || e.Message != "开始答题后不能更换参赛单位" {
		t.Errorf("after the first attempt: %v %q", err, e.Message)
	}
	a.PlayLevel(c.player, "first", 3)
	c.holds(0, "s1", 30)
}
