package personal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Consent is the text that a player agrees to before telling something (PIPL,
// articles 14 and 17): who asks, for what, how long it is kept, and the way back.
// Version stands for the text, letter by letter.
type Consent struct {
	Version string
	Text    string
}

// Errors of agreeing.
var (
	errNoConsent       = errs.InvalidField("consent", "请先阅读并同意个人信息说明")
	ErrConsentOutdated = errs.New(errs.Conflict, "consent_outdated", "个人信息说明刚刚更新，请重新阅读并同意")
)

// EntryFields are what a contest asks everybody who plays. What it asks winners
// are its ClaimFields.
func EntryFields(d *contest.Definition) (fields []contest.Field) {
	for _, f := range d.Players.Fields {
		if f.When != contest.WhenClaim {
			fields = append(fields, f)
		}
	}
	return fields
}

// ConsentTo is the text about fields of a contest; the zero value for none.
func ConsentTo(d *contest.Definition, fields []contest.Field) Consent {
	if len(fields) == 0 {
		return Consent{}
	}
	var asked []string
	sensitive := ""
	for _, f := range fields {
		asked = append(asked, f.Label+bracketed(d, f))
		if f.Kind == contest.FieldID {
			// PIPL, article 30: why it is needed, and what it may do to the person.
			sensitive = f.Label + "是敏感个人信息，泄露可能给您带来损失，我们只在核对身份时使用。"
		}
	}
	contact := ""
	if d.Contact != "" {
		contact = "，或联系我们：" + d.Contact
	}
	text := fmt.Sprintf("%s举办“%s”，需要您提供：%s。%s这些信息加密保存，只用于上面写明的用途；工作人员平时只看到打了星号的内容，查看全文会留下记录。%s起全部删除。您随时可以在“我的信息”里查看和删除%s。",
		d.Organizer, d.Title, strings.Join(asked, "、"), sensitive, dateOf(d, KeptUntil(d)), contact)
	sum := sha256.Sum256([]byte(text))
	return Consent{Version: hex.EncodeToString(sum[:8]), Text: text}
}

// ConsentToSMS is the text that somebody agrees to before a code is sent: by itself,
// since a phone number goes to others for it (PIPL, article 23).
func ConsentToSMS(d *contest.Definition) Consent {
	text := fmt.Sprintf("为了确认您是本人，%s会通过短信服务商向您填写的手机号发送一条验证码。手机号加密保存，只用于核对身份和计算奖项次数，不会用来推销；%s起删除。您也可以不用手机号，换一种方式验证，或先以游客身份答题。",
		d.Organizer, dateOf(d, KeptUntil(d)))
	sum := sha256.Sum256([]byte(text))
	return Consent{Version: hex.EncodeToString(sum[:8]), Text: text}
}

// Agreed holds the version that somebody agreed to against the text. Errors:
// invalid_field consent, ErrConsentOutdated.
func (c Consent) Agreed(version string) error {
	switch version {
	case c.Version:
		return nil
	case "":
		return errNoConsent
	}
	return ErrConsentOutdated
}

// bracketed tells what a field is for, and that it may be left out.
func bracketed(d *contest.Definition, f contest.Field) string {
	var notes []string
	if f.Why != "" {
		notes = append(notes, f.Why)
	}
	if f.Ask == contest.AskOptional {
		notes = append(notes, "可以不填")
	}
	if d.PrintsName(f) {
		notes = append(notes, "会印在证书上，别人查验证书时只看到打了星号的")
	}
	if len(notes) == 0 {
		return ""
	}
	return "（" + strings.Join(notes, "，") + "）"
}

// dateOf writes a day of the contest's zone.
func dateOf(d *contest.Definition, ms int64) string {
	day := d.Day(ms)
	return fmt.Sprintf("%d年%d月%d日", day/10_000, day/100%100, day%100)
}

// KeptUntil is when the personal data of a contest is deleted, UTC ms.
func KeptUntil(d *contest.Definition) int64 { return d.Window.Closes.MS + d.Kept().MS() }

// Remember keeps the text that somebody agrees to.
func (c Consent) Remember(ctx context.Context, tx *sqldb.Tx, at int64) error {
	var n int
	if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM consents WHERE version = ?", c.Version); err != nil || n > 0 {
		return errs.Wrap(err, "look for a text of consent")
	}
	_, err := tx.Exec(ctx, "INSERT INTO consents (version, body, first_at) VALUES (?, ?, ?)", c.Version, c.Text, at)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "keep a text of consent")
}

// Agreed is a text of consent that a player agreed to, and when last.
type Agreed struct {
	Version string `db:"version"`
	Text    string `db:"body"`
	At      int64  `db:"agreed_at"` // UTC ms
}

// AgreedBy lists the texts on which rests what is kept of a player.
func (s *Store) AgreedBy(ctx context.Context, contestID, player sqldb.ID) ([]Agreed, error) {
	var texts []Agreed
	err := s.db.Select(ctx, &texts, `SELECT c.version, c.body, p.agreed_at FROM consents c
		JOIN (SELECT consent, MAX(consented_at) AS agreed_at FROM personal WHERE contest_id = ? AND player_id = ?
			GROUP BY consent) p ON p.consent = c.version ORDER BY p.agreed_at, c.version`, contestID, player)
	return texts, errs.Wrap(err, "read what a player agreed to")
}
