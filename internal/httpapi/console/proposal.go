package console

import (
	"context"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// EndProposal lets end agree to, or withdraw, the proposal that the path names in its contest.
func EndProposal(
	c *gin.Context, contests *catalog.Catalog,
	end func(ctx context.Context, by staff.Actor, in *catalog.Contest, proposal sqldb.ID) error,
) error {
	in, err := web.Contest(c, contests)
	if err != nil {
		return err
	}
	id, err := web.ID(c, "proposal", staff.ErrProposal)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := end(c.Request.Context(), Actor(c), in, id); err != nil {
		return err
	}
	return web.NoContent(c)
}
