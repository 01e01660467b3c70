package app

import (
	"anquanda/internal/keyring"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASecretIsReadFromItsVariableOrItsFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "dsn")
	if err := os.WriteFile(file, []byte("from the file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, file, want, wrong string }{
		{"", "", "", ""},
		{"as it is", "", "as it is", ""},
		{"", file, "from the file", ""},
		{"as it is", file, "", "both set"},
		{"", file + ".none", "", "ANQUANDA_MYSQL_FILE"},
	} {
		t.Setenv("ANQUANDA_MYSQL", c.text)
		t.Setenv("ANQUANDA_MYSQL_FILE", c.file)
		got, err := Secret("ANQUANDA_MYSQL")
		if got != c.want || (err != nil) != (c.wrong != "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
}

func TestAKeyMayLieElsewhere(t *testing.T) {
	text := strings.Repeat("0f", keyring.SecretBytes)
	file := filepath.Join(t.TempDir(), "key of the quiz")
	if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	source := keySource(Config{Data: data, KeyFile: file})
	if keys, err := source.Read(); err != nil || source.Name != file || keys[0][0] != 0x0f || source.Make != nil {
		t.Errorf("the key is from %s, %v", source.Name, err)
	}
	t.Setenv("ANQUANDA_KEY_FILE", file)
	if _, err := keySource(Config{Data: data}).Read(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(data, "key")); err == nil {
		t.Error("another key was made beside the data")
	}
	if _, err := keySource(Config{Data: data, KeyFile: file + ".none"}).Read(); err == nil {
		t.Error("a key file that is not there is passed over")
	}
}
