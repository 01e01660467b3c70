package wechat

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Signer signs requests to WeChat Pay and checks its replies, as API v3 describes
// (WECHATPAY2-SHA256-RSA2048: RSASSA-PKCS1-v1_5 with SHA-256 over the lines of
// method, address, time, nonce and body; replies over time, nonce and body).
type Signer struct {
	MerchantID string
	Serial     string // of the merchant's certificate
	Key        *rsa.PrivateKey
	// TheirSerial names TheirKey, with which WeChat signs replies.
	TheirSerial string
	TheirKey    *rsa.PublicKey
	Now         func() time.Time
}

// ErrReply is a reply that WeChat has not signed, or not now.
var ErrReply = errors.New("this reply is not signed by WeChat")

// maxSkew is how far a reply's time may be from ours; WeChat says 5 minutes.
const maxSkew = 5 * time.Minute

// sign puts the Authorization header on a request.
func (s *Signer) sign(r *http.Request, body []byte) error {
	at, nonce := strconv.FormatInt(s.Now().Unix(), 10), rand.Text()
	signature, err := s.signature(signedText(r.Method, r.URL.RequestURI(), at, nonce, string(body)))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", fmt.Sprintf(
		`WECHATPAY2-SHA256-RSA2048 mchid="%s",nonce_str="%s",signature="%s",timestamp="%s",serial_no="%s"`,
		s.MerchantID, nonce, signature, at, s.Serial))
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "anquanda") // WeChat refuses requests without one
	r.Header.Set("Wechatpay-Serial", s.TheirSerial)
	return nil
}

// signedText is what a signature is over: the parts as lines.
func signedText(parts ...string) string { return strings.Join(parts, "\n") + "\n" }

func (s *Signer) signature(message string) (string, error) {
	hash := sha256.Sum256([]byte(message))
	signature, err := rsa.SignPKCS1v15(rand.Reader, s.Key, crypto.SHA256, hash[:])
	if err != nil {
		return "", fmt.Errorf("sign a request to WeChat: %w", err)
	}
	return base64.StdEncoding.EncodeToString(signature), nil
}

// verify checks the signature of a reply, or of a call from WeChat.
func (s *Signer) verify(h http.Header, body []byte) error {
	if h.Get("Wechatpay-Serial") != s.TheirSerial {
		return fmt.Errorf("%w: its key is %q", ErrReply, h.Get("Wechatpay-Serial"))
	}
	at, err := strconv.ParseInt(h.Get("Wechatpay-Timestamp"), 10, 64)
	if err != nil || s.Now().Sub(time.Unix(at, 0)).Abs() > maxSkew {
		return fmt.Errorf("%w: its time is %q", ErrReply, h.Get("Wechatpay-Timestamp"))
	}
	signature, err := base64.StdEncoding.DecodeString(h.Get("Wechatpay-Signature"))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReply, err)
	}
	hash := sha256.Sum256([]byte(signedText(h.Get("Wechatpay-Timestamp"), h.Get("Wechatpay-Nonce"), string(body))))
	if err := rsa.VerifyPKCS1v15(s.TheirKey, crypto.SHA256, hash[:], signature); err != nil {
		return fmt.Errorf("%w: %w", ErrReply, err)
	}
	return nil
}

// ReadKeys reads the merchant's private key (PKCS #8) and WeChat's public key
// (PKIX) from PEM.
func ReadKeys(ours, theirs []byte) (*rsa.PrivateKey, *rsa.PublicKey, error) {
	block, _ := pem.Decode(ours)
	if block == nil {
		return nil, nil, errors.New("the merchant's key is no PEM file")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, nil, fmt.Errorf("the merchant's key: %w", err)
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, nil, errors.New("the merchant's key is not RSA")
	}
	if block, _ = pem.Decode(theirs); block == nil {
		return nil, nil, errors.New("WeChat's key is no PEM file")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, nil, fmt.Errorf("WeChat's key: %w", err)
	}
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, nil, errors.New("WeChat's key is not RSA")
	}
	return private, public, nil
}
