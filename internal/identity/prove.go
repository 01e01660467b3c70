package identity

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// ErrProofTaken is returned to a proven player who proves to be another one.
var ErrProofTaken = errs.New(errs.Conflict, "proof_taken",
	"这个手机号或账号已经是另一位参赛者。要用它参加，请先在“我的”里退出登录，再用它登录")

// Proof is what proved a person just now.
type Proof struct {
	Kind contest.Proof
	// Subjects tell the person apart, each by itself, within the kind: a phone number,
	// an openid with its app. Only keyed hashes of them are kept.
	Subjects []string
	Value    string // kept sealed for later use: a phone number, an openid; empty: nothing
	// Stays: another phone than the player's brings the proof, so the player cannot go on
	// as another one; who would have to is refused.
	Stays bool
	At    int64 // UTC ms
}

// Outcome is what became of a proof.
type Outcome string

// The outcomes.
const (
	OutcomeNew      Outcome = "new"      // nobody was known: there is a player now
	OutcomeKept     Outcome = "kept"     // the guest is proven and keeps all that was played
	OutcomeAdded    Outcome = "added"    // a proven player has one more proof
	OutcomeKnown    Outcome = "known"    // proven by this before
	OutcomeSwitched Outcome = "switched" // it proves another player, who goes on here
)

// Proven is who was proven.
type Proven struct {
	Player  sqldb.ID
	Outcome Outcome
	Aside   sqldb.ID // the guest who counts nowhere from now on; 0: none
}

// ProofHooks are told what a proof changed. Within is called in the transaction, for a
// player who is proven by one more way and, with aside, for one who was set aside; After
// follows the commit (a crash may lose it).
type ProofHooks struct {
	Within func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, aside bool, at int64) error
	After  func(ctx context.Context, contestID, player sqldb.ID)
}

// SetProofHooks is called once, before anybody is proven.
func (p *Players) SetProofHooks(hooks ProofHooks) { p.proofHooks = hooks }

// Prove notes that a player of a contest (0: nobody yet) is the person of a proof.
//
// A person counts once: a subject belongs to one player of the contest. A guest who
// proves something new keeps everything; a guest who proves to be a player that is
// there already goes on as that one, and what the guest played is set aside: stored,
// and counted nowhere. A player who left stays the person, so that leaving and coming
// back wins nothing anew. Errors: ErrProofTaken, errors of the store.
func (p *Players) Prove(ctx context.Context, d *contest.Definition, contestID, player sqldb.ID,
	proof Proof) (Proven, error) {
	var done Proven
	err := p.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		done, err = p.ProveIn(ctx, tx, d, contestID, player, proof)
		return err
	})
	if err != nil {
		return Proven{}, errs.Wrap(err, "prove a person by %s", proof.Kind)
	}
	p.Proved(ctx, contestID, done)
	return done, nil
}

// ProveIn is Prove in a transaction, with what else must be kept of it; Proved is
// called after the commit.
func (p *Players) ProveIn(ctx context.Context, tx *sqldb.Tx, d *contest.Definition, contestID, player sqldb.ID,
	proof Proof) (Proven, error) {
	done, err := p.prove(ctx, tx, d, contestID, player, proof)
	if sqldb.IsDuplicate(err) {
		err = sqldb.ErrStale // proved at once on another phone: look again
	}
	return done, err
}

// Proved tells what follows a commit that somebody was proven.
func (p *Players) Proved(ctx context.Context, contestID sqldb.ID, done Proven) {
	if p.proofHooks.After != nil {
		p.proofHooks.After(ctx, contestID, done.Player)
		if done.Aside != 0 {
			p.proofHooks.After(ctx, contestID, done.Aside)
		}
	}
}

