package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"anquanda/internal/app"
	"anquanda/internal/report/closing"
)

// reportContest writes the closing pack of a contest into a new folder.
func reportContest(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	cfg := storeFlags(flags)
	folder := flags.String("o", "", "`folder` to make for the files; it must not exist")
	contest, err := oneFile(flags, args)
	if err != nil {
		return err
	}
	if *folder == "" {
		return errors.New("name a folder with -o")
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	in, err := a.Catalog.Current(contest)
	if err != nil {
		return err
	}
	if err := os.Mkdir(*folder, 0o755); err != nil {
		return err
	}
	pack := packFolder{root: *folder}
	figures, err := a.Closing.WritePack(ctx, in, pack.create)
	if err = errors.Join(err, pack.end()); err != nil {
		return err
	}
	fmt.Printf("%s: %d players, %d attempts, %d answers; the summary has %d of at most %d characters\n", *folder,
		figures.Whole.Players, figures.Whole.Attempts, figures.Whole.Answers, figures.Summary().Length(),
		closing.SummaryMost)
	return nil
}

// packFolder makes the files of a pack below a folder, one after another.
type packFolder struct {
	root string
	open *os.File
}

func (p *packFolder) create(name string) (io.Writer, error) {
	if err := p.end(); err != nil {
		return nil, err
	}
	path := filepath.Join(p.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.Create(path)
	p.open = file
	return file, err
}

// end closes the file that was made last.
func (p *packFolder) end() error {
	if p.open == nil {
		return nil
	}
	file := p.open
	p.open = nil
	return file.Close()
}
