package bench

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"anquanda/internal/bench/load"
)

// Reach is how long something took to reach phones, in milliseconds, of those that were
// connected all the while.
type Reach struct {
	Phones   int     `json:"phones"`
	P50      float64 `json:"p50_ms"`
	P99      float64 `json:"p99_ms"`
	Max      float64 `json:"max_ms"`
	Returned int     `json:"returned,omitempty"` // came back meanwhile, and have it
	Missing  int     `json:"missing,omitempty"`  // never had it
}

func reachOf(replies []*load.LiveReply) Reach {
	var r Reach
	var all []int64
	for _, reply := range replies {
		all = append(all, reply.Micros...)
		r.Returned += reply.Returned
		r.Missing += reply.Missing
	}
	r.Phones = len(all)
	r.P50, r.P99, r.Max = quantiles(all)
	return r
}

// quantiles sorts microseconds and returns the median, the 99th percentile and the most,
// in milliseconds.
func quantiles(micros []int64) (p50, p99, most float64) {
	if len(micros) == 0 {
		return 0, 0, 0
	}
	slices.Sort(micros)
	at := func(percent int) float64 { return float64(micros[(len(micros)*percent+99)/100-1]) / 1000 }
	return at(50), at(99), at(100)
}

// LiveRound is what one question measured.
type LiveRound struct {
	Round     int   `json:"round"`
	Ready     Reach `json:"ready"`     // press to the sealed question on a phone
	Held      int   `json:"held"`      // phones that said they hold it, three seconds later
	Pressed   Reach `json:"pressed"`   // press to the countdown
	Opened    Reach `json:"opened"`    // the opening to the question
	Rank      Reach `json:"rank"`      // press of the close to what is right, and the own rank
	Standings Reach `json:"standings"` // press to the standings

	Acknowledged int            `json:"acknowledged"`
	Late         int            `json:"late,omitempty"`
	Refused      map[string]int `json:"refused,omitempty"`
	Unanswered   int            `json:"unanswered,omitempty"`
	AnswerP50    float64        `json:"answer_p50_ms"` // from sending to its durable acknowledgement
	AnswerP99    float64        `json:"answer_p99_ms"`
	AnswerMax    float64        `json:"answer_max_ms"`
	PerSecond    float64        `json:"answers_per_second"` // from the opening to the last one
	LastAfter    float64        `json:"last_answer_ms"`     // after the opening
	Told         int            `json:"told"`               // answers that the reveal speaks of
	Stored       int            `json:"stored"`
}

// Resident is the memory of all nodes, in bytes. What a start left over, Go gives back
// only by and by: a single phone's part is measured by the benchmark of live/hub.
type Resident struct {
	Before    int64 `json:"before"`    // anybody joined
	Joined    int64 `json:"joined"`    // all have
	Connected int64 `json:"connected"` // all have
	Most      int64 `json:"most"`      // after a question
}

// takeAnswers adds what all processes counted; opens is in UTC microseconds.
func (r *LiveRound) takeAnswers(replies []*load.LiveReply, opens int64) {
	var all []int64
	last := opens
	for _, reply := range replies {
		all = append(all, reply.Answers.Micros...)
		r.Acknowledged += reply.Answers.Acknowledged
		r.Late += reply.Answers.Late
		r.Unanswered += reply.Missing
		last = max(last, reply.Answers.Last)
		for why, n := range reply.Answers.Refused {
			if r.Refused == nil {
				r.Refused = map[string]int{}
			}
			r.Refused[why] += n
		}
	}
	r.AnswerP50, r.AnswerP99, r.AnswerMax = quantiles(all)
	if last > opens {
		r.LastAfter = float64(last-opens) / 1000
		r.PerSecond = float64(r.Acknowledged) / r.LastAfter * 1000
	}
}

// LiveReport is what `anquanda bench live` found.
type LiveReport struct {
	Machine        Machine     `json:"machine"`
	Players        int         `json:"players"`
	Nodes          int         `json:"nodes"`
	Churn          float64     `json:"churn,omitempty"` // share of the phones that left each minute
	JoinSeconds    float64     `json:"join_seconds"`
	ConnectSeconds float64     `json:"connect_seconds"`
	Resident       Resident    `json:"resident_bytes"`
	Rounds         []LiveRound `json:"rounds"`
	// Processors is the share of all processors that each process took during the questions.
	Processors map[string]float64 `json:"processors"`
	Frames     int64              `json:"frames"` // that phones read
	FrameBytes int64              `json:"frame_bytes"`
	Connects   int                `json:"connects"`
	Lost       int                `json:"lost"` // streams that ended without the phone's will
	Refused    int                `json:"refused_streams,omitempty"`
	// ExactlyOnce tells that as many answers are stored as were acknowledged, and told.
	ExactlyOnce bool `json:"exactly_once"`
}

