package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// settled is what serve's flags are after these arguments, and where each comes from.
func settled(t *testing.T, args ...string) (*serving, map[string]string, error) {
	t.Helper()
	flags, s := serveFlags()
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	from, err := settle(flags)
	return s, from, err
}

func settingsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFlagStandsBeforeTheEnvironmentBeforeTheFile(t *testing.T) {
	file := settingsFile(t, "icp: of the file\nlisten: 127.0.0.1:1\npublic: http://file\n"+
		"proxies: [\"::1\", 10.0.0.0/8]\n")
	t.Setenv("ANQUANDA_LISTEN", "127.0.0.1:2")
	t.Setenv("ANQUANDA_PUBLIC", "http://environment")
	t.Setenv("ANQUANDA_SMS", "") // as composing files hand over what is not set
	s, from, err := settled(t, "--config", file, "--public", "http://flag")
	if err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string][3]string{
		"public":  {s.Public, "http://flag", "flag"},
		"listen":  {s.listen, "127.0.0.1:2", "ANQUANDA_LISTEN"},
		"icp":     {s.ICP, "of the file", file + ":1"},
		"proxies": {s.proxies, "::1,10.0.0.0/8", file + ":4"},
		"data":    {s.Data, "var", ""},
		"sms":     {s.SMS, "", ""},
	} {
		if of[0] != of[1] || from[name] != of[2] {
			t.Errorf("%s is %q from %q, want %q from %q", name, of[0], from[name], of[1], of[2])
		}
	}
}

func TestASecretMayStandInAFileOfItsOwn(t *testing.T) {
	file := settingsFile(t, "geheim\n")
	t.Setenv("ANQUANDA_WECHAT_SECRET_FILE", file)
	s, from, err := settled(t)
	if err != nil || s.WeChat.Secret != "geheim" || from["wechat-secret"] != "ANQUANDA_WECHAT_SECRET_FILE" {
		t.Errorf("%q from %q, %v", s.WeChat.Secret, from["wechat-secret"], err)
	}
	t.Setenv("ANQUANDA_WECHAT_SECRET", "another")
	if _, _, err = settled(t); err == nil || !strings.Contains(err.Error(), "both set") {
		t.Errorf("both: %v", err)
	}
}

