package console

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/staff"
)

// FileTwice is a call whose body is a file and that comes twice: first without a
// fingerprint, to be told what the file would change, then with apply= and the
// fingerprint that was told, to have that written. Most is in bytes.
type FileTwice[Found any] struct {
	Most  int64
	Large *errs.Error // what a larger file is answered with
	Check func(ctx context.Context, in *catalog.Contest, data []byte) (Found, error)
	Apply func(ctx context.Context, by staff.Actor, in *catalog.Contest, data []byte, fingerprint string) (Found, error)
}

// Take reads the call and does what it asks for. Errors: contest_unknown, those of
// web.File, of Check and of Apply.
func (f FileTwice[Found]) Take(c *gin.Context, of *catalog.Catalog) (found Found, applied bool, err error) {
	in, err := web.Contest(c, of)
	if err != nil {
		return found, false, err
	}
	apply, err := web.Query(c, "apply")
	if err != nil {
		return found, false, err
	}
	data, err := web.File(c, f.Most, f.Large, web.ErrBroken)
	if err != nil {
		return found, false, err
	}
	if apply == "" {
		found, err = f.Check(c.Request.Context(), in, data)
		return found, false, err
	}
	found, err = f.Apply(c.Request.Context(), Actor(c), in, data, apply)
	return found, true, err
}
