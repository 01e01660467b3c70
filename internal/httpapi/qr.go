package httpapi

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
)

// qrCode draws the QR code of an address on this server as SVG. Other texts are refused, so that nobody borrows our name for their codes.
func (s *Server) qrCode(c *gin.Context) error {
	text, err := web.Query(c, "text")
	if err != nil {
		return err
	}
	if len(text) > 300 || !web.OwnAddress(c, text) {
		return errs.InvalidField("text", "只能生成本站地址的二维码")
	}
	drawn, err := web.DrawQR(text)
	if err != nil {
		return errs.InvalidField("text", "地址太长").Because(err)
	}
	c.Header("Cache-Control", "public, max-age=86400")
	c.Data(http.StatusOK, "image/svg+xml", []byte(drawn))
	return nil
}
