package table

import "anquanda/internal/bankfile/judge"

// materialPicture gives a picture to the material of a row, and tells by which name: that
// which our own sheet writes into its cell. "" where it has one already.
func (s *Table) materialPicture(rec *judge.Record, name, ref string) string {
	if s.pictured[rec] {
		return ""
	}
	if s.pictured == nil {
		s.pictured = map[*judge.Record]bool{}
	}
	s.pictured[rec] = true
	if given := rec.Text(judge.FieldMaterialImage); given != "" && rec.Exact {
		name = given
	}
	rec.Set(judge.FieldMaterialImage, judge.Cell{Text: name, Ref: ref})
	return name
}

// sharePictures lets rows whose material says the same have the picture of the row above
// them that shows one: it is put into the sheet once.
func (s *Table) sharePictures() {
	if s.layout.fields[judge.FieldMaterialImage] < 0 {
		return
	}
	shown := map[[3]string]*judge.Record{}
	for _, rec := range s.records {
		text := rec.Text(judge.FieldMaterial)
		if text == "" {
			continue
		}
		said := [3]string{rec.Text(judge.FieldMaterialID), rec.Text(judge.FieldMaterialTitle), text}
		if rec.Text(judge.FieldMaterialImage) != "" {
			shown[said] = rec
			continue
		}
		if above := shown[said]; above != nil {
			for _, f := range []judge.Field{judge.FieldMaterialImage, judge.FieldMaterialImageAlt} {
				rec.Set(f, judge.Cell{Text: above.Text(f), Ref: above.Ref(f)})
			}
		}
	}
}
