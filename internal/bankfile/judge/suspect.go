package judge

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"anquanda/internal/bankfile/draft"
)

var (
	imagePath  = regexp.MustCompile(`(?i)[\w/\\.:-]+\.(?:png|jpe?g|gif|bmp|webp)\b`)
	imageWords = regexp.MustCompile(`下图|上图|右图|左图|图所示|如图(?:[^纸]|$)|见图`)
)

// suspect looks at the texts of a loose format for what does not belong in them:
// markup, paths of pictures that stayed where they came from, options in the stem.
func (j *judge) suspect(d *draft.Draft, rec *Record) {
	if rec.Exact {
		return
	}
	options, _, _, bad := byLetters(d.Q.Stem)
	if bad == nil && len(options) > 1 && strings.HasPrefix(d.Q.Stem, "A") {
		d.Note(draft.StemIsOptions, rec.Ref(FieldStem), "", d.Q.Stem)
	}
	d.Q.Stem = j.bareText(d, d.Q.Stem, rec.Ref(FieldStem))
	d.Q.Explanation = j.bareText(d, d.Q.Explanation, rec.Ref(FieldExplanation))
	if c := rec.get(FieldOptions); c.Text != "" {
		rec.Set(FieldOptions, Cell{j.bareText(d, c.Text, c.Ref), c.Ref})
	}
	for i := range rec.Options {
		rec.Options[i].Text = j.bareText(d, rec.Options[i].Text, rec.Options[i].Ref)
	}
	for i := range rec.Pieces {
		rec.Pieces[i] = j.bareText(d, rec.Pieces[i], "")
	}
	j.cells(d, rec)
	if imageWords.MatchString(d.Q.Stem) && d.Q.Image == "" {
		d.Note(draft.ImageMentioned, rec.Ref(FieldStem), "", d.Q.Stem)
	}
}

var (
	cellError   = regexp.MustCompile(`^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)$`)
	cellPicture = regexp.MustCompile(`^=?(?:_xlfn\.)?DISPIMG\(`)
)

// cells looks at the cells of a row for what is no text.
func (j *judge) cells(d *draft.Draft, rec *Record) {
	used := append([]Cell{rec.get(FieldStem), rec.get(FieldOptions), rec.get(FieldAnswer)}, rec.Options...)
	for i, c := range used {
		text := strings.TrimSpace(c.Text)
		switch {
		case cellError.MatchString(text):
			d.Note(draft.CellError, c.Ref, text, text)
		case cellPicture.MatchString(text) && i > 2:
			d.Note(draft.ImageInOption, c.Ref, "", text)
		case c.Ref != "" && slices.Contains(rec.Dated, c.Ref):
			d.Note(draft.DateInCell, c.Ref, text, text)
		}
	}
	if rec.Object != "" {
		d.Note(cmp.Or(rec.ObjectCode, draft.ObjectUnread), rec.Object, "", d.Q.Stem)
	}
}

// bareText takes the markup from a text and reports pictures that it refers to.
func (j *judge) bareText(d *draft.Draft, text, ref string) string {
	if strings.Contains(text, "<") || hasEntity(text) {
		plain, images, _ := PlainText(text)
		for _, image := range images {
			d.Note(draft.ImageMissing, ref, image, text)
		}
		if anyTag.MatchString(text) || hasEntity(text) {
			d.Note(draft.MarkupDropped, ref, "", text)
			text = plain
		}
	}
	if path := imagePath.FindString(text); path != "" {
		d.Note(draft.ImageMissing, ref, path, text)
	}
	return text
}
