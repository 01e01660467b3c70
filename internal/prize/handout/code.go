package handout

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// A code of an award is twelve characters: seven random ones by which the award is
// found, and five that sign contest and award. To hit an award takes a guess in
// 2^35 for each that there is, and to pass the signature one in 2^25 more.
const (
	locatorLength = 7
	codeLength    = 12
)

// Why a code is refused.
var (
	ErrCodeForm      = errs.InvalidField("code", "领奖码是 12 个字母和数字，请再核对一遍")
	ErrCodeUnknown   = errs.New(errs.NotFound, "code_unknown", "没有这张奖券。请核对领奖码；如果是扫码得来的，这张奖券不是本系统发出的")
	ErrCodeElsewhere = errs.New(errs.Conflict, "code_elsewhere", "这是另一个活动的奖券")
)

// Code returns the code by which the booth finds an award; it is made when it is
// first asked for, and stays. It is for the winner's eyes.
func (b *Booth) Code(ctx context.Context, contestID, award sqldb.ID) (string, error) {
	for {
		var locator string
		err := b.db.Get(ctx, &locator, "SELECT locator FROM award_codes WHERE award_id = ?", award)
		if err == nil {
			return prize.Grouped(locator + sign(b.keys.Newest(), contestID, award, locator)), nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return "", errs.Wrap(err, "read the code of an award")
		}
		var random [8]byte
		rand.Read(random[:])
		err = b.db.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO award_codes (award_id, locator) VALUES (?, ?)", award,
				prize.Letters(random[:], locatorLength))
			return err
		})
		if err != nil && !sqldb.IsDuplicate(err) { // else asked for twice at once, or a locator that exists
			return "", errs.Wrap(err, "make the code of an award")
		}
	}
}

func sign(key keyring.Key, contestID, award sqldb.ID, locator string) string {
	mac := hmac.New(sha256.New, key.Bytes)
	var text [16]byte
	binary.BigEndian.PutUint64(text[:], uint64(contestID))
	binary.BigEndian.PutUint64(text[8:], uint64(award))
	mac.Write(text[:])
	mac.Write([]byte(locator))
	return prize.Letters(mac.Sum(nil), codeLength-locatorLength)
}

// cleanCode reads a code as it was scanned (the address of the booth's page) or
// typed: case, blanks and dashes do not matter, and look-alikes are put right.
func cleanCode(text string) (string, error) {
	if at := strings.LastIndexAny(text, "/="); at >= 0 {
		text = text[at+1:]
	}
	code := strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ', '_', '.':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(typed.Plain(text)))
	if len(code) != codeLength || strings.Trim(code, prize.Alphabet) != "" {
		return "", ErrCodeForm
	}
	return code, nil
}

// find reads the award of a code. Errors: ErrCodeForm, ErrCodeUnknown (nobody's, or
// forged), ErrCodeElsewhere.
func (b *Booth) find(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, text string) (*prize.Award, error) {
	code, err := cleanCode(text)
	if err != nil {
		return nil, err
	}
	var a prize.Award
	err = from.Get(ctx, &a,
		"SELECT "+prize.AwardColumns+` FROM awards
			WHERE id = (SELECT award_id FROM award_codes WHERE locator = ?)`, code[:locatorLength])
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrCodeUnknown
	}
	if err != nil {
		return nil, errs.Wrap(err, "find the award of a code")
	}
	signed := func(key keyring.Key) bool {
		return hmac.Equal([]byte(code[locatorLength:]), []byte(sign(key, a.ContestID, a.ID, code[:locatorLength])))
	}
	if !b.keys.Any(signed) {
		return nil, ErrCodeUnknown
	}
	if a.ContestID != contestID {
		return nil, b.elsewhere(a.ContestID)
	}
	return &a, nil
}

// elsewhere names the contest that a code belongs to.
func (b *Booth) elsewhere(contestID sqldb.ID) error {
	c, err := b.catalog.Of(contestID)
	if err != nil {
		return ErrCodeElsewhere
	}
	named := errs.New(ErrCodeElsewhere.Kind, ErrCodeElsewhere.Code, "这是活动“"+c.Title+"”的奖券，要在那个活动里发放")
	named.Contest = c.Slug
	return named
}
