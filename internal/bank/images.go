package bank

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// MaxImageBytes bounds one picture: phones on slow networks must load it.
const MaxImageBytes = 1 << 20

// imageEndings are the kinds of picture that every phone shows, by what they
// hold and not by their name. SVG is left out: it can hold script.
var imageEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
	"image/webp": ".webp"}

// ErrNoImage is returned for a picture that is not stored.
var ErrNoImage = errs.New(errs.NotFound, "image_unknown", "没有这张图片")

// Image is a stored picture.
type Image struct {
	MIME string `db:"mime"`
	Body []byte `db:"body"`
}

// Image reads a picture by the name under which questions know it.
func (s *Store) Image(ctx context.Context, name string) (*Image, error) {
	var image Image
	err := s.db.Get(ctx, &image, "SELECT mime, body FROM bank_images WHERE name = ?", name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoImage
	}
	return &image, errs.Wrap(err, "read an image")
}

// KeepImages stores the pictures of what was read from a file, and lets the
// questions name them by what they hold, so that two files may both have a
// 1.png. A picture that is too large or of another kind is an error that names
// it.
func (s *Store) KeepImages(ctx context.Context, result *bankfile.Result) error {
	kept := map[string]string{} // stored name by the file's name
	for name, body := range result.Images {
		stored, err := s.keepImage(ctx, name, body)
		if err != nil {
			return err
		}
		kept[name] = stored
	}
	rename := func(q *question.Question) {
		if stored, ok := kept[q.Image]; ok {
			q.Image = stored
		}
	}
	for i := range result.Questions {
		rename(&result.Questions[i])
	}
	for i := range result.Rejects {
		rename(&result.Rejects[i].Question)
	}
	return nil
}

func (s *Store) keepImage(ctx context.Context, name string, body []byte) (string, error) {
	mime := http.DetectContentType(body)
	ending, known := imageEndings[mime]
	if !known {
		return "", errs.InvalidField("image", "图片“"+name+"”不是 PNG、JPEG、GIF 或 WebP")
	}
	if len(body) > MaxImageBytes {
		return "", errs.InvalidField("image", "图片“"+name+"”超过 1 MB，请缩小后再导入")
	}
	if width, height := pixelsOf(mime, body); width*height > maxPixels {
		return "", errs.InvalidField("image", fmt.Sprintf("图片“%s”有 %d×%d 像素，手机打不开，请缩小到 4000×4000 以内再导入",
			name, width, height))
	}
	sum := sha256.Sum256(body)
	stored := hex.EncodeToString(sum[:16]) + ending
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO bank_images (name, mime, body, created_at) VALUES (?, ?, ?, ?)", stored, mime,
			body, s.now().UnixMilli())
		return err
	})
	if err != nil && !sqldb.IsDuplicate(err) {
		return "", errs.Wrap(err, "keep image %s", name)
	}
	return stored, nil
}

// Images reads the pictures that questions name, for writing them to a file.
// One that is missing is left out.
func (s *Store) Images(ctx context.Context, questions []question.Question) (map[string][]byte, error) {
	images := map[string][]byte{}
	for i := range questions {
		name := questions[i].Image
		if name == "" || images[name] != nil {
			continue
		}
		image, err := s.Image(ctx, name)
		if errors.Is(err, ErrNoImage) {
			continue
		}
		if err != nil {
			return nil, err
		}
		images[name] = image.Body
	}
	return images, nil
}
