package sms

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The providers.
const (
	Aliyun  = "aliyun"
	Tencent = "tencent"
	Huawei  = "huawei"
	HTTP    = "http"
)

// Config is the account of a provider, as an operator writes it.
type Config struct {
	Provider string `yaml:"provider"`
	// Address is where the provider answers; empty: its own. Of HTTP the whole address.
	Address   string `yaml:"address"`
	Key       string `yaml:"key"`       // AccessKey id, SecretId, app_key
	Secret    string `yaml:"secret"`    // or env:NAME
	Signature string `yaml:"signature"` // without 【】
	Template  string `yaml:"template"`  // id of the approved text
	App       string `yaml:"app"`       // Tencent Cloud: SmsSdkAppId
	Sender    string `yaml:"sender"`    // Huawei Cloud: number of the channel
	Region    string `yaml:"region"`    // Tencent Cloud
	// Variables are those of the template, in its order: code, minutes, or NAME=code where
	// the template calls it otherwise. Default: code.
	Variables []string `yaml:"variables"`
}

// variables are what a template can tell, and of which message.
var variables = map[string]func(Message) string{
	"code":    func(m Message) string { return m.Code },
	"minutes": func(m Message) string { return strconv.Itoa(m.Minutes) },
}

// cutVariable parts NAME=word; the word alone is its own name.
func cutVariable(text string) (name, word string) {
	name, word, named := strings.Cut(text, "=")
	if !named {
		word = name
	}
	return name, word
}

// named are the values of a message by the names of the template.
func (c Config) named(m Message) map[string]string {
	values := make(map[string]string, len(c.Variables))
	for _, text := range c.Variables {
		name, word := cutVariable(text)
		values[name] = variables[word](m)
	}
	return values
}

// inOrder are the values of a message in the order of the template.
func (c Config) inOrder(m Message) []string {
	values := make([]string, len(c.Variables))
	for i, text := range c.Variables {
		_, word := cutVariable(text)
		values[i] = variables[word](m)
	}
	return values
}

// needs lists what each provider must be told.
func (c Config) needs() map[string]string {
	needs := map[string]string{"key": c.Key, "secret": c.Secret, "template": c.Template, "signature": c.Signature}
	switch c.Provider {
	case Tencent:
		needs["app"] = c.App
	case Huawei:
		needs["sender"] = c.Sender
		delete(needs, "signature") // a template of its own signature has none
	case HTTP:
		needs["address"] = c.Address
		delete(needs, "signature")
		delete(needs, "template")
	}
	return needs
}

// addresses are where providers answer.
var addresses = map[string]string{Aliyun: aliyunAddress, Tencent: tencentAddress, Huawei: huaweiAddress, HTTP: ""}

// New makes the sender of an account; env reads the environment. Errors are one line
// that names what is wrong.
func New(c Config, env func(string) string, now func() time.Time) (Sender, error) {
	if _, ok := addresses[c.Provider]; !ok {
		return nil, fmt.Errorf("provider: %q is none of aliyun, tencent, huawei, http", c.Provider)
	}
	for _, secret := range []struct {
		name  string
		value *string
	}{{"key", &c.Key}, {"secret", &c.Secret}} {
		if name, refers := strings.CutPrefix(*secret.value, "env:"); refers {
			if *secret.value = env(name); *secret.value == "" {
				return nil, fmt.Errorf("%s: the environment has no %s", secret.name, name)
			}
		}
	}
	needs := c.needs()
	for _, name := range slices.Sorted(maps.Keys(needs)) {
		if needs[name] == "" {
			return nil, fmt.Errorf("%s is missing", name)
		}
	}
	if err := c.fill(); err != nil {
		return nil, err
	}
	switch c.Provider {
	case Aliyun:
		return &aliyun{c, now}, nil
	case Tencent:
		return &tencent{c, now}, nil
	case Huawei:
		return &huawei{c, now}, nil
	}
	return &signed{c, now}, nil
}

// fill checks what may be left out and sets what is.
func (c *Config) fill() error {
	if c.Address == "" {
		c.Address = addresses[c.Provider]
	}
	at, err := url.Parse(c.Address)
	if err != nil || at.Host == "" || at.Scheme != "https" && !isLocal(at) {
		return fmt.Errorf("address: %q is not of the form https://host", c.Address)
	}
	if c.Provider != HTTP {
		c.Address = strings.TrimSuffix(c.Address, "/")
		if at.Path != "" && at.Path != "/" {
			return fmt.Errorf("address: %q has a path; leave it out", c.Address)
		}
	}
	if strings.ContainsAny(c.Signature, "【】") {
		return fmt.Errorf("signature: write it without 【】")
	}
	if c.Region == "" {
		c.Region = tencentRegion
	}
	if len(c.Variables) == 0 {
		c.Variables = []string{"code"}
	}
	hasCode := false
	for _, text := range c.Variables {
		name, word := cutVariable(text)
		if variables[word] == nil || name == "" {
			return fmt.Errorf("variables: %q is neither code nor minutes, nor NAME=code", text)
		}
		hasCode = hasCode || word == "code"
	}
	if !hasCode {
		return fmt.Errorf("variables: code is missing")
	}
	return nil
}

// isLocal lets a gateway on the same machine be called without TLS.
func isLocal(at *url.URL) bool {
	host := at.Hostname()
	return at.Scheme == "http" && (host == "127.0.0.1" || host == "::1" || host == "localhost")
}
