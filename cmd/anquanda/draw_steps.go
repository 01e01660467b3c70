package main

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"anquanda/internal/selection"
)

// runDraw is step 2: the source is known.
func (f *drawFlags) runDraw(file string) error {
	t, err := readTranscript(file)
	if err != nil {
		return err
	}
	if t.Draw != nil {
		return errors.New("this is drawn already: a second draw would let someone choose between two results")
	}
	var seed []byte
	if t.Freeze.Algorithm == selection.HMACSHA256 {
		if seed, err = readSeed(f.seedFile); err != nil {
			return err
		}
	}
	return f.complete(t, seed, f.sources, nil, f.beside(file, ".transcript.json"))
}

// runForfeits is step 3: winners gave up.
func (f *drawFlags) runForfeits(file string) error {
	if f.out == "" {
		return errors.New("--forfeit needs -o: the new transcript is a file of its own")
	}
	t, err := readTranscript(file)
	if err != nil {
		return err
	}
	if t.Draw == nil {
		return errors.New("this is not drawn yet")
	}
	seed, err := hex.DecodeString(t.Draw.Seed)
	if err != nil {
		return err
	}
	return f.complete(t, seed, t.Draw.Sources, append(t.Draw.Forfeits, f.forfeits...), f.out)
}

// rehearse freezes and draws at once.
func (f *drawFlags) rehearse(file string) error {
	if len(f.tiers) == 0 {
		return errors.New("--select says how many are drawn")
	}
	seed, err := f.newSeed(), error(nil)
	if f.seedFile != "" && seed != nil {
		if seed, err = readSeed(f.seedFile); err != nil {
			return err
		}
	}
	if len(f.named) == 0 {
		for i, source := range f.sources {
			f.named = append(f.named, selection.Source{Name: fmt.Sprintf("来源%d", i+1), Values: len(strings.Fields(source))})
		}
	}
	t, err := f.frozen(file, seed)
	if err != nil {
		return err
	}
	fmt.Println("A rehearsal: nothing was published before the source was known.")
	return f.complete(t, seed, f.sources, nil, f.beside(file, ".transcript.json"))
}

func (f *drawFlags) complete(
	t *selection.Transcript, seed []byte, sources []string, forfeits []selection.Forfeit, out string,
) error {
	progress, done := showProgress("drawing")
	err := t.Complete(seed, sources, forfeits, progress)
	done()
	if err != nil {
		return err
	}
	if err := writeTranscript(out, t); err != nil {
		return err
	}
	printDraw(t)
	return nil
}

func printFreeze(t *selection.Transcript) {
	excluded := 0
	for _, e := range t.Freeze.Excluded {
		excluded += e.Count
	}
	fmt.Printf("entries      %d (%d excluded)\nMerkle root  %s\nfingerprint  %s\n", t.Freeze.Entries, excluded,
		t.Freeze.Root, t.Fingerprint)
}

// printedResults bounds what is printed; the file holds all.
const printedResults = 50

func printDraw(t *selection.Transcript) {
	fmt.Printf("fingerprint  %s\nkey string   %s\n", t.Fingerprint, t.Draw.Key)
	wanted := t.Freeze.Rules.Reserves
	for _, tier := range t.Freeze.Rules.Tiers {
		wanted += tier.Count
	}
	for i, r := range t.Draw.Results {
		if i == printedResults {
			fmt.Printf("… and %d more\n", len(t.Draw.Results)-i)
			break
		}
		name := "(reserve)"
		if r.Tier > 0 {
			name = t.Freeze.Rules.Tiers[r.Tier-1].Name
		}
		fmt.Printf("place %-6d entry %-8d %s… %s\n", r.Place, r.Entry, r.ID[:16], name)
	}
	for _, forfeit := range t.Draw.Forfeits {
		fmt.Printf("place %d forfeited (%s): place %d moves up\n", forfeit.Place, forfeit.Reason, forfeit.By)
	}
	if len(t.Draw.Results) < wanted {
		fmt.Printf("the list is too small: %d places of %d\n", len(t.Draw.Results), wanted)
	}
	fmt.Printf("seal         %s\n", t.Seal)
}

func readTranscript(file string) (*selection.Transcript, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	t, err := selection.Read(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	// What was frozen must still stand before anything is built on it.
	progress, done := showProgress("checking what was frozen")
	defer done()
	if err := t.VerifyFrozen(progress); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

func readSeed(file string) ([]byte, error) {
	if file == "" {
		return nil, errors.New("--seed-file names the secret that the freeze commits to")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != 32 {
		return nil, fmt.Errorf("%s does not hold a seed: 64 hexadecimal digits", file)
	}
	return seed, nil
}

func writeTranscript(file string, t *selection.Transcript) error {
	progress, done := showProgress("writing")
	err := writeNew(file, 0o644, func(w io.Writer) error { return t.Write(w, progress) })
	done()
	if err == nil {
		fmt.Printf("written to   %s\n", file)
	}
	return err
}

// writeNew writes a file that must not exist yet, whole or not at all, and on the
// disk when it returns.
func writeNew(file string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	if err = errors.Join(write(buffered), buffered.Flush(), out.Sync(), out.Close()); err != nil {
		os.Remove(file)
	}
	return err
}
