package main

import (
	"context"

	"anquanda/internal/bench"
)

// benchDrawing measures how fast, and in how much memory, a drawing is frozen,
// drawn and verified.
func benchDrawing(ctx context.Context, args []string) error {
	b := sized{name: "bench drawing", flag: "entrants", of: "entrants on the list", usual: 1_000_000, most: 10_000_000}
	return b.run(ctx, args, func(ctx context.Context, program string, entrants int, say func(string)) (printable, error) {
		return bench.Drawing(ctx, program, entrants, say)
	})
}
