package account

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"anquanda/internal/identity/signin"
)

// discovered is what an issuer says of itself.
type discovered struct {
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
}

// discover asks the issuer once where its endpoints and keys are; keys are fetched
// anew when a token names one that is not known. An issuer that is away at the start
// is asked when somebody comes. Errors: ErrAway.
func (p *Provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callWithin)
	defer cancel()
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.m.Issuer)
	if err != nil {
		return nil, ErrAway.Because(fmt.Errorf("discovery of %s: %w", p.m.Issuer, withoutAddress(err)))
	}
	p.found = &discovered{provider, provider.Verifier(&oidc.Config{ClientID: p.m.Client.ID, Now: p.now})}
	return p.found, nil
}

// claims verifies an ID token and adds what it says to the replies, with what the
// issuer tells beside it where the mapping asks for that. Errors: ErrToken, ErrAway.
func (p *Provider) claims(
	ctx context.Context, t signin.Trip, text string, token *oauth2.Token, v *values,
) error {
	if text == "" {
		return ErrToken.Because(errors.New("the token call gave no id_token"))
	}
	found, err := p.discover(ctx)
	if err != nil {
		return err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	checked, err := found.verifier.Verify(ctx, text)
	switch {
	case err != nil && strings.Contains(err.Error(), "fetching keys"):
		return ErrAway.Because(withoutAddress(err))
	case err != nil:
		return ErrToken.Because(err)
	case subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(t.Nonce)) != 1:
		return ErrToken.Because(errors.New("the nonce is not the one of this sign-in"))
	}
	said, err := claimsIn(checked.Claims)
	if err != nil {
		return ErrToken.Because(err)
	}
	// OpenID Connect Core 3.1.3.7: with several audiences it must be for us.
	if azp := textAt(said, "azp"); (len(checked.Audience) > 1 || azp != "") && azp != p.m.Client.ID {
		return ErrToken.Because(fmt.Errorf("the token was made for %.80q (azp)", azp))
	}
	v.replies = append(v.replies, said)
	if !p.m.UserInfo {
		return nil
	}
	if token == nil {
		token = &oauth2.Token{AccessToken: v.words["token"]}
	}
	more, err := found.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return ErrAway.Because(fmt.Errorf("userinfo: %w", withoutAddress(err)))
	}
	if more.Subject != checked.Subject {
		return ErrToken.Because(errors.New("userinfo tells of another person than the id_token"))
	}
	if said, err = claimsIn(more.Claims); err != nil {
		return ErrToken.Because(err)
	}
	v.replies = append(v.replies, said)
	return nil
}

// claimsIn reads claims with their numbers as they are written.
func claimsIn(claims func(any) error) (map[string]any, error) {
	var raw json.RawMessage
	if err := claims(&raw); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var said map[string]any
	err := decoder.Decode(&said)
	return said, err
}
