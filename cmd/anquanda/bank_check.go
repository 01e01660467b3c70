package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bankfile"
	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// checkedFile is what bank check says of one file. Its keys are relied upon by
// other programs.
type checkedFile struct {
	File     string `json:"file"`
	Format   string `json:"format"`
	Encoding string `json:"encoding"`
	bankfile.Report
}

// bankCheck reads bank files and says what is in them and what is wrong. It exits
// with 0 when every question was accepted, 1 when some were rejected, 2 when a
// file could not be read. With --on it warns of questions that should be read again on
// that day.
func bankCheck(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("bank check", flag.ContinueOnError)
	read := readFlags(flags)
	asJSON := flags.Bool("json", false, "print the report as JSON")
	on := flags.String("on", "", "warn of questions whose source does not hold on that `day` (YYYY-MM-DD), or that "+
		"nobody has checked for two years")
	files, err := someFiles(flags, args)
	if err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, *on); *on != "" && err != nil {
		return errors.New("--on is a day, as 2026-06-01")
	}
	var report struct {
		Files []checkedFile `json:"files"`
	}
	worst := 0
	results := make([]*bankfile.Result, len(files))
	failed := make([]error, len(files))
	for i, file := range files {
		results[i], failed[i] = readBank(file, read())
	}
	if *on != "" {
		if err := warnOfAge(files, results, *on); err != nil {
			return err
		}
	}
	for i, file := range files {
		result := results[i]
		switch {
		case failed[i] != nil:
			worst = 2
		case result.Rejected > 0:
			worst = max(worst, 1)
		}
		if result.Problems == nil {
			result.Problems = []bankfile.Problem{}
		}
		report.Files = append(report.Files, checkedFile{file, result.Format, result.Encoding, result.Report})
		if !*asJSON {
			printConventions(file, result)
			printProblems(file, result)
			fmt.Printf("%s: %s %s: %d questions, %d accepted, %d rejected\n", file, result.Format, result.Encoding,
				result.Found, result.Accepted, result.Rejected)
		}
	}
	if !*asJSON {
		if err := printSources(results); err != nil {
			return err
		}
	}
	if *asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		if err := out.Encode(report); err != nil {
			return err
		}
	}
	if worst > 0 {
		return exitError(worst)
	}
	return nil
}

// knownReferences are the laws and standards that ship, and over them those that files
// list.
func knownReferences(results []*bankfile.Result) (question.Index, error) {
	known, err := app.ShippedReferences()
	for _, result := range results {
		known = known.Over(result.References)
	}
	return known.Index(), err
}

// printSources tells how well the questions of all files say where their answers are
// written; nothing where none says it.
func printSources(results []*bankfile.Result) error {
	index, err := knownReferences(results)
	if err != nil {
		return err
	}
	counts, all := map[question.Located]int{}, 0
	for _, result := range results {
		for i := range result.Questions {
			counts[index.Locate(result.Questions[i].Source)]++
			all++
		}
	}
	if counts[question.Nowhere] < all {
		fmt.Printf("sources of %d questions: %d by clause, %d by a part of what has no clauses, "+
			"%d without a clause, %d none\n", all, counts[question.ByClause], counts[question.ByPart],
			counts[question.Roughly], counts[question.Nowhere])
	}
	return nil
}

// warnOfAge adds to the reports why questions should be read again on a day, by the
// laws and standards that ship and those that the files list.
func warnOfAge(files []string, results []*bankfile.Result, on string) error {
	index, err := knownReferences(results)
	if err != nil {
		return err
	}
	for i, result := range results {
		for k := range result.Questions {
			q := &result.Questions[k]
			for _, age := range index.Ages(q, on) {
				result.Problems = append(result.Problems, bankfile.Problem{File: filepath.Base(files[i]),
					Question: result.Numbers[k], Code: bankfile.Code(age), Message: index.Tell(age, q),
					Severity: bankfile.Warning, Text: q.ID + " " + q.Stem})
			}
		}
	}
	return nil
}

