package httpapi

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"rsc.io/qr"

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
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return errs.InvalidField("text", "地址太长").Because(err)
	}
	c.Header("Cache-Control", "public, max-age=86400")
	c.Data(http.StatusOK, "image/svg+xml", []byte(drawQR(code)))
	return nil
}

// drawQR draws the modules as one path, with the quiet zone of four modules that
// ISO/IEC 18004 asks for.
func drawQR(code *qr.Code) string {
	const quiet = 4
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	side := code.Size + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<rect width="%d" height="%d" fill="#fff"/><path d="%s"/></svg>`, side, side, side, side, path.String())
}
