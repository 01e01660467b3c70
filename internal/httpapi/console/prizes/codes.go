package prizes

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize"
)

var (
	errCodesLarge  = errs.New(errs.TooLarge, "codes_file_too_large", "文件超过 20 MB，请分成几个文件")
	errCodesBroken = errs.New(errs.Invalid, "codes_broken", "文件没有传完，请重试")
)

// ImportCodes takes a file of voucher codes as the body. Only how many there were
// comes back: codes are for their winners.
func (a *API) ImportCodes(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	data, err := web.File(c, prize.MaxCodesFile, errCodesLarge, errCodesBroken)
	if err != nil {
		return err
	}
	codes, err := prize.ReadCodes(data)
	if err != nil {
		return err
	}
	done, err := a.Prizes.ImportCodes(c.Request.Context(), console.Actor(c), in, c.Param("prize"), codes)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"added": done.Added, "known": done.Known, "total": done.Total})
}
