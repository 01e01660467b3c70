// Package text reads banks pasted as plain text, and writes them so.
package text

import (
	"io"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/paragraphs"
)

// Format is pasted text; nearly everything looks like it.
var Format = draft.Format{Name: "text", Title: "文本", Extension: ".txt",
	Sniff: looksText, Read: readText, Write: writeText, Keeps: draft.WithoutImage}

func writeText(w io.Writer, bank *draft.Bank) error {
	for i := range bank.Questions {
		lines := paragraphs.Lines(&bank.Questions[i], i+1)
		if _, err := io.WriteString(w, strings.Join(lines, "\n")+"\n\n"); err != nil {
			return err
		}
	}
	return nil
}

func looksText(p *draft.Probe) bool { return p.Text != "" }

// readText reads questions as people paste them from Word or a page.
func readText(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	paragraphs.Read(r, strings.Split(text, "\n"))
	return nil
}
