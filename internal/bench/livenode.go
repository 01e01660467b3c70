package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"

	"anquanda/internal/app"
)

// node is `anquanda serve` as a process of its own.
type node struct {
	cmd     *exec.Cmd
	address string
	log     string
	ended   chan error
}

// startNode starts one on a free port, over the stores of a benchmark. What it logs goes
// to a file.
func startNode(program string, arguments []string, config app.Config, logPath string) (*node, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &node{address: listener.Addr().String(), log: logPath, ended: make(chan error, 1)}
	listener.Close()
	log, err := os.Create(logPath)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	arguments = append(append([]string{}, arguments...), "--listen", n.address, "--data", config.Data)
	if config.MySQL != "" {
		arguments = append(arguments, "--mysql", config.MySQL)
	}
	if config.Redis != "" {
		arguments = append(arguments, "--redis", config.Redis)
	}
	n.cmd = exec.Command(program, arguments...)
	n.cmd.Stdout, n.cmd.Stderr = log, log
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { n.ended <- n.cmd.Wait() }()
	return n, nil
}

func (n *node) pid() int { return n.cmd.Process.Pid }

// ready waits until the node answers.
func (n *node) ready(ctx context.Context) error {
	for until := time.Now().Add(time.Minute); time.Now().Before(until) && ctx.Err() == nil; {
		reply, err := http.Get("http://" + n.address + "/readyz")
		if err == nil {
			reply.Body.Close()
			if reply.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-n.ended:
			n.ended <- err
			return n.failed(err)
		case <-time.After(50 * time.Millisecond):
		}
	}
	return n.failed(ctx.Err())
}

func (n *node) failed(err error) error {
	text, _ := os.ReadFile(n.log)
	return fmt.Errorf("a node does not start: %w\n%s", err, text)
}

// stop ends the node as an operator does.
func (n *node) stop() error {
	n.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // it has ended by itself
	select {
	case err := <-n.ended:
		if err != nil {
			return n.failed(err)
		}
		return nil
	case <-time.After(20 * time.Second):
		n.cmd.Process.Kill() //nolint:errcheck // it has ended now
		<-n.ended
		return fmt.Errorf("a node did not end within 20 s")
	}
}
