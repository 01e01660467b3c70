package main

import (
	"context"
	"strconv"

	"anquanda/internal/bench"
)

// benchBank measures how fast, and in how much memory, bank files are read.
func benchBank(ctx context.Context, args []string) error {
	if len(args) == 4 && args[0] == bench.AsWriter {
		rows, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return bench.WriteBank(args[1], args[2], rows)
	}
	b := sized{name: "bench bank", flag: "rows", of: "questions in each file", usual: 50_000, most: 1_000_000}
	return b.run(ctx, args, func(ctx context.Context, program string, rows int, say func(string)) (printable, error) {
		return bench.Bank(ctx, program, rows, say)
	})
}