// readBank reads a bank file and shows on a terminal how far it is. A file that
// cannot be opened has a report too.
func readBank(path string, options bankfile.Options) (*bankfile.Result, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		problem := bankfile.Problem{File: filepath.Base(path), Code: bankfile.FormatUnreadable, Severity: bankfile.Error,
			Message: "文件打不开：" + err.Error()}
		return &bankfile.Result{Report: bankfile.Report{Problems: []bankfile.Problem{problem}}}, err
	}
	progress, done := showProgress(filepath.Base(path))
	defer done()
	options.Progress, options.Images = progress, picturesBeside(path)
	result, err := bankfile.Read(filepath.Base(path), data, options)
	if err != nil {
		return result, err
	}
	known, err := app.ShippedReferences()
	index := known.Index()
	for i := range result.Questions {
		index.Complete(&result.Questions[i])
	}
	return result, err
}

// picturesBeside are the pictures in the folder "pictures" beside a bank file, by name:
// a file of ours may name them in place of carrying them. Pictures that no question names
// are left out later; 64 MB are read at most.
func picturesBeside(path string) map[string][]byte {
	folder := filepath.Join(filepath.Dir(path), "pictures")
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // there is none, or nobody may read it: what a question lacks is said
	}
	pictures, left := map[string][]byte{}, int64(64<<20)
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > left {
			continue
		}
		if content, err := os.ReadFile(filepath.Join(folder, entry.Name())); err == nil {
			pictures[entry.Name()] = content
			left -= info.Size()
		}
	}
	return pictures
}

// readFlags adds what can be said of how a bank file is read.
func readFlags(flags *flag.FlagSet) func() bankfile.Options {
	format := flags.String("format", "auto", "`format` of the file, by name")
	var asked bankfile.Conventions
	flags.Func("digits", "answers in digits are `places` of options, or texts (default: as the file shows)",
		func(value string) error {
			asked.Digits = draft.Digits(value)
			return known(asked, "places or texts")
		})
	flags.Func("truth", "statements answered in digits: `one` is true (default), or zero is",
		func(value string) error {
			asked.Truth = draft.Truth(value)
			return known(asked, "one or zero")
		})
	flags.Func("separator", "`sign` between options in one cell, such as $ (default: as the file shows)",
		func(value string) error {
			asked.Separator = strings.ReplaceAll(value, `\n`, "\n")
			return known(asked, `one of `+strings.ReplaceAll(strings.Join(draft.Separators, " "), "\n", `\n`))
		})
	return func() bankfile.Options { return bankfile.Options{Format: *format, Conventions: asked} }
}

func known(asked bankfile.Conventions, what string) error {
	if asked.Unknown() == "" {
		return nil
	}
	return errors.New("it is " + what)
}

// printConventions tells how a file was read where it could be read otherwise, each with
// the row that shows it and the flag that says otherwise.
func printConventions(file string, result *bankfile.Result) {
	for _, c := range result.Conventions {
		how := "found"
		if c.Told {
			how = "told"
		}
		where := strings.TrimSpace(fmt.Sprintf("%s:%d %s", file, c.Line, c.Cell))
		fmt.Printf("%s: --%s %q %s, %d rows: %s\n", where, c.Name, c.Value, how, c.Rows, c.Text)
	}
}

// showProgress returns a bar for the terminal; nil when nobody looks. Excel does
// not say how many rows there are, so that its bar only counts.
func showProgress(name string) (progress func(done, total int), done func()) {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	begun, shown := time.Now(), time.Time{}
	progress = func(done, total int) {
		if time.Since(begun) < 300*time.Millisecond || time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		if total <= 0 {
			fmt.Fprintf(os.Stderr, "\r%s: %d rows\033[K", name, done)
			return
		}
		const width = 30
		filled := min(width, done*width/total)
		fmt.Fprintf(os.Stderr, "\r%s: [%-*s] %d%%\033[K", name, width, "=============================="[:filled],
			done*100/total)
	}
	return progress, func() {
		if !shown.IsZero() {
			fmt.Fprint(os.Stderr, "\r\033[K")
		}
	}
}

// someFiles reads flags that may stand before and after the files.
func someFiles(flags *flag.FlagSet, args []string) ([]string, error) {
	var files []string
	for {
		if err := parse(flags, args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		files = append(files, flags.Arg(0))
		args = flags.Args()[1:]
	}
	if len(files) == 0 {
		fmt.Fprintln(os.Stderr, "name the files")
		return nil, exitError(2)
	}
	return files, nil
}
