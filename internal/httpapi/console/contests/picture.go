package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
)

// maxPicture bounds a prize's picture, in bytes: the console makes it smaller before it
// sends it, and phones load several on the first page.
const maxPicture = 200 << 10

var errPictureTooLarge = errs.New(errs.TooLarge, "picture_too_large", "图片超过 200 KB，请缩小以后再传")

// KeepPicture stores a picture sent as the body, and tells the name by which a
// definition shows it. The same picture again has the same name.
func (a *API) KeepPicture(c *gin.Context) error {
	name, err := web.FileName(c)
	if err != nil {
		return err
	}
	data, err := web.File(c, maxPicture, errPictureTooLarge, web.ErrBroken)
	if err != nil {
		return err
	}
	stored, err := a.Banks.KeepPicture(c.Request.Context(), name, data)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"name": stored})
}
