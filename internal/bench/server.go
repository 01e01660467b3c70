package bench

import (
	"context"
	"errors"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/app"
)

// onProgram runs the program on the scratch stores while use runs.
func (s *scratch) onProgram(ctx context.Context, commitEach bool, use func(a *app.App, address string) error) error {
	config := s.Config
	config.CommitEach, config.AtOnce = commitEach, true
	a, err := app.New(ctx, config)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(err, a.Close())
	}
	serving, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- a.Serve(serving, listener) }()
	err = use(a, listener.Addr().String())
	stop()
	return errors.Join(err, <-served, a.Close())
}

// onHandler serves a handler as the program serves its own, while use runs.
func onHandler(ctx context.Context, handler http.Handler, use func(address string) error) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := app.HTTPServer(handler)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	err = use(listener.Addr().String())
	server.Close()
	if failed := <-served; !errors.Is(failed, http.ErrServerClosed) {
		err = errors.Join(err, failed)
	}
	return err
}

// noOp is a bare Gin with the address of an answer: no middleware, and a handler
// that reads nothing and replies two bytes.
func noOp() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	reply := []byte("{}")
	engine.POST("/api/v1/attempts/:ticket/responses", func(c *gin.Context) {
		c.Data(http.StatusOK, "application/json; charset=utf-8", reply)
	})
	return engine
}
