package web

import (
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
)

// Contest is the contest that the address names; a rehearsal whose pass is asked for and not
// held is none. Errors: contest_unknown.
func Contest(c *gin.Context, contests *catalog.Catalog) (*catalog.Contest, error) {
	in, err := contests.Current(c.Param("contest"))
	if err == nil && !Admitted(c, in) {
		return nil, catalog.ErrUnknown
	}
	return in, err
}

// ContestOf is the contest of an id that the address leads to, as Contest is. Errors:
// contest_unknown.
func ContestOf(c *gin.Context, contests *catalog.Catalog, id sqldb.ID) (*catalog.Contest, error) {
	in, err := contests.Of(id)
	if err == nil && !Admitted(c, in) {
		return nil, catalog.ErrUnknown
	}
	return in, err
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
