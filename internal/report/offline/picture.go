package offline

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	_ "image/png" // what screenshots are
	"time"

	"anquanda/internal/errs"
)

const (
	// MaxUpload bounds a picture that is sent, in bytes; the page makes it smaller first.
	MaxUpload = 8 << 20
	maxPixels = 24_000_000 // 96 MB while it is turned and made smaller
	maxSide   = 2_000      // pixels of what is kept: enough for a page of A4
	quality   = 82
)

// ErrLarge is said of a picture of more than MaxUpload.
var ErrLarge = errs.New(errs.TooLarge, "fill_picture_large",
	"图片超过 8 MB，请先在手机相册里压缩，或截图以后再传")

var errNotPicture = errs.New(errs.Invalid, "fill_picture_kind", "这不是 JPG 或 PNG 图片，或者图片坏了，请换一张")

// decoding lets one picture be in memory at a time.
var decoding = make(chan struct{}, 1)

// reencode makes of a picture that somebody sent one that carries nothing but what is to
// be seen: upright, of at most maxSide, without place, time, device or whatever else was
// hidden in the file.
func reencode(body []byte) ([]byte, error) {
	shape, kind, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return nil, errNotPicture.Because(err)
	}
	if int64(shape.Width)*int64(shape.Height) > maxPixels {
		return nil, errs.New(errs.TooLarge, "fill_picture_large",
			fmt.Sprintf("图片有 %d×%d 像素，太大了，请缩小到 6000×4000 以内", shape.Width, shape.Height))
	}
	decoding <- struct{}{}
	defer func() { <-decoding }()
	read, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, errNotPicture.Because(err)
	}
	plain := image.NewRGBA(image.Rect(0, 0, shape.Width, shape.Height))
	draw.Draw(plain, plain.Bounds(), image.White, image.Point{}, draw.Src) // below what is transparent
	draw.Draw(plain, plain.Bounds(), read, read.Bounds().Min, draw.Over)
	plain = smaller(plain, (max(shape.Width, shape.Height)+maxSide-1)/maxSide)
	if kind == "jpeg" {
		plain = upright(plain, orientation(body))
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, plain, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// smaller makes of each square of times times times pixels their mean.
func smaller(from *image.RGBA, times int) *image.RGBA {
	if times <= 1 {
		return from
	}
	to := image.NewRGBA(image.Rect(0, 0, max(1, from.Rect.Dx()/times), max(1, from.Rect.Dy()/times)))
	for y := range to.Rect.Dy() {
		for x := range to.Rect.Dx() {
			var sum [4]int
			n := 0
			for dy := range min(times, from.Rect.Dy()) {
				at := from.PixOffset(x*times, y*times+dy)
				for dx := range min(times, from.Rect.Dx()) {
					for c := range 4 {
						sum[c] += int(from.Pix[at+4*dx+c])
					}
					n++
				}
			}
			at := to.PixOffset(x, y)
			for c := range 4 {
				to.Pix[at+c] = uint8(sum[c] / n)
			}
		}
	}
	return to
}

// upright turns a picture as the camera noted (TIFF 6.0, Orientation: 1 to 8).
func upright(from *image.RGBA, noted int) *image.RGBA {
	if noted < 2 || noted > 8 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if noted >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch noted {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(to.Pix[to.PixOffset(tx, ty):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}

// orientation reads what the camera noted in a JPEG (Exif 2.3); 1 where there is nothing.
func orientation(body []byte) int {
	for at := 2; at+4 <= len(body) && body[at] == 0xff; {
		size := int(binary.BigEndian.Uint16(body[at+2:]))
		if size < 2 || at+2+size > len(body) {
			return 1
		}
		segment := body[at+4 : at+2+size]
		if body[at+1] == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			noted, err := tiffOrientation(segment[6:])
			if err != nil {
				return 1
			}
			return noted
		}
		at += 2 + size
	}
	return 1
}

var errTIFF = errors.New("no TIFF")

func tiffOrientation(tiff []byte) (int, error) {
	if len(tiff) < 8 {
		return 0, errTIFF
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	first := int64(order.Uint32(tiff[4:]))
	if first+2 > int64(len(tiff)) {
		return 0, errTIFF
	}
	entries := tiff[first+2:]
	for range order.Uint16(tiff[first:]) {
		if len(entries) < 12 {
			return 0, errTIFF
		}
		if order.Uint16(entries) == 0x0112 {
			return int(order.Uint16(entries[8:])), nil
		}
		entries = entries[12:]
	}
	return 1, nil
}

// isDay reports whether yyyymmdd is a day.
func isDay(day int) bool {
	_, err := time.Parse("20060102", fmt.Sprint(day))
	return err == nil
}