func (r *LiveReport) storedOnce() bool {
	for _, round := range r.Rounds {
		if round.Stored != round.Acknowledged || round.Told != round.Acknowledged {
			return false
		}
	}
	return true
}

func (r *LiveReport) takeProcessors(processes []Process, before, after usage) {
	whole := after.at.Sub(before.at).Seconds() * float64(r.Machine.Cores)
	r.Processors = map[string]float64{}
	for i, p := range processes {
		r.Processors[p.Name] = (after.beside[i] - before.beside[i]).Seconds() / whole
	}
}

// Print writes the figures for people.
func (r *LiveReport) Print(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "%s · %s · %s · %d cores · %s\n", m.Time.Format("2006-01-02 15:04 UTC"), m.SQL, m.Redis, m.Cores, m.Go)
	fmt.Fprintf(w, "%d players on %d node(s), phones on the same processors; %.0f %% of them leave and come back each minute\n",
		r.Players, r.Nodes, 100*r.Churn)
	mb := func(bytes int64) float64 { return float64(bytes) / (1 << 20) }
	fmt.Fprintf(w, "joined in %.1f s, connected in %.1f s; memory of the nodes: %.0f MB before, %.0f joined, %.0f connected, "+
		"%.0f at most later\n\n", r.JoinSeconds, r.ConnectSeconds, mb(r.Resident.Before), mb(r.Resident.Joined),
		mb(r.Resident.Connected), mb(r.Resident.Most))
	fmt.Fprintf(w, "milliseconds, p50 / p99 / last phone\n%5s  %-22s %-22s %-22s %-22s %-22s\n", "round", "press to sealed",
		"opening to question", "answer to ack", "close to own rank", "press to standings")
	for i := range r.Rounds {
		round := &r.Rounds[i]
		fmt.Fprintf(w, "%5d  %-22s %-22s %-22s %-22s %-22s\n", round.Round, round.Ready, round.Opened,
			Reach{P50: round.AnswerP50, P99: round.AnswerP99, Max: round.AnswerMax}, round.Rank, round.Standings)
	}
	fmt.Fprintln(w)
	for i := range r.Rounds {
		r.Rounds[i].printAnswers(w)
	}
	fmt.Fprintf(w, "\nprocessors during the questions:")
	for _, name := range slices.Sorted(maps.Keys(r.Processors)) {
		fmt.Fprintf(w, " %s %.0f %%", name, 100*r.Processors[name])
	}
	fmt.Fprintf(w, "\n%d frames, %.1f MB, over %d streams", r.Frames, float64(r.FrameBytes)/(1<<20), r.Connects)
	if r.Lost > 0 {
		fmt.Fprintf(w, ", of which %d broke", r.Lost)
	}
	if r.Refused > 0 {
		fmt.Fprintf(w, ", of which %d were refused, and tried again", r.Refused)
	}
	fmt.Fprintln(w)
	if !r.ExactlyOnce {
		fmt.Fprintln(w, "NOT EXACTLY ONCE: what is stored, told and acknowledged differs")
	}
}

// String is p50 / p99 / most.
func (r Reach) String() string {
	text := fmt.Sprintf("%.0f / %.0f / %.0f", r.P50, r.P99, r.Max)
	if r.Missing > 0 {
		text += fmt.Sprintf(" (%d never)", r.Missing)
	}
	return text
}

func (r *LiveRound) printAnswers(w io.Writer) {
	var trouble []string
	if r.Late > 0 {
		trouble = append(trouble, fmt.Sprintf("%d too late", r.Late))
	}
	if r.Unanswered > 0 {
		trouble = append(trouble, fmt.Sprintf("%d without a reply", r.Unanswered))
	}
	for _, why := range slices.Sorted(maps.Keys(r.Refused)) {
		trouble = append(trouble, fmt.Sprintf("%d refused: %s", r.Refused[why], why))
	}
	fmt.Fprintf(w, "round %d: held by %d; %d answers acknowledged (%.0f a second, the last %.1f s after the opening), %d stored, "+
		"%d told; %s\n", r.Round, r.Held, r.Acknowledged, r.PerSecond, r.LastAfter/1000, r.Stored, r.Told,
		strings.Join(append(trouble, "nothing refused")[:max(1, len(trouble))], ", "))
}
