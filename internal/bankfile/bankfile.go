// Package bankfile reads question banks as organizers have them, and writes them.
//
// Read finds the format from the content, turns the bytes into questions and a
// report of everything that is wrong, and never guesses: what has two readings is
// rejected with a reason and with what would fix it. Every question found is
// either accepted or rejected; nothing is dropped without a line in the report.
//
// A format is one folder and one line in the table of formats.go. A loose format
// (sheet, pasted text) yields records, which say what a row says and are judged in
// one place; a strict one (GIFT, QTI…) yields questions. Both become drafts, which
// draft.Reading.Finish checks, compares with each other and counts.
//
// The package is pure: bytes in, questions out. It touches no file, clock, network
// or database. Its functions may be called from several goroutines.
package bankfile

import (
	"fmt"

	"anquanda/internal/bankfile/draft"
)

// Read reads a bank. name is the file's name, used in the report and never
// opened. On an error that is *Unreadable the result is still given, with the
// problem in its report and no questions.
func Read(name string, data []byte, opt Options) (result *Result, err error) {
	r := draft.NewReading(name, data, opt)
	if err := read(r, opt.Format); err != nil {
		return r.Failed(err), err
	}
	return r.Result, nil
}

func read(r *draft.Reading, format string) error {
	if int64(len(r.Data)) > r.Limits.Bytes {
		return draft.Refuse(draft.LimitBytes, fmt.Sprintf("超过 %d MB", r.Limits.Bytes>>20))
	}
	f, err := choose(r, format)
	if err != nil {
		return err
	}
	r.Result.Format = f.Name
	if err := f.Read(r); err != nil {
		return err
	}
	return r.Finish()
}

// choose returns the format that was asked for, or the one that the content shows.
func choose(r *draft.Reading, name string) (*Format, error) {
	if name == "" || name == "auto" {
		return sniff(r)
	}
	if f := named(name); f != nil {
		return f, nil
	}
	return nil, draft.Refuse(draft.FormatUnknown, "没有名为 "+name+" 的格式")
}
