package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

// uploadWithin is how long a slow line may take to send a file.
const uploadWithin = 10 * time.Minute

// ErrBroken is the error of a file that did not arrive whole.
var ErrBroken = errs.New(errs.Invalid, "upload_broken", "文件没有传完，请重试")

// FileName reads what an uploaded file is called, without folders.
func FileName(c *gin.Context) (string, error) {
	name, err := Query(c, "name")
	if err != nil {
		return "", err
	}
	if name == "" {
		return "", Wrong("name", "缺少文件名")
	}
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	return name, Text("name", name, 200)
}

// File reads a file sent as the body, of at most maxBytes, and gives a slow line
// time to send it. A larger one is tooLarge, one that breaks off is broken.
func File(c *gin.Context, maxBytes int64, tooLarge, broken *errs.Error) ([]byte, error) {
	control := http.NewResponseController(c.Writer)            // a server that cannot move its deadlines keeps its own
	control.SetReadDeadline(time.Now().Add(uploadWithin))      //nolint:errcheck // as above
	control.SetWriteDeadline(time.Now().Add(2 * uploadWithin)) //nolint:errcheck // as above
	data, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBytes))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case err != nil:
		return nil, broken.Because(err)
	}
	return data, nil
}

// SendFile sends data to be kept under name.
func SendFile(c *gin.Context, name string, data []byte) {
	c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, fileType, data)
}
