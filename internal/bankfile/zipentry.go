package bankfile

import (
	"archive/zip"
	"errors"
	"io"
)

// readEntry unpacks one file of an archive, up to a limit in bytes.
func readEntry(file *zip.File, limit int64) ([]byte, error) {
	reader, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	content, err := io.ReadAll(io.LimitReader(reader, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = errors.New("too large")
	}
	return content, err
}
