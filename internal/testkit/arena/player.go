package arena

import (
	"strings"

	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Unit is the id of the unit of that code.
func (a *Arena) Unit(code string) sqldb.ID {
	a.T.Helper()
	var id sqldb.ID
	err := a.DB.Get(a.T.Context(), &id, "SELECT id FROM units WHERE contest_id = ? AND code = ?",
		a.Contest.ContestID, code)
	if err != nil {
		a.T.Fatalf("unit %s: %v", code, err)
	}
	return id
}

// Enrol lets a new player take part; the code of the unit may be empty.
func (a *Arena) Enrol(nickname, unitCode string) sqldb.ID {
	a.T.Helper()
	var unit sqldb.ID
	if unitCode != "" {
		unit = a.Unit(unitCode)
	}
	e, err := a.Players.Enrol(a.T.Context(), a.Contest.ContestID, 0, nickname, unit)
	if err != nil {
		a.T.Fatal(err)
	}
	return e.PlayerID
}

// Answer is a right or a wrong response to a question of Bank.
func Answer(asked *play.Asked, right bool) play.Response {
	response := play.Response{Question: asked.ID}
	switch asked.Kind {
	case question.Fill:
		response.Blanks = []string{"119", "120"}
		if !right {
			response.Blanks[1] = "不知道"
		}
	case question.TrueFalse:
		isTrue := strings.Contains(asked.Stem, question.TrueFalseOptions[0])
		response.Options = []string{asked.Options[0].ID}
		if isTrue != right {
			response.Options[0] = asked.Options[1].ID
		}
	default:
		for _, option := range asked.Options {
			if strings.HasPrefix(option.Text, "对") == right {
				response.Options = append(response.Options, option.ID)
			}
		}
		if !right {
			response.Options = response.Options[:1]
		}
	}
	return response
}

// Pass is the empty response.
func Pass(asked *play.Asked) play.Response { return play.Response{Question: asked.ID} }

// Start starts or resumes a level on the first node.
func (a *Arena) Start(player sqldb.ID, level string) *play.Step {
	a.T.Helper()
	step, err := a.Play.Start(a.T.Context(), a.Contest, player, level, play.With{})
	if err != nil {
		a.T.Fatalf("start %s: %v", level, err)
	}
	return step
}

// Respond answers on the first node and must not fail.
func (a *Arena) Respond(player sqldb.ID, ticket string, response play.Response) *play.Reply {
	a.T.Helper()
	reply, err := a.Play.Respond(a.T.Context(), player, ticket, response)
	if err != nil {
		a.T.Fatalf("respond: %v", err)
	}
	return reply
}

// PlayLevel plays a level to its end on the first node, with the first so many
// answers right.
func (a *Arena) PlayLevel(player sqldb.ID, level string, right int) *play.Result {
	a.T.Helper()
	return a.PlayOn(a.Node, player, level, right)
}

// PlayOn is PlayLevel on any node. It may be called from any goroutine.
func (a *Arena) PlayOn(n *Node, player sqldb.ID, level string, right int) *play.Result {
	step, err := n.Play.Start(a.T.Context(), a.Contest, player, level, play.With{})
	if err != nil {
		a.T.Errorf("start %s: %v", level, err)
		return nil
	}
	ticket, asked := step.Ticket, step.Question
	for {
		reply, err := n.Play.Respond(a.T.Context(), player, ticket, Answer(asked, asked.Position <= right))
		if err != nil {
			a.T.Errorf("respond to question %d of %s: %v", asked.Position, level, err)
			return nil
		}
		if reply.Result != nil {
			return reply.Result
		}
		ticket, asked = reply.Ticket, reply.Question
	}
}

// Tables are all rows of the tables of play and board as text, to see whether
// anything changed.
func (a *Arena) Tables() string {
	a.T.Helper()
	var all []string
	for _, query := range []string{
		`SELECT CONCAT_WS(' ', 'attempt', id, player_id, level_key, period, ordinal, started_at, deadline_at, finished_at,
			answered, correct, score, passed, used_ms) FROM attempts ORDER BY id`,
		`SELECT CONCAT_WS(' ', 'response', attempt_id, position, question_id, choice, correct, used_ms, answered_at)
			FROM responses ORDER BY attempt_id, position`,
		`SELECT CONCAT_WS(' ', 'progress', player_id, version) FROM progress ORDER BY player_id`,
		`SELECT CONCAT_WS(' ', 'standing', measure, period, player_id, unit_id, points, reached_at, version)
			FROM standings ORDER BY measure, period, player_id`,
	} {
		var rows []string
		if err := a.DB.Select(a.T.Context(), &rows, query); err != nil {
			a.T.Fatal(err)
		}
		all = append(all, rows...)
	}
	return strings.Join(all, "\n")
}

// Count counts the rows of a table for which a condition holds.
func (a *Arena) Count(table, where string, args ...any) (n int) {
	a.T.Helper()
	if err := a.DB.Get(a.T.Context(), &n, "SELECT COUNT(*) FROM "+table+" WHERE "+where, args...); err != nil {
		a.T.Fatal(err)
	}
	return n
}
