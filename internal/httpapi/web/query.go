package web

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
)

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
