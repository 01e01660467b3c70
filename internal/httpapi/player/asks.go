package player

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
)

// asksReply is what the contest asks of everybody who plays, beside the nickname.
type asksReply struct {
	UnitRequired bool            `json:"unit_required"`
	Divisions    []divisionReply `json:"divisions"`
	Fields       []fieldReply    `json:"fields"`
	Consent      consentReply    `json:"consent"`
	// Guardian is what a guardian agrees to for a child; absent where none is asked.
	Guardian *consentReply `json:"guardian,omitempty"`
}

type divisionReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

type fieldReply struct {
	Key      string            `json:"key"`
	Label    string            `json:"label"`
	Kind     contest.FieldKind `json:"kind"`
	When     contest.FieldWhen `json:"when"`
	Required bool              `json:"required"`
	Why      string            `json:"why"`
	Options  []string          `json:"options,omitempty"` // of a choice
}

// consentReply is the text to agree to; both are empty where nothing is asked.
type consentReply struct {
	Version string `json:"version"`
	Text    string `json:"text"`
}

func asksOf(in *catalog.Contest) asksReply {
	asked := personal.EntryFields(in.Definition)
	reply := asksReply{
		UnitRequired: in.Players.Unit.Ask == contest.AskRequired, Divisions: []divisionReply{},
		Fields: web.NotNil(fieldsOf(asked)), Consent: consentReply(personal.ConsentTo(in.Definition, asked)),
		Guardian: guardianAsked(in.Definition, asked),
	}
	for _, d := range in.Players.Divisions {
		reply.Divisions = append(reply.Divisions, divisionReply{d.Key, d.Title})
	}
	return reply
}

// guardianAsked is what a guardian agrees to; nil where none is asked.
func guardianAsked(d *contest.Definition, asked []contest.Field) *consentReply {
	consent := consentReply(personal.GuardianConsent(d, asked))
	if consent.Version == "" {
		return nil
	}
	return &consent
}

func fieldsOf(asked []contest.Field) (fields []fieldReply) {
	for _, f := range asked {
		fields = append(fields, fieldReply{
			Key: f.Key, Label: f.Label, Kind: f.Kind, When: f.When, Required: f.Ask == contest.AskRequired, Why: f.Why,
			Options: f.Options,
		})
	}
	return fields
}

// partReply is what a player has told, as far as the contest's rules go.
type partReply struct {
	Division      string   `json:"division"`
	DivisionFixed bool     `json:"division_fixed"`
	Filled        []string `json:"filled"`             // keys of fields
	Guardian      bool     `json:"guardian,omitempty"` // one agreed for this player
	MissingStart  []string `json:"missing_start"`      // without which nothing can be played
	MissingEarn   []string `json:"missing_earn"`       // without which nothing is earned
	UnitFixed     bool     `json:"unit_fixed"`
	// UnitChanges is how often the unit may still be changed; -1 before the first
	// attempt, when it is free.
	UnitChanges int `json:"unit_changes"`
	// UnitAgainAt is from when the unit may be changed again, UTC ms, where it only has to
	// be waited for.
	UnitAgainAt int64 `json:"unit_again_at,omitempty"`
}

func (a *API) partOf(ctx context.Context, in *catalog.Contest, e identity.Enrolment,
	summary *contest.Summary) (partReply, error) {
	started := summary.Started()
	part := partReply{
		Division: e.Division, DivisionFixed: started && e.Division != "", Filled: []string{}, UnitChanges: -1,
		MissingStart: keysOf(in.Missing(contest.WhenStart, e.HasField)),
		MissingEarn:  keysOf(in.Missing(contest.WhenEarn, e.HasField)),
		Guardian:     e.HasField(personal.GuardianKey),
	}
	for _, f := range personal.EntryFields(in.Definition) {
		if e.HasField(f.Key) {
			part.Filled = append(part.Filled, f.Key)
		}
	}
	if !started {
		return part, nil
	}
	part.UnitChanges = in.Players.Unit.Changes
	if part.UnitChanges > 0 {
		changes, err := a.Players.UnitChanges(ctx, in.ContestID, e.PlayerID)
		if err != nil {
			return part, err
		}
		part.UnitChanges, part.UnitAgainAt = identity.UnitChangesLeft(in.Definition, changes, a.Now().UnixMilli())
	}
	part.UnitFixed = part.UnitChanges == 0
	return part, nil
}

func keysOf(fields []contest.Field) []string {
	keys := []string{}
	for _, f := range fields {
		keys = append(keys, f.Key)
	}
	return keys
}
