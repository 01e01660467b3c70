package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// maxEntries bounds the files in a package; real ones hold some hundreds.
const maxEntries = 20_000

// OpenArchive opens a zip archive and refuses one that would unpack to more than
// so many bytes. The sizes are those that the archive states; archive/zip stops
// reading beyond them.
func OpenArchive(data []byte, unpacked int64) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged.Because(errors.New("压缩包打不开"))
	}
	if len(archive.File) > maxEntries {
		return nil, ErrUnpacked.Because(errors.New("里面有太多文件"))
	}
	var total uint64
	for _, file := range archive.File {
		total += file.UncompressedSize64
		// Deflate cannot honestly reach 1000 to 1 except on emptiness.
		bomb := file.UncompressedSize64 > 1<<20 && file.UncompressedSize64 > 1000*(file.CompressedSize64+1)
		if total > uint64(unpacked) || file.UncompressedSize64 > uint64(unpacked) || bomb {
			return nil, ErrUnpacked.Because(errors.New(file.Name))
		}
	}
	return archive, nil
}

// HasEntry reports whether data is a zip archive that holds a file of that name.
func HasEntry(data []byte, name string) bool {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, file := range archive.File {
		if file.Name == name {
			return true
		}
	}
	return false
}

// ReadEntry unpacks one file of an archive, up to a limit in bytes.
func ReadEntry(file *zip.File, limit int64) ([]byte, error) {
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
