package app

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
)

// account writes a merchant's account as operators have it: a file and two keys.
func account(t *testing.T, text string) string {
	t.Helper()
	folder := t.TempDir()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"ours.pem":   pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: ours}),
		"theirs.pem": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: theirs}),
		"pay.yaml":   []byte(text),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "pay.yaml")
}

const wholeAccount = `app: wx0123456789
scene: "1000"
merchant: "1900000001"
serial: 5157F09EFDC096DE15EBE81A47057A7232F1B8E1
key: ours.pem
their_serial: PUB_KEY_ID_0114232134912410000000000000
their_key: theirs.pem
`

func TestTheAccountOfWeChatPayIsReadWholeOrNotAtAll(t *testing.T) {
	way, err := readWeChatPay(account(t, wholeAccount), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if way.Base != wechat.PayAPI || way.AppID != "wx0123456789" || way.Signer.MerchantID != "1900000001" ||
		way.Signer.Key == nil {
		t.Errorf("read %+v", way)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"no scene":           {`scene: "1000"`, "", "scene is missing"},
		"a wrong word":       {"serial: 5157", "seriel: 5157", "seriel"},
		"no TLS":             {"app: wx", "base: http://pay.example\napp: wx", "https alone"},
		"no such file":       {"key: ours.pem", "key: gone.pem", "gone.pem"},
		"keys the wrong way": {"their_key: theirs.pem", "their_key: ours.pem", "key"},
	} {
		if _, err := readWeChatPay(account(t, strings.Replace(wholeAccount, c.from, c.to, 1)), time.Now); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := New(t.Context(), Config{Data: t.TempDir(), WeChatPay: filepath.Join(t.TempDir(),
		"none.yaml")}); err == nil || !strings.Contains(err.Error(), "--wechat-pay") {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestAWinnerIsPaidThroughWeChatOnceWeChatHasNamedThem(t *testing.T) {
	a, err := New(t.Context(), Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in := a.Catalog.All()[0]
	done, err := a.Players.Prove(t.Context(), in.Definition, in.ContestID, 0, identity.Proof{Kind: contest.ProofWeChat,
		Subjects: []string{"openid:wx1:o1"}, Value: "o1", At: 1})
	if err != nil {
		t.Fatal(err)
	}
	to, err := a.payees(t.Context(), wayWeChat, in.ContestID, []sqldb.ID{done.Player, done.Player + 1})
	if err != nil || len(to) != 1 || to[done.Player] != "o1" {
		t.Errorf("the winner, and somebody whom WeChat has not named, are paid to %q, %v", to, err)
	}
}

func TestPayingByAnotherAccountThanPeopleSignInToIsRefusedAtStart(t *testing.T) {
	_, err := New(t.Context(), Config{Data: t.TempDir(), WeChatPay: account(t, wholeAccount),
		WeChat: wechat.Account{AppID: "wx9876543210", Secret: "a secret"}})
	if err == nil || !strings.Contains(err.Error(), "wx9876543210") {
		t.Errorf("the error is %v", err)
	}
}
