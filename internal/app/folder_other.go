//go:build !unix

package app

import "errors"

// HoldFolder holds nothing: this system has no lock that ends with the process.
func HoldFolder(string) (release func() error, err error) { return func() error { return nil }, nil }

func freeBytes(string) (uint64, error) { return 0, errors.New("not known on this system") }
