// Package banks is the console's screens of question banks: versions, search,
// correction, what players report, drafts and files.
package banks

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// API serves who looks after banks.
type API struct {
	Banks   *bank.Store
	Catalog *catalog.Catalog // what the contests of corrected results are called
	Play    *play.Service    // the results that a correction changes
	IDs     *sqldb.IDs
	Staff   *staff.Service // whose audit log tells who read answers
	Now     func() time.Time

	readers readers

	// recent is the bank that was looked at last: paging through 50,000 questions
	// reads them once. A version never changes, so it cannot be out of date.
	recent atomic.Pointer[bank.Bank]
}

type bankReply struct {
	Name      string `json:"name"`
	Title     string `json:"title"`
	Version   int    `json:"version"`
	Questions int    `json:"questions"`
	Note      string `json:"note"`
	CreatedAt int64  `json:"created_at"`
}

// List lists the banks.
func (a *API) List(c *gin.Context) error {
	infos, err := a.Banks.List(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]bankReply, len(infos))
	for i, info := range infos {
		reply[i] = bankReply{Name: info.Name, Title: info.Title, Version: info.Version, Questions: info.Questions,
			Note: info.Note, CreatedAt: info.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"banks": reply})
}

// present is the newest version of the bank that the address names.
func (a *API) present(c *gin.Context) (*bank.Bank, error) {
	name := c.Param("bank")
	version, err := a.Banks.Current(c.Request.Context(), name)
	if err != nil {
		return nil, err
	}
	if recent := a.recent.Load(); recent != nil && recent.Name == name && recent.Version == version {
		return recent, nil
	}
	b, err := a.Banks.Load(c.Request.Context(), name, version)
	if err == nil {
		a.recent.Store(b)
	}
	return b, err
}

// Bank tells of a bank: its versions, and how many questions it has by topic,
// kind and difficulty.
func (a *API) Bank(c *gin.Context) error {
	present, err := a.present(c)
	if err != nil {
		return err
	}
	infos, err := a.Banks.Versions(c.Request.Context(), present.Name)
	if err != nil {
		return err
	}
	title, err := a.Banks.Title(c.Request.Context(), present.Name)
	if err != nil {
		return err
	}
	versions := make([]bankReply, len(infos))
	for i, info := range infos {
		versions[i] = bankReply{Name: present.Name, Title: title, Version: info.Version, Questions: info.Questions,
			Note: info.Note, CreatedAt: info.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"name": present.Name, "title": title, "version": present.Version,
		"questions": len(present.Questions), "versions": versions,
		"coverage": coverageOf(present), "kinds": kindNames(),
		"no_audience": withoutAudience(present)})
}

// withoutAudience counts the questions that name none: no level for an audience can draw
// them.
func withoutAudience(b *bank.Bank) (n int) {
	for i := range b.Questions {
		if len(b.Questions[i].Audience) == 0 {
			n++
		}
	}
	return n
}

func kindNames() []gin.H {
	names := []gin.H{}
	for _, kind := range question.Kinds() {
		names = append(names, gin.H{"kind": kind, "name": kind.Name()})
	}
	return names
}
