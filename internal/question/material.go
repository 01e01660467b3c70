package question

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Material is what one question or several are asked about: the report of an accident, a
// case. It has a text, a picture or both.
type Material struct {
	ID       string // unique in its bank
	Title    string // may be empty
	Text     string // paragraphs, a line each
	Image    string // name of its picture; empty for none
	ImageAlt string // what the picture shows
}

// Limits of a material, in bytes.
const (
	// MaxMaterialBytes is a page and a half: about 4,000 characters.
	MaxMaterialBytes      = 12_000
	MaxMaterialTitleBytes = 120
)

// writtenMaterial is a material as bank files and the store write it.
type writtenMaterial struct {
	ID       string `json:"id"`
	Title    string `json:"title,omitempty"`
	Text     string `json:"text,omitempty"`
	Image    string `json:"image,omitempty"`
	ImageAlt string `json:"image_alt,omitempty"`
}

// Named is a material of which only the id is known: the rest stands in a list.
func Named(id string) *Material { return &Material{ID: id} }

// Bare reports whether only the id is known.
func (m *Material) Bare() bool { return *m == Material{ID: m.ID} }

// MarshalJSON writes the material; one of which only the id is known as that id.
func (m *Material) MarshalJSON() ([]byte, error) {
	if m.Bare() {
		return marshal(m.ID)
	}
	return marshal(writtenMaterial(*m))
}

func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(out.Bytes()), err
}

// UnmarshalJSON reads what MarshalJSON writes. Unknown keys are an error.
func (m *Material) UnmarshalJSON(data []byte) error {
	*m = Material{}
	if data[0] == '"' {
		return json.Unmarshal(data, &m.ID)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode((*writtenMaterial)(m))
}

// Paragraphs are the lines of the text that say something; none of no material.
func (m *Material) Paragraphs() []string {
	if m == nil {
		return nil
	}
	return strings.FieldsFunc(m.Text, func(r rune) bool { return r == '\n' })
}

// Texts are all that people wrote of it; none of no material.
func (m *Material) Texts() []string {
	if m == nil {
		return nil
	}
	return append(m.Paragraphs(), m.ID, m.Title, m.Image, m.ImageAlt)
}

// WithoutPicture is the material without its picture; nil of one that has no text.
func (m *Material) WithoutPicture() *Material {
	if m == nil || m.Text == "" {
		return nil
	}
	return &Material{ID: m.ID, Title: m.Title, Text: m.Text}
}

func (m *Material) picture() string {
	if m == nil {
		return ""
	}
	return m.Image
}

// check returns what is wrong with a material, each for the field that names it; nothing of
// none.
func (m *Material) check() []Problem {
	if m == nil {
		return nil
	}
	wrong := func(message string) []Problem { return []Problem{{"material", message}} }
	switch {
	case m.ID == "" || len(m.ID) > MaxIDBytes:
		return wrong("材料缺少编号，或编号超过 64 字节")
	case strings.TrimSpace(m.Text) == "" && m.Image == "":
		return wrong("材料“" + m.ID + "”没有文字，也没有图片")
	case len(m.Text) > MaxMaterialBytes:
		return wrong("材料“" + m.ID + "”超过 12000 字节（约 4000 字）")
	case len(m.Title) > MaxMaterialTitleBytes || strings.Contains(m.Title, "\n"):
		return wrong("材料“" + m.ID + "”的标题超过 120 字节（约 40 字），或分了行")
	case len(m.Image) > MaxImageBytes || strings.ContainsAny(m.Image, "\x00\r\n\t"):
		return wrong("材料“" + m.ID + "”的图片名称太长，或含有控制字符")
	case len(m.ImageAlt) > MaxImageAltBytes:
		return wrong("材料“" + m.ID + "”的图片说明超过 600 字节")
	}
	return nil
}

// MaterialID is the id of the question's material; empty for none.
func (q *Question) MaterialID() string {
	if q.Material == nil {
		return ""
	}
	return q.Material.ID
}

// ShareMaterials gives all questions of one material what the last of newer says of it,
// and one copy of it; where none of newer does, what the first says stays.
func ShareMaterials(questions, newer []Question) {
	said := map[string]*Material{}
	for i := range newer {
		if m := newer[i].Material; m != nil {
			said[m.ID] = m
		}
	}
	for i := range questions {
		m := questions[i].Material
		if m == nil {
			continue
		}
		if said[m.ID] == nil {
			said[m.ID] = m
		}
		questions[i].Material = said[m.ID]
	}
}
