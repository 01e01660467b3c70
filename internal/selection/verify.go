package selection

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// Step is one step of a verification.
type Step string

// The steps, in the order in which they are taken.
const (
	StepFormat      Step = "format"
	StepList        Step = "list"
	StepRoot        Step = "root"
	StepRules       Step = "rules"
	StepFingerprint Step = "fingerprint"
	StepSeed        Step = "seed"
	StepSource      Step = "source"
	StepResults     Step = "results"
	StepForfeits    Step = "forfeits"
	StepSeal        Step = "seal"
)

// StepError is why a step failed.
type StepError struct {
	Step Step
	Err  error
}

// Error names the step and the reason.
func (e *StepError) Error() string { return string(e.Step) + ": " + e.Err.Error() }

// Unwrap is the reason alone.
func (e *StepError) Unwrap() error { return e.Err }

// Verify repeats everything that a transcript claims. passed is told each step as
// it succeeds; the first that fails ends it with a *StepError. published is the
// fingerprint that was made public before the source existed, or empty: without
// it, a transcript made up afterwards from beginning to end is only consistent.
func Verify(data []byte, published string, progress Progress, passed func(Step)) (*Transcript, error) {
	t, err := Read(data)
	if err != nil {
		return nil, err
	}
	passed(StepFormat)
	var again *Draw
	return t, take(passed, append(t.frozenSteps(published, progress), []step{
		{StepSeed, t.verifySeed},
		{StepSource, t.verifySources},
		{StepResults, func() (err error) { again, err = t.verifyResults(progress); return err }},
		{StepForfeits, func() error { return t.verifyForfeits(again) }},
		{StepSeal, t.verifySeal},
	}...))
}

// VerifyFrozen repeats what was frozen and leaves what was drawn aside. The error
// is a *StepError.
func (t *Transcript) VerifyFrozen(progress Progress) error {
	return take(func(Step) {}, t.frozenSteps("", progress))
}

// step is a step with what it does.
type step struct {
	name Step
	run  func() error
}

func take(passed func(Step), steps []step) error {
	for _, s := range steps {
		if err := s.run(); err != nil {
			return &StepError{s.name, err}
		}
		passed(s.name)
	}
	return nil
}

func (t *Transcript) frozenSteps(published string, progress Progress) []step {
	return []step{
		{StepList, t.Entrants.check},
		{StepRoot, func() error { return t.verifyRoot(progress) }},
		{StepRules, t.verifyRules},
		{StepFingerprint, func() error { return t.verifyFingerprint(published) }},
	}
}

func (t *Transcript) verifyRoot(progress Progress) error {
	root := t.Entrants.Root(progress)
	switch {
	case t.Freeze.Entries != t.Entrants.Len():
		return fmt.Errorf("%d entrants are listed, %d were frozen", t.Entrants.Len(), t.Freeze.Entries)
	case hex.EncodeToString(root[:]) != t.Freeze.Root:
		return errors.New("the list has another Merkle root than the frozen one")
	}
	return nil
}

func (t *Transcript) verifyRules() error {
	if err := t.Freeze.Rules.check(); err != nil {
		return err
	}
	if sum := t.Freeze.Rules.Hash(); hex.EncodeToString(sum[:]) != t.Freeze.RulesHash {
		return errors.New("the rules have another hash than the frozen one")
	}
	return nil
}

func (t *Transcript) verifyFingerprint(published string) error {
	if err := t.Freeze.check(); err != nil {
		return err
	}
	switch fingerprint := Short(t.Freeze.Hash()); {
	case fingerprint != t.Fingerprint:
		return errors.New("the freeze has another fingerprint than the one beside it: " + fingerprint)
	case published != "" && fingerprint != published:
		return errors.New("the freeze has another fingerprint than the published one: " + fingerprint)
	}
	return nil
}

func (t *Transcript) verifySeed() error {
	if t.Draw == nil {
		return errors.New("frozen, not drawn yet")
	}
	seed, err := t.Draw.seed()
	if err != nil {
		return err
	}
	return t.Freeze.CheckSeed(seed)
}

func (d *Draw) seed() ([]byte, error) {
	seed, err := hex.DecodeString(d.Seed)
	if err != nil || !bytes.Equal([]byte(hex.EncodeToString(seed)), []byte(d.Seed)) {
		return nil, errors.New("the seed is not in lower-case hexadecimal digits")
	}
	return seed, nil
}

func (t *Transcript) verifySources() error {
	canonical, key, err := t.Freeze.readSources(t.Draw.Sources)
	switch {
	case err != nil:
		return err
	case !slices.Equal(canonical, t.Draw.Sources):
		return errors.New("the values of a source are not in canonical form")
	case key != t.Draw.Key:
		return errors.New("the sources give another key string: " + key)
	case len(t.Draw.Thrown) == 0:
		return nil
	}
	thrown, _, err := t.Freeze.readSources(t.Draw.Thrown)
	if err == nil && !slices.Equal(thrown, canonical) {
		err = errors.New("the values as they came are not those of the sources")
	}
	return err
}

// verifyResults draws again. The results include those whom the forfeits called.
func (t *Transcript) verifyResults(progress Progress) (*Draw, error) {
	seed, err := t.Draw.seed()
	if err != nil {
		return nil, err
	}
	first, err := t.Freeze.Run(t.Entrants, seed, t.Draw.Sources, nil, progress)
	if err != nil {
		return nil, err
	}
	if len(t.Draw.Results) < len(first.Results) {
		return nil, fmt.Errorf("the draw gives %d places, the transcript has %d", len(first.Results), len(t.Draw.Results))
	}
	for i, drawn := range first.Results {
		if drawn != t.Draw.Results[i] {
			return nil, fmt.Errorf("place %d is not what the draw gives: entry %d", i+1, drawn.Entry)
		}
	}
	if len(t.Draw.Forfeits) == 0 {
		if len(t.Draw.Results) > len(first.Results) {
			return nil, fmt.Errorf("the draw gives %d places, the transcript has %d", len(first.Results), len(t.Draw.Results))
		}
		return first, nil
	}
	return nil, nil
}

// verifyForfeits draws once more with the forfeits, so that a place that is wrong
// because of one is told from a place that is wrong by itself.
func (t *Transcript) verifyForfeits(again *Draw) (err error) {
	if again == nil {
		seed, err := t.Draw.seed()
		if err != nil {
			return err
		}
		if again, err = t.Freeze.Run(t.Entrants, seed, t.Draw.Sources, t.Draw.Forfeits, nil); err != nil {
			return err
		}
	}
	for i, forfeit := range again.Forfeits {
		if forfeit != t.Draw.Forfeits[i] {
			return fmt.Errorf("the place %d goes to place %d", forfeit.Place, forfeit.By)
		}
	}
	if !slices.Equal(again.Results, t.Draw.Results) {
		return errors.New("those drawn to replace are not what the stream gives")
	}
	return nil
}

func (t *Transcript) verifySeal() error {
	if seal := t.Draw.Seal(t.Freeze.Hash()); seal != t.Seal {
		return errors.New("what was drawn has another seal: " + seal)
	}
	return nil
}
