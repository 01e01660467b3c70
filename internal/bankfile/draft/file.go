package draft

import (
	"archive/zip"
	"errors"

	"anquanda/internal/sheet"
)

// Text decodes the file and remembers its encoding.
func (r *Reading) Text() (string, error) {
	text, encoding, err := sheet.Text(r.Data)
	if err != nil {
		return "", Refuse(EncodingUnknown, "")
	}
	r.Result.Encoding = encoding
	return text, nil
}

// Archive opens the file as a zip archive, within the limits.
func (r *Reading) Archive() (*zip.Reader, error) {
	archive, err := sheet.OpenArchive(r.Data, r.Limits.Unpacked)
	if err == nil {
		return archive, nil
	}
	detail := ""
	if cause := errors.Unwrap(err); cause != nil {
		detail = cause.Error()
	}
	if errors.Is(err, sheet.ErrUnpacked) {
		return nil, Refuse(LimitUnpacked, detail)
	}
	return nil, Refuse(FormatUnreadable, detail)
}
