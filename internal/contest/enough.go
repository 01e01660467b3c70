package contest

// ReadMost is how many questions one player may read on a day. With ten seconds for a
// question and its explanation that is close to three hours without a pause: nobody who
// plays comes there, and a script learns no more of a bank by one player.
const ReadMost = 1000

// readEnough reports whether the player has read as many questions as anybody may on the
// day of now. What is under way counts whole. One attempt may lead beyond the bound.
func (d *Definition) readEnough(s *Summary, now int64) bool {
	read := s.in(PerDay, now).Read
	for i := range s.Open {
		if level, _, ok := d.Level(s.Open[i].Level); ok {
			read += level.Count()
		}
	}
	return read >= ReadMost
}

// ReadADay is how many questions a player can be asked on a day by the bounds on
// attempts alone, tries that are given aside; bounded is false where they set none.
func (d *Definition) ReadADay() (most int, bounded bool) {
	longest, practice := 0, 0
	bounded = true
	for i := range d.Levels {
		level := &d.Levels[i]
		if level.Practice { // no bound over all levels holds there
			if level.Attempts.Max == 0 {
				return 0, false
			}
			practice += level.Attempts.Max * level.Count()
			continue
		}
		longest = max(longest, level.Count())
		most += level.Attempts.Max * level.Count()
		bounded = bounded && level.Attempts.Max > 0
	}
	for _, limit := range d.Attempts {
		if limit.Of != OfAttempts {
			continue
		}
		if asked := limit.Max * longest; !bounded || asked < most {
			most, bounded = asked, true
		}
	}
	return most + practice, bounded
}
