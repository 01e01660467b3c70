package web

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
)

// Contest is the contest that the address names. Errors: contest_unknown.
func Contest(c *gin.Context, contests *catalog.Catalog) (*catalog.Contest, error) {
	return contests.Current(c.Param("contest"))
}

// ID reads the id that the address holds under name; unknown is the error for
// what is no id.
func ID(c *gin.Context, name string, unknown error) (sqldb.ID, error) {
	id, ok := sqldb.ParseID(c.Param(name))
	if !ok {
		return 0, unknown
	}
	return id, nil
}
