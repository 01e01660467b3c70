package bank

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif"  // so that image reads its header
	_ "image/jpeg" // as above
	_ "image/png"  // as above
)

// maxPixels bounds what a picture unpacks to on a phone, at four bytes a pixel: a file of
// 100 KB can state 60000 by 60000, which takes 14 GB.
const maxPixels = 16 << 20

// pixelsOf is the size that a picture states; 0 by 0 where its header cannot be read, which
// no browser shows either.
func pixelsOf(mime string, body []byte) (width, height int) {
	if mime == "image/webp" {
		return pixelsOfWebP(body)
	}
	stated, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return 0, 0
	}
	return stated.Width, stated.Height
}

// pixelsOfWebP reads the first chunk of a WebP (RFC 9649): lossy, lossless or extended.
func pixelsOfWebP(body []byte) (width, height int) {
	if len(body) < 30 {
		return 0, 0
	}
	chunk := body[20:]
	switch string(body[12:16]) {
	case "VP8 ":
		const fourteenBits = 1<<14 - 1
		return int(binary.LittleEndian.Uint16(chunk[6:])) & fourteenBits,
			int(binary.LittleEndian.Uint16(chunk[8:])) & fourteenBits
	case "VP8L":
		const fourteenBits = 1<<14 - 1
		bits := binary.LittleEndian.Uint32(chunk[1:])
		return int(bits&fourteenBits) + 1, int(bits>>14&fourteenBits) + 1
	case "VP8X":
		three := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
		return three(chunk[4:]) + 1, three(chunk[7:]) + 1
	}
	return 0, 0
}
