package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
)

// speaker tells what a check found in one language: Chinese, as who organizes reads it,
// or English.
type speaker struct{ english bool }

// findings prints what is wrong with a definition and ends with code 1.
func (s speaker) findings(err error) error {
	var found contest.Findings
	if !errors.As(err, &found) {
		return err
	}
	for _, f := range found {
		if s.english {
			fmt.Fprintln(os.Stderr, f.Error())
		} else {
			fmt.Fprintln(os.Stderr, f.Told())
		}
	}
	return exitError(1)
}

func (s speaker) wellFormed(file string, d *contest.Definition) {
	format := "%s: 活动 %s 写得没有错：%d 关，%d 个榜\n"
	if s.english {
		format = "%s: contest %s is well formed: %d levels, %d boards\n"
	}
	fmt.Printf(format, file, d.Slug, len(d.Levels), len(d.Boards))
}

func (s speaker) serious(file string, n int) {
	format := "%s: 有 %d 处严重：请改好，或在 accept: 里写明谁负责，再 contest apply\n"
	if s.english {
		format = "%s: %d serious: mend them, or answer for them by name under accept:, before contest apply\n"
	}
	fmt.Printf(format, file, n)
}

// concerns writes a line a concern, in the order of the file: file:line: path:
// severity: message [code] with what it rests on, and who answers for it.
func (s speaker) concerns(to io.Writer, file string, text []byte, concerns []compliance.Concern) {
	lineOf := contest.LinesOf(text)
	slices.SortStableFunc(concerns, func(a, b compliance.Concern) int { return lineOf(a.Path) - lineOf(b.Path) })
	for _, c := range concerns {
		if s.english {
			answer := ""
			if c.Accepted != nil {
				answer = fmt.Sprintf(" (answered for by %s)", c.Accepted.By)
			}
			fmt.Fprintf(to, "%s:%d: %s: %s: %s [%s]%s\n", file, lineOf(c.Path), c.Path, c.Severity, c.English(), c.Code, answer)
			continue
		}
		answer, severity := "", map[compliance.Severity]string{compliance.Warning: "提醒", compliance.Serious: "严重"}[c.Severity]
		if c.Accepted != nil {
			answer = fmt.Sprintf("（%s 已确认：%s）", c.Accepted.By, c.Accepted.Why)
		}
		fmt.Fprintf(to, "%s:%d: %s: %s: %s [%s] 依据 %s%s\n", file, lineOf(c.Path), c.Path, severity, c.Message, c.Code,
			c.Rule, answer)
	}
}
