package room

import (
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

// Do names a step.
type Do string

// The steps. DoTime is taken by the room's owner when State.Due has come, the others
// by hosts.
const (
	DoTime      Do = "time"
	DoReady     Do = "ready"
	DoWarmup    Do = "warmup"  // ready, with a question that counts for nothing
	DoRevival   Do = "revival" // ready, with a question for those who are out
	DoOpen      Do = "open"
	DoPause     Do = "pause"
	DoResume    Do = "resume"
	DoExtend    Do = "extend"
	DoClose     Do = "close"
	DoReveal    Do = "reveal"
	DoStandings Do = "standings"
	DoSkip      Do = "skip"
	DoReopen    Do = "reopen"
	DoVoid      Do = "void"
	DoUnvoid    Do = "unvoid"
	DoRekey     Do = "rekey"
	DoHelp      Do = "help"
	DoPodium    Do = "podium"
	DoConfirm   Do = "confirm"
	DoReset     Do = "reset"
	DoLock      Do = "lock"
	DoUnlock    Do = "unlock"
	DoDelay     Do = "delay"
	DoTake      Do = "take"
	DoEnd       Do = "end"
	DoTouch     Do = "touch" // staff changed members
)

// Event is a step with what it needs.
type Event struct {
	Do      Do
	By      Host
	Round   int   // of void, unvoid, rekey
	Seconds int   // of extend, reopen, delay
	Right   []int // of rekey, by the bank's index
	// What the room's owner counted: Members joined (of open), Out members (of revival),
	// Bars what the audience chose (of help).
	Members int
	Out     int
	Bars    []int32
	Message string // of take: shown to everybody
	// Of touch: Counts that who counts is not who did, and a network from which nobody new
	// comes in any more, or may again.
	Counts     bool
	Bar, Unbar string
}

// Errors of steps.
var (
	ErrStep    = errs.New(errs.Conflict, "live_step", "现在不能做这一步")
	ErrNotHost = errs.New(errs.Forbidden, "live_not_host", "现在由另一位主持人主持，要先接手")
	ErrSeconds = errs.InvalidField("seconds", "秒数不对")
	ErrRound   = errs.InvalidField("round", "没有这一题")
	ErrRight   = errs.InvalidField("right", "请选出正确的选项")
)

// freely are the steps that need no lead: who looks after names, and who takes over.
var freely = []Do{DoTime, DoTake, DoTouch}

// Step is the state after an event at now. s is not changed. Errors: ErrStep when the
// phase does not allow it, ErrNotHost, invalid_field.
func (p *Plan) Step(s State, e Event, now int64) (State, error) {
	if s.Host.ID != 0 && e.By.ID != s.Host.ID && !slices.Contains(freely, e.Do) {
		return s, ErrNotHost
	}
	next := s
	next.Rounds = slices.Clone(s.Rounds)
	if err := p.apply(&next, e, now); err != nil {
		return s, err
	}
	if next.Host.ID == 0 && e.Do != DoTime && e.Do != DoTouch {
		next.Host = e.By // who takes the first step leads
	}
	next.Seq = s.Seq + 1
	return next, nil
}

// stepping holds what each step does to a state, which it may spoil when it fails.
var stepping = map[Do]func(*Plan, *State, Event, int64) error{
	DoTime:      (*Plan).time,
	DoReady:     func(p *Plan, s *State, _ Event, now int64) error { return p.ready(s, Normal, now) },
	DoWarmup:    func(p *Plan, s *State, _ Event, now int64) error { return p.ready(s, Warmup, now) },
	DoRevival:   (*Plan).revival,
	DoOpen:      (*Plan).open,
	DoPause:     func(_ *Plan, s *State, _ Event, now int64) error { return s.pause(now) },
	DoResume:    func(_ *Plan, s *State, _ Event, now int64) error { return s.resume(now) },
	DoExtend:    func(_ *Plan, s *State, e Event, now int64) error { return s.extend(e, now) },
	DoClose:     func(_ *Plan, s *State, _ Event, now int64) error { return s.closeEarly(now) },
	DoReveal:    func(p *Plan, s *State, _ Event, now int64) error { return p.reveal(s, now) },
	DoStandings: func(p *Plan, s *State, _ Event, now int64) error { return p.standings(s, now) },
	DoSkip:      func(p *Plan, s *State, _ Event, now int64) error { return p.skip(s, now) },
	DoReopen:    func(_ *Plan, s *State, e Event, now int64) error { return s.reopen(e, now) },
	DoVoid:      func(_ *Plan, s *State, e Event, _ int64) error { return s.void(e, true) },
	DoUnvoid:    func(_ *Plan, s *State, e Event, _ int64) error { return s.void(e, false) },
	DoRekey:     (*Plan).rekey,
	DoHelp:      (*Plan).help,
	DoPodium:    func(p *Plan, s *State, _ Event, _ int64) error { return s.podium() },
	DoConfirm:   func(_ *Plan, s *State, _ Event, now int64) error { return s.confirm(now) },
	DoReset:     func(p *Plan, s *State, _ Event, now int64) error { return p.reset(s, now) },
	DoLock:      func(_ *Plan, s *State, _ Event, _ int64) error { return s.lock(true) },
	DoUnlock:    func(_ *Plan, s *State, _ Event, _ int64) error { return s.lock(false) },
	DoDelay:     func(_ *Plan, s *State, e Event, _ int64) error { return s.delay(e) },
	DoTake:      func(_ *Plan, s *State, e Event, _ int64) error { s.Host, s.Message = e.By, e.Message; return nil },
	DoEnd:       func(_ *Plan, s *State, _ Event, now int64) error { return s.end(now) },
	DoTouch:     func(_ *Plan, s *State, e Event, _ int64) error { return s.touch(e) },
}

func (p *Plan) apply(s *State, e Event, now int64) error {
	step, known := stepping[e.Do]
	if !known {
		return errs.InvalidField("step", "没有这一步")
	}
	return step(p, s, e, now)
}

// between are the phases in which the next question may come; a podium that was shown too
// soon is among them.
var between = []Phase{Lobby, Revealed, Standings, Podium}

// ready sends a question out, sealed.
func (p *Plan) ready(s *State, kind Kind, now int64) error {
	number := s.Asked() + 1
	switch {
	case !slices.Contains(between, s.Phase) || len(s.Rounds) >= MaxRounds:
		return ErrStep
	case kind == Warmup:
		if p.Warmup == nil || s.Asked() > 0 || len(s.Rounds)+len(p.Questions) >= MaxRounds {
			return ErrStep
		}
		number = 0
	case number > len(p.Questions):
		return ErrStep
	}
	s.Rounds = append(s.Rounds, Round{Kind: kind, Number: number})
	s.Phase, s.Help, s.Message = Ready, nil, ""
	s.Due = p.byClock(now, p.Live.Time.Ready)
	return nil
}

// revival is a question for those who are out. It is never the last one.
func (p *Plan) revival(s *State, e Event, now int64) error {
	if p.Live.Mode != contest.LiveElimination || !p.Live.Revival.Question || e.Out == 0 ||
		s.Asked()+1 >= len(p.Questions) {
		return ErrStep
	}
	return p.ready(s, Revival, now)
}

// byClock is when the clock takes the next step; 0 where a host does.
func (p *Plan) byClock(now int64, after contest.Span) int64 {
	if p.Live.Runs != contest.RunByClock {
		return 0
	}
	return now + after.MS()
}

func (p *Plan) open(s *State, e Event, now int64) error {
	if s.Phase != Ready {
		return ErrStep
	}
	r := s.Current()
	r.OpensAt = now + p.Live.Time.Countdown.MS() + s.Delay
	r.ClosesAt = r.OpensAt + p.Live.Time.Question.MS()
	r.Members = e.Members
	s.Phase, s.Due = Open, r.ClosesAt+CommitGrace
	return nil
}

func (s *State) pause(now int64) error {
	if s.Phase != Open || now >= s.Current().ClosesAt {
		return ErrStep
	}
	s.Phase, s.PausedAt, s.Due = Paused, now, 0
	return nil
}

// resume lets the time go on from where it stood: the opening moves with it, so that
// what was used before still counts.
func (s *State) resume(now int64) error {
	if s.Phase != Paused {
		return ErrStep
	}
	r, pause := s.Current(), max(now-s.PausedAt, 0)
	r.OpensAt, r.ClosesAt = r.OpensAt+pause, r.ClosesAt+pause
	s.Phase, s.Due, s.PausedAt = Open, r.ClosesAt+CommitGrace, 0
	return nil
}

func (s *State) extend(e Event, now int64) error {
	if s.Phase != Open || now >= s.Current().ClosesAt {
		return ErrStep
	}
	if e.Seconds < 1 || e.Seconds > MaxExtend {
		return ErrSeconds
	}
	r := s.Current()
	r.ClosesAt += int64(e.Seconds) * 1000
	s.Due = r.ClosesAt + CommitGrace
	return nil
}

// closeEarly lets answers that are under way still come in.
func (s *State) closeEarly(now int64) error {
	if s.Phase != Open || now < s.Current().OpensAt || now >= s.Current().ClosesAt {
		return ErrStep
	}
	s.Current().ClosesAt, s.Due = now, now+CommitGrace
	return nil
}

// time takes the step that is due.
func (p *Plan) time(s *State, e Event, now int64) error {
	if s.Due == 0 || now < s.Due {
		return ErrStep
	}
	last := s.Asked() >= len(p.Questions)
	switch s.Phase {
	case Lobby:
		return p.ready(s, Normal, now)
	case Ready:
		return p.open(s, e, now)
	case Open:
		s.Current().Shut, s.Phase = true, Closed
		s.Due = p.byClock(now, 0)
		return nil
	case Closed:
		return p.reveal(s, now)
	case Revealed:
		return p.standings(s, now)
	case Standings:
		if last {
			return s.podium()
		}
		return p.ready(s, Normal, now)
	}
	return ErrStep
}

func (p *Plan) reveal(s *State, now int64) error {
	if s.Phase != Closed {
		return ErrStep
	}
	s.Phase, s.Due = Revealed, p.byClock(now, p.Live.Time.Reveal)
	return nil
}

func (p *Plan) standings(s *State, now int64) error {
	if s.Phase != Revealed {
		return ErrStep
	}
	s.Phase, s.Due = Standings, p.nextByClock(s, now)
	return nil
}

// nextByClock is when the clock brings the next question; 0 where a host does. A warm-up
// does not begin the game before its time.
func (p *Plan) nextByClock(s *State, now int64) int64 {
	due := p.byClock(now, p.Live.Time.Standings)
	if due != 0 && s.Current().Kind == Warmup {
		due = max(due, p.Live.Starts.MS)
	}
	return due
}

// skip leaves the question out: nobody gains or loses by it.
func (p *Plan) skip(s *State, now int64) error {
	if s.Phase != Ready && s.Phase != Closed && !s.Taking() {
		return ErrStep
	}
	s.drop()
	s.Phase, s.Due = Standings, p.nextByClock(s, now)
	return nil
}

// drop leaves the round asked last out for good.
func (s *State) drop() {
	r := s.Current()
	r.Shut, r.Voided, r.Skipped = true, true, true
	s.PausedAt = 0
}

// reopen gives more time to a question whose answer is not out yet. The time since the
// close is a pause.
func (s *State) reopen(e Event, now int64) error {
	if s.Phase != Closed {
		return ErrStep
	}
	if e.Seconds < 1 || e.Seconds > MaxExtend {
		return ErrSeconds
	}
	r := s.Current()
	r.OpensAt += max(now-r.ClosesAt, 0)
	r.Shut, r.ClosesAt = false, max(now, r.ClosesAt)+int64(e.Seconds)*1000
	s.Phase, s.Due = Open, r.ClosesAt+CommitGrace
	return nil
}

func (p *Plan) help(s *State, e Event, now int64) error {
	if s.Phase != Open || !p.Live.Audience || s.Help != nil || s.Current().Kind != Normal || !s.Opened(now) {
		return ErrStep
	}
	s.Help = &Help{Round: s.Round(), Bars: e.Bars}
	return nil
}

func (s *State) podium() error {
	if s.Phase != Revealed && s.Phase != Standings {
		return ErrStep
	}
	s.Phase, s.Due = Podium, 0
	return nil
}

// confirm makes the result final; once more where a round was corrected or a member
// removed since. A room that was ended without a result has none. The clock never
// confirms: what a room gives is given by a person.
func (s *State) confirm(now int64) error {
	switch {
	case s.Phase == Podium:
		s.Phase, s.Due, s.EndedAt = Over, 0, now
	case s.Phase != Over || s.Confirmed == 0 || !s.Changed:
		return ErrStep
	}
	s.Confirmed, s.Changed = s.Confirmed+1, false
	return nil
}

// reset puts everybody back to nothing; what was asked is not asked again, so there must
// be something left to ask. A room of the clock still begins at its time; where that is
// over, a host begins.
func (p *Plan) reset(s *State, now int64) error {
	if !slices.Contains(between, s.Phase) || s.Round() == s.From || s.Asked() >= len(p.Questions) {
		return ErrStep
	}
	s.From, s.Phase, s.Due, s.Help = s.Round(), Lobby, 0, nil
	if p.Live.Runs == contest.RunByClock && p.Live.Starts.MS > now {
		s.Due = p.Live.Starts.MS
	}
	return nil
}

func (s *State) lock(locked bool) error {
	if s.Phase == Over || s.Locked == locked {
		return ErrStep
	}
	s.Locked = locked
	return nil
}

func (s *State) delay(e Event) error {
	switch {
	case s.Phase == Over:
		return ErrStep
	case e.Seconds < 0 || e.Seconds > MaxDelay/1000:
		return ErrSeconds
	}
	s.Delay = int64(e.Seconds) * 1000
	return nil
}

func (s *State) touch(e Event) error {
	s.Touched++
	s.Changed = s.Changed || e.Counts && s.Phase == Over
	if e.Bar != "" && !slices.Contains(s.Barred, e.Bar) && len(s.Barred) < MaxBarred {
		s.Barred = append(slices.Clone(s.Barred), e.Bar)
	}
	if at := slices.Index(s.Barred, e.Unbar); at >= 0 {
		s.Barred = slices.Concat(s.Barred[:at], s.Barred[at+1:])
	}
	return nil
}

// end closes the room without a result.
func (s *State) end(now int64) error {
	if s.Phase == Over {
		return ErrStep
	}
	if s.Taking() || s.Phase == Ready || s.Phase == Closed {
		s.drop()
	}
	s.Phase, s.Due, s.EndedAt = Over, 0, now
	return nil
}
