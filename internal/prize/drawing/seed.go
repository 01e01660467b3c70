package drawing

import (
	"encoding/base64"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// sealSeed seals a seed until the draw; no seed stays empty.
func (d *Drawings) sealSeed(id sqldb.ID, seed []byte) string {
	if len(seed) == 0 {
		return ""
	}
	return base64.StdEncoding.EncodeToString(d.seeds.Seal(seed, seedAt(id)))
}

func (d *Drawings) openSeed(id sqldb.ID, sealed string) ([]byte, error) {
	if sealed == "" {
		return nil, nil
	}
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errs.Wrap(err, "open the seed of drawing %d", id)
	}
	seed, err := d.seeds.Open(raw, seedAt(id))
	return seed, errs.Wrap(err, "open the seed of drawing %d", id)
}

// seedAt is what a sealed seed is bound to: in another drawing it does not open.
func seedAt(id sqldb.ID) []byte { return fmt.Appendf(nil, "drawing %d", id) }
