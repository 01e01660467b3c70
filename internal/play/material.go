package play

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/sqldb"
)

// A level may have a material before its questions. When a player opened it travels sealed
// with the phone, as a ticket does: nothing is stored, any node can tell, and it fits
// nobody else, no other level and no other material.

// Opened is a material that a player has open.
type Opened struct {
	*contest.Material
	Level    *contest.Level
	Seen     string // proves to Start when it was opened
	WaitMS   int64  // until the level may begin
	UnderWay bool   // an attempt is: it waits for nothing
}

// OpenMaterial opens the material of a level that the player may play, or is playing. seen
// is what came with it before, if anything: who opens it again waits no longer.
//
// Errors: not_enrolled; level_unknown, material_unknown; those of contest.NewAttempt.
func (s *Service) OpenMaterial(ctx context.Context, c *catalog.Contest, player sqldb.ID, levelKey,
	seen string) (*Opened, error) {
	level, _, ok := c.Level(levelKey)
	if !ok {
		return nil, contest.ErrNoLevel
	}
	if level.Material == nil {
		return nil, contest.ErrNoMaterial
	}
	enrolment, err := s.players.Enrolment(ctx, c.ContestID, player)
	if err != nil {
		return nil, err
	}
	summary, err := s.Summary(ctx, c, enrolment)
	if err != nil {
		return nil, err
	}
	now := s.millis()
	_, underWay := summary.UnderWay(levelKey, now)
	if !underWay {
		if _, _, err := c.NewAttempt(summary, levelKey, now, false); err != nil {
			return nil, rulespage.Refused(c.Definition, summary, levelKey, now, err)
		}
	}
	at, known := s.openedAt(seen, c, player, level)
	if !known {
		at, seen = now, s.sealOpened(c, player, level, now)
	}
	opened := &Opened{Material: level.Material, Level: level, Seen: seen, UnderWay: underWay}
	if !underWay {
		opened.WaitMS = level.Material.Waits(at, now)
	}
	return opened, nil
}

// stood refuses to begin a level whose material has not stood before the player for long
// enough. Grace covers clocks of nodes that differ.
func (s *Service) stood(c *catalog.Contest, player sqldb.ID, levelKey, seen string, now int64) error {
	level, _, _ := c.Level(levelKey)
	if level.Material == nil || level.Material.Least == 0 {
		return nil
	}
	at, known := s.openedAt(seen, c, player, level)
	if !known || level.Material.Waits(at, now) > Grace {
		return contest.ErrMaterial
	}
	return nil
}

// openedPlace is what a sealed time belongs to.
func openedPlace(c *catalog.Contest, player sqldb.ID, level *contest.Level) []byte {
	return fmt.Appendf(nil, "%d %d %s %s", c.ContestID, player, level.Key, level.Material.Print())
}

func (s *Service) sealOpened(c *catalog.Contest, player sqldb.ID, level *contest.Level, now int64) string {
	value := binary.BigEndian.AppendUint64(nil, uint64(now))
	return base64.RawURLEncoding.EncodeToString(s.opened.Seal(value, openedPlace(c, player, level)))
}

// openedAt is when the material was opened, by what was sealed then; ok is false for what
// was sealed for somebody or something else, or never.
func (s *Service) openedAt(seen string, c *catalog.Contest, player sqldb.ID,
	level *contest.Level) (at int64, ok bool) {
	sealed, err := strictBase64.DecodeString(seen)
	if err != nil || seen == "" {
		return 0, false
	}
	value, err := s.opened.Open(sealed, openedPlace(c, player, level))
	if err != nil || len(value) != 8 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(value)), true
}
