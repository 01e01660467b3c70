package limit

import "time"

// Use is what calls are made for.
type Use string

// What is limited.
const (
	Join       Use = "join"       // becoming a player of a contest
	Start      Use = "start"      // beginning an attempt
	Draw       Use = "draw"       // drawing from a pool, exchanging in the shop
	Write      Use = "write"      // changing the own part, checking in, sharing, signing, claiming, appealing
	Visit      Use = "visit"      // opening by a link; over it the opening is not counted, nobody is refused
	LiveJoin   Use = "live_join"  // coming into a live room
	Search     Use = "search"     // looking for a unit
	Transcript Use = "transcript" // loading what is published of a drawing
	Screen     Use = "screen"     // a big screen that asks to be paired
	Fill       Use = "fill"       // a unit that tells what happened off line, or sends a picture of it
	Digits     Use = "digits"     // giving part of the own number to see all that is kept, right or wrong
	Find       Use = "find"       // giving the code of a spot, right or wrong
	Team       Use = "team"       // giving the code of a team, right or wrong
	// Certificate is asking whether a certificate is genuine, by a right code or a wrong one.
	Certificate Use = "certificate"
	SignIn      Use = "sign_in" // staff at the console; package staff counts the tries of each login
)

// By is whose calls a rule counts together.
type By string

// Whose calls are counted.
const (
	ByPlayer  By = "player"
	ByDevice  By = "device"
	ByNetwork By = "network" // /24 in IPv4, /64 in IPv6, or a place that the organizer named
	ByContest By = "contest"
)

// Bucket lets through Burst calls at once, and after that Refill more in each Every.
type Bucket struct {
	Burst, Refill int
	Every         time.Duration
}

// Rule is how often one of By may call: without work, and once that is used up with work.
type Rule struct {
	By           By
	Free, Worked Bucket
}

// Terms are the rules of a use, the most particular first.
type Terms struct {
	Rules []Rule
	// NoWork: who is over Free waits at once. A link that is followed can do no work.
	NoWork bool
	// Here: each node counts by itself, always. For reads that are cheap alone and cost
	// only in masses, where a round trip to Redis would cost more than they do.
	Here bool
}

// roomyTimes is how many times as much a named place may do, and a network that is not of
// the public internet: the hall's own, or a proxy that nobody named.
const roomyTimes = 20

