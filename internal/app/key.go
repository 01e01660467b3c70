package app

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"anquanda/internal/sqldb"
)

// masterKey is the secret of an installation; each use derives a key of its own
// (HKDF, RFC 5869).
type masterKey []byte

const keyBytes = 32

func (k masterKey) of(use string) []byte {
	derived, err := hkdf.Expand(sha256.New, k, "anquanda "+use, keyBytes)
	if err != nil {
		panic(err) // only a length over 255 hashes fails
	}
	return derived
}

// openKey finds the key: given, in the file of Config.KeyFile, in ANQUANDA_KEY (hex) or the
// file that ANQUANDA_KEY_FILE names, or in the file key of the data folder, which is made at the first start. All nodes of an installation
// must have the same one, so its fingerprint is kept in the store.
func openKey(ctx context.Context, db *sqldb.DB, cfg Config) (masterKey, error) {
	key, from, err := findKey(cfg)
	if err != nil {
		return nil, err
	}
	fingerprint := sha256.Sum256(append([]byte("anquanda key fingerprint"), key...))
	mine := hex.EncodeToString(fingerprint[:8])
	stored, err := db.RememberOnce(ctx, "key_fingerprint", mine)
	if err != nil {
		return nil, fmt.Errorf("compare the key with the store: %w", err)
	}
	if stored != mine {
		return nil, fmt.Errorf("the database was made with another key than the one in %s; copy the first node's key file, or set ANQUANDA_KEY", from)
	}
	return key, nil
}

func findKey(cfg Config) (key masterKey, from string, err error) {
	if len(cfg.Key) != 0 {
		return cfg.Key, "the configuration", nil
	}
	if cfg.KeyFile != "" {
		// It is not made: a name that was mistyped would be another key.
		key, err := readKey(cfg.KeyFile)
		if err != nil {
			return nil, "", fmt.Errorf("key file %s: %w", cfg.KeyFile, err)
		}
		return key, cfg.KeyFile, nil
	}
	text, err := Secret("ANQUANDA_KEY")
	if err != nil {
		return nil, "", err
	}
	if text != "" {
		key, err := parseKey(text)
		if err != nil {
			return nil, "", fmt.Errorf("ANQUANDA_KEY: %w", err)
		}
		return key, "ANQUANDA_KEY", nil
	}
	path := filepath.Join(cfg.Data, "key")
	key, err = readKey(path)
	if errors.Is(err, os.ErrNotExist) {
		key, err = makeKey(path)
	}
	if err != nil {
		return nil, "", fmt.Errorf("key file %s: %w", path, err)
	}
	return key, path, nil
}

func readKey(path string) (masterKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseKey(strings.TrimSpace(string(text)))
}

func parseKey(text string) (masterKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != keyBytes {
		return nil, fmt.Errorf("it must be %d hexadecimal digits", 2*keyBytes)
	}
	return key, nil
}

// makeKey writes a new key for the owner alone. If another process was faster,
// its key is used. The key is on the disk before anything is sealed with it.
func makeKey(path string) (masterKey, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	key := make(masterKey, keyBytes)
	rand.Read(key)
	whole, err := writeAside(folder, hex.EncodeToString(key)+"\n")
	if err != nil {
		return nil, err
	}
	defer os.Remove(whole)
	// A link never replaces a file that is there, and the file is whole.
	if err := os.Link(whole, path); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	if err := syncFolder(folder); err != nil {
		return nil, err
	}
	return readKey(path)
}

// writeAside writes a file of its own name, that the owner alone may read.
func writeAside(folder, text string) (path string, err error) {
	file, err := os.CreateTemp(folder, ".key-*")
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(text)
	return file.Name(), errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
