package web

import (
	"compress/gzip"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/static"
)

var errEncoding = errs.New(errs.Unacceptable, "encoding_refused", "浏览器不接受未压缩和 gzip 的内容")

// Encoded sends nobody an encoding that was refused: who takes no plain body gets every one as gzip,
// and who takes neither gets a problem.
func Encoded() gin.HandlerFunc {
	return func(c *gin.Context) {
		takes := c.GetHeader("Accept-Encoding")
		if static.AcceptsPlain(takes) {
			return
		}
		if !static.AcceptsGzip(takes) {
			Fail(c, errEncoding)
			return
		}
		packed := &packedWriter{ResponseWriter: c.Writer}
		c.Writer = packed
		defer packed.end()
		c.Next()
	}
}

// packedWriter compresses what its handler did not compress itself.
type packedWriter struct {
	gin.ResponseWriter
	pack *gzip.Writer
}

// Write compresses a part of the body.
func (w *packedWriter) Write(part []byte) (int, error) {
	if w.pack == nil {
		header := w.Header()
		if header.Get("Content-Encoding") != "" {
			return w.ResponseWriter.Write(part)
		}
		header.Set("Content-Encoding", "gzip")
		header.Add("Vary", "Accept-Encoding")
		header.Del("Content-Length")
		w.pack = gzip.NewWriter(w.ResponseWriter)
	}
	return w.pack.Write(part)
}

// WriteString is Write.
func (w *packedWriter) WriteString(part string) (int, error) { return w.Write([]byte(part)) }

func (w *packedWriter) end() {
	if w.pack != nil {
		w.pack.Close() //nolint:errcheck // the phone has gone
	}
}