// table says how often. What it was made by:
//   - A hall or a school of 2,000 behind one address joins and begins to play within a
//     minute without a refusal. The first 600 see nothing of it, later ones a spinner.
//   - One network can make 173,000 guests in a day for nothing, and 867,000 more when it
//     pays for each with work. It is proof of a person, not this, that keeps prizes safe;
//     this keeps disks, lists and boards from being filled.
//   - A device is a browser's cookie: throwing it away is free, so it bounds the lazy and
//     shared tablets, and the network bounds the rest.
//   - A contest is counted whole so that a flood from everywhere meets friction. Its bounds
//     are those of a national opening: 500 joins a second stay free of work.
//
// While Redis is away the same numbers hold on each node.
var table = map[Use]Terms{
	Join: {Rules: []Rule{
		{ByDevice, Bucket{5, 10, time.Hour}, Bucket{40, 60, time.Hour}},
		{ByNetwork, Bucket{600, 120, time.Minute}, Bucket{3_000, 600, time.Minute}},
		{ByContest, Bucket{30_000, 30_000, time.Minute}, Bucket{300_000, 150_000, time.Minute}},
	}},
	Start: {Rules: []Rule{
		{ByPlayer, Bucket{100, 30, time.Minute}, Bucket{500, 60, time.Minute}},
		{ByDevice, Bucket{200, 60, time.Minute}, Bucket{1_000, 120, time.Minute}},
		{ByNetwork, Bucket{4_000, 4_000, time.Minute}, Bucket{12_000, 6_000, time.Minute}},
		{ByContest, Bucket{60_000, 120_000, time.Minute}, Bucket{600_000, 600_000, time.Minute}},
	}},
	Draw: {Rules: []Rule{
		{ByPlayer, Bucket{100, 30, time.Minute}, Bucket{500, 60, time.Minute}},
		{ByNetwork, Bucket{4_000, 2_000, time.Minute}, Bucket{12_000, 6_000, time.Minute}},
		{ByContest, Bucket{60_000, 60_000, time.Minute}, Bucket{600_000, 600_000, time.Minute}},
	}},
	Write: {Rules: []Rule{
		{ByPlayer, Bucket{100, 30, time.Minute}, Bucket{500, 60, time.Minute}},
		{ByNetwork, Bucket{4_000, 4_000, time.Minute}, Bucket{12_000, 6_000, time.Minute}},
	}},
	Visit: {NoWork: true, Rules: []Rule{
		{By: ByDevice, Free: Bucket{20, 20, time.Hour}},
		{By: ByNetwork, Free: Bucket{3_000, 1_000, time.Hour}},
	}},
	LiveJoin: {Rules: []Rule{
		{ByPlayer, Bucket{20, 20, time.Minute}, Bucket{60, 60, time.Minute}},
		{ByNetwork, Bucket{3_000, 6_000, time.Minute}, Bucket{6_000, 6_000, time.Minute}},
	}},
	Search: {NoWork: true, Here: true, Rules: []Rule{
		{By: ByNetwork, Free: Bucket{6_000, 12_000, time.Minute}},
	}},
	Fill: {NoWork: true, Rules: []Rule{ // an office of many units behind one address sends its pictures within an hour
		{By: ByNetwork, Free: Bucket{600, 120, time.Minute}},
	}},
	Digits: {NoWork: true, Rules: []Rule{
		{By: ByPlayer, Free: Bucket{6, 6, time.Hour}},
	}},
	// Of some 8.5e11 codes a hundred may be right: what one network tries in a month hits one
	// once in 800 such months, and a hall of 2,000 finds its booths without a refusal.
	Find: {NoWork: true, Rules: []Rule{
		{By: ByPlayer, Free: Bucket{30, 30, time.Hour}},
		{By: ByDevice, Free: Bucket{60, 60, time.Hour}},
		{By: ByNetwork, Free: Bucket{3_000, 240, time.Minute}},
		{By: ByContest, Free: Bucket{30_000, 6_000, time.Minute}},
	}},
	// Of 8.5e11 codes 10,000 may be right: all that a contest lets through in a week, 1e7 tries,
	// hits one with a chance of an eighth, what one network does in 140 weeks. Who comes in so is
	// seen by the captain and can be taken out.
	Team: {NoWork: true, Rules: []Rule{
		{By: ByPlayer, Free: Bucket{10, 10, time.Hour}},
		{By: ByDevice, Free: Bucket{30, 30, time.Hour}},
		{By: ByNetwork, Free: Bucket{1_000, 60, time.Minute}},
		{By: ByContest, Free: Bucket{10_000, 1_000, time.Minute}},
	}},
	// An office looks through the certificates of a whole school in an hour. What one network tries
	// in a year is 1.6e7 codes of 1.1e15.
	Certificate: {NoWork: true, Rules: []Rule{
		{By: ByNetwork, Free: Bucket{120, 30, time.Minute}},
	}},
	Screen: {NoWork: true, Rules: []Rule{
		{By: ByNetwork, Free: Bucket{10, 10, time.Minute}},
	}},
	Transcript: {NoWork: true, Rules: []Rule{
		{By: ByNetwork, Free: Bucket{120, 60, time.Minute}},
	}},
	SignIn: {NoWork: true, Rules: []Rule{
		{By: ByDevice, Free: Bucket{20, 20, time.Minute}},
		{By: ByNetwork, Free: Bucket{60, 30, time.Minute}},
	}},
}

func (b Bucket) times(n int) Bucket { return Bucket{b.Burst * n, b.Refill * n, b.Every} }
