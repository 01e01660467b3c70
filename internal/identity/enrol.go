// Package identity knows who plays: guests by a signed cookie, and for each
// contest the nickname, unit and division that they chose (join.go), and what the
// contest asks of their person. It owns the tables players, enrolments, personal,
// consents and unit_changes.
//
// What is asked (personal.go) is kept sealed, with a keyed hash that finds equal
// phones and addresses without opening them (vault.go), and with the version of the
// text that the player agreed to (consent.go). Lists show it masked; staff see it
// in full only together with an entry in the audit log (who.go). It goes when the
// player says so, or when its time is over. None of it is ever in a log.
package identity

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors about who plays.
var (
	ErrNobody      = errs.New(errs.Unauthenticated, "unauthenticated", "请先登记昵称")
	ErrNotEnrolled = errs.New(errs.Forbidden, "not_enrolled", "请先登记昵称，再参加这个活动")
)

// MaxNickname is the longest nickname, in characters.
const MaxNickname = 12

// Enrolment is a player's part in a contest.
type Enrolment struct {
	PlayerID sqldb.ID `db:"player_id"`
	Nickname string   `db:"nickname"`
	UnitID   sqldb.ID `db:"unit_id"` // 0 for none
	Division string   `db:"division"`
	Filled   string   `db:"filled"` // keys of fields, parted by blanks
}

// Players keeps who plays. It is safe for concurrent use.
type Players struct {
	db    *sqldb.DB
	ids   *sqldb.IDs
	vault *Vault
}

// NewPlayers returns the players stored in db.
func NewPlayers(db *sqldb.DB, ids *sqldb.IDs) *Players { return &Players{db: db, ids: ids} }

// UseVault lets personal data be kept; without a vault fields cannot be filled in.
// It is called before the players are used.
func (p *Players) UseVault(v *Vault) { p.vault = v }

// Enrolment returns the player's part in a contest; ErrNotEnrolled for none.
func (p *Players) Enrolment(ctx context.Context, contestID, player sqldb.ID) (Enrolment, error) {
	var e Enrolment
	err := p.db.Get(ctx, &e, "SELECT "+enrolmentColumns+" FROM enrolments WHERE contest_id = ? AND player_id = ?", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return e, ErrNotEnrolled
	}
	return e, errs.Wrap(err, "read an enrolment")
}

// Enrolments reads the parts of several players at once; unknown ones are left out.
func (p *Players) Enrolments(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Enrolment, error) {
	return EnrolmentsIn(ctx, p.db, contestID, players)
}

// Enrol lets a player (0: a new guest) take part, or changes the nickname and
// unit of one who does, whatever a definition says: Join is by the rules. Errors:
// invalid_field nickname.
func (p *Players) Enrol(ctx context.Context, contestID, player sqldb.ID, nickname string, unitID sqldb.ID) (Enrolment, error) {
	nickname, err := cleanNickname(nickname)
	if err != nil {
		return Enrolment{}, err
	}
	isNew := player == 0
	if isNew {
		player = p.ids.Next()
	}
	now := time.Now().UnixMilli()
	enrolment := Enrolment{PlayerID: player, Nickname: nickname, UnitID: unitID}
	err = p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if isNew {
			if _, err := tx.Exec(ctx, "INSERT INTO players (id, created_at) VALUES (?, ?)", player, now); err != nil {
				return err
			}
		}
		matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = ?, unit_id = ? WHERE contest_id = ? AND player_id = ?",
			nickname, unitID, contestID, player)
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO enrolments (contest_id, player_id, nickname, unit_id, joined_at) VALUES (?, ?, ?, ?, ?)",
			contestID, player, nickname, unitID, now)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return p.Enrolment(ctx, contestID, player) // pressed twice at once: the first stands
	}
	return enrolment, errs.Wrap(err, "enrol a player")
}

func cleanNickname(text string) (string, error) {
	return CleanName("nickname", "昵称", text, MaxNickname)
}

// CleanName trims a name of at most so many characters and refuses what a list
// must not show: control and format characters (they can reverse or hide text)
// and what looks like nothing. Errors: invalid_field, which call the name what.
func CleanName(field, what, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", errs.InvalidField(field, what+"里有无法识别的字符")
	}
	if strings.ContainsFunc(text, unshowable) {
		return "", errs.InvalidField(field, what+"里有不能显示的字符")
	}
	text = strings.Join(strings.Fields(text), " ")
	if !strings.ContainsFunc(text, visible) {
		return "", errs.InvalidField(field, "请填写"+what)
	}
	if utf8.RuneCountInString(text) > most {
		return "", errs.InvalidField(field, fmt.Sprintf("%s最多 %d 个字", what, most))
	}
	return text, nil
}

// unshowable characters have no picture of their own, or do something to those
// around them: fillers too, of which a name could be made that nobody sees.
func unshowable(r rune) bool {
	const brailleBlank = '\u2800'
	return r == utf8.RuneError || r == brailleBlank ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// visible characters are seen even when they stand alone; accents are not.
func visible(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) }

// Count is how many players take part in a contest.
func (p *Players) Count(ctx context.Context, contestID sqldb.ID) (int64, error) {
	var n int64
	err := p.db.Get(ctx, &n, "SELECT COUNT(*) FROM enrolments WHERE contest_id = ?", contestID)
	return n, errs.Wrap(err, "count players")
}

// gone is shown in the place of a player who took the name back.
const gone = "已退出"

// Held is what is kept about a player in a contest, beside answers.
type Held struct {
	Enrolment
	JoinedAt int64 `db:"joined_at"` // UTC ms
}

// Held tells what is kept about a player (PIPL, article 45); ErrNotEnrolled when
// there is nothing.
func (p *Players) Held(ctx context.Context, contestID, player sqldb.ID) (Held, error) {
	var h Held
	err := p.db.Get(ctx, &h, "SELECT "+enrolmentColumns+", joined_at FROM enrolments WHERE contest_id = ? AND player_id = ?", contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return h, ErrNotEnrolled
	}
	return h, errs.Wrap(err, "read what is kept about a player")
}

// Forget deletes the nickname, the unit and all that a player told (PIPL, article 47).
// Results stay, without anything that tells whose they are. elsewhere tells that
// the player still has a name in another contest.
func (p *Players) Forget(ctx context.Context, contestID, player sqldb.ID) (left Enrolment, elsewhere bool, err error) {
	var names int
	err = p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "UPDATE enrolments SET nickname = ?, unit_id = 0 WHERE contest_id = ? AND player_id = ?", gone, contestID, player)
		if err == nil && matched == 0 {
			err = ErrNotEnrolled
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM personal WHERE contest_id = ? AND player_id = ?", contestID, player); err != nil {
			return err
		}
		return tx.Get(ctx, &names, "SELECT COUNT(*) FROM enrolments WHERE player_id = ? AND nickname <> ?", player, gone)
	})
	return Enrolment{PlayerID: player, Nickname: gone}, names > 0, errs.Wrap(err, "forget a player")
}
