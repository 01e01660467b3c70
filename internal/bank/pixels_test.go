package bank

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// statedPNG is a small PNG whose header states a size of its own.
func statedPNG(t *testing.T, width, height uint32) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	body := out.Bytes()
	binary.BigEndian.PutUint32(body[16:], width)
	binary.BigEndian.PutUint32(body[20:], height)
	binary.BigEndian.PutUint32(body[29:], crc32.ChecksumIEEE(body[12:29]))
	return body
}

func TestThePixelsOfAPictureAreReadFromItsHeader(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 7, 5))
	var asGIF, asJPEG bytes.Buffer
	if err := gif.Encode(&asGIF, picture, nil); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, picture, nil); err != nil {
		t.Fatal(err)
	}
	webp := func(kind string, chunk ...byte) []byte {
		return append([]byte("RIFF\x00\x00\x00\x00WEBP"+kind+"\x00\x00\x00\x00"), append(chunk, make([]byte, 30)...)...)
	}
	for name, c := range map[string]struct {
		mime string
		body []byte
	}{
		"png":           {"image/png", statedPNG(t, 7, 5)},
		"gif":           {"image/gif", asGIF.Bytes()},
		"jpeg":          {"image/jpeg", asJPEG.Bytes()},
		"webp lossy":    {"image/webp", webp("VP8 ", 0, 0, 0, 0x9d, 0x01, 0x2a, 7, 0, 5, 0)},
		"webp lossless": {"image/webp", webp("VP8L", 0x2f, 6, 0, 1, 0)},
		"webp extended": {"image/webp", webp("VP8X", 0, 0, 0, 0, 6, 0, 0, 4, 0, 0)},
	} {
		if width, height := pixelsOf(c.mime, c.body); width != 7 || height != 5 {
			t.Errorf("%s: %d by %d, want 7 by 5", name, width, height)
		}
	}
	for _, broken := range [][]byte{nil, []byte("\x89PNG\r\n\x1a\n"), []byte("RIFF")} {
		if width, height := pixelsOf("image/png", broken); width != 0 || height != 0 {
			t.Errorf("%q has %d by %d", broken, width, height)
		}
	}
}
