package bankfile

import (
	"archive/zip"
	"errors"
	"strconv"

	"anquanda/internal/sheet"
)

// text decodes the file and remembers its encoding.
func (r *reading) text() (string, error) {
	text, encoding, err := sheet.Text(r.data)
	if err != nil {
		return "", unreadable(EncodingUnknown, "")
	}
	r.result.Encoding = encoding
	return text, nil
}

// archive opens the file as a zip archive, within the limits.
func (r *reading) archive() (*zip.Reader, error) {
	archive, err := sheet.OpenArchive(r.data, r.limits.Unpacked)
	if err == nil {
		return archive, nil
	}
	detail := ""
	if cause := errors.Unwrap(err); cause != nil {
		detail = cause.Error()
	}
	if errors.Is(err, sheet.ErrUnpacked) {
		return nil, unreadable(LimitUnpacked, detail)
	}
	return nil, unreadable(FormatUnreadable, detail)
}

func itoa(n int) string { return strconv.Itoa(n) }
