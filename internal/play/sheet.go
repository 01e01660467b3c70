package play

import (
	"encoding/hex"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
)

// carriedSet is the positions of a whole paper that stay right from the attempt
// before, a bit each.
type carriedSet [13]byte

func (k carriedSet) has(position int) bool { return k[position/8]&(1<<(position%8)) != 0 }

func (k *carriedSet) add(position int) { k[position/8] |= 1 << (position % 8) }

// text is empty for no positions.
func (k carriedSet) text() string {
	if k == (carriedSet{}) {
		return ""
	}
	return hex.EncodeToString(k[:])
}

func readCarried(text string) (k carriedSet) {
	bytes, _ := hex.DecodeString(text) // we wrote it
	copy(k[:], bytes)
	return k
}

// sheet is the paper of an attempt: what it asks, by position from 1.
type sheet struct {
	contest *catalog.Contest
	level   *contest.Level
	index   int // of the level
	asked   []contest.Asked
	places  []int           // of each asked one in the whole paper
	large   bool            // it is played in large type
	again   *bank.Regrading // by which its question is judged, where it is scored again
	begins  contest.Run     // what is kept from the attempt before
}

// sheetOf draws the paper of an attempt; sample is the day of the sample for guests
// that it is drawn from, 0 for the whole bank.
func sheetOf(c *catalog.Contest, index int, seed uint64, sample int, carried carriedSet) (*sheet, error) {
	if index >= len(c.Levels) || c.Pools[index] == nil {
		return nil, errs.Wrap(contest.ErrNoLevel, "level %d is not of bank %s", index, c.Bank.Name)
	}
	s := &sheet{contest: c, level: &c.Levels[index], index: index}
	whole := c.PaperOf(index, seed, sample)
	if carried == (carriedSet{}) {
		s.asked = whole
		return s, nil
	}
	for place, asked := range whole {
		if carried.has(place) {
			s.begins.Correct++
			s.begins.Score += s.level.Worth(int(asked.Draw))
			continue
		}
		s.asked, s.places = append(s.asked, asked), append(s.places, place)
	}
	return s, nil
}

// sheetOfRow draws the paper of a stored attempt; c is its edition.
func sheetOfRow(c *catalog.Contest, row *attemptRow) (*sheet, error) {
	_, index, ok := c.Level(row.LevelKey)
	if !ok {
		return nil, errs.Wrap(contest.ErrNoLevel, "attempt %d: its edition has no level %s", row.ID, row.LevelKey)
	}
	s, err := sheetOf(c, index, uint64(row.Seed), row.Sample, readCarried(row.Carried))
	if err == nil {
		s.large = row.Large
	}
	return s, err
}

func (s *sheet) question(position int) *question.Question {
	return &s.contest.Bank.Questions[s.asked[position-1].Question]
}

// credit is what a stored response scores: by its row, the level and the question as it
// stands now alone, so that counting anew gives the same.
func (s *sheet) credit(r *responseRow) int {
	draw := int(s.asked[r.Position-1].Draw)
	if !s.level.Graded() {
		if r.Correct {
			return s.level.Worth(draw)
		}
		return 0
	}
	given := contest.Given{Mark: s.judge(r), Answered: r.Choice != "", UsedMS: r.UsedMS, Large: s.large}
	given.Right = r.Correct
	return s.level.Credit(draw, given)
}

func (s *sheet) judge(r *responseRow) question.Mark {
	q := s.question(int(r.Position))
	choice := question.ReadChoice(q.Kind, r.Choice)
	if s.again != nil && s.again.Bank == s.contest.Bank.Name && s.again.QuestionID == q.ID {
		return s.again.Judge(choice)
	}
	return s.contest.Bank.Judge(q, choice)
}

// place is where the position stands in the whole paper, from 0.
func (s *sheet) place(position int) int {
	if s.places == nil {
		return position - 1
	}
	return s.places[position-1]
}

// answer is the run after a response.
func (s *sheet) answer(run contest.Run, r *responseRow) contest.Run {
	return s.level.Answer(run, s.credit(r), r.Correct)
}

func (s *sheet) over(run contest.Run) bool { return s.level.Over(run, len(s.asked)) }

// run is where an attempt stands after the responses, in order of position.
func (s *sheet) run(responses []responseRow) contest.Run {
	run := s.begins
	for i := range responses {
		if responses[i].UsedMS != neverShown {
			run = s.answer(run, &responses[i])
		}
	}
	return run
}

// scores reports whether an attempt that ended with the responses is scored.
func (s *sheet) scores(responses []responseRow) bool {
	answered := 0
	for i := range responses {
		if responses[i].Choice != "" {
			answered++
		}
	}
	return s.contest.Scores(s.level, s.run(responses), answered, len(s.asked))
}

// outcome is the run at the end of an attempt. A voided question counts as right
// also where it was not reached, unless the attempt ended before by a rule.
func (s *sheet) outcome(responses []responseRow) contest.Run {
	run := s.run(responses)
	if s.level.Ends.Wrong > 0 || s.level.Steps != nil {
		return run
	}
	for i := range responses {
		if responses[i].UsedMS == neverShown && responses[i].Correct {
			run = s.answer(run, &responses[i])
		}
	}
	return run
}
