package contest

import (
	"slices"

	"anquanda/internal/errs"
)

// Teams are groups that players form themselves (家庭, 班级, 班组): one founds it and is its
// captain, others come by its code. A player is in one team of a contest at most.
type Teams struct {
	Title string   `yaml:"title"` // what a team is called
	Size  TeamSize `yaml:"size"`
	Until Moment   `yaml:"until"` // nobody comes or goes from then on; zero: the close of the contest
}

// TeamSize bounds how many are in a team.
type TeamSize struct {
	Least int `yaml:"least"` // with a result of their own, for a team to be ranked
	Most  int `yaml:"most"`  // who are in it
}

// Bounds of teams.
const (
	defaultTeamLeast = 2
	mostInTeam       = 200
)

// Errors of teams.
var (
	ErrNoTeams     = errs.New(errs.NotFound, "teams_none", "这次活动不组队")
	ErrTeamsClosed = errs.New(errs.Conflict, "teams_closed", "组队已经截止，队伍不再变动")
)

// TeamsUntil is when teams are fixed, UTC ms; 0 of a contest without teams.
func (d *Definition) TeamsUntil() int64 {
	if d.Teams == nil {
		return 0
	}
	if d.Teams.Until.MS != 0 {
		return d.Teams.Until.MS
	}
	return d.Window.Closes.MS
}

// MayTeam reports why nobody may found, join or leave a team at a moment; nil when one may.
// Teams may be formed before the contest opens. Errors: ErrNoTeams, ErrTeamsClosed.
func (d *Definition) MayTeam(now int64) error {
	switch {
	case d.Teams == nil:
		return ErrNoTeams
	case now >= d.TeamsUntil():
		return ErrTeamsClosed
	}
	return nil
}

func (t *Teams) fillDefaults() {
	if t != nil {
		setDefault(&t.Size.Least, min(defaultTeamLeast, max(1, t.Size.Most)))
	}
}

// teams checks how teams are formed, and that they are ranked somewhere.
func (c *checker) teams(d *Definition) {
	if d.Teams == nil {
		return
	}
	c.text("teams.title", d.Teams.Title, 1, 8)
	if most := d.Teams.Size.Most; most < 2 || most > mostInTeam {
		c.add("teams.size.most", "a team has at most 2 to %d people", mostInTeam)
	}
	if least := d.Teams.Size.Least; least < 1 || least > max(1, d.Teams.Size.Most) {
		c.add("teams.size.least", "a team is ranked from 1 up to its most people on")
	}
	c.optionalMoment("teams.until", &d.Teams.Until, d)
	if until := d.Teams.Until.MS; until != 0 && (until <= d.Window.Opens.MS || until > d.Window.Closes.MS) {
		c.add("teams.until", "teams are formed until some time of the contest")
	}
	if !slices.ContainsFunc(d.Boards, func(b Board) bool { return b.Subject == SubjectTeam }) {
		c.add("teams", "no board ranks the teams; write one with subject: team")
	}
}

// boardOfTeams refuses what boards of teams cannot have.
func (c *checker) boardOfTeams(path string, d *Definition, board *Board) {
	if d.Teams == nil {
		c.add(path+".subject", "players form no teams; say how in teams")
		return
	}
	if board.Measure == MeasureRate { // a captain takes out who has not answered
		c.add(path+".measure", "a team that parts with its idle members has a rate of 100 %%; rank it by players")
	}
	most := d.Teams.Size.Most
	if board.Measure.AsksAnswers() && most >= 2 && most < LeastPeople {
		c.add(path+".measure", "%s is shown of %d people at least, and a team has %d at most", board.Measure, LeastPeople, most)
	}
	if board.Depth > 0 {
		c.add(path+".depth", "%s is of boards of units only", "depth")
	}
	if board.Under != "" {
		c.add(path+".under", "%s is of boards of units only", "under")
	}
	if least := d.Teams.Size.Least; board.Top > 0 && board.Top < least {
		c.add(path+".top", "only the best %d of a team are counted, and it is ranked from %d on", board.Top, least)
	}
	if board.Average > most && most > 0 {
		c.add(path+".average", "a team has %d people at most, so none has %d", most, board.Average)
	}
}
