//go:build unix

package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lockFile is held by the one process that serves a data folder. The kernel lets go of it when the
// process ends, however it does; the file stays.
const lockFile = "lock"

// HoldFolder makes this process the only one that serves a data folder, which is made where there
// is none, until release. With two, each would keep boards and live rooms of its own in memory.
func HoldFolder(folder string) (release func() error, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("data folder %s: %w", folder, err)
	}
	file, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data folder %s: %w", folder, err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("data folder %s: another anquanda serves it already; stop that one, or choose another folder "+
			"with --data", folder)
	} else if err != nil {
		err = fmt.Errorf("data folder %s: lock it: %w", folder, err)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file.Close, nil
}

// freeBytes is how much room the disk of a folder has for us.
func freeBytes(folder string) (uint64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, err
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), nil
}
