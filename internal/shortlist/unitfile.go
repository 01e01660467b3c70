package shortlist

import (
	"context"
	"fmt"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

const (
	// mostOfUnits bounds how many players a file of units puts on a list.
	mostOfUnits = 50_000
	// unitsAtOnce bounds how many units one statement reads.
	unitsAtOnce = 1_000
	// unitsRecorded is how many units of a file stand in the audit log by their codes, which
	// bounds the entry; the log tells the file's fingerprint too.
	unitsRecorded = 300
)

var errFilePeople = errs.New(errs.TooLarge, "list_file_people",
	fmt.Sprintf("这些单位里一共超过 %d 人，请分成几个文件", mostOfUnits))

// takeUnits sorts the rows of a file of units, and finds who belongs to them.
func (s *Store) takeUnits(ctx context.Context, f *File, c *catalog.Contest, rows []fileRow,
	listed map[sqldb.ID]bool) error {
	meanings, seen := unit.NewMeanings(c.Units), map[sqldb.ID]int{}
	for _, r := range rows {
		f.takeUnit(c.Units, r, meanings, seen)
	}
	within := map[sqldb.ID][]int{} // by unit: those of the file that it is or stands below
	var all []sqldb.ID
	for i := range f.Units {
		for _, id := range c.Units.Below(f.Units[i].unit) {
			if within[id] == nil {
				all = append(all, id)
			}
			within[id] = append(within[id], i)
		}
	}
	for some := range slices.Chunk(all, unitsAtOnce) {
		var members []struct {
			PlayerID sqldb.ID `db:"player_id"`
			UnitID   sqldb.ID `db:"unit_id"`
		}
		err := s.db.SelectIn(ctx, &members, `SELECT player_id, unit_id FROM enrolments
			WHERE contest_id = ? AND unit_id IN (?) AND `+conduct.StandingWhere+" ORDER BY player_id LIMIT ?",
			c.ContestID, some, c.ContestID, c.ContestID, mostOfUnits+1)
		if err != nil {
			return errs.Wrap(err, "read who belongs to the units of a file")
		}
		for _, m := range members {
			for _, i := range within[m.UnitID] {
				f.Units[i].Players++
			}
			f.takeMember(m.PlayerID, listed)
		}
		if f.Fresh+f.Same+f.Off > mostOfUnits {
			return errFilePeople
		}
	}
	codes := []string{}
	for _, u := range f.Units[:min(len(f.Units), unitsRecorded)] {
		if of, ok := c.Units.Get(u.unit); ok {
			codes = append(codes, of.Code)
		}
	}
	f.detail = map[string]any{"units": codes, "units_in_all": len(f.Units), "players": f.Fresh, "file": f.SHA256}
	return nil
}

func (f *File) takeMember(player sqldb.ID, listed map[sqldb.ID]bool) {
	switch on, was := listed[player]; {
	case on:
		f.Same++
	case was:
		f.Off++
	default:
		f.Fresh++
		f.players = append(f.players, player)
	}
}

// takeUnit sorts one row, which names a unit by code, by name, or by both.
func (f *File) takeUnit(tree *unit.Tree, r fileRow, meanings *unit.Meanings, seen map[sqldb.ID]int) {
	text, found := r.code, meanings.Coded(r.code)
	if r.code == "" {
		if text, found = r.text, meanings.Coded(r.text); found == nil {
			found = meanings.Named(r.text)
		}
	}
	why := ""
	switch {
	case text == "":
		why = "没有写单位"
	case len(found) == 0:
		why = "没有这个单位"
	case len(found) > 1:
		why = fmt.Sprintf("有 %d 个单位叫这个名称，如“%s”“%s”；请写编码，或连上级一起写", len(found),
			tree.Path(found[0].ID), tree.Path(found[1].ID))
	case r.code != "" && r.text != "" && !slices.Contains(meanings.Named(r.text), found[0]):
		why = fmt.Sprintf("编码 %s 是“%s”，和名称“%s”不一样", r.code, tree.Path(found[0].ID), r.text)
	case seen[found[0].ID] > 0:
		why = fmt.Sprintf("和第 %d 行是同一个单位", seen[found[0].ID])
	}
	if why != "" {
		f.Wrong = append(f.Wrong, WrongRow{r.line, text, why})
		return
	}
	seen[found[0].ID] = r.line
	f.Units = append(f.Units, FileUnit{Path: tree.Path(found[0].ID), unit: found[0].ID})
}
