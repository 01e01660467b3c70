package player

import (
	"context"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
)

// proofReply tells how a person is proven in a contest, what for, and by what the player is.
type proofReply struct {
	Doors     []contestview.Door `json:"doors"`
	NeededFor []contest.Need     `json:"needed_for"`
	Proven    []provenReply      `json:"proven"`
}

type provenReply struct {
	Kind contest.Proof `json:"kind"`
	Hint string        `json:"hint"` // the phone, masked; empty for other kinds
}

// proofOf is nil where everybody is a guest.
func (a *API) proofOf(ctx context.Context, in *catalog.Contest, me *identity.Enrolment) (*proofReply, error) {
	if !in.ProvesPersons() {
		return nil, nil
	}
	var doors []contestview.Door
	if a.Doors != nil {
		doors = a.Doors()
	}
	reply := &proofReply{Doors: contestview.DoorsOf(in.Definition, doors), NeededFor: web.NotNil(in.ProvenFor()),
		Proven: []provenReply{}}
	if me == nil {
		return reply, nil
	}
	for way := range strings.FieldsSeq(me.Proofs) {
		proven := provenReply{Kind: contest.Proof(way)}
		if proven.Kind == contest.ProofPhone {
			number, err := a.Players.ProofValue(ctx, in.ContestID, me.PlayerID, contest.ProofPhone)
			if err != nil {
				return nil, err
			}
			if number != "" {
				proven.Hint = personal.Mask(contest.FieldPhone, number)
			}
		}
		reply.Proven = append(reply.Proven, proven)
	}
	return reply, nil
}
