package testkit

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// process is a running server.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed when it has ended and was waited for
}

// startProcess starts program with its output appended to logPath. The process
// is killed when the test binary ends, even if that is killed itself.
func startProcess(program string, args []string, logPath string) (*process, error) {
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &process{cmd: exec.Command(program, args...), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = endWithParent()
	started := make(chan error)
	go func() {
		// Linux sends the death signal when the thread that forked ends, so
		// that thread is kept for as long as the process runs.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.cmd.Wait()
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// kill ends the process as kill -9 does and waits until it is gone.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// findProgram looks where Debian puts servers too: /usr/sbin is not on every
// person's PATH.
func findProgram(name string) (string, error) {
	for _, candidate := range []string{name, "/usr/sbin/" + name, "/usr/local/sbin/" + name} {
		if found, err := exec.LookPath(candidate); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("%s is not installed", name)
}

// binaryFolder is a folder that lives as long as the test binary: it holds what
// its tests share.
type binaryFolder struct {
	path string
	// alive is the pipe to the shell that removes the folder. Nothing is ever
	// written to it; the system closes it when the binary ends in whatever way.
	alive io.WriteCloser
}

var processFolder = sync.OnceValues(func() (f binaryFolder, err error) {
	if f.path, err = os.MkdirTemp("", "anquanda-test-"); err != nil {
		return f, err
	}
	// Twice: a server that is just being killed may still make a file.
	remover := exec.Command("sh", "-c", `cat >/dev/null; rm -rf "$1"; sleep 0.3; rm -rf "$1"`, "sh", f.path)
	remover.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a ctrl-C is not for it
	if f.alive, err = remover.StdinPipe(); err == nil {
		err = remover.Start()
	}
	if err != nil {
		return f, errors.Join(err, os.RemoveAll(f.path))
	}
	return f, nil
})
