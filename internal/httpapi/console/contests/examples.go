package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
)

// Example is a definition that ships with the program, to begin from.
type Example struct {
	Name string
	Text []byte
}

type exampleReply struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Levels   int    `json:"levels"`
	Boards   int    `json:"boards"`
	Pools    int    `json:"pools"`
	Drawings int    `json:"drawings"`
	Earnings int    `json:"earnings"`
	Text     string `json:"text"`
}

// ListExamples lists the definitions that ship with the program.
func (a *API) ListExamples(c *gin.Context) error {
	reply := make([]exampleReply, 0, len(a.Examples))
	for _, e := range a.Examples {
		d, err := contest.Parse(e.Name, e.Text)
		if err != nil {
			return err
		}
		reply = append(reply, exampleReply{
			Name: e.Name, Title: d.Title, Levels: len(d.Levels), Boards: len(d.Boards), Pools: len(d.Pools),
			Drawings: len(d.Drawings), Earnings: len(d.Earnings), Text: string(e.Text),
		})
	}
	return web.JSON(c, http.StatusOK, gin.H{"examples": reply})
}
