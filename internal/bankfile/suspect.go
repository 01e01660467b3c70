package bankfile

import (
	"regexp"
	"strings"
)

var (
	imagePath  = regexp.MustCompile(`(?i)[\w/\\.:-]+\.(?:png|jpe?g|gif|bmp|webp)\b`)
	imageWords = regexp.MustCompile(`下图|上图|右图|左图|图所示|如图(?:[^纸]|$)|见图`)
)

// suspect looks at the texts of a loose format for what does not belong in them:
// markup, paths of pictures that stayed where they came from, options in the stem.
func (j *judge) suspect(d *draft, rec *record) {
	if rec.exact {
		return
	}
	if options, _, _, bad := byLetters(d.q.Stem); bad == nil && len(options) > 1 && strings.ContainsAny(d.q.Stem[:1], "A") {
		d.note(StemIsOptions, rec.ref(fieldStem), "", d.q.Stem)
	}
	d.q.Stem = j.bareText(d, d.q.Stem, rec.ref(fieldStem))
	d.q.Explanation = j.bareText(d, d.q.Explanation, rec.ref(fieldExplanation))
	if c := rec.get(fieldOptions); c.text != "" {
		rec.set(fieldOptions, cell{j.bareText(d, c.text, c.ref), c.ref})
	}
	for i := range rec.options {
		rec.options[i].text = j.bareText(d, rec.options[i].text, rec.options[i].ref)
	}
	for i := range rec.pieces {
		rec.pieces[i] = j.bareText(d, rec.pieces[i], "")
	}
	if imageWords.MatchString(d.q.Stem) && d.q.Image == "" {
		d.note(ImageMentioned, rec.ref(fieldStem), "", d.q.Stem)
	}
}

// bareText takes the markup from a text and reports pictures that it refers to.
func (j *judge) bareText(d *draft, text, ref string) string {
	if strings.Contains(text, "<") {
		plain, images, _ := plainText(text)
		for _, image := range images {
			d.note(ImageMissing, ref, image, text)
		}
		if anyTag.MatchString(text) {
			d.note(MarkupDropped, ref, "", text)
			text = plain
		}
	}
	if path := imagePath.FindString(text); path != "" {
		d.note(ImageMissing, ref, path, text)
	}
	return text
}
