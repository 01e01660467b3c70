// Package roomview is how a live room reads on the pages of every audience: phones,
// screens and hosts.
package roomview

import (
	"anquanda/internal/contest"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
)

// Room is a room as everybody may see it.
type Room struct {
	Room       string           `json:"room"`
	Contest    string           `json:"contest"`
	Seq        int64            `json:"seq"`
	ServerTime int64            `json:"server_time"`
	Title      string           `json:"title"`
	Mode       contest.LiveMode `json:"mode"`
	Code       string           `json:"code"`
	Locked     bool             `json:"locked"`
	Rehearsal  bool             `json:"rehearsal"`
	Pass       string           `json:"pass,omitempty"` // of a rehearsal, for the code that others scan
	Phase      room.Phase       `json:"phase"`
	Kind       room.Kind        `json:"kind"`
	Round      int              `json:"round"`
	Number     int              `json:"number"`
	Questions  int              `json:"questions"`
	Members    int              `json:"members"`
	Connected  int              `json:"connected"`
	Alive      int              `json:"alive"`
	Answered   int64            `json:"answered"`
	OpensAt    int64            `json:"opens_at"`
	ClosesAt   int64            `json:"closes_at"`
	LimitMS    int64            `json:"limit_ms"`
	Change     bool             `json:"change"`
	StartsAt   int64            `json:"starts_at"`
	Runs       contest.RunBy    `json:"runs"`
	Confirmed  bool             `json:"confirmed"`
	Host       string           `json:"host"`
	HostHere   bool             `json:"host_here"`
	Message    string           `json:"message"`
	Voided     []int            `json:"voided"`
	Sealed     *Sealed          `json:"sealed,omitempty"`
	Key        string           `json:"key,omitempty"`
	Question   *Question        `json:"question,omitempty"`
	Reveal     *Reveal          `json:"reveal,omitempty"`
	Standings  *Standings       `json:"standings,omitempty"`
	Help       *Help            `json:"help,omitempty"`
	Newest     []string         `json:"newest,omitempty"`
}

// Sealed is a question that nobody can read yet: AES-256-GCM, base64.
type Sealed struct {
	Round int    `json:"round"`
	IV    string `json:"iv"`
	Data  string `json:"data"`
}

// Question is a question as it is shown, its options under the letters of their
// places.
type Question struct {
	Round    int           `json:"round"`
	Kind     question.Kind `json:"kind"`
	Stem     string        `json:"stem"`
	Image    string        `json:"image"`
	ImageAlt string        `json:"image_alt"`
	Options  []Option      `json:"options"`
	Blanks   int           `json:"blanks"`
	Topic    string        `json:"topic"`
}

// Option is one option.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Reveal is what was right, and what people chose.
type Reveal struct {
	Right       []string `json:"right"`
	Blanks      []string `json:"blanks"`
	Explanation string   `json:"explanation"`
	Source      string   `json:"source"`
	Bars        []Bar    `json:"bars"`
	Answered    int      `json:"answered"`
	Correct     int      `json:"correct"`
}

// Bar counts who chose an option.
type Bar struct {
	ID    string `json:"id"`
	Count int32  `json:"count"`
}

// Help is what those who are out chose.
type Help struct {
	Bars []Bar `json:"bars"`
}

// Standings is the best, and the teams.
type Standings struct {
	Top   []Placed `json:"top"`
	Teams []Team   `json:"teams"`
}

// Placed is one of the best.
type Placed struct {
	Number int32  `json:"number"`
	Rank   int32  `json:"rank"`
	Name   string `json:"name"`
	Points int32  `json:"points"`
	Right  int32  `json:"right"`
}

// Team is a team.
type Team struct {
	Rank    int32  `json:"rank"`
	Name    string `json:"name"`
	Points  int32  `json:"points"`
	Players int32  `json:"players"`
}
