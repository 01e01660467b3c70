package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

var errQuery = errs.New(errs.Invalid, "invalid_query", "地址中的参数无法识别")

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

// Number reads an optional whole number of the query, from least to most.
func Number(c *gin.Context, name string, absent, least, most int64) (int64, error) {
	text, err := Query(c, name)
	if err != nil || text == "" {
		return absent, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most || strconv.FormatInt(n, 10) != text {
		return 0, Wrong(name, "应为 "+strconv.FormatInt(least, 10)+" 到 "+strconv.FormatInt(most, 10)+" 的整数")
	}
	return n, nil
}

// Wrong is the error for one wrong field of a request.
func Wrong(field, message string) error { return errs.InvalidField(field, message) }

// NotNil makes an absent list an empty one, which pages need not tell apart.
func NotNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