func TestEveryWrongValueIsOneClearLine(t *testing.T) {
	file := settingsFile(t, "p1ublic: x\nlisten: {a: b}\nicp: a\nicp: b\ndebug: perhaps\nconfig: x\n")
	t.Setenv("ANQUANDA_WEBHOOK_PRIVATE", "maybe")
	s, _, err := settled(t, "--config", file, "--proxies", "here", "--metrics", "there", "--public", "nowhere")
	if err == nil {
		t.Fatal("it is taken")
	}
	said := err.Error() + "\n" + s.check().Error()
	for _, want := range []string{file + `:1: "p1ublic" is no setting`, file + ":2: listen wants one value",
		file + ":4: icp is set twice", file + `:5: "perhaps" is wrong`, file + `:6: "config" is no setting`,
		`ANQUANDA_WEBHOOK_PRIVATE: "maybe" is wrong`, "--proxies here", "--metrics there", "--public nowhere"} {
		if !slices.ContainsFunc(strings.Split(said, "\n"), func(l string) bool { return strings.HasPrefix(l, want) }) {
			t.Errorf("no line begins with %q:\n%s", want, said)
		}
	}
	if lines := strings.Count(said, "\n") + 1; lines != 9 {
		t.Errorf("%d lines for nine faults:\n%s", lines, said)
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	flags, _ := serveFlags()
	const password = "geheim"
	given := map[string]string{"mysql": "quiz:" + password + "@tcp(db:3306)/a",
		"redis": "rediss://u:" + password + "@h:1"}
	hides := 0
	flags.VisitAll(func(f *flag.Flag) {
		if _, is := f.Value.(*secret); !is {
			return
		}
		hides++
		text := given[f.Name]
		if text == "" {
			text = password
		}
		if err := f.Value.Set(text); err != nil {
			t.Fatal(err)
		}
		shown := valueOf(f)
		if shown == "" || strings.Contains(shown, password) || strings.Contains(f.Value.String(), password) {
			t.Errorf("%s is shown as %q", f.Name, shown)
		}
	})
	if hides < 5 {
		t.Errorf("%d secrets", hides)
	}
	if shown := withoutPassword(password); strings.Contains(shown, password) {
		t.Errorf("a DSN of another form is shown as %q", shown)
	}
}

func TestAVariableThatSetsNothingIsNamed(t *testing.T) {
	got := unknownVariables([]string{"ANQUANDA_PROXY=1", "ANQUANDA_PROXIES=1", "ANQUANDA_MYSQL_FILE=x",
		"ANQUANDA_KEY=x", "ANQUANDA_PUBLIC_FILE=x", "PATH=x"})
	if want := []string{"ANQUANDA_PROXY", "ANQUANDA_PUBLIC_FILE"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// settingsTable is the table of scripts/deploy/README.md.
func settingsTable() string {
	var table strings.Builder
	table.WriteString("| flag, and name in the file | variable | default | what it is |\n|---|---|---|---|\n")
	flags, _ := serveFlags()
	flags.VisitAll(func(f *flag.Flag) {
		what, usage := flag.UnquoteUsage(f)
		variable := "`" + variableOf(f.Name) + "`"
		if _, is := f.Value.(*secret); is {
			variable += ", or with `_FILE`"
		}
		byDefault := ""
		if f.DefValue != "" {
			byDefault = "`" + f.DefValue + "`"
		}
		if what != "" {
			what = " " + strings.ToUpper(what)
		}
		fmt.Fprintf(&table, "| `--%s`%s | %s | %s | %s |\n", f.Name, what, variable, byDefault, usage)
	})
	return table.String()
}

func TestTheOperatorsTableIsThatOfTheProgram(t *testing.T) {
	text, err := os.ReadFile("../../scripts/deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := settingsTable(); !strings.Contains(string(text), "\n"+want) {
		t.Errorf("scripts/deploy/README.md, All settings, has to be:\n%s", want)
	}
}

// What operators copy: each flag and variable in it has to be one of the program's.
func TestWhatOperatorsCopySetsWhatThereIs(t *testing.T) {
	const folder = "../../scripts/deploy"
	variable, called := regexp.MustCompile(`ANQUANDA_[A-Z_]+`), regexp.MustCompile(`anquanda(?:"\])?[ ,"]+([a-z-]+)`)
	seen := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(path) == "README.md" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, name := range variable.FindAllString(string(text), -1) {
			seen[name] = true
			if filepath.Base(filepath.Dir(path)) == "accounts" {
				continue // secrets that a mapping names
			}
			if unknown := unknownVariables([]string{name + "=x"}); len(unknown) > 0 {
				t.Errorf("%s: %s sets nothing", path, name)
			}
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(strings.TrimSpace(line), "ExecStart") || strings.Contains(line, "test: [") {
				for _, of := range called.FindAllStringSubmatch(line, -1) {
					checkCommand(t, path, of[1], line)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 8 {
		t.Errorf("only %d variables were found: the test looks at the wrong place", len(seen))
	}
	if _, err := readSettings(folder + "/settings.yaml"); err != nil {
		t.Error(err)
	}
}

var longFlag = regexp.MustCompile(` --([a-z-]+)`)

func checkCommand(t *testing.T, path, name, line string) {
	t.Helper()
	if !slices.ContainsFunc(commands, func(c command) bool { return strings.HasPrefix(c.name, name) }) {
		t.Errorf("%s: anquanda has no command %q", path, name)
	}
	if name != "serve" {
		return
	}
	for _, of := range longFlag.FindAllStringSubmatch(line, -1) {
		if !isSetting(of[1]) {
			t.Errorf("%s: serve has no flag --%s", path, of[1])
		}
	}
}

func TestHealthAsksThisMachine(t *testing.T) {
	for listen, want := range map[string]string{"0.0.0.0:8616": "127.0.0.1:8616", ":8616": "127.0.0.1:8616",
		"[::]:8616": "[::1]:8616", "10.0.0.5:80": "10.0.0.5:80", "localhost:8616": "localhost:8616"} {
		if got := fromHere(listen); got != want {
			t.Errorf("%s is reached at %s, want %s", listen, got, want)
		}
	}
}
