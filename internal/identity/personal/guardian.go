package personal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Guardian is the parent or other guardian who agrees in the place of a player under 14
// (PIPL, article 31).
type Guardian struct {
	Name    string // as typed
	Consent string // version of the text that was agreed to
}

// GuardianKey is where the guardian's name stands among what was told; no field has such
// a key. On an enrolment it tells that a guardian agreed.
const GuardianKey = "@guardian"

// KindGuardian is no kind of a definition: lists of staff take it for nobody's name.
const KindGuardian contest.FieldKind = "guardian"

// GuardianLabel is what the page calls it.
const GuardianLabel = "监护人姓名"

// ofAge is from when somebody agrees without a guardian, in years.
const ofAge = 14

var errNoGuardian = errs.InvalidField("guardian.name", "参赛者未满 14 周岁，请父母或其他监护人填写姓名并同意")

// AsksGuardian reports whether children under 14 are expected, so that a guardian has to
// agree before they tell anything.
func AsksGuardian(d *contest.Definition) bool {
	return d.Players.Ages.Minors && d.Players.Ages.Least < ofAge
}

// GuardianConsent is the text that a guardian agrees to, about fields of a contest; the
// zero value where none is asked.
func GuardianConsent(d *contest.Definition, fields []contest.Field) Consent {
	if !AsksGuardian(d) || len(fields) == 0 {
		return Consent{}
	}
	labels := make([]string, len(fields))
	for i, f := range fields {
		labels[i] = f.Label
	}
	text := fmt.Sprintf("我是参赛者的父母或其他监护人，知道孩子参加%s举办的“%s”，同意为此填写孩子的%s。", d.Organizer, d.Title,
		strings.Join(labels, "、")) +
		"我的姓名只用来证明这次同意，加密保存，和孩子的信息一起删除。" +
		"我可以随时在“我的信息”里查看、删除孩子的信息，也可以撤回同意。"
	sum := sha256.Sum256([]byte(text))
	return Consent{Version: hex.EncodeToString(sum[:8]), Text: text}
}

// By adds the guardian who agrees to what is told; nil: nobody. It is passed over where
// the contest asks for none. Errors: invalid_field guardian.name or guardian.consent,
// ErrConsentOutdated.
func (f *Filling) By(d *contest.Definition, fields []contest.Field, g *Guardian) error {
	consent := GuardianConsent(d, fields)
	if consent.Version == "" || len(f.values) == 0 {
		return nil
	}
	f.child = f.tellsChild()
	if g == nil {
		return nil
	}
	field := contest.Field{Key: GuardianKey, Label: GuardianLabel, Kind: KindGuardian}
	wrong := func(message string) error { return errs.InvalidField("guardian.name", message) }
	name, err := readPersonName(contest.Field{Key: "name", Label: field.Label}, g.Name, wrong)
	if err != nil {
		return wrong(errs.From(err).Message)
	}
	switch g.Consent {
	case "":
		return errs.InvalidField("guardian.consent", "请监护人阅读并同意后再提交")
	case consent.Version:
	default:
		return ErrConsentOutdated
	}
	f.values = append(f.values, filledValue{field, name, consent})
	f.child = false
	return nil
}

// tellsChild reports whether the number of an identity card is that of a child.
func (f *Filling) tellsChild() bool {
	for _, v := range f.values {
		if v.field.Kind != contest.FieldID || len(v.value) != idDigits {
			continue
		}
		born, err := time.Parse("20060102", v.value[6:14])
		if err == nil && born.AddDate(ofAge, 0, 0).After(time.UnixMilli(f.at)) {
			return true
		}
	}
	return false
}

// guarded refuses what a child tells for whom no guardian has agreed, and keeps the text
// that a guardian agrees to.
func (f *Filling) guarded(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) error {
	for _, v := range f.values {
		if v.field.Key == GuardianKey {
			return v.consent.Remember(ctx, tx, f.at)
		}
	}
	if !f.child {
		return nil
	}
	var n int
	err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM personal WHERE contest_id = ? AND player_id = ? AND field_key = ?",
		contestID, player, GuardianKey)
	if err == nil && n == 0 {
		return errNoGuardian
	}
	return errs.Wrap(err, "look for a guardian's consent")
}
