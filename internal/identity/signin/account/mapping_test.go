package account_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/identity/signin/account"
)

const whole = `accounts:
  - key: firm
    title: 单位账号
    client: {id: a, secret_env: FIRM}
    authorize: {url: https://a.example/auth}
    token:
      url: https://a.example/token
      form: {code: "{code}", secret: "{client_secret}"}
      token: access_token
    people:
      - url: https://a.example/user
        query: {access_token: "{token}"}
    person: {id: id, level: {path: level, least: "2"}}
`

const people = `    people:
      - url: https://a.example/user
        query: {access_token: "{token}"}
`

func TestAMappingThatMissesAFieldIsRefusedInOneLineThatNamesThePlace(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"whole", "", "", ""},
		{"no file of accounts", whole, "", ":1: accounts: is missing"},
		{"no account", whole, "accounts: []\n", ":1: accounts: is missing or empty: nobody could sign in"},
		{"no YAML", "accounts:", "accounts: [", "did not find expected"},
		{"an unknown field", "title:", "titel:", ":3: field titel not found"},
		{"no key", "- key: firm", "- key: ''", ":2: accounts[0].key: is missing"},
		{"a bad key", "- key: firm", "- key: Firm/1", `:2: accounts[0].key: "Firm/1" is not`},
		{"no title", "    title: 单位账号\n", "", ":2: accounts[0].title: is missing"},
		{"no client", "{id: a, ", "{", ":4: accounts[0].client.id: is missing"},
		{"no secret", ", secret_env: FIRM", "", ":4: accounts[0].client.secret_env: is missing"},
		{"a secret that is not set", "FIRM}", "OTHER}", ":4: accounts[0].client.secret_env: the variable OTHER is not set"},
		{"a way of its own", "FIRM}", "FIRM, auth: digest}", `:4: accounts[0].client.auth: "digest" is neither`},
		{"nowhere to go", "{url: https://a.example/auth}", "{}", ":5: accounts[0].authorize.url: is missing"},
		{"no token call", "{url: https://a.example/auth}\n    token:", "{url: https://a.example/auth}\n    client_token:",
			":8: accounts[0].client_token.form.code: {code} is not known here"},
		{"no token in the reply", "      token: access_token\n", "", ":7: accounts[0].token.token: is missing"},
		{"no address", "      url: https://a.example/token\n", "", ":7: accounts[0].token.url: is missing"},
		{"without TLS", "https://a.example/token", "http://a.example/token",
			`:7: accounts[0].token.url: "http://a.example/token" must begin with https://`},
		{"half an address", "https://a.example/user", "/user", `:11: accounts[0].people[0].url: "/user" is no address`},
		{"nobody told of", people, "",
			":2: accounts[0].people: is missing"},
		{"a word of nobody", "{token}", "{tocken}", ":12: accounts[0].people[0].query.access_token: {tocken} is not known"},
		{"no id", "{id: id, ", "{", ":13: accounts[0].person.id: is missing"},
		{"no path of the level", "path: level, ", "", ":13: accounts[0].person.level.path: is missing"},
		{"a level that is no number", `"2"`, "L2", `:13: accounts[0].person.level.least: "L2" is no number`},
		{"a level out of order", `"2"}`, "L2, order: [L0, L1]}", `:13: accounts[0].person.level.least: "L2" is not one`},
		{"two of a key", "    person:",
			"    person: {id: id}\n  - {key: firm, title: a, issuer: https://a.example, client: {id: a}}\n#",
			`:14: accounts[0].key: "firm" is there twice`},
		{"form and json", "      form:", "      json: {a: b}\n      form:", ":8: accounts[0].token.json: a call sends"},
		{"GET with a form", "      form:", "      method: GET\n      form:",
			":8: accounts[0].token.method: GET sends neither"},
		{"another method", "      form:", "      method: PUT\n      form:", `:8: accounts[0].token.method: "PUT" is neither`},
		{"userinfo of nobody", "    person:", "    userinfo: true\n    person:", ":13: accounts[0].userinfo: goes with"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "accounts.yaml")
			if err := os.WriteFile(path, []byte(strings.Replace(whole, c.old, c.new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			getenv := func(name string) string { return map[string]string{"FIRM": "a secret"}[name] }
			all, err := account.Load(path, getenv, time.Now)
			if c.want == "" {
				if err != nil || len(all) != 1 || all[0].Title != "单位账号" {
					t.Errorf("%v, %v", all, err)
				}
				return
			}
			want := strings.Replace(c.want, "accounts[0].key: \"firm\"", "accounts[1].key: \"firm\"", 1)
			if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), path+":") ||
				strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "a secret") {
				t.Errorf("the error is %v, want %q", err, want)
			}
		})
	}
}

func FuzzAMappingNeverBreaksTheStart(f *testing.F) {
	f.Add(whole)
	f.Add("accounts: [{key: a, person: {level: {}}}]")
	f.Add("accounts: 1")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "accounts.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		all, err := account.Load(path, func(string) string { return "x" }, time.Now)
		if err == nil && len(all) == 0 {
			t.Error("no error and no provider")
		}
	})
}
