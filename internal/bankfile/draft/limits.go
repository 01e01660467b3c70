package draft

// Options say how to read. The zero value finds the format and sets the limits.
type Options struct {
	// Format forces a format by its name; "" or "auto" finds it.
	Format string
	// Conventions say what the file does not, or says otherwise.
	Conventions
	Limits Limits
	// Images are pictures handed in beside the file, by name.
	Images map[string][]byte
	// Progress, when set, is called now and then with how much of the whole was
	// read, in units of the format (rows, bytes). It runs in the calling goroutine.
	Progress func(done, total int)
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
