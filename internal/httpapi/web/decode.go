package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
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
	errQuery     = errs.New(errs.Invalid, "invalid_query", "地址中的参数无法识别")
	errMediaType = errs.New(errs.Unsupported, "invalid_content_type", "请用 application/json 提交")
)

// Decode reads a JSON object of at most MaxBodyBytes into body, a pointer to a
// struct. A value of the wrong type is an invalid_field that names it, and so is
// null or a key given twice; unknown keys are passed over, so that an older
// server takes a newer page.
func Decode(c *gin.Context, body any) error { return DecodeUpTo(c, body, MaxBodyBytes) }

// DecodeUpTo is Decode for a body of at most maxBytes.
func DecodeUpTo(c *gin.Context, body any, maxBytes int64) error {
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != "application/json" {
		return errMediaType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBytes))
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
	if !utf8.Valid(raw) || !bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n"), []byte("{")) {
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
	return checkMembers(raw, reflect.TypeOf(body).Elem())
}

// checkMembers goes through the members of a valid JSON object and refuses what
// encoding/json lets pass: null where the field is no pointer, which reads like
// an absent value, and a name given twice, of which the last would win.
func checkMembers(raw []byte, body reflect.Type) error {
	fields := fieldsOf(body)
	var seen uint64 // by index of the field
	var name []byte // as written; nil where one is expected
	depth := 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			end := stringEnd(raw, i)
			if depth == 1 && name == nil {
				name = raw[i:end]
			}
			i = end - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 1 {
				name = nil
			}
		case ':':
			if depth != 1 {
				continue
			}
			at := findField(fields, name)
			switch {
			case at < 0:
			case seen&(1<<at) != 0:
				return errs.InvalidField(fields[at].name, "这一项重复了")
			case !fields[at].nullable && isNull(raw[i+1:]):
				return errs.InvalidField(fields[at].name, "这一项不能为空")
			default:
				seen |= 1 << at
			}
		}
	}
	return nil
}

// stringEnd is the index behind the string that begins at i of valid JSON.
func stringEnd(raw []byte, i int) int {
	for i++; raw[i] != '"'; i++ {
		if raw[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// isNull reports whether the value that begins after white space is null.
func isNull(raw []byte) bool {
	for raw[0] == ' ' || raw[0] == '\t' || raw[0] == '\r' || raw[0] == '\n' {
		raw = raw[1:]
	}
	return raw[0] == 'n'
}

// field is one field of a body, by its name in JSON.
type field struct {
	name     string
	nullable bool
}

// bodies remembers the fields of each type of body.
var bodies sync.Map // reflect.Type to []field

func fieldsOf(body reflect.Type) []field {
	if known, ok := bodies.Load(body); ok {
		return known.([]field)
	}
	fields := []field{}
	for i := range body.NumField() {
		if name, _, _ := strings.Cut(body.Field(i).Tag.Get("json"), ","); name != "" {
			fields = append(fields, field{name, body.Field(i).Type.Kind() == reflect.Pointer})
		}
	}
	bodies.Store(body, fields)
	return fields
}

// findField finds the field that encoding/json reads a member into, whatever its
// case; -1 for none. name is as written, with its quotes.
func findField(fields []field, name []byte) int {
	for i := range fields {
		if string(name[1:len(name)-1]) == fields[i].name {
			return i
		}
	}
	plain := string(name[1 : len(name)-1])
	if strings.IndexByte(plain, '\\') >= 0 {
		json.Unmarshal(name, &plain) //nolint:errcheck // it was valid before
	}
	return slices.IndexFunc(fields, func(f field) bool { return strings.EqualFold(f.name, plain) })
}

// Query reads one parameter of the address; empty when it is absent. Given twice
// it is an invalid_field.
func Query(c *gin.Context, name string) (string, error) {
	values, err := url.ParseQuery(c.Request.URL.RawQuery)
	switch {
	case err != nil:
		return "", errQuery.Because(err)
	case len(values[name]) > 1:
		return "", errs.InvalidField(name, "这一项重复了")
	}
	return values.Get(name), nil
}

// Text checks a text from outside: UTF-8, at most maxBytes and no control
// characters.
func Text(field, text string, maxBytes int) error {
	if len(text) > maxBytes {
		return errs.InvalidField(field, "内容太长")
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return errs.InvalidField(field, "内容里有不能使用的字符")
	}
	return nil
}
