package question

import (
	"slices"
	"strings"
)

// Pictures are the names of all pictures that the question shows, in the order in
// which they are seen.
func (q *Question) Pictures() []string {
	named := append([]string{q.Material.picture(), q.Image}, q.OptionImages...)
	return slices.DeleteFunc(named, func(name string) bool { return name == "" })
}

// PictureField is the JSON key of the field that names a picture.
func (q *Question) PictureField(name string) string {
	switch name {
	case q.Image:
		return "image"
	case q.Material.picture():
		return "material"
	}
	return "option_images"
}

// RenamePictures gives each picture the name that a map has for it; others stay.
func (q *Question) RenamePictures(names map[string]string) {
	if name, ok := names[q.Image]; ok {
		q.Image = name
	}
	if name, ok := names[q.Material.picture()]; ok {
		material := *q.Material
		material.Image = name
		q.Material = &material
	}
	q.OptionImages = slices.Clone(q.OptionImages)
	for i, image := range q.OptionImages {
		if name, ok := names[image]; ok {
			q.OptionImages[i] = name
		}
	}
}

// OptionImage is the name of the picture of an option; empty for none.
func (q *Question) OptionImage(index int) string {
	if index < len(q.OptionImages) {
		return q.OptionImages[index]
	}
	return ""
}

func (q *Question) checkOptionImages() []Problem {
	if len(q.OptionImages) == 0 {
		return nil
	}
	wrong := func(message string) []Problem { return []Problem{{"option_images", message}} }
	if q.Kind != Single && q.Kind != Multiple && q.Kind != Indefinite {
		return wrong("只有选择题的选项能带图")
	}
	if len(q.OptionImages) != len(q.Options) {
		return wrong("选项的图片要与选项一样多，没有图的写空")
	}
	for i, name := range q.OptionImages {
		switch {
		case len(name) > MaxImageBytes || strings.ContainsAny(name, "\x00\r\n\t"):
			return wrong("图片名称太长，或含有控制字符")
		case name != "" && slices.Contains(q.OptionImages[:i], name):
			return wrong("两个选项是同一张图")
		}
	}
	return nil
}
