package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

// MaxBodyBytes bounds the body of a player's call.
const MaxBodyBytes = 8 << 10

var (
	errTooLarge  = errs.New(errs.TooLarge, "body_too_large", "提交的内容太长")
	errNotJSON   = errs.New(errs.Invalid, "invalid_json", "提交的内容不是有效的 JSON")
	errMediaType = errs.New(errs.Invalid, "invalid_content_type", "请用 application/json 提交")
)

// Decode reads a JSON object of at most MaxBodyBytes into body. A value of the
// wrong type is an invalid_field that names it; unknown keys are passed over, so
// that an older server takes a newer page.
func Decode(c *gin.Context, body any) error {
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != "application/json" {
		return errMediaType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, MaxBodyBytes))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return errTooLarge
		}
		return errNotJSON.Because(err)
	}
	return decodeJSON(raw, body)
}

func decodeJSON(raw []byte, body any) error {
	if !utf8.Valid(raw) {
		return errNotJSON
	}
	err := json.Unmarshal(raw, body)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return errs.InvalidField(wrongType.Field, "这一项的格式不对").Because(err)
	case err != nil:
		return errNotJSON.Because(err)
	}
	return nil
}

// Text checks a text from outside: at most maxBytes and no control characters.
func Text(field, text string, maxBytes int) error {
	if len(text) > maxBytes {
		return errs.InvalidField(field, "内容太长")
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return errs.InvalidField(field, "内容里有不能使用的字符")
	}
	return nil
}
