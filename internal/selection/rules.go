package selection

import (
	"encoding/hex"
	"errors"
	"fmt"
)

// Tier is one kind of prize in a drawing.
type Tier struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	// PerPerson is how many of this tier one person may win; 0 sets no limit of
	// its own.
	PerPerson int `json:"per_person"`
}

// Rules say how many are drawn, tier after tier in this order, then the reserves.
type Rules struct {
	Tiers []Tier `json:"tiers"`
	// PerPerson is how many places one person may take in all, reserves too.
	PerPerson int `json:"per_person"`
	Reserves  int `json:"reserves"`
}

// maxTiers bounds the rules.
const maxTiers = 1000

// Hash is SHA-256 over the rules as compact JSON, labelled "rules".
func (r Rules) Hash() [32]byte { return labelled("rules", compact(r)) }

func (r Rules) check() error {
	if len(r.Tiers) == 0 || len(r.Tiers) > maxTiers {
		return fmt.Errorf("a drawing has 1 to %d tiers", maxTiers)
	}
	total, names := r.Reserves, map[string]bool{}
	for _, tier := range r.Tiers {
		if err := checkText("the name of a tier", tier.Name); err != nil {
			return err
		}
		switch {
		case names[tier.Name]:
			return fmt.Errorf("two tiers are named %s", tier.Name)
		case tier.Count < 1 || tier.Count > MaxEntries:
			return fmt.Errorf("%s: the count must be 1 to %d", tier.Name, MaxEntries)
		case tier.PerPerson < 0 || tier.PerPerson > MaxEntries:
			return fmt.Errorf("%s: the limit for a person is out of range", tier.Name)
		}
		names[tier.Name] = true
		total += tier.Count
	}
	switch {
	case r.PerPerson < 1 || r.PerPerson > MaxEntries:
		return errors.New("the limit for a person in all must be 1 or more")
	case r.Reserves < 0 || total > MaxEntries:
		return fmt.Errorf("winners and reserves together must be at most %d", MaxEntries)
	}
	return nil
}

// Source is one part of the public source, not yet known at the freeze.
type Source struct {
	Name   string `json:"name"`   // which lottery, issue and date, beacon round, dice
	Values int    `json:"values"` // how many numbers it gives
}

// maxSources bounds the public source, as RFC 3797's own program does.
const maxSources = 16

// Freeze is what is fixed and published before the source exists. Hashes are in
// lower-case hexadecimal.
type Freeze struct {
	Title      string     `json:"title"`
	FrozenAt   string     `json:"frozen_at"` // RFC 3339
	Algorithm  Algorithm  `json:"algorithm"`
	Entries    int        `json:"entries"`
	Excluded   []Excluded `json:"excluded"`
	Salt       string     `json:"salt"`
	Root       string     `json:"root"`
	Rules      Rules      `json:"rules"`
	RulesHash  string     `json:"rules_hash"`
	Commitment string     `json:"commitment"` // SHA-256 of the seed; empty for RFC 3797
	Sources    []Source   `json:"sources"`
	// AuditLog is how the log of what staff did stood at the freeze; nil in transcripts of
	// before, and in those that no installation made.
	AuditLog *AuditLog `json:"audit_log,omitempty"`
}

// AuditLog is the head of an append-only log: how many entries it had, and the hash of
// the last, which stands for all of them. Who keeps a transcript can tell that the log
// was cut or altered since.
type AuditLog struct {
	Entries int64  `json:"entries"`
	Head    string `json:"head"` // 64 hexadecimal digits
}

// Hash is SHA-256 over the freeze as compact JSON, labelled "freeze". Short of it
// is the fingerprint.
func (f *Freeze) Hash() [32]byte { return labelled("freeze", compact(f)) }

// SaltBytes is the salt of the ids.
func (f *Freeze) SaltBytes() (salt [32]byte, err error) { return unhex("salt", f.Salt) }

func (f *Freeze) check() error {
	if err := checkText("the title", f.Title); err != nil {
		return err
	}
	if err := checkText("the moment of the freeze", f.FrozenAt); err != nil {
		return err
	}
	if f.Algorithm != HMACSHA256 && f.Algorithm != RFC3797 {
		return fmt.Errorf("the algorithm %q is not known", f.Algorithm)
	}
	for _, e := range f.Excluded {
		if err := checkText("the reason for an exclusion", e.Reason); err != nil {
			return err
		}
		if e.Count < 1 {
			return errors.New("an exclusion of nobody")
		}
	}
	if len(f.Sources) == 0 || len(f.Sources) > maxSources {
		return fmt.Errorf("name 1 to %d public sources", maxSources)
	}
	for _, s := range f.Sources {
		if err := checkText("the name of a source", s.Name); err != nil {
			return err
		}
		if s.Values < 1 || s.Values > 1000 {
			return fmt.Errorf("the source %s must give 1 to 1000 values", s.Name)
		}
	}
	if f.AuditLog != nil {
		if _, err := unhex("head of the audit log", f.AuditLog.Head); err != nil || f.AuditLog.Entries < 1 {
			return errors.Join(err, errors.New("the head of the audit log is of no log"))
		}
	}
	_, err := f.SaltBytes()
	return err
}

func unhex(what, text string) (sum [32]byte, err error) {
	if n, err := hex.Decode(sum[:], []byte(text)[:min(len(text), 64)]); err != nil || n != 32 || len(text) != 64 {
		return sum, fmt.Errorf("the %s is not 64 hexadecimal digits", what)
	}
	return sum, nil
}
