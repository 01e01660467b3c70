package contest

// Left is how many attempts may still be begun, and by which bound.
type Left struct {
	Tries int // Unlimited for no bound
	Per   Per
	Of    LimitOf // of a bound over all levels; empty for the level's own
}

// LeftAt is what is left for a level, by the tightest of its bounds.
func (d *Definition) LeftAt(level *Level, s *Summary, now int64) Left {
	now = s.Now(now)
	left := Left{Tries: d.triesLeft(level, s, now, 0)}
	if left.Tries >= Unlimited {
		return left
	}
	if d.readEnough(s, now) {
		left.Per = PerDay
		return left
	}
	alone := *level
	alone.Attempts = &Attempts{}
	if level.Attempts.Max > 0 && d.triesLeft(&alone, s, now, 0) > left.Tries {
		left.Per = level.Attempts.Per
		return left
	}
	for _, limit := range d.Attempts {
		if level.Practice {
			break
		}
		// A bound on levels shuts those that are not begun yet, and bounds no tries.
		if limit.Of == OfLevels && (left.Tries > 0 || d.begun(level, s, limit.Per, now) > 0) {
			continue
		}
		if d.leftOf(limit, s, now) <= left.Tries {
			left.Per, left.Of = limit.Per, limit.Of
			return left
		}
	}
	left.Per = level.Attempts.Per
	return left
}

// LeftOver is what is left of each bound over all levels, in the order of the
// definition.
func (d *Definition) LeftOver(s *Summary, now int64) []Left {
	now = s.Now(now)
	left := make([]Left, len(d.Attempts))
	for i, limit := range d.Attempts {
		left[i] = Left{Tries: d.leftOf(limit, s, now), Per: limit.Per, Of: limit.Of}
	}
	return left
}

func (d *Definition) leftOf(limit Limit, s *Summary, now int64) int {
	in := s.in(limit.Per, now)
	most := limit.Max
	if !limit.Firm {
		most += in.Granted[GrantTry]
	}
	attempts, levels := in.begunAll(d, d.Phase(now) == Training)
	if limit.Of == OfLevels {
		return max(0, most-levels)
	}
	return max(0, most-attempts)
}

// Revives tells by which deed, done now, the player would get another try at a
// level that has none left; empty for none.
func (d *Definition) Revives(level *Level, s *Summary, now int64) DeedKind {
	now = s.Now(now)
	for _, kind := range []DeedKind{DeedShare, DeedCheckin, DeedPledge, DeedInvite} {
		tries := 0
		for _, g := range d.EarnDeed(s, Deed{Kind: kind, Ref: "as if", At: now}) {
			if g.Kind == GrantTry {
				tries += g.Amount
			}
		}
		if tries > 0 && d.triesLeft(level, s, now, tries) > 0 {
			return kind
		}
	}
	return ""
}
