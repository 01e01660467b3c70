package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// keyVariable names the secrets, or with _FILE the file that holds them.
const keyVariable = "ANQUANDA_KEY"

// keySource is where the secrets are read: from Config.Key, the file of Config.KeyFile,
// ANQUANDA_KEY or the file that ANQUANDA_KEY_FILE names, or the file key of the data
// folder, which is made at the first start.
func keySource(cfg Config) rotation.Source {
	if len(cfg.Key) != 0 {
		return rotation.Source{Name: "the configuration", Read: func() ([]keyring.Secret, error) {
			return []keyring.Secret{cfg.Key}, nil
		}}
	}
	path, made := KeyPath(cfg)
	if path == "" {
		return rotation.Source{Name: keyVariable, Read: readVariable}
	}
	source := rotation.Source{Name: path, Read: func() ([]keyring.Secret, error) { return readKeys(path) }}
	if made {
		source.Make = func() error { return keyring.MakeFile(path) }
	}
	return source
}

// KeyPath is the file that the secrets are read from; made tells that it is made where it
// is not there. It is empty where they come in the environment itself.
func KeyPath(cfg Config) (path string, made bool) {
	switch {
	case cfg.KeyFile != "":
		return cfg.KeyFile, false // a name that was mistyped would be another key
	case os.Getenv(keyVariable) != "":
		return "", false
	case os.Getenv(keyVariable+"_FILE") != "":
		return os.Getenv(keyVariable + "_FILE"), false
	}
	return filepath.Join(cfg.Data, "key"), true
}

// errRotating keeps a second rotation from beginning before the first is in use everywhere.
var errRotating = errors.New("a rotation is under way: `anquanda key status` tells what it waits for")

// RotateKey puts a new secret in front of the key file, and notes it in the audit log. The
// nodes that run take it into use once all of them hold it; where none runs, it is in use
// at once. It returns the file and the id of the secret.
func (a *App) RotateKey(ctx context.Context, cfg Config) (path, added string, err error) {
	cfg, err = cfg.withDefaults()
	if err != nil {
		return "", "", err
	}
	if path, _ = KeyPath(cfg); path == "" {
		return "", "", fmt.Errorf("the keys come from %s itself: put a new one (openssl rand -hex 32) in front of them, "+
			"parted by a comma, and restart one node after the other", keyVariable)
	}
	status, err := a.Keys.Status(ctx)
	if err != nil {
		return "", "", err
	}
	held, err := keyring.ReadFile(path)
	if err != nil {
		return "", "", fmt.Errorf("key file %s: %w", path, err)
	}
	writing := func(k rotation.Key) bool { return k.Writing && k.ID == held[0].ID() }
	if !slices.ContainsFunc(status.Keys, writing) {
		return "", "", errRotating
	}
	secret, err := keyring.AddTo(path)
	if err != nil {
		return "", "", fmt.Errorf("key file %s: %w", path, err)
	}
	err = a.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: staff.CommandLine, Action: "key.rotate", Subject: secret.ID()})
	})
	if err == nil {
		err = a.Keys.Propose(ctx, secret.ID())
	}
	if err == nil && len(status.Nodes) == 0 {
		err = errors.Join(a.Keys.Follow(ctx), a.Keys.Leave(ctx))
	}
	return path, secret.ID(), errs.Wrap(err, "the key stands in %s, but could not be noted", path)
}

func readKeys(path string) ([]keyring.Secret, error) {
	secrets, err := keyring.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return secrets, nil
}

func readVariable() ([]keyring.Secret, error) {
	text, err := Secret(keyVariable)
	if err != nil {
		return nil, err
	}
	secrets, err := keyring.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keyVariable, err)
	}
	return secrets, nil
}
