// Package player holds the calls of the phone page, one file a screen.
package player

import (
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// API serves players.
type API struct {
	Catalog  *catalog.Catalog
	Players  *identity.Players
	Sessions *identity.Sessions
	Play     *play.Service
	Boards   *board.Service
	Now      func() time.Time
}

func (a *API) millis() int64 { return a.Now().UnixMilli() }

// contest is the contest that the address names.
func (a *API) contest(c *gin.Context) (*catalog.Contest, error) {
	return a.Catalog.Current(c.Param("contest"))
}

// number reads an optional whole number of the query, from least to most.
func number(c *gin.Context, name string, absent, least, most int64) (int64, error) {
	text := c.Query(name)
	if text == "" {
		return absent, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, errs.InvalidField(name, "应为 "+strconv.FormatInt(least, 10)+" 到 "+strconv.FormatInt(most, 10)+" 的整数")
	}
	return n, nil
}

// unitID reads the id of a unit of the contest; empty is none.
func unitID(c *catalog.Contest, field, text string) (sqldb.ID, error) {
	if text == "" {
		return 0, nil
	}
	id, ok := sqldb.ParseID(text)
	if ok {
		_, ok = c.Units.Get(id)
	}
	if !ok {
		return 0, errs.InvalidField(field, "没有这个单位，请重新选择")
	}
	return id, nil
}
