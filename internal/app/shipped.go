package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"strings"
	"sync/atomic"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console/contests"
	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/questionbank"
)

// shippedBank is the name of the bank made of questionbank/safety, and
// shippedContest the definition that a new installation starts with; the others
// beside it are examples.
const (
	shippedBank    = "safety"
	shippedTitle   = "安全知识题库"
	shippedContest = "contests/workmonth.yaml"
	// shippedList is the file with the laws and standards that the bank cites.
	shippedList = "safety/sources.json"
)

// loadShipped fills an installation without contests with the bank and the
// contest that ship with the program. Another node may do so at the same time,
// or may have been killed half way.
func (a *App) loadShipped(ctx context.Context) error {
	empty, err := a.Catalog.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	questions, err := ShippedQuestions()
	if err != nil {
		return err
	}
	pictures, err := questionbank.Pictures()
	if err != nil {
		return err
	}
	if err := a.Banks.KeepImages(ctx, &bankfile.Result{Questions: questions, Images: pictures}); err != nil {
		return err
	}
	_, _, err = a.Banks.Import(ctx, staff.CommandLine, shippedBank, questions, "随程序附带")
	if err != nil && !errors.Is(err, bank.ErrChanged) {
		return err
	}
	if err := a.Banks.SetTitle(ctx, staff.CommandLine, shippedBank, shippedTitle); err != nil {
		return err
	}
	text, err := questionbank.Files.ReadFile(shippedContest)
	if err != nil {
		return err
	}
	_, err = a.Catalog.Apply(ctx, shippedContest, text, "随程序附带")
	if err != nil && !errors.Is(err, catalog.ErrChanged) {
		return fmt.Errorf("shipped contest: %w", err)
	}
	return nil
}

// ShippedQuestions reads the shipped bank, with pictures under the names that they
// ship under. A question that is not accepted is an error: what ships must be right.
func ShippedQuestions() ([]question.Question, error) {
	files, err := fs.Glob(questionbank.Files, "safety/*.json")
	if err != nil {
		return nil, err
	}
	known, err := ShippedReferences()
	if err != nil {
		return nil, err
	}
	index := known.Index()
	pictures, err := questionbank.Pictures()
	if err != nil {
		return nil, err
	}
	var questions []question.Question
	for _, file := range files {
		result, err := readShipped(file, pictures)
		if err != nil {
			return nil, err
		}
		for i := range result.Questions {
			if q := &result.Questions[i]; !index.Complete(q) {
				return nil, fmt.Errorf("shipped bank %s: %s names %s, which is not listed", file, q.ID, q.Source.Key)
			}
		}
		questions = append(questions, result.Questions...)
	}
	return questions, nil
}

// ShippedReferences reads the laws and standards that the shipped bank cites, as they
// stood when this program was made.
func ShippedReferences() (question.References, error) {
	result, err := readShipped(shippedList, nil)
	if err != nil {
		return nil, err
	}
	return result.References, nil
}

func readShipped(file string, pictures map[string][]byte) (*bankfile.Result, error) {
	data, err := questionbank.Files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	result, err := bankfile.Read(file, data, bankfile.Options{Format: "json", Images: pictures})
	if err != nil {
		return nil, fmt.Errorf("shipped bank %s: %w", file, err)
	}
	if result.Rejected > 0 {
		return nil, fmt.Errorf("shipped bank %s: %+v", file, result.Problems[0])
	}
	return result, nil
}

// examples are the definitions that ship, for the console: templates first.
func examples() ([]contests.Example, error) {
	files, err := fs.Glob(questionbank.Files, "templates/*.yaml")
	if err != nil {
		return nil, err
	}
	held, err := fs.Glob(questionbank.Files, "contests/*.yaml")
	if err != nil {
		return nil, err
	}
	files = append(files, held...)
	all := make([]contests.Example, len(files))
	for i, file := range files {
		all[i].Name = strings.TrimSuffix(path.Base(file), ".yaml")
		if all[i].Text, err = questionbank.Files.ReadFile(file); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// embeddedLimit is from how many players on a contest has outgrown the
// in-process Redis, which ranks in 37 ms at 100,000 members.
const embeddedLimit = 20_000

var advised atomic.Bool

// adviseServers says once that a contest has outgrown the embedded stores.
func (a *App) adviseServers(ctx context.Context) {
	if !a.Redis.Embedded() || advised.Load() {
		return
	}
	for _, c := range a.Catalog.All() {
		a.adviseFor(ctx, c)
	}
}

func (a *App) adviseFor(ctx context.Context, c *catalog.Contest) {
	stats, err := a.Play.Stats(ctx, c.ContestID)
	if err != nil || stats.Players < embeddedLimit || !advised.CompareAndSwap(false, true) {
		return
	}
	slog.WarnContext(ctx, "this contest has outgrown the embedded stores; move up with --mysql and --redis",
		"contest", c.Slug, "players", stats.Players)
}
