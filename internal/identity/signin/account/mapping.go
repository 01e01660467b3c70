package account

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// mapping says how one provider is asked. Texts of calls may hold {code}, {state},
// {redirect}, {client_id}, {client_secret}, {token}, {client_token}, {verifier},
// {challenge}, {nonce}, {scopes} and {reply.PATH}, a value of a reply so far.
type mapping struct {
	Key    string   `yaml:"key"`
	Title  string   `yaml:"title"`
	Issuer string   `yaml:"issuer"` // OpenID Connect with discovery
	Client client   `yaml:"client"`
	Scopes []string `yaml:"scopes"`
	// PKCE sends a challenge (S256); absent: with an issuer.
	PKCE *bool `yaml:"pkce"`
	// UserInfo asks the issuer also for the claims that its ID token leaves out.
	UserInfo  bool      `yaml:"userinfo"`
	Authorize authorize `yaml:"authorize"`
	Callback  callback  `yaml:"callback"`
	// ClientToken is a token of the client itself, kept while it is good.
	ClientToken *tokenCall `yaml:"client_token"`
	Token       *tokenCall `yaml:"token"`
	People      []call     `yaml:"people"`
	Person      person     `yaml:"person"`
}

type client struct {
	ID        string `yaml:"id"`
	SecretEnv string `yaml:"secret_env"` // the variable that holds the secret
	Auth      string `yaml:"auth"`       // form (default) or basic, of the standard token call
	secret    string
}

type authorize struct {
	URL      string            `yaml:"url"`
	Query    map[string]string `yaml:"query"` // absent: what OAuth 2.0 says
	Fragment string            `yaml:"fragment"`
}

type callback struct {
	Code string `yaml:"code"` // how the code is called that comes back; absent: code
	// State is how the state is called that comes back; absent: state. With
	// InRedirect it stands in the address to come back to, for those who send none.
	State      string `yaml:"state"`
	InRedirect bool   `yaml:"state_in_redirect"`
}

// call is one question to a provider, answered with JSON.
type call struct {
	URL     string            `yaml:"url"`
	Method  string            `yaml:"method"` // absent: POST with form or json, else GET
	Query   map[string]string `yaml:"query"`
	Form    map[string]string `yaml:"form"`
	JSON    map[string]string `yaml:"json"`
	Headers map[string]string `yaml:"headers"`
	OK      map[string]string `yaml:"ok"` // path → value that it must have, as errcode: "0"
}

type tokenCall struct {
	call    `yaml:",inline"`
	Token   string `yaml:"token"`   // path of the token in the reply
	Seconds string `yaml:"seconds"` // path of its life
}

// person is where in the replies stands who it is.
type person struct {
	ID       string `yaml:"id"`
	Name     string `yaml:"name"`
	Phone    string `yaml:"phone"`
	UnitCode string `yaml:"unit_code"`
	UnitName string `yaml:"unit_name"`
	Level    *level `yaml:"level"`
}

// level is how sure the provider must be of the person.
type level struct {
	Path  string   `yaml:"path"`
	Least string   `yaml:"least"`
	Order []string `yaml:"order"` // from the lowest; absent: they are numbers
}

// Load reads a mapping file; getenv gives the secrets that it refers to. Errors are
// one line with file, line and place, and hold no secret.
func Load(path string, getenv func(string) string, now func() time.Time) (Providers, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var root yaml.Node
	var file struct {
		Accounts []mapping `yaml:"accounts"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s%s", path, yamlSays(err))
	}
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("%s%s", path, yamlSays(err))
	}
	c := checking{path: path, root: &root}
	if len(file.Accounts) == 0 {
		return nil, c.wrong("accounts", "is missing or empty: nobody could sign in")
	}
	var all Providers
	for i, m := range file.Accounts {
		if err := c.check(&m, fmt.Sprintf("accounts[%d]", i), all, getenv); err != nil {
			return nil, err
		}
		all = append(all, &Provider{Key: m.Key, Title: m.Title, m: m, client: newClient(), now: now})
	}
	return all, nil
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// yamlSays is an error of the reader on one line, as ":12: …".
func yamlSays(err error) string {
	if errors.Is(err, io.EOF) {
		return ":1: accounts: is missing"
	}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		said, _, _ := strings.Cut(m[2], " in type ")
		return ":" + m[1] + ": " + said
	}
	return ": " + strings.ReplaceAll(err.Error(), "\n", "; ")
}

// checking checks one file.
type checking struct {
	path string
	root *yaml.Node
}

// wrong names the place of what is wrong; the line is that of the deepest part of
// the place that is there.
func (c checking) wrong(at, what string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", c.path, lineOf(c.root, at), at, fmt.Sprintf(what, args...))
}

var placePart = regexp.MustCompile(`[^.\[\]]+`)

func lineOf(node *yaml.Node, at string) int {
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	line := max(node.Line, 1)
	for _, part := range placePart.FindAllString(at, -1) {
		next := inside(node, part)
		if next == nil {
			return line
		}
		node, line = next, next.Line
	}
	return line
}

func inside(node *yaml.Node, part string) *yaml.Node {
	switch node.Kind {
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i < len(node.Content) {
			return node.Content[i]
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == part {
				return node.Content[i+1]
			}
		}
	}
	return nil
}
