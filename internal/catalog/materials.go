package catalog

import (
	"context"
	"fmt"

	"anquanda/internal/contest"
)

// materialLacks finds what materials show that is not at hand: pictures that are not
// stored, and links to hosts that this server does not play from.
func (c *Catalog) materialLacks(ctx context.Context, d *contest.Definition) (contest.Findings, error) {
	lacks := d.ForeignLinks(c.media)
	for i := range d.Levels {
		m := d.Levels[i].Material
		if m == nil || m.Picture == "" {
			continue
		}
		missing, err := c.banks.MissingPictures(ctx, []string{m.Picture})
		if err != nil {
			return nil, err
		}
		if len(missing) > 0 {
			lacks = append(lacks, contest.Finding{Path: fmt.Sprintf("levels[%d].material.picture", i),
				Message: "this picture is not stored; upload it in the console",
				Words:   "“" + m.Title + "”的图片没有存，请在表单里重新上传"})
		}
	}
	return lacks, nil
}

// fitsMaterials refuses a definition whose materials could not be shown. Errors:
// contest.Findings.
func (c *Catalog) fitsMaterials(ctx context.Context, d *contest.Definition, file string, text []byte) error {
	lacks, err := c.materialLacks(ctx, d)
	if err != nil || len(lacks) == 0 {
		return err
	}
	lineOf := contest.LinesOf(text)
	for i := range lacks {
		lacks[i].File, lacks[i].Line = file, lineOf(lacks[i].Path)
	}
	return lacks
}
