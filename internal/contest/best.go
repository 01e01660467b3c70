package contest

// Best is what the best attempt at a level must come to: one of a score, a number of right
// answers, or a share of the level's questions.
type Best struct {
	Level string `yaml:"level"`
	Score Worth  `yaml:"score"`
	Right int    `yaml:"right"`
	Share int    `yaml:"share"` // per cent of the level's questions that are right
}

// metBy reports whether a best score, or a highest number of right answers, is enough.
func (b *Best) metBy(d *Definition, score, right int) bool {
	if b.Score > 0 {
		return score >= int(b.Score)
	}
	l, _, ok := d.Level(b.Level)
	return ok && right >= b.RightOf(l)
}

// RightOf is how many right answers of the level are enough; 0 where the score counts.
func (b *Best) RightOf(l *Level) int {
	if b.Share > 0 {
		return (b.Share*l.Count() + 99) / 100
	}
	return b.Right
}

// mostRight is the highest number of right answers in one attempt at a level.
func (h History) mostRight(level string) (most int) {
	for i := range h {
		if h[i].Level == level && h[i].FinishedAt != 0 && h[i].Held == HeldNot {
			most = max(most, h[i].Correct)
		}
	}
	return most
}

// asksRight reports whether some condition looks at the number of right answers at a
// level: summaries keep it only then.
func (d *Definition) asksRight(level string) bool {
	asks := func(c *Condition) bool { return c.Best != nil && c.Best.Level == level && c.Best.Score == 0 }
	for i := range d.Drawings {
		if asks(&d.Drawings[i].Who) {
			return true
		}
	}
	for i := range d.Certificates {
		if asks(&d.Certificates[i].Who) {
			return true
		}
	}
	return false
}
