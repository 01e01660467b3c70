package keyring

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// MaxSecrets bounds a ring.
const MaxSecrets = 16

// Parse reads secrets, each of 64 hexadecimal digits, parted by lines, blanks or commas:
// the newest first. Errors tell nothing of them.
func Parse(text string) ([]Secret, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n,", r) })
	var secrets []Secret
	for i, word := range words {
		secret, err := hex.DecodeString(word)
		if err != nil || len(secret) != SecretBytes {
			return nil, fmt.Errorf("key %d of %d: it must be %d hexadecimal digits", i+1, len(words), 2*SecretBytes)
		}
		for _, other := range secrets {
			if other.same(secret) {
				return nil, fmt.Errorf("key %d of %d stands there twice", i+1, len(words))
			}
		}
		secrets = append(secrets, secret)
	}
	switch {
	case len(secrets) == 0:
		return nil, fmt.Errorf("there is no key: it must be %d hexadecimal digits", 2*SecretBytes)
	case len(secrets) > MaxSecrets:
		return nil, fmt.Errorf("there are %d keys, more than %d", len(secrets), MaxSecrets)
	}
	return secrets, nil
}

// ReadFile reads a file as Parse does.
func ReadFile(path string) ([]Secret, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(string(text))
}

// NewSecret makes a secret.
func NewSecret() Secret {
	secret := make(Secret, SecretBytes)
	rand.Read(secret)
	return secret
}

// MakeFile writes a file with one new secret, for the owner alone. If another process was
// faster, its file is left as it is. The file is on the disk when it returns.
func MakeFile(path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	whole, err := writeAside(folder, []Secret{NewSecret()})
	if err != nil {
		return err
	}
	defer os.Remove(whole)
	// A link never replaces a file that is there, and the file is whole.
	if err := os.Link(whole, path); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return syncFolder(folder)
}

// AddTo puts a new secret in front of those of a file. The file is never half written: a
// program that dies leaves it as it was or as it is to be. What may read it stays the same.
func AddTo(path string) (Secret, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	held, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(held) == MaxSecrets {
		return nil, fmt.Errorf("there are %d keys already", len(held))
	}
	was, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	added := NewSecret()
	whole, err := writeAside(filepath.Dir(path), append([]Secret{added}, held...))
	if err != nil {
		return nil, err
	}
	defer os.Remove(whole)
	if err := errors.Join(keepOwner(whole, was), os.Chmod(whole, was.Mode().Perm())); err != nil {
		return nil, err
	}
	if err := os.Rename(whole, path); err != nil {
		return nil, err
	}
	return added, syncFolder(filepath.Dir(path))
}

// writeAside writes a file of its own name, that the owner alone may read.
func writeAside(folder string, secrets []Secret) (path string, err error) {
	file, err := os.CreateTemp(folder, ".key-*")
	if err != nil {
		return "", err
	}
	for _, secret := range secrets {
		if _, err = file.WriteString(hex.EncodeToString(secret) + "\n"); err != nil {
			break
		}
	}
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		os.Remove(file.Name())
	}
	return file.Name(), err
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
