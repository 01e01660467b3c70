package draft

import (
	"crypto/sha256"
	"encoding/hex"

	"anquanda/internal/question"
)

// listed is a material in a list of the file, and where.
type listed struct {
	material *question.Material
	at       Place
	used     bool
}

// List takes a material that stands in a list of the file, for the questions that name it.
// Two of one id refuse the file.
func (r *Reading) List(m *question.Material, at Place) error {
	for i := range r.listed {
		if r.listed[i].material.ID == m.ID {
			return &Unreadable{problemAt(MaterialRepeated, at, m.ID, m.ID)}
		}
	}
	r.listed = append(r.listed, listed{material: m, at: at})
	return nil
}

// MakeMaterialID makes an id of what a material says and of the name of its picture, empty
// for none, so that rows of a sheet that say the same share it.
func MakeMaterialID(title, text, image string) string {
	said := title + "\n" + text
	if image != "" {
		said += "\n" + image
	}
	sum := sha256.Sum256([]byte(said))
	return "m-" + hex.EncodeToString(sum[:6])
}

// shareMaterials gives questions that name a material by its id what the file says of it,
// once for all of them.
func (r *Reading) shareMaterials() {
	said := map[string]*listed{}
	for i := range r.listed {
		said[r.listed[i].material.ID] = &r.listed[i]
	}
	for _, d := range r.Drafts {
		if m := d.Q.Material; m != nil && !m.Bare() && said[m.ID] == nil {
			said[m.ID] = &listed{material: m}
		}
	}
	for _, d := range r.Drafts {
		m := d.Q.Material
		if m == nil {
			continue
		}
		known := said[m.ID]
		switch {
		case known == nil:
			d.Note(MaterialUnknown, "", m.ID, m.ID)
		case !m.Bare() && *m != *known.material:
			d.Note(MaterialDiffers, "", m.ID, m.Text)
			known.used = true
		default:
			d.Q.Material, known.used = known.material, true
		}
	}
	for _, l := range r.listed {
		if !l.used {
			r.Note(MaterialUnused, l.at, l.material.ID, l.material.Text)
		}
	}
}

// Materials are those that the questions of a bank name, in the order in which they do.
func Materials(bank *Bank) (list []*question.Material) {
	seen := map[string]bool{}
	for i := range bank.Questions {
		if m := bank.Questions[i].Material; m != nil && !seen[m.ID] {
			seen[m.ID] = true
			list = append(list, m)
		}
	}
	return list
}
