package player

import "anquanda/internal/contest"

// earnedReply is what a deed or an attempt gave: points, chances and tries as
// sums, each card by itself.
type earnedReply struct {
	Kind   contest.GrantKind `json:"kind"`
	Amount int               `json:"amount"`
	Card   string            `json:"card,omitempty"`  // title
	Purse  string            `json:"purse,omitempty"` // title
}

func earnedOf(in *contest.Definition, grants []contest.Grant) []earnedReply {
	reply := []earnedReply{}
	for _, kind := range []contest.GrantKind{contest.GrantPoints, contest.GrantChance, contest.GrantTry} {
		sum := 0
		for i := range grants {
			if grants[i].Kind == kind {
				sum += grants[i].Amount
			}
		}
		if sum > 0 {
			reply = append(reply, earnedReply{Kind: kind, Amount: sum})
		}
	}
	for i := range grants {
		if key, ok := grants[i].Kind.Purse(); ok {
			reply = append(reply, earnedReply{Kind: "purse", Amount: grants[i].Amount, Purse: in.PurseTitle(key)})
		}
		if grants[i].Kind == contest.GrantCard {
			reply = append(reply, earnedReply{Kind: contest.GrantCard, Amount: 1, Card: cardTitle(in, grants[i].Source)})
		}
	}
	return reply
}

// cardTitle is what people call a card; its key when it is there no more.
func cardTitle(in *contest.Definition, key string) string {
	for _, card := range in.Cards {
		if card.Key == key {
			return card.Title
		}
	}
	return key
}
