package contest

import "fmt"

var (
	measures = []string{string(MeasureBest), string(MeasureSum), string(MeasureFirst), string(MeasureLast),
		string(MeasurePoints), string(MeasureAttempts), string(MeasureAccuracy), string(MeasureTime),
		string(MeasurePlayers), string(MeasureRate)}
	ofUnits = map[Measure]bool{MeasurePlayers: true, MeasureRate: true}
)

func (c *checker) boards(d *Definition) {
	keys := map[string]bool{}
	ties, answers := map[string]Ties{}, map[string]int{}
	for i, board := range d.Boards {
		path := fmt.Sprintf("boards[%d]", i)
		c.fresh(path+".key", board.Key, keys, "board")
		c.text(path+".title", board.Title, 1, 12)
		c.oneOf(path+".subject", string(board.Subject), string(SubjectPlayer), string(SubjectUnit),
			string(SubjectTeam))
		c.oneOf(path+".measure", string(board.Measure), measures...)
		c.oneOf(path+".ties", string(board.Ties), string(TiesReached), string(TiesTime))
		if board.Subject == SubjectPlayer {
			c.boardOfPlayers(path, board)
			if held, ok := ties[board.TotalName()]; ok && held != board.Ties {
				c.add(path+".ties", "another board of this measure ranks equals in another way")
			}
			ties[board.TotalName()] = board.Ties
			if held, ok := answers[board.TotalName()]; ok && held != board.Answers {
				c.add(path+".answers", "another board of this measure asks for another number of answers")
			}
			answers[board.TotalName()] = board.Answers
		}
		if board.Subject == SubjectTeam {
			c.boardOfTeams(path, d, &board)
		}
		if board.Ties == TiesTime && board.Measure == MeasurePoints {
			c.add(path+".ties", "points are not earned by attempts alone, so they have no time")
		}
		c.boardPart(path, d, &board)
		if board.Depth < 0 || board.Depth > 8 {
			c.add(path+".depth", "depth is 0 to 8, and of boards of units only")
		}
		if board.Under != "" && len(d.Units) > 0 && unitLine(d.Units, board.Under) == nil {
			c.add(path+".under", "no unit has the code %q", board.Under)
		}
		if board.Division != "" {
			c.division(path+".division", board.Division, d)
		}
		if board.Top < 0 || board.Top > 1_000 {
			c.add(path+".top", "the best of a unit are 1 to 1000 players, or 0 for all")
		}
		if board.Least < 0 || board.Least > MaxTotal {
			c.add(path+".least", "points are 0 to %d", MaxTotal/d.unitOf(board.PlayerMeasure()))
		}
		c.boardAverage(path+".average", &board)
		c.boardAnswers(path, d, &board)
	}
}

// boardAnswers checks what goes with accuracy and time alone, and what does not go with them.
func (c *checker) boardAnswers(path string, d *Definition, board *Board) {
	if !board.Measure.AsksAnswers() {
		if board.Answers != 0 {
			c.add(path+".answers", "answers is of boards by accuracy or time only")
		}
		return
	}
	if board.Answers < 1 || board.Answers > mostAnswers {
		c.add(path+".answers", "accuracy is of at least 1 to %d answers", mostAnswers)
	}
	if board.Least != 0 {
		c.add(path+".least", "accuracy has no least total; say how many answers it takes in answers")
	}
	if board.Top != 0 {
		c.add(path+".top", "accuracy is of all of a unit, not of its best")
	}
	if board.Subject != SubjectPlayer && board.Average != 0 && board.Average < LeastPeople {
		c.add(path+".average", "the accuracy of fewer than %d people is not shown; 0 means %[1]d", LeastPeople)
	}
	if board.Measure == MeasureTime {
		c.boardTime(path, d, board)
	}
}

// boardTime checks that time ranks who knew something, and not who guessed fastest.
func (c *checker) boardTime(path string, d *Definition, board *Board) {
	if board.Ties == TiesTime {
		c.add(path+".ties", "a board by time has no other time to rank equals by")
	}
	questions := 0
	for i := range d.Levels {
		l := &d.Levels[i]
		if l.Practice || board.Level != "" && board.Level != l.Key {
			continue
		}
		questions += l.Count()
		if l.Pass == 0 && l.Steps == nil {
			c.add(path+".measure", "level %q has nothing to pass, so who guesses fastest is first; give it a pass", l.Key)
		}
	}
	if board.Answers > questions && questions > 0 && board.Answers <= mostAnswers {
		c.add(path+".answers", "the levels that count have only %d questions, so nobody has %d", questions, board.Answers)
	}
}

// boardAverage checks what a board of averages asks for.
func (c *checker) boardAverage(path string, board *Board) {
	switch {
	case board.Average == 0:
	case board.Average < 0 || board.Average > 1_000:
		c.add(path, "an average is of units with at least 1 to 1000 people; 0 adds up")
	case ofUnits[board.Measure]:
		c.add(path, "%s counts people, so it has no average a head", board.Measure)
	case board.Top > 0 && board.Average > board.Top:
		c.add(path, "only the best %d of a unit are counted, so no unit has %d", board.Top, board.Average)
	}
}

// boardPart checks which part of the contest a board ranks.
func (c *checker) boardPart(path string, d *Definition, board *Board) {
	if board.Level != "" {
		c.counts(path+".level", board.Level, d)
		if board.Measure == MeasurePoints {
			c.add(path+".level", "points are earned in the whole contest, not at one level")
		}
	}
	if board.Purse != "" && board.Measure != MeasurePoints {
		c.add(path+".purse", "only a board by points can be one of a purse")
	}
	c.purse(path+".purse", board.Purse, d)
	if board.Period == "" {
		return
	}
	c.oneOf(path+".period", string(board.Period), string(RoundWeek), string(RoundOwn))
	if board.Period == RoundOwn && len(d.Periods) == 0 {
		c.add(path+".period", "the contest has no periods; list them in periods")
	}
	if board.Daily {
		c.add(path+".daily", "a board ranks days or rounds; write another board for the days")
	}
}

// boardOfPlayers refuses what only boards of units can have.
func (c *checker) boardOfPlayers(path string, board Board) {
	if ofUnits[board.Measure] {
		c.add(path+".measure", "%s counts people, so it ranks units only", board.Measure)
	}
	for _, only := range []struct {
		field string
		set   bool
	}{{"depth", board.Depth > 0}, {"under", board.Under != ""}, {"top", board.Top != 0},
		{"average", board.Average != 0}} {
		if only.set {
			c.add(path+"."+only.field, "%s is of boards of units only", only.field)
		}
	}
}