func (p *Players) prove(ctx context.Context, tx *sqldb.Tx, d *contest.Definition, contestID, player sqldb.ID,
	proof Proof) (done Proven, err error) {
	// The lock comes before anything is read, so that two proofs of one player follow
	// each other and the second sees what the first did.
	enrolled := false
	if player != 0 {
		if err := lockEnrolment(ctx, tx, contestID, player); err == nil {
			enrolled = true
		} else if !errors.Is(err, ErrNotEnrolled) {
			return done, err
		}
		if player, err = KeptFor(ctx, tx, contestID, player); err != nil {
			return done, err
		}
	}
	if err := p.vault.TakeTurn(ctx, tx); err != nil {
		return done, err
	}
	hashes, err := p.subjects(ctx, tx, contestID, proof)
	if err != nil {
		return done, err
	}
	owned, err := subjectOwners(ctx, tx, contestID, proof.Kind, hashes)
	if err != nil {
		return done, err
	}
	ways, err := waysOf(ctx, tx, contestID, player)
	if err != nil {
		return done, err
	}
	owner := owned.first
	switch {
	case owner == 0 && player == 0:
		done = Proven{Player: p.ids.Next(), Outcome: OutcomeNew}
		err = p.addPlayer(ctx, tx, done.Player, proof.At)
	case owner == 0 && len(ways) == 0:
		done = Proven{Player: player, Outcome: OutcomeKept}
	case owner == 0:
		done = Proven{Player: player, Outcome: OutcomeAdded}
	case owner == player:
		done = Proven{Player: player, Outcome: OutcomeKnown}
	case len(ways) > 0 || proof.Stays:
		return done, ErrProofTaken
	default:
		done = Proven{Player: owner, Outcome: OutcomeSwitched}
		if enrolled {
			done.Aside = player
			err = p.setAside(ctx, tx, contestID, player, owner, proof.At)
		}
	}
	if err != nil {
		return done, err
	}
	return done, p.noteProof(ctx, tx, contestID, done.Player, proof, owned.missing(hashes))
}

// TakeTurn is personal.Vault.TakeTurn.
func (p *Players) TakeTurn(ctx context.Context, tx *sqldb.Tx) error { return p.vault.TakeTurn(ctx, tx) }

