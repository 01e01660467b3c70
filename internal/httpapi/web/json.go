package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/static"
)

// compressFrom is the size, in bytes, from which a reply is compressed: pages and
// boards are, single answers fit one packet anyhow.
const compressFrom = 1400

var compressors = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// buffers hold replies while they are encoded and written.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// JSON writes body with status; nothing on the way may keep it.
func JSON(c *gin.Context, status int, body any) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := json.NewEncoder(buffer).Encode(body); err != nil {
		return errs.Wrap(err, "encode the reply")
	}
	encoded := bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
	c.Header("Cache-Control", "no-store")
	if len(encoded) >= compressFrom {
		c.Header("Vary", "Accept-Encoding")
		if static.AcceptsGzip(c.GetHeader("Accept-Encoding")) {
			c.Header("Content-Encoding", "gzip")
			encoded = compress(encoded)
		}
	}
	c.Data(status, "application/json; charset=utf-8", encoded)
	return nil
}

// NoContent answers that it is done; there is nothing to tell.
func NoContent(c *gin.Context) error {
	c.Status(http.StatusNoContent)
	return nil
}

func compress(plain []byte) []byte {
	var out bytes.Buffer
	writer := compressors.Get().(*gzip.Writer)
	defer compressors.Put(writer)
	writer.Reset(&out)
	writer.Write(plain) //nolint:errcheck // a buffer takes everything
	writer.Close()      //nolint:errcheck
	return out.Bytes()
}
