package main_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

const deploy = "../../scripts/deploy/"

// found is the path of a program that may not be installed.
func found(t *testing.T, program string) string {
	t.Helper()
	for _, name := range []string{program, "/usr/sbin/" + program} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("ANQUANDA_TEST_REQUIRE") != "" && program == "nginx" {
		t.Fatal("nginx is missing: scripts/install-for-tests")
	}
	t.Skipf("%s is not installed", program)
	return ""
}

func TestNginxTakesTheExample(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a program")
	}
	nginx, folder := found(t, "nginx"), t.TempDir()
	example, err := os.ReadFile(deploy + "nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	certificate(t, folder)
	server := strings.ReplaceAll(string(example), "/etc/nginx/", folder+"/")
	whole := "pid " + folder + "/pid; error_log stderr; events {} http { access_log off;\n" + server + "\n}"
	path := filepath.Join(folder, "nginx.conf")
	if err := os.WriteFile(path, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(nginx, "-t", "-p", folder, "-c", path).CombinedOutput(); err != nil {
		t.Errorf("nginx -t: %v\n%s", err, out)
	}
}

// certificate puts quiz.pem and quiz.key into a folder.
func certificate(t *testing.T, folder string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	public, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		"quiz.pem": {Type: "CERTIFICATE", Bytes: public}, "quiz.key": {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSystemdTakesTheUnit(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a program")
	}
	analyze, folder := found(t, "systemd-analyze"), t.TempDir()
	unit, err := os.ReadFile(deploy + "anquanda.service")
	if err != nil {
		t.Fatal(err)
	}
	// It looks whether the program is there.
	text := strings.Replace(string(unit), "=/usr/local/bin/anquanda", "=/bin/true", 1)
	path := filepath.Join(folder, "anquanda.service")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput()
	if err != nil || strings.Contains(string(out), "anquanda.service:") {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// The test is systemd: it listens on the socket of the environment.
func TestSystemdIsToldOfReadinessLifeAndTheEnd(t *testing.T) {
	binary, folder := testkit.Binary(t), t.TempDir()
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(folder, "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	program := exec.Command(binary, "serve", "--listen", "127.0.0.1:0", "--data", filepath.Join(folder, "var"))
	program.Env = append(os.Environ(), "NOTIFY_SOCKET="+socket.LocalAddr().String(), "WATCHDOG_USEC=400000")
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Process.Kill()
	told := make([]byte, 100)
	for _, want := range []string{"READY=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"} {
		if want == "STOPPING=1" {
			program.Process.Signal(os.Interrupt)
		}
		for said := ""; said != want; {
			socket.SetReadDeadline(time.Now().Add(testkit.Patience))
			n, err := socket.Read(told)
			if err != nil {
				t.Fatalf("waiting for %s: %v", want, err)
			}
			if said = string(told[:n]); said != want && said != "WATCHDOG=1" {
				t.Errorf("told %s, want %s", said, want)
			}
		}
	}
	if err := program.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

func TestHealthTellsByItsExitCode(t *testing.T) {
	program := testkit.StartProgram(t, "--data", t.TempDir())
	listening := "ANQUANDA_LISTEN=" + program.Addr
	if got := anquanda(t, []string{listening}, "health"); got.code != 0 || !strings.Contains(got.stdout, `"sql":"ok"`) {
		t.Errorf("while it serves: %+v", got)
	}
	program.Kill()
	got := anquanda(t, []string{listening}, "health", "--alive")
	if got.code != 1 || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("when it is gone: %+v", got)
	}
}

func TestVersionTellsWhatItIs(t *testing.T) {
	got := anquanda(t, nil, "version")
	for _, want := range []string{"anquanda development", "commit", "go1.", "schema", "MariaDB"} {
		if got.code != 0 || !strings.Contains(got.stdout, want) {
			t.Errorf("it does not tell %q: %+v", want, got)
		}
	}
}
