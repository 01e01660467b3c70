package bankfile

import "anquanda/internal/bankfile/draft"

// What callers need of the floor that all formats share.
type (
	// Options say how to read.
	Options = draft.Options
	// Conventions are how a file writes what may be written in several ways.
	Conventions = draft.Conventions
	// Limits bound what a file may cost.
	Limits = draft.Limits
	// Result is what a file held.
	Result = draft.Result
	// Report counts what was found.
	Report = draft.Report
	// Problem is one thing found while reading.
	Problem = draft.Problem
	// Severity of a problem.
	Severity = draft.Severity
	// Code names one thing that can be wrong.
	Code = draft.Code
	// Unreadable is the error of a file from which no question could be read.
	Unreadable = draft.Unreadable
	// Bank is what is written.
	Bank = draft.Bank
	// Format is one way in which banks are written.
	Format = draft.Format
)

// The severities, and the code of a file that cannot be opened.
const (
	Error            = draft.Error
	Warning          = draft.Warning
	FormatUnreadable = draft.FormatUnreadable
)

// DefaultLimits let through a bank of 50,000 questions with pictures.
var DefaultLimits = draft.DefaultLimits
