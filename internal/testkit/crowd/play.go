package crowd

import (
	"slices"
	"sync"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Manner is how a player goes through an attempt.
type Manner struct {
	Quit  int  // answers after which the player goes away for good; 0: none
	Leave int  // answers after which the player leaves and comes back; 0: none
	Two   bool // sends each answer from two phones at once, right and wrong
	Cheat bool // tries tickets that are not theirs to use
}

// Try begins an attempt at a level and plays it to its end in a manner. An attempt
// that cannot begin is logged with why.
func (c *Crowd) Try(player int, level string, m Manner) *Try {
	c.T.Helper()
	at := opening{player, level}
	step, err := c.Play.Start(c.T.Context(), c.Contest, c.Players[player].ID, level, play.With{Seen: c.seen[at]})
	try := c.goOn(player, level, step, err, m)
	if try.Refused == contest.ErrMaterial.Code && c.seen[at] == "" {
		c.open(at)
	}
	return try
}

// open opens the material of a level, for the next time.
func (c *Crowd) open(at opening) {
	opened, err := c.Play.OpenMaterial(c.T.Context(), c.Contest, c.Players[at.player].ID, at.level, "")
	if err != nil {
		c.T.Fatalf("open the material of %s: %v", at.level, err)
	}
	c.seen[at] = opened.Seen
	c.Log = append(c.Log, Event{Player: at.player, At: c.Clock.MS(), Opened: at.level})
}

// Race begins attempts at several levels from as many phones at the same moment,
// and plays those that began one after the other. The log holds those that began
// before those that were refused.
func (c *Crowd) Race(player int, levels ...string) {
	c.T.Helper()
	steps, failures := make([]*play.Step, len(levels)), make([]error, len(levels))
	at := c.Clock.MS()
	var racing sync.WaitGroup
	for i, level := range levels {
		racing.Go(func() {
			with := play.With{Seen: c.seen[opening{player, level}]}
			steps[i], failures[i] = c.Play.Start(c.T.Context(), c.Contest, c.Players[player].ID, level, with)
		})
	}
	racing.Wait()
	begun := map[string]string{}
	for i, level := range levels {
		if failures[i] != nil {
			continue
		}
		if question, twice := begun[level]; twice {
			if question != firstAsked(steps[i]) {
				c.T.Errorf("two phones began %s twice", level)
			}
			continue
		}
		begun[level] = firstAsked(steps[i])
		c.goOn(player, level, steps[i], nil, Manner{})
	}
	for i, level := range levels {
		if failures[i] != nil {
			c.Log = append(c.Log, Event{Player: player, At: at, Try: &Try{Level: level, Refused: code(failures[i])}})
		}
	}
}

func firstAsked(step *play.Step) string {
	if step.Whole != nil {
		return step.Whole.Questions[0].ID
	}
	return step.Question.ID
}

func (c *Crowd) goOn(player int, level string, step *play.Step, failed error, m Manner) *Try {
	try := &Try{Level: level, Refused: code(failed)}
	event := Event{Player: player, At: c.Clock.MS(), Try: try}
	if failed != nil {
		c.Log = append(c.Log, event)
		return try
	}
	event.At = step.StartedAt
	c.Log = append(c.Log, event)
	if step.Whole != nil {
		c.sit(player, try, step, m)
	} else {
		c.answerAll(player, try, step, m)
	}
	return try
}

// answerAll answers questions until there is a result or the player goes away.
func (c *Crowd) answerAll(player int, try *Try, step *play.Step, m Manner) {
	ticket, asked := step.Ticket, step.Question
	for {
		if m.Quit > 0 && len(try.Rights) == m.Quit {
			c.abandon(step, try)
			return
		}
		if m.Leave > 0 && len(try.Rights) == m.Leave {
			c.comeBack(player, try)
			return
		}
		took := time.Duration(2000+c.Random.IntN(6000)) * time.Millisecond
		c.Clock.Pass(took)
		reply := c.answer(player, ticket, asked, m)
		try.Rights = append(try.Rights, reply.Verdict.Correct)
		try.Parts, try.TookMS = append(try.Parts, c.put), append(try.TookMS, took.Milliseconds())
		try.Hard = append(try.Hard, c.byStem[asked.Stem].Difficulty >= 4)
		try.UsedMS += took.Milliseconds()
		if m.Cheat {
			c.cheat(player, ticket, asked)
		}
		if reply.Result != nil {
			try.take(reply.Result)
			return
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

func (t *Try) take(r *play.Result) {
	t.Score, t.Passed, t.Finished = r.Score, r.Passed, r.FinishedAt
}

// abandon lets the attempt's time run out.
func (c *Crowd) abandon(step *play.Step, try *Try) {
	c.GoTo(step.Deadline + play.Grace + 60_000)
	stand, err := c.Play.Resume(c.T.Context(), c.Players[c.Log[len(c.Log)-1].Player].ID, step.Ticket)
	if err != nil || stand.Result == nil {
		c.T.Fatalf("an attempt whose time is over stands at %+v, %v", stand, err)
	}
	try.take(stand.Result)
}

// comeBack leaves the level and opens it again: where leaving ends an attempt, the
// old one is over and another one begins.
func (c *Crowd) comeBack(player int, try *Try) {
	now := c.Clock.MS()
	step, err := c.Play.Start(c.T.Context(), c.Contest, c.Players[player].ID, try.Level, play.With{})
	if err != nil || step.StartedAt != now || step.Run.Answered != 0 {
		c.T.Fatalf("coming back began %+v, %v", step, err)
	}
	record, err := c.Play.Record(c.T.Context(), c.Contest.Definition, c.Contest.ContestID, c.Players[player].ID)
	if err != nil {
		c.T.Fatal(err)
	}
	for _, a := range record.History {
		if a.Level == try.Level && a.FinishedAt == now {
			try.Score, try.Passed, try.Finished = a.Score, a.Passed, a.FinishedAt
		}
	}
	c.goOn(player, try.Level, step, nil, Manner{})
}

// answer answers one question, right as often as the player does.
func (c *Crowd) answer(player int, ticket string, asked *play.Asked, m Manner) *play.Reply {
	id := c.Players[player].ID
	right := c.Random.Float64() < c.Players[player].Right
	if !m.Two {
		reply, err := c.Play.Respond(c.T.Context(), id, ticket, c.response(asked, right))
		if err != nil {
			c.T.Fatalf("answer %d of %s: %v", asked.Position, asked.Stem, err)
		}
		return reply
	}
	replies, failures := make([]*play.Reply, 2), make([]error, 2)
	var racing sync.WaitGroup
	for i := range 2 {
		response := c.response(asked, i == 0)
		racing.Go(func() { replies[i], failures[i] = c.Play.Respond(c.T.Context(), id, ticket, response) })
	}
	racing.Wait()
	if (failures[0] == nil) == (failures[1] == nil) {
		c.T.Fatalf("of two answers at once these failed: %v, %v", failures[0], failures[1])
	}
	if failures[0] == nil {
		return replies[0]
	}
	return replies[1]
}

// cheat tries what must not work, just after an answer.
func (c *Crowd) cheat(player int, used string, asked *play.Asked) {
	id, other := c.Players[player].ID, c.Players[(player+1)%len(c.Players)].ID
	for _, trick := range []struct {
		name   string
		refuse string
		err    error
	}{
		{"another answer to the same question", "already_answered", c.respondAgain(id, used, asked)},
		{"somebody else's ticket", "ticket_foreign", second(c.Play.Respond(c.T.Context(), other, used,
			c.response(asked, true)))},
		{"a ticket made up", "ticket_invalid", second(c.Play.Respond(c.T.Context(), id, madeUp(used),
			c.response(asked, true)))},
	} {
		if code(trick.err) != trick.refuse {
			c.T.Errorf("%s: %v, want %s", trick.name, trick.err, trick.refuse)
		}
	}
}

// respondAgain sends answers again; those that were not given must be refused.
func (c *Crowd) respondAgain(player sqldb.ID, used string, asked *play.Asked) error {
	refused := 0
	var last error
	for _, right := range []bool{true, false} {
		if _, err := c.Play.Respond(c.T.Context(), player, used, c.response(asked, right)); err != nil {
			refused, last = refused+1, err
		}
	}
	if refused < 1 { // both of them, where the one that was given is neither
		c.T.Errorf("%d of a right and a wrong answer were refused after one was given", refused)
	}
	return last
}

// madeUp is a ticket with its middle changed.
func madeUp(ticket string) string {
	middle := len(ticket) / 2
	other := "A"
	if ticket[middle] == 'A' {
		other = "B"
	}
	return ticket[:middle] + other + ticket[middle+1:]
}

// inPart is an answer that lacks right options and holds no wrong one.
func (c *Crowd) inPart(asked *play.Asked, q *question.Question) play.Response {
	c.put.Of, c.put.Hit = len(q.Right), 1+c.Random.IntN(len(q.Right)-1)
	response := play.Response{Question: asked.ID}
	for _, option := range asked.Options {
		at := slices.Index(q.Options, option.Text)
		if slices.Contains(q.Right, at) && len(response.Options) < c.put.Hit {
			response.Options = append(response.Options, option.ID)
		}
	}
	return response
}

func second[T any](_ T, err error) error { return err }

// response is a right or a wrong answer to a question of the banks, or one that is right
// in part; c.put is what it came to.
func (c *Crowd) response(asked *play.Asked, right bool) play.Response {
	q := c.byStem[asked.Stem]
	if q == nil {
		c.T.Fatalf("no bank holds %q", asked.Stem)
	}
	c.put = Part{Kind: q.Kind}
	if !right && c.parts && len(q.Right) > 1 && c.Random.IntN(2) == 0 {
		return c.inPart(asked, q)
	}
	response := play.Response{Question: asked.ID}
	if q.Kind == question.Fill {
		for _, accepted := range q.Blanks {
			text := accepted[0]
			if !right {
				text = "不知道"
			}
			response.Blanks = append(response.Blanks, text)
		}
		return response
	}
	rightTexts := map[string]bool{}
	for _, index := range q.Right {
		rightTexts[q.Options[index]] = true
	}
	for _, option := range asked.Options {
		if rightTexts[option.Text] == right {
			response.Options = append(response.Options, option.ID)
		}
	}
	if !right && len(response.Options) == 0 { // every option is right: one is too few
		response.Options = []string{asked.Options[0].ID}
		c.put.Hit, c.put.Of = 1, len(q.Right)
	}
	if !right {
		response.Options = response.Options[:1]
	}
	return response
}
