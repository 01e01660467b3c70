package bank

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// MaxImageBytes bounds one picture: phones on slow networks must load it.
const MaxImageBytes = 1 << 20

// imageEndings are the kinds of picture that every phone shows, by what they
// hold and not by their name.
var imageEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
	"image/webp": ".webp", svgMIME: ".svg"}

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
	var images []keptImage
	for _, name := range slices.Sorted(maps.Keys(result.Images)) {
		image, err := readImage(name, result.Images[name])
		if err != nil {
			return err
		}
		kept[name] = image.Name
		images = append(images, image)
	}
	if err := s.insertImages(ctx, images); err != nil {
		return err
	}
	for i := range result.Questions {
		result.Questions[i].RenamePictures(kept)
	}
	for i := range result.Rejects {
		result.Rejects[i].Question.RenamePictures(kept)
	}
	return nil
}

// KeepPicture stores one picture and tells the name under which Image finds it. It is for
// pictures of other things than questions: a prize's. Errors are those of KeepImages.
func (s *Store) KeepPicture(ctx context.Context, name string, body []byte) (string, error) {
	image, err := readImage(name, body)
	if err != nil {
		return "", err
	}
	return image.Name, s.insertImages(ctx, []keptImage{image})
}

// keptImage is a picture about to be stored; its name is what it holds.
type keptImage struct {
	Name string
	Image
}

func readImage(name string, body []byte) (keptImage, error) {
	mime, err := imageKind(name, body)
	if err != nil {
		return keptImage{}, err
	}
	sum := sha256.Sum256(body)
	return keptImage{hex.EncodeToString(sum[:16]) + imageEndings[mime], Image{mime, body}}, nil
}

// commitBytes is about how much of pictures shares one commit.
const commitBytes = 4 << 20

// insertImages stores the pictures that are not stored yet, small ones many at once.
// Who stores the same at the same moment makes it look again.
func (s *Store) insertImages(ctx context.Context, images []keptImage) error {
	for len(images) > 0 {
		n, size := 0, 0
		for n < len(images) && size < commitBytes {
			size += len(images[n].Body)
			n++
		}
		insert := func(tx *sqldb.Tx) error { return s.insertMissing(ctx, tx, images[:n]) }
		err := s.db.InTx(ctx, insert)
		if sqldb.IsDuplicate(err) {
			err = s.db.InTx(ctx, insert)
		}
		if err != nil {
			return errs.Wrap(err, "keep %d images", n)
		}
		images = images[n:]
	}
	return nil
}

func (s *Store) insertMissing(ctx context.Context, tx *sqldb.Tx, images []keptImage) error {
	for _, image := range images {
		var there int
		if err := tx.Get(ctx, &there, "SELECT COUNT(*) FROM bank_images WHERE name = ?", image.Name); err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		_, err := tx.Exec(ctx, "INSERT INTO bank_images (name, mime, body, created_at) VALUES (?, ?, ?, ?)", image.Name,
			image.MIME, image.Body, s.now().UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// imageKind is the MIME type of a picture that every phone shows without danger.
func imageKind(name string, body []byte) (string, error) {
	mime := http.DetectContentType(body)
	if looksSVG(body) {
		mime = svgMIME
		if err := CheckSVG(body); err != nil {
			return "", errs.InvalidField("image", "图片“"+name+"”不能用："+err.Error())
		}
	}
	if imageEndings[mime] == "" {
		return "", errs.InvalidField("image", "图片“"+name+"”不是 PNG、JPEG、GIF、WebP 或 SVG")
	}
	if len(body) > MaxImageBytes {
		return "", errs.InvalidField("image", "图片“"+name+"”超过 1 MB，请缩小后再导入")
	}
	if width, height := pixelsOf(mime, body); width*height > maxPixels {
		return "", errs.InvalidField("image", fmt.Sprintf("图片“%s”有 %d×%d 像素，手机打不开，请缩小到 4000×4000 以内再导入",
			name, width, height))
	}
	return mime, nil
}

// MissingPictures lists those of some pictures that are not stored.
func (s *Store) MissingPictures(ctx context.Context, names []string) ([]string, error) {
	var missing []string
	for _, name := range names {
		var there int
		if err := s.db.Get(ctx, &there, "SELECT COUNT(*) FROM bank_images WHERE name = ?", name); err != nil {
			return nil, errs.Wrap(err, "look for a picture")
		}
		if there == 0 && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	return missing, nil
}

// Pictured reports that every picture of a corrected question is stored, or was named
// before. The error is invalid_field; its field is under that of the question.
func (s *Store) Pictured(ctx context.Context, before, corrected *question.Question, under string) error {
	missing, err := s.MissingPictures(ctx, corrected.Pictures())
	if err != nil {
		return err
	}
	for _, name := range missing {
		if !slices.Contains(before.Pictures(), name) {
			return errs.InvalidField(under+corrected.PictureField(name), "没有存这张图片：“"+name+"”，请先放进题库")
		}
	}
	return nil
}

// Images reads the pictures that questions name, for writing them to a file.
// One that is missing is left out.
func (s *Store) Images(ctx context.Context, questions []question.Question) (map[string][]byte, error) {
	images := map[string][]byte{}
	for i := range questions {
		for _, name := range questions[i].Pictures() {
			if images[name] != nil {
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
	}
	return images, nil
}
