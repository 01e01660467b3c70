package contest

import (
	"fmt"
	"slices"
	"strings"
)

// Proof is a way to prove a person. Who was proven counts once in a contest, with
// however many phones and names.
type Proof string

// The ways. A guest is not proven; the word may stand alone in Players.Proof.
const (
	ProofGuest   Proof = "guest"
	ProofPhone   Proof = "phone"   // a code by SMS
	ProofWeChat  Proof = "wechat"  // the openid of the official account
	ProofAccount Proof = "account" // an account elsewhere: of a province, of a firm
	ProofStaff   Proof = "staff"   // somebody of the staff has seen who it is
)

// Need is a thing of value that can be given to proven persons only.
type Need string

// The things.
const (
	ForPools       Need = "pools"
	ForShop        Need = "shop"
	ForDrawings    Need = "drawings"
	ForInvitations Need = "invitations" // an invitee counts once proven
	ForBoards      Need = "boards"
	ForPots        Need = "pots" // of live rooms
)

// needsByDefault are what a definition keeps for proven persons that says how they
// are proven and not for what: everything that has a value.
var needsByDefault = []Need{ForPools, ForShop, ForDrawings, ForInvitations, ForPots}

// NeedsProof reports whether a thing is for proven persons only.
func (d *Definition) NeedsProof(of Need) bool { return slices.Contains(d.Players.Proven, of) }

// ProvenFor lists what is for proven persons only, as far as the contest has it.
func (d *Definition) ProvenFor() (needs []Need) {
	has := map[Need]bool{
		ForPools: len(d.Pools) > 0, ForDrawings: len(d.Drawings) > 0, ForInvitations: true, ForBoards: len(d.Boards) > 0,
		ForShop: slices.ContainsFunc(d.Prizes, func(p Prize) bool { return p.Price > 0 }),
		ForPots: slices.ContainsFunc(d.Live, func(l Live) bool { return l.Pot != nil }),
	}
	for _, need := range d.Players.Proven {
		if has[need] {
			needs = append(needs, need)
		}
	}
	return needs
}

// Proves reports whether a way is one of those that this contest takes.
func (d *Definition) Proves(way Proof) bool { return slices.Contains(d.Players.Proof, way) }

// ProvesPersons reports whether anybody can be more than a guest.
func (d *Definition) ProvesPersons() bool { return len(d.Players.Proof) > 0 }

// IsProven reports whether a player is a proven person by this definition: ways are
// those by which the player was proven, parted by blanks.
func (d *Definition) IsProven(ways string) bool {
	for way := range strings.FieldsSeq(ways) {
		if d.Proves(Proof(way)) {
			return true
		}
	}
	return false
}

// Admits reports whether a player may have a thing, as far as proof goes.
func (d *Definition) Admits(of Need, ways string) bool { return !d.NeedsProof(of) || d.IsProven(ways) }

func (p *Players) fillProofDefaults() {
	if len(p.Proof) == 1 && p.Proof[0] == ProofGuest {
		p.Proof = nil
	}
	if p.Proven == nil && len(p.Proof) > 0 {
		p.Proven = slices.Clone(needsByDefault)
	}
}

func (c *checker) proof(p *Players) {
	for i, way := range p.Proof {
		c.oneOf(fmt.Sprintf("players.proof[%d]", i), string(way), string(ProofGuest), string(ProofPhone), string(ProofWeChat),
			string(ProofAccount), string(ProofStaff))
		if way == ProofGuest {
			c.add(fmt.Sprintf("players.proof[%d]", i), "guest stands alone: it proves nobody")
		}
		if slices.Index(p.Proof, way) < i {
			c.add(fmt.Sprintf("players.proof[%d]", i), "%q stands here twice", way)
		}
	}
	for i, need := range p.Proven {
		c.oneOf(fmt.Sprintf("players.proven[%d]", i), string(need), string(ForPools), string(ForShop), string(ForDrawings),
			string(ForInvitations), string(ForBoards), string(ForPots))
		if slices.Index(p.Proven, need) < i {
			c.add(fmt.Sprintf("players.proven[%d]", i), "%q stands here twice", need)
		}
	}
	if len(p.Proven) > 0 && len(p.Proof) == 0 {
		c.add("players.proven", "say in players.proof what proves a person")
	}
}
