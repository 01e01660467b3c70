package account

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// values are what texts of calls may ask for, with the replies so far.
type values struct {
	words   map[string]string
	replies []any // the newest last
}

// fill puts values in the place of what a text asks for.
func (v *values) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(asked string) string {
		asked = strings.Trim(asked, "{}")
		if path, ok := strings.CutPrefix(asked, "reply."); ok {
			return v.at(path)
		}
		return v.words[asked]
	})
}

func (v *values) fillAll(texts map[string]string) url.Values {
	filled := url.Values{}
	for name, text := range texts {
		filled.Set(name, v.fill(text))
	}
	return filled
}

// at is the text at a path in the newest reply that has one there; empty for none.
func (v *values) at(path string) string {
	for i := len(v.replies) - 1; i >= 0; i-- {
		if text := textAt(v.replies[i], path); text != "" {
			return text
		}
	}
	return ""
}

// textAt is the text or number at a path such as data.user.id or department.0.
func textAt(reply any, path string) string {
	if path == "" {
		return ""
	}
	for part := range strings.SplitSeq(path, ".") {
		switch in := reply.(type) {
		case map[string]any:
			reply = in[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(in) {
				return ""
			}
			reply = in[i]
		default:
			return ""
		}
	}
	switch is := reply.(type) {
	case string:
		return strings.TrimSpace(is)
	case json.Number:
		return is.String()
	case bool:
		return strconv.FormatBool(is)
	}
	return ""
}

// ask makes a call and adds what it answers to the replies. Errors: ErrAway,
// ErrRefused; what they are because of holds no secret.
func (p *Provider) ask(ctx context.Context, c *call, v *values) (any, error) {
	request, err := c.request(ctx, v)
	if err != nil {
		return nil, ErrRefused.Because(withoutAddress(err))
	}
	response, err := p.client.Do(request)
	if err != nil {
		return nil, ErrAway.Because(withoutAddress(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxReply+1))
	switch {
	case err != nil:
		return nil, ErrAway.Because(fmt.Errorf("%s: %w", c.URL, withoutAddress(err)))
	case response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests:
		return nil, ErrAway.Because(fmt.Errorf("%s: status %d", c.URL, response.StatusCode))
	case response.StatusCode != http.StatusOK:
		return nil, ErrRefused.Because(fmt.Errorf("%s: status %d %s", c.URL, response.StatusCode, said(body)))
	case len(body) > maxReply:
		return nil, ErrRefused.Because(fmt.Errorf("%s: the reply is over %d bytes", c.URL, maxReply))
	}
	var reply any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // ids may be longer than a float is exact
	if err := decoder.Decode(&reply); err != nil {
		return nil, ErrRefused.Because(fmt.Errorf("%s: the reply is no JSON: %w", c.URL, err))
	}
	for path, want := range c.OK {
		if got := textAt(reply, path); got != want {
			return nil, ErrRefused.Because(fmt.Errorf("%s: %s is %q, want %q; %s", c.URL, path, got, want, said(body)))
		}
	}
	v.replies = append(v.replies, reply)
	return reply, nil
}

func (c *call) request(ctx context.Context, v *values) (*http.Request, error) {
	address, err := url.Parse(c.URL)
	if err != nil {
		return nil, err
	}
	query := address.Query()
	for name, value := range v.fillAll(c.Query) {
		query[name] = value
	}
	address.RawQuery = query.Encode()
	var body io.Reader
	var media string
	switch {
	case c.Form != nil:
		body, media = strings.NewReader(v.fillAll(c.Form).Encode()), "application/x-www-form-urlencoded"
	case c.JSON != nil:
		object := map[string]string{}
		for name, text := range c.JSON {
			object[name] = v.fill(text)
		}
		encoded, err := json.Marshal(object)
		if err != nil {
			return nil, err
		}
		body, media = bytes.NewReader(encoded), "application/json"
	}
	request, err := http.NewRequestWithContext(ctx, c.Method, address.String(), body)
	if err != nil {
		return nil, err
	}
	if media != "" {
		request.Header.Set("Content-Type", media)
	}
	request.Header.Set("Accept", "application/json")
	for name, text := range c.Headers {
		request.Header.Set(name, v.fill(text))
	}
	return request, nil
}

// withoutAddress takes the address out of an error of net/http: it may hold a secret.
func withoutAddress(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// errorNames are where providers say what is wrong.
var errorNames = []string{"error", "error_description", "errcode", "errmsg", "code", "message", "msg"}

// said is what a refusal says of its reason, for the log: never a token.
func said(body []byte) string {
	var reply map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&reply) != nil {
		return ""
	}
	var words []string
	for _, name := range errorNames {
		if text := textAt(reply, name); text != "" {
			words = append(words, fmt.Sprintf("%s=%.120q", name, text))
		}
	}
	return strings.Join(words, " ")
}
