package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"anquanda/internal/errs"
	"anquanda/static"
)

// compressFrom is the size, in bytes, from which a reply is compressed: pages and
// boards are, single answers fit one packet anyhow.
const compressFrom = 1400

// maxReply bounds a reply, in bytes before it is compressed: far above the largest page of
// the console. A handler that would say more is stopped while it writes, and not when the
// memory is gone.
const maxReply = 16 << 20

// keptBuffer is the largest buffer that is kept for the next reply.
const keptBuffer = 1 << 20

var errReplyTooLarge = errors.New("the reply is too large")

// reply is a buffer that takes maxReply bytes.
type reply struct{ bytes.Buffer }

func (r *reply) Write(p []byte) (int, error) {
	if r.Len()+len(p) > maxReply {
		return 0, errReplyTooLarge
	}
	return r.Buffer.Write(p)
}

var compressors = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// buffers hold replies while they are encoded and written.
var buffers = sync.Pool{New: func() any { return new(reply) }}

// JSON writes body with status; nothing on the way may keep it.
func JSON(c *gin.Context, status int, body any) error {
	buffer := buffers.Get().(*reply)
	defer func() {
		if buffer.Cap() <= keptBuffer {
			buffers.Put(buffer)
		}
	}()
	buffer.Reset()
	// It writes as it goes, where encoding/json would make all of it first.
	if err := json.MarshalWrite(buffer, body, jsonv1.DefaultOptionsV1()); err != nil {
		return errs.Wrap(err, "encode the reply")
	}
	encoded := buffer.Bytes()
	c.Header("Cache-Control", "no-store")
	if len(encoded) >= compressFrom {
		c.Header("Vary", "Accept-Encoding")
		if static.AcceptsGzip(c.GetHeader("Accept-Encoding")) {
			c.Header("Content-Encoding", "gzip")
			encoded = Compress(encoded)
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

// Compress makes text smaller, as gzip.
func Compress(plain []byte) []byte {
	var out bytes.Buffer
	writer := compressors.Get().(*gzip.Writer)
	defer compressors.Put(writer)
	writer.Reset(&out)
	writer.Write(plain) //nolint:errcheck // a buffer takes everything
	writer.Close()      //nolint:errcheck
	return out.Bytes()
}
