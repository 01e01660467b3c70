package contest

// Left is how many attempts may still be begun, and by which bound.
type Left struct {
	Tries int // Unlimited for no bound
	Per   Per
	Of    LimitOf // of a bound over all levels; empty for the level's own
}

// LeftAt is what is left for a level, by the tightest of its bounds.
func (d *Definition) LeftAt(level *Level, r *Record, now int64) Left {
	history := r.of(d.Phase(now) == Training)
	left := Left{Tries: d.triesLeft(level, history, r.Grants, now)}
	if left.Tries >= Unlimited {
		return left
	}
	alone := *level
	alone.Attempts = &Attempts{}
	if level.Attempts.Max > 0 && d.triesLeft(&alone, history, r.Grants, now) > left.Tries {
		left.Per = level.Attempts.Per
		return left
	}
	for _, limit := range d.Attempts {
		// A bound on levels shuts those that are not begun yet, and bounds no tries.
		if limit.Of == OfLevels && (left.Tries > 0 || history.count(level.Key, d.begunIn(limit.Per, now)) > 0) {
			continue
		}
		if d.leftOf(limit, history, r.Grants, now) <= left.Tries {
			left.Per, left.Of = limit.Per, limit.Of
			return left
		}
	}
	left.Per = level.Attempts.Per
	return left
}

// LeftOver is what is left of each bound over all levels, in the order of the
// definition.
func (d *Definition) LeftOver(r *Record, now int64) []Left {
	history := r.of(d.Phase(now) == Training)
	left := make([]Left, len(d.Attempts))
	for i, limit := range d.Attempts {
		left[i] = Left{Tries: d.leftOf(limit, history, r.Grants, now), Per: limit.Per, Of: limit.Of}
	}
	return left
}

func (d *Definition) leftOf(limit Limit, h History, grants []Grant, now int64) int {
	most, in := limit.Max, d.begunIn(limit.Per, now)
	if !limit.Firm {
		most += d.triesGiven(grants, limit.Per, now)
	}
	if limit.Of == OfLevels {
		return max(0, most-d.levelsBegun(h, in))
	}
	return max(0, most-h.count("", in))
}

// Revives tells by which deed, done now, the player would get another try at a
// level that has none left; empty for none.
func (d *Definition) Revives(level *Level, r *Record, now int64) DeedKind {
	for _, kind := range []DeedKind{DeedShare, DeedCheckin, DeedPledge, DeedInvite} {
		deed := Deed{Kind: kind, Ref: "as if", At: now}
		as := *r
		as.Deeds = append(as.Deeds[:len(as.Deeds):len(as.Deeds)], deed)
		given := d.EarnDeed(&as, deed)
		if len(given) == 0 {
			continue
		}
		as.Grants = append(as.Grants[:len(as.Grants):len(as.Grants)], given...)
		if d.triesLeft(level, as.of(d.Phase(now) == Training), as.Grants, now) > 0 {
			return kind
		}
	}
	return ""
}
