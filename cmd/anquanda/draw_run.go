package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/selection"
)

const drawRunHelp = `A drawing that anyone can check has two steps, and a third when a winner gives up:

  1. before the source exists; publish the file, and its fingerprint on paper and aloud:
     anquanda draw run --freeze LIST.csv --select 一等奖:1,二等奖:10 --named "双色球2026068期红球:6" --named "蓝球:1"
     LIST.csv (UTF-8) has a column entrant (入围者, 编号) and, if needed, person (参赛者) for people with several
     entries, and excluded (排除原因) for those who are left out. It writes LIST.frozen.json, and LIST.seed, the
     secret that stays locked away until the draw. The file lets anyone try ids: put no phone numbers in it.
  2. once the source is known; publish the file:
     anquanda draw run LIST.frozen.json --seed-file LIST.seed --source "2 5 8 10 12 33" --source 7
     It writes LIST.transcript.json.
  3. anquanda draw run LIST.transcript.json --forfeit "2:not claimed in time" -o LIST.transcript-2.json

Both steps at once, for a rehearsal that proves nothing: anquanda draw run LIST.csv --select 3 --source "2 5 8"

No file is ever overwritten. The format: internal/selection/README.md.

`

// drawFlags are the flags of draw run.
type drawFlags struct {
	freeze    bool
	tiers     []selection.Tier
	named     []selection.Source
	sources   []string
	forfeits  []selection.Forfeit
	rules     selection.Rules
	title     string
	algorithm string
	seedFile  string
	out       string
}

// drawRun freezes, draws, or replaces those who gave up.
func drawRun(_ context.Context, args []string) error {
	f := &drawFlags{}
	files, err := someFiles(f.set(), args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("name one file: the list, or what an earlier step wrote")
	}
	f.rules.Tiers = f.tiers
	file := files[0]
	isJSON := strings.EqualFold(filepath.Ext(file), ".json")
	switch {
	case f.freeze && (len(f.sources) > 0 || len(f.forfeits) > 0):
		return errors.New("--freeze comes before the source is known, in a step of its own")
	case f.freeze:
		err = f.runFreeze(file)
	case len(f.forfeits) > 0:
		err = f.runForfeits(file)
	case len(f.sources) == 0:
		err = errors.New("say --freeze before the source is known, --source once it is, or --forfeit afterwards")
	case isJSON:
		err = f.runDraw(file)
	default:
		err = f.rehearse(file)
	}
	return err
}

func (f *drawFlags) set() *flag.FlagSet {
	flags := flag.NewFlagSet("draw run", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), drawRunHelp)
		flags.PrintDefaults()
	}
	flags.BoolVar(&f.freeze, "freeze", false, "step 1: fix the list, the rules, the seed and the names of the sources")
	flags.Func("select", "`NAME:COUNT[:LIMIT]`[,…] the tiers in the order of drawing, LIMIT for one person in the tier; or one COUNT", func(text string) (err error) {
		f.tiers, err = parseTiers(text)
		return err
	})
	flags.IntVar(&f.rules.PerPerson, "per-person", 1, "how many places one person may take in all")
	flags.IntVar(&f.rules.Reserves, "reserves", 0, "how many reserves are drawn after the tiers")
	flags.Func("named", "`NAME:VALUES` of a public source that is not known yet, and how many numbers it gives; may be repeated", func(text string) error {
		name, values, err := cutCount(text)
		f.named = append(f.named, selection.Source{Name: name, Values: values})
		return err
	})
	flags.Func("source", "the `values` of a source once they are known, separated by blanks; one for each --named, in its order", func(text string) error {
		f.sources = append(f.sources, text)
		return nil
	})
	flags.Func("forfeit", "`PLACE:REASON` of a winner who gives up; may be repeated, in the order in which it happened",
		func(text string) error {
			place, reason, _ := strings.Cut(text, ":")
			n, err := strconv.Atoi(place)
			f.forfeits = append(f.forfeits, selection.Forfeit{Place: n, Reason: reason})
			return err
		})
	flags.StringVar(&f.title, "title", "", "what is drawn (default: the name of the list)")
	flags.StringVar(&f.algorithm, "algorithm", string(selection.HMACSHA256),
		"`name`: hmac-sha256, or rfc3797 (no secret seed)")
	flags.StringVar(&f.seedFile, "seed-file", "", "`file` of the secret seed; step 1 makes it, step 2 reads it")
	flags.StringVar(&f.out, "o", "", "`file` to write")
	return flags
}

