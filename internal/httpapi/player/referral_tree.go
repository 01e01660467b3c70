package player

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
)

type treeLevelReply struct {
	Level int  `json:"level"`
	Count int  `json:"count"`
	More  bool `json:"more"`
}

type branchReply struct {
	Name      string `json:"name"`
	By        string `json:"by"`
	Brought   int    `json:"brought"`
	ReachedAt int64  `json:"reached_at"`
}

// Tree shows whom the player brought, and whom they brought, under masked names.
func (a *API) Tree(c *gin.Context) error {
	_, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	level, err := web.Number(c, "level", 1, 1, 5)
	if err != nil {
		return err
	}
	from, size, err := pageQuery(c, 20, 50)
	if err != nil {
		return err
	}
	tree, err := a.Referrals.Tree(c.Request.Context(), in, web.Player(c), int(level), int(from), int(size))
	if err != nil {
		return err
	}
	levels, branches := make([]treeLevelReply, len(tree.Levels)), make([]branchReply, len(tree.Branches))
	for i, l := range tree.Levels {
		levels[i] = treeLevelReply{l.Number, l.Count, l.More}
	}
	for i, b := range tree.Branches {
		branches[i] = branchReply{Name: b.Nickname, By: b.By, Brought: b.Brought, ReachedAt: b.ReachedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"levels": levels, "players": branches})
}

// pageQuery reads from and size of a page of a list.
func pageQuery(c *gin.Context, absent, most int64) (from, size int64, err error) {
	if from, err = web.Number(c, "from", 1, 1, 1_000_000_000); err != nil {
		return 0, 0, err
	}
	size, err = web.Number(c, "size", absent, 1, most)
	return from, size, err
}

type inviterReply struct {
	Rank    int64  `json:"rank"`
	Name    string `json:"name"`
	Invited int64  `json:"invited"`
	Me      bool   `json:"me"`
}

// ShareBoard ranks players by how many they brought.
func (a *API) ShareBoard(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	from, size, err := pageQuery(c, 50, referral.MaxPage)
	if err != nil {
		return err
	}
	me := web.Player(c)
	page, err := a.Referrals.Board(c.Request.Context(), in, from, size, me)
	if err != nil {
		return err
	}
	entries := make([]inviterReply, len(page.Entries))
	for i := range page.Entries {
		entries[i] = inviterOf(&page.Entries[i], me)
	}
	var mine *inviterReply
	if page.Me != nil {
		reply := inviterOf(page.Me, me)
		mine = &reply
	}
	return web.JSON(c, http.StatusOK, gin.H{"total": page.Total, "entries": entries, "me": mine})
}

func inviterOf(p *referral.Place, me sqldb.ID) inviterReply {
	return inviterReply{Rank: p.Rank, Name: p.Nickname, Invited: p.Invited, Me: p.PlayerID == me}
}
