// Package bankfile reads question banks as organizers have them, and writes them.
//
// Read finds the format from the content, turns the bytes into questions and a
// report of everything that is wrong, and never guesses: what has two readings is
// rejected with a reason and with what would fix it. Every question found is
// either accepted or rejected; nothing is dropped without a line in the report.
//
// A format is one file and one line in the table of formats.go. A loose format
// (sheet, pasted text) yields records, which say what a row says and are judged in
// one place; a strict one (GIFT, QTI…) yields questions. Both become drafts, which
// finish checks, compares with each other and counts.
//
// The package is pure: bytes in, questions out. It touches no file, clock, network
// or database. Its functions may be called from several goroutines.
package bankfile

import "fmt"

// Options say how to read. The zero value finds the format and sets the limits.
type Options struct {
	// Format forces a format by its name; "" or "auto" finds it.
	Format string
	Limits Limits
	// Images are pictures handed in beside the file, by name.
	Images map[string][]byte
	// Progress, when set, is called now and then with how much of the whole was
	// read, in units of the format (rows, bytes). It runs in the calling goroutine.
	Progress func(done, total int)
}

// Read reads a bank. name is the file's name, used in the report and never
// opened. On an error that is *Unreadable the result is still given, with the
// problem in its report and no questions.
func Read(name string, data []byte, opt Options) (result *Result, err error) {
	r := &reading{name: name, data: data, opt: opt, limits: opt.Limits.orDefault(),
		result: &Result{Images: map[string][]byte{}}}
	for image, content := range opt.Images {
		r.result.Images[image] = content
	}
	if err := r.read(); err != nil {
		return r.failed(err), err
	}
	return r.result, nil
}

func (r *reading) read() error {
	if int64(len(r.data)) > r.limits.Bytes {
		return unreadable(LimitBytes, fmt.Sprintf("超过 %d MB", r.limits.Bytes>>20))
	}
	format, err := r.choose()
	if err != nil {
		return err
	}
	r.result.Format = format.Name
	if err := format.read(r); err != nil {
		return err
	}
	return r.finish()
}

// choose returns the format that was asked for, or the one that the content shows.
func (r *reading) choose() (*Format, error) {
	if r.opt.Format == "" || r.opt.Format == "auto" {
		return sniff(r)
	}
	if f := named(r.opt.Format); f != nil {
		return f, nil
	}
	return nil, unreadable(FormatUnknown, "没有名为 "+r.opt.Format+" 的格式")
}

// failed empties the result but for the reason.
func (r *reading) failed(err error) *Result {
	problem := Problem{}
	if u, ok := err.(*Unreadable); ok {
		problem = u.Problem
	} else {
		problem = problemAt(FormatUnreadable, place{}, err.Error(), "")
	}
	problem.File = r.name
	return &Result{Format: r.result.Format, Encoding: r.result.Encoding,
		Report: Report{Problems: []Problem{problem}}}
}

// Limits bound what a file may cost. Zero fields take the default.
type Limits struct {
	Bytes     int64 // of the file
	Unpacked  int64 // of a package after unpacking, in bytes
	Questions int   // found
	Cells     int   // of all sheets, or elements of an XML document
	Depth     int   // of nested elements
}

// DefaultLimits let through a bank of 50,000 questions with pictures.
var DefaultLimits = Limits{Bytes: 64 << 20, Unpacked: 256 << 20, Questions: 200_000, Cells: 8_000_000, Depth: 100}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Bytes > 0 {
		d.Bytes = l.Bytes
	}
	if l.Unpacked > 0 {
		d.Unpacked = l.Unpacked
	}
	if l.Questions > 0 {
		d.Questions = l.Questions
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	if l.Depth > 0 {
		d.Depth = l.Depth
	}
	return d
}