// subjects are what is stored of a proof's subjects.
func (p *Players) subjects(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, proof Proof) (
	hashes []string, err error) {
	hashes = make([]string, len(proof.Subjects))
	for i, subject := range proof.Subjects {
		if hashes[i], err = p.SubjectOf(ctx, from, contestID, proof.Kind, subject); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// SubjectOf is what is stored of a subject: a keyed hash, bound to the contest. One that
// the contest knows keeps the hash of the key it came under.
func (p *Players) SubjectOf(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, kind contest.Proof,
	subject string) (string, error) {
	if kind == contest.ProofPhone { // as one that is told, so that the two find each other
		return p.Personal.PhoneMark(ctx, from, contestID, subject)
	}
	hashes := p.vault.HashesOf(contestID, "proof/"+string(kind), subject)
	if len(hashes) == 1 {
		return hashes[0], nil
	}
	var known []string
	err := from.SelectIn(ctx, &known, "SELECT subject FROM proofs WHERE contest_id = ? AND kind = ? AND subject IN (?)",
		contestID, string(kind), hashes)
	return personal.Known(hashes, known), errs.Wrap(err, "look whom a subject proves")
}

// owners are the players whom subjects belong to; first is who was proven first.
type owners struct {
	first sqldb.ID
	known map[string]bool
}

func subjectOwners(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, kind contest.Proof,
	hashes []string) (owners, error) {
	var rows []struct {
		Subject  string   `db:"subject"`
		PlayerID sqldb.ID `db:"player_id"`
	}
	err := tx.SelectIn(ctx, &rows, `SELECT subject, player_id FROM proofs
		WHERE contest_id = ? AND kind = ? AND subject IN (?) ORDER BY proved_at, player_id`, contestID, string(kind), hashes)
	found := owners{known: map[string]bool{}}
	for _, r := range rows {
		if found.first == 0 {
			found.first = r.PlayerID
		}
		found.known[r.Subject] = true
	}
	return found, errs.Wrap(err, "read whom a proof belongs to")
}

func (o owners) missing(hashes []string) (missing []string) {
	for _, hash := range hashes {
		if !o.known[hash] {
			missing = append(missing, hash)
		}
	}
	return missing
}

// waysOf lists by what a player is proven.
func waysOf(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID) (ways []string, err error) {
	if player == 0 {
		return nil, nil
	}
	err = from.Select(ctx, &ways, "SELECT DISTINCT kind FROM proofs WHERE contest_id = ? AND player_id = ? ORDER BY kind",
		contestID, player)
	return ways, errs.Wrap(err, "read by what a player is proven")
}

// proofRow is one row of proofs.
type proofRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Kind      string   `db:"kind"`
	Subject   string   `db:"subject"`
	PlayerID  sqldb.ID `db:"player_id"`
	Sealed    string   `db:"sealed"`
	ProvedAt  int64    `db:"proved_at"`
}

// noteProof stores what is new of a proof, and on the enrolment by what the player is
// proven.
func (p *Players) noteProof(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, proof Proof,
	missing []string) error {
	if len(missing) == 0 {
		return nil
	}
	rows := make([]proofRow, len(missing))
	for i, hash := range missing {
		rows[i] = proofRow{contestID, string(proof.Kind), hash, player, p.sealProof(contestID, player, proof), proof.At}
	}
	if err := sqldb.Insert(ctx, tx, "INSERT INTO proofs", rows); err != nil {
		return errs.Wrap(err, "store a proof")
	}
	ways, err := waysOf(ctx, tx, contestID, player)
	if err != nil {
		return err
	}
	if proof.Kind == contest.ProofPhone {
		if err := p.Personal.Mark(ctx, tx, contestID, player, missing, proof.At); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, "UPDATE enrolments SET proofs = ? WHERE contest_id = ? AND player_id = ?",
		strings.Join(ways, " "), contestID, player)
	if err != nil {
		return errs.Wrap(err, "note by what a player is proven")
	}
	return p.within(ctx, tx, contestID, player, false, proof.At)
}

func (p *Players) sealProof(contestID, player sqldb.ID, proof Proof) string {
	if proof.Value == "" {
		return ""
	}
	return p.vault.SealFor(contestID, player, "proof/"+string(proof.Kind), proof.Value)
}

func (p *Players) setAside(ctx context.Context, tx *sqldb.Tx, contestID, player, kept sqldb.ID, at int64) error {
	_, err := tx.Exec(ctx, "INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at) VALUES (?, ?, ?, ?)",
		contestID, player, kept, at)
	if err != nil {
		return errs.Wrap(err, "set a player aside")
	}
	return p.within(ctx, tx, contestID, player, true, at)
}

func (p *Players) within(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, aside bool, at int64) error {
	if p.proofHooks.Within == nil {
		return nil
	}
	return p.proofHooks.Within(ctx, tx, contestID, player, aside, at)
}

// KeptFor is who counts for a player: the player, or whom it was set aside for.
func KeptFor(ctx context.Context, from sqldb.Reader, contestID, player sqldb.ID) (sqldb.ID, error) {
	var kept sqldb.ID
	err := from.Get(ctx, &kept, "SELECT kept_id FROM set_aside WHERE contest_id = ? AND player_id = ?", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return player, nil
	}
	return kept, errs.Wrap(err, "read whether a player is set aside")
}

// ProofValue opens the newest value of a kind that a player proved; empty for none.
func (p *Players) ProofValue(ctx context.Context, contestID, player sqldb.ID, kind contest.Proof) (string, error) {
	var sealed string
	err := p.db.Get(ctx, &sealed, `SELECT sealed FROM proofs
		WHERE contest_id = ? AND player_id = ? AND kind = ? AND sealed <> ''
		ORDER BY proved_at DESC, subject LIMIT 1`, contestID, player, string(kind))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", errs.Wrap(err, "read what proved a player")
	}
	value, err := p.vault.OpenFor(contestID, player, "proof/"+string(kind), sealed)
	return value, errs.Wrap(err, "open what proved a player")
}

// Aside lists everybody who is set aside in a contest.
func Aside(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (map[sqldb.ID]bool, error) {
	var ids []sqldb.ID
	err := from.Select(ctx, &ids, "SELECT player_id FROM set_aside WHERE contest_id = ?", contestID)
	aside := make(map[sqldb.ID]bool, len(ids))
	for _, id := range ids {
		aside[id] = true
	}
	return aside, errs.Wrap(err, "read who is set aside")
}
