package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"

	"go.yaml.in/yaml/v3"

	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/sms"
)

// sweepEvery is how often messages are looked for that nothing is counted by any more.
const sweepEvery = time.Hour

// openPhones makes what proves persons by SMS; without --sms it sends nothing.
func (a *App) openPhones(_ context.Context, p *parts) error {
	var sender sms.Sender
	var terms phone.Terms
	if p.SMS != "" {
		var err error
		if sender, terms, err = readSMS(p.SMS, p.Now); err != nil {
			return fmt.Errorf("--sms: %w", err)
		}
	}
	a.Phones = phone.New(a.DB, a.Players, sender, terms, p.ring.Of("sms"), p.Now)
	return nil
}

// smsFile is the file that --sms names, as YAML or JSON.
type smsFile struct {
	sms.Config  `yaml:",inline"`
	phone.Terms `yaml:",inline"`
}

func readSMS(path string, now func() time.Time) (sms.Sender, phone.Terms, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, phone.Terms{}, err
	}
	var file smsFile
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, phone.Terms{}, fmt.Errorf("%s: %w", path, err)
	}
	if err := file.Terms.Check(); err != nil {
		return nil, phone.Terms{}, fmt.Errorf("%s: %w", path, err)
	}
	sender, err := sms.New(file.Config, os.Getenv, now)
	if err != nil {
		return nil, phone.Terms{}, fmt.Errorf("%s: %w", path, err)
	}
	return sender, file.Terms, nil
}
