package certificate

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// codeLength characters of codes are 50 bits: beside a number that exists a guess is right
// once in 1.1e15 tries, and limit.Certificate bounds them.
const codeLength = 10

// codes writes what is easily typed: of 0 and O, of 1 and I there is none.
var codes = base32.NewEncoding("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

// ErrUnknown is the one answer to a number that there is not and to a code that is not its
// own, so that trying tells nothing of what exists.
var ErrUnknown = errs.New(errs.NotFound, "certificate_unknown", "没有查到这份证书，请对照证书上的编号和校验码再输一次")

// Code is what stands beside the number of a certificate, so that who holds the certificate
// can ask whether it is genuine and nobody else. It is made of the number and stored nowhere.
// Printed ones are to stay good for ever, so it is made by the first secret of the
// installation, which stays in the ring.
func (s *Service) Code(number sqldb.ID) string {
	key, ok := s.codes.Kept("")
	if !ok {
		return ""
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(number)))
	return codes.EncodeToString(mac.Sum(nil))[:codeLength]
}

// Numbered is the number that was typed or scanned; ok is false where the code is not its own.
func (s *Service) Numbered(number, code string) (id sqldb.ID, ok bool) {
	id, ok = sqldb.ParseID(read(number))
	return id, ok && read(code) != "" && subtle.ConstantTimeCompare([]byte(s.Code(id)), []byte(read(code))) == 1
}

// ByCode is the certificate of a number and its code, as they were typed or scanned.
// Errors: ErrUnknown.
func (s *Service) ByCode(ctx context.Context, number, code string) (*Certificate, error) {
	id, ok := s.Numbered(number, code)
	if !ok {
		return nil, ErrUnknown
	}
	var c Certificate
	err := s.db.Get(ctx, &c, "SELECT "+columns+" FROM certificates WHERE number = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrUnknown
	}
	return &c, errs.Wrap(err, "read a certificate")
}

// read is what somebody typed, without what parts it.
func read(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -·\t\r\n", r) {
			return -1
		}
		return r
	}, strings.ToUpper(typed.Plain(text)))
}