// parseTiers reads 一等奖:1,二等奖:10:1 or a bare number.
func parseTiers(text string) (tiers []selection.Tier, err error) {
	if n, err := strconv.Atoi(text); err == nil {
		return []selection.Tier{{Name: "中选", Count: n}}, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		fields := strings.Split(part, ":")
		tier := selection.Tier{Name: strings.TrimSpace(fields[0])}
		if len(fields) < 2 || len(fields) > 3 {
			return nil, fmt.Errorf("%q is not NAME:COUNT or NAME:COUNT:LIMIT", part)
		}
		if tier.Count, err = strconv.Atoi(fields[1]); err != nil {
			return nil, fmt.Errorf("%q: the count is no number", part)
		}
		if len(fields) == 3 {
			if tier.PerPerson, err = strconv.Atoi(fields[2]); err != nil {
				return nil, fmt.Errorf("%q: the limit is no number", part)
			}
		}
		tiers = append(tiers, tier)
	}
	return tiers, nil
}

func cutCount(text string) (name string, n int, err error) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 {
		return "", 0, fmt.Errorf("%q is not NAME:NUMBER", text)
	}
	n, err = strconv.Atoi(text[at+1:])
	return text[:at], n, err
}

// beside is the name that a step gives its file when -o does not.
func (f *drawFlags) beside(file, ending string) string {
	if f.out != "" {
		return f.out
	}
	return strings.TrimSuffix(strings.TrimSuffix(file, filepath.Ext(file)), ".frozen") + ending
}

// runFreeze writes the seed before the freeze: a freeze without its seed could
// never be drawn.
func (f *drawFlags) runFreeze(file string) error {
	if len(f.tiers) == 0 || len(f.named) == 0 {
		return errors.New("--freeze needs --select and --named")
	}
	seed := f.newSeed()
	t, err := f.frozen(file, seed)
	if err != nil {
		return err
	}
	if f.seedFile == "" {
		f.seedFile = f.beside(file, ".seed")
		if f.out != "" {
			f.seedFile += ".seed"
		}
	}
	if seed != nil {
		err := writeNew(f.seedFile, 0o600, func(w io.Writer) error {
			_, err := fmt.Fprintln(w, hex.EncodeToString(seed))
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := writeTranscript(f.beside(file, ".frozen.json"), t); err != nil {
		if seed != nil {
			os.Remove(f.seedFile)
		}
		return err
	}
	if seed != nil {
		fmt.Printf("seed         %s (secret until the draw)\n", f.seedFile)
	}
	printFreeze(t)
	return nil
}

func (f *drawFlags) newSeed() []byte {
	if f.algorithm == string(selection.RFC3797) {
		return nil
	}
	seed := make([]byte, 32)
	rand.Read(seed) // never fails (crypto/rand)
	return seed
}

// frozen reads the list and fixes it.
func (f *drawFlags) frozen(file string, seed []byte) (*selection.Transcript, error) {
	var salt [32]byte
	rand.Read(salt[:])
	list, excluded, err := readRoll(file, salt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if f.title == "" {
		f.title = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	}
	plan := selection.Freeze{
		Title: f.title, FrozenAt: time.Now().UTC().Format(time.RFC3339), Algorithm: selection.Algorithm(f.algorithm),
		Salt: hex.EncodeToString(salt[:]), Excluded: excluded, Rules: f.rules, Sources: f.named,
	}
	progress, done := showProgress("freezing")
	defer done()
	return selection.NewFreeze(plan, list, seed, progress)
}

func readRoll(file string, salt [32]byte) (*selection.List, []selection.Excluded, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, nil, err
	}
	progress, done := showProgress("reading " + filepath.Base(file))
	defer done()
	roll := selection.NewRoll(salt)
	if err := roll.ReadCSV(in, int(info.Size()), progress); err != nil {
		return nil, nil, err
	}
	return roll.List()
}
