package console

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
)

const scopeKey = "staff_scope"

// errElsewhere answers who asks for a contest that the account is not for.
var errElsewhere = errs.New(errs.Forbidden, "not_permitted", "您的账号只能用于指定的活动")

// OwnerOf finds the contest of what a call's address names.
type OwnerOf func(ctx context.Context, value string) (contestID sqldb.ID, err error)

// ByID is OwnerOf of what is named by an id.
func ByID(of func(ctx context.Context, id sqldb.ID) (sqldb.ID, error)) OwnerOf {
	return func(ctx context.Context, value string) (sqldb.ID, error) {
		id, ok := sqldb.ParseID(value)
		if !ok {
			return 0, errElsewhere
		}
		return of(ctx, id)
	}
}

// Scoped keeps accounts that are for one contest to the calls of that contest: those
// under :contest, those of something that belongs to it (owners, by the name of the
// parameter), and the few of anybody who is signed in (general).
type Scoped struct {
	Sessions *Sessions
	Catalog  *catalog.Catalog
	Owners   map[string]OwnerOf
	General  map[string]bool // "GET /session"
}

// Within lets through what the scope of the account allows; route is method and path.
// Errors: staff.ErrScopeOver, not_permitted.
func (s *Scoped) Within(route string) gin.HandlerFunc {
	return web.Handle(func(c *gin.Context) error {
		scope, err := s.Sessions.Staff.ScopeOf(c.Request.Context(), Member(c).ID)
		if err != nil {
			return err
		}
		c.Set(scopeKey, scope.ContestID)
		if scope.ContestID == 0 || s.General[route] {
			return nil
		}
		of, err := s.contestOf(c)
		if err != nil || of == nil || of.ContestID != scope.ContestID && of.RehearsalOf != scope.ContestID {
			return errElsewhere
		}
		return nil
	})
}

// contestOf is the contest that a call is about; nil for none.
func (s *Scoped) contestOf(c *gin.Context) (*catalog.Contest, error) {
	if slug := c.Param("contest"); slug != "" {
		return s.Catalog.Current(slug)
	}
	for _, parameter := range c.Params {
		owner := s.Owners[parameter.Key]
		if owner == nil {
			continue
		}
		contestID, err := owner(c.Request.Context(), parameter.Value)
		if err != nil {
			return nil, err
		}
		return s.Catalog.Of(contestID)
	}
	return nil, nil
}

// ScopeOf is the contest that the account of a request is for; 0: all.
func ScopeOf(c *gin.Context) sqldb.ID {
	id, _ := c.Get(scopeKey)
	contestID, _ := id.(sqldb.ID)
	return contestID
}
