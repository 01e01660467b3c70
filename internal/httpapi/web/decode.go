package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"anquanda/internal/errs"
)

// MaxBodyBytes bounds the body of a player's call.
const MaxBodyBytes = 8 << 10

var (
	errTooLarge  = errs.New(errs.TooLarge, "body_too_large", "提交的内容太长")
	errNotJSON   = errs.New(errs.Invalid, "invalid_json", "提交的内容不是有效的 JSON")
	errMediaType = errs.New(errs.Unsupported, "invalid_content_type", "请用 application/json 提交")
)

// Decode reads a JSON object of at most MaxBodyBytes into body, a pointer to a
// struct. A value of the wrong type is an invalid_field that names it, and so is
// null or a key given twice; unknown keys are passed over, so that an older
// server takes a newer page.
func Decode(c *gin.Context, body any) error { return DecodeUpTo(c, body, MaxBodyBytes) }

// DecodeUpTo is Decode for a body of at most maxBytes.
func DecodeUpTo(c *gin.Context, body any, maxBytes int64) error {
	if !isJSON(c.GetHeader("Content-Type")) {
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

func isJSON(contentType string) bool {
	if contentType == "application/json" {
		return true // what pages send, without the cost of parsing it
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && media == "application/json"
}

var errNull = errors.New("null, where a value is needed")

// bodyOptions read names whatever their case, as encoding/json does. Half a
// surrogate pair is a character that no text may hold, so the field that has it is
// named; other bytes that are no UTF-8 are refused before.
var (
	bodyOptions = json.JoinOptions(
		json.MatchCaseInsensitiveNames(true), jsonv1.MatchCaseSensitiveDelimiter(true), jsontext.AllowInvalidUTF8(true),
	)
	// guardedOptions look at each value first, which costs an answer's body as much
	// again as reading it.
	guardedOptions = json.JoinOptions(bodyOptions, json.WithUnmarshalers(json.UnmarshalFromFunc(refuseNull)))
)

// optionsFor are the plain ones for a body in which refuseNull would find nothing.
func optionsFor(raw []byte) json.Options {
	if bytes.HasPrefix(raw, []byte("{")) && !bytes.Contains(raw, []byte("null")) {
		return bodyOptions
	}
	return guardedOptions
}

// refuseNull lets a body be an object alone, and null stand only where a pointer
// takes it: elsewhere it would read like a value that is absent.
func refuseNull(in *jsontext.Decoder, into any) error {
	kind := in.PeekKind()
	switch {
	case in.StackDepth() == 0 && kind != '{':
		return errNotJSON
	case in.StackDepth() == 1 && kind == 'n' && reflect.TypeOf(into).Elem().Kind() != reflect.Pointer:
		return errNull
	}
	return json.SkipFunc // the value is read as usual
}

func decodeJSON(raw []byte, body any) error {
	if !utf8.Valid(raw) {
		return errNotJSON
	}
	err := json.Unmarshal(raw, body, optionsFor(raw))
	if err == nil {
		return nil
	}
	var wrong *json.SemanticError
	var broken *jsontext.SyntacticError
	field, message := "", "这一项的格式不对"
	switch {
	case errors.As(err, &broken):
		if errors.Is(err, jsontext.ErrDuplicateName) {
			field, message = fieldAt(reflect.TypeOf(body), broken.JSONPointer), "这一项重复了"
		}
	case errors.As(err, &wrong):
		field = fieldAt(reflect.TypeOf(body), wrong.JSONPointer)
		if errors.Is(err, errNull) {
			message = "这一项不能为空"
		}
	}
	if field == "" {
		return errNotJSON.Because(err)
	}
	return errs.InvalidField(field, message).Because(err)
}

// fieldAt names the field that a place of a body is read into, as the body's type
// spells it and without the number of an item: "sources.name". It is empty for a
// place that the type does not know.
func fieldAt(body reflect.Type, at jsontext.Pointer) string {
	var names []string
	for key := range at.Tokens() {
		for body.Kind() == reflect.Pointer {
			body = body.Elem()
		}
		switch body.Kind() {
		case reflect.Slice:
			body = body.Elem()
			continue
		case reflect.Struct:
		default: // the keys of a map are no fields
			return strings.Join(names, ".")
		}
		name, of := fieldNamed(body, key)
		if of == nil {
			break
		}
		names, body = append(names, name), of
	}
	return strings.Join(names, ".")
}

func fieldNamed(body reflect.Type, key string) (name string, of reflect.Type) {
	for _, field := range reflect.VisibleFields(body) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && strings.EqualFold(name, key) {
			return name, field.Type
		}
	}
	return "", nil
}
