package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// renewed is how old the system may be: its suite moves on.
const renewed = 28 * 24 * time.Hour

// debian is a Debian in a folder, whose programs run by its own loader and libraries: no
// chroot, no root, and their files lie where tests put them.
type debian struct{ folder string }

func (d debian) command(program string) []string {
	library := filepath.Join(d.folder, "usr/lib/x86_64-linux-gnu")
	return []string{filepath.Join(library, "ld-linux-x86-64.so.2"), "--library-path", library,
		filepath.Join(d.folder, program)}
}

// unstable is Debian's unstable suite with a MySQL and a Valkey, made by debootstrap (as
// root, 600 MB, some minutes) in the cache of this user and kept there.
func unstable(ctx context.Context) (debian, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return debian{}, err
	}
	d := debian{filepath.Join(cache, "anquanda", "sid")}
	if info, err := os.Stat(d.folder); err == nil && time.Since(info.ModTime()) < renewed {
		return d, nil
	}
	mirror, err := debianMirror(ctx)
	if err != nil {
		return debian{}, err
	}
	fmt.Printf("debootstrap of sid into %s\n", d.folder)
	making := d.folder + ".new"
	if err := errors.Join(os.RemoveAll(making), os.MkdirAll(filepath.Dir(making), 0o700)); err != nil {
		return debian{}, err
	}
	make := exec.CommandContext(ctx, "debootstrap", "--variant=minbase",
		"--include=mysql-server-core,valkey-server", "sid", making, mirror)
	if out, err := make.CombinedOutput(); err != nil {
		return debian{}, fmt.Errorf("debootstrap of sid (it needs root and scripts/install-for-tests -engines): %w\n%s",
			err, last(out, 2000))
	}
	now := time.Now() // debootstrap leaves the folder with a date of its own
	return d, errors.Join(os.RemoveAll(d.folder), os.Rename(making, d.folder), os.Chtimes(d.folder, now, now))
}

// debianMirror is where this machine gets its own Debian from.
func debianMirror(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)",
		"Created-By: Packages").Output()
	if err != nil {
		return "", fmt.Errorf("apt-get indextargets: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		if label, mirror, _ := strings.Cut(strings.TrimSpace(line), " "); label == "Debian" && mirror != "" {
			return mirror, nil
		}
	}
	return "", errors.New("apt's sources name no mirror of Debian, so its unstable suite cannot be had")
}

func last(out []byte, bytes int) []byte { return out[max(0, len(out)-bytes):] }
