package phone

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// claim is a message with all that it has to be within.
type claim struct {
	send
	request Request
	consent personal.Consent
	code    string // hash
	at      time.Time
}

// errSpent says that the proof of work was spent before.
var errSpent = errors.New("the proof of work is spent")

// errFull says that a count has reached its most.
var errFull = errors.New("as many as there may be")

// claim takes a message out of every limit, or nothing of it: the proof of work, the
// phone, the network and device, and last the budget, whose row all nodes want. It sets
// NextAt. Errors: errSpent, ErrWait, ErrCrowd, ErrBudget, ErrTrouble.
func (s *Service) claim(ctx context.Context, of *claim) error {
	if err := s.glance(ctx, of); err != nil {
		return err
	}
	var used int64
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if err := s.takePhone(ctx, tx, of); err != nil {
			return err
		}
		if err := s.takeCrowd(ctx, tx, of); err != nil {
			return err
		}
		if err := of.consent.Remember(ctx, tx, of.AskedAt); err != nil {
			return err
		}
		err = sqldb.Insert(ctx, tx, "INSERT INTO sms_sends", []send{of.send})
		if sqldb.IsDuplicate(err) {
			return errSpent
		}
		if err != nil {
			return err
		}
		used, err = take(ctx, tx, budget, dayOf(of.at), s.terms.Daily)
		return err
	})
	if errors.Is(err, errFull) {
		return s.noBudget(ctx, of.at)
	}
	if err == nil {
		s.warn(ctx, used)
	}
	return errs.Wrap(err, "claim a message")
}

// budget is the subject that all messages are counted under.
const budget = "budget"

// glance refuses by reading alone what would be refused anyhow: a flood must not keep
// the store writing.
func (s *Service) glance(ctx context.Context, of *claim) error {
	if wait := s.pausedUntil.Load() - of.AskedAt; wait > 0 {
		refused("paused").Inc()
		return ErrTrouble.After(time.Duration(wait) * time.Millisecond)
	}
	if s.spent.Load() == dayOf(of.at) {
		return s.noBudget(ctx, of.at)
	}
	row, err := readPhone(ctx, s.db, of.Phone)
	if err != nil || row == nil {
		return err
	}
	return s.mayHave(row.times(), of)
}

// noBudget is the error of a day whose budget is spent, told to staff once a node.
func (s *Service) noBudget(ctx context.Context, at time.Time) error {
	refused("budget").Inc()
	if day := dayOf(at); s.spent.Swap(day) != day {
		slog.ErrorContext(ctx, "the budget of messages is spent: no codes are sent until midnight", "day", day, "budget",
			s.terms.Daily, "look at", "查看是否有人恶意刷短信；确需更多时，提高 --sms 文件里的 daily 并重启")
	}
	return ErrBudget
}

// warn tells staff when most of the budget is gone.
func (s *Service) warn(ctx context.Context, used int64) {
	if used == (s.terms.Daily*8+9)/10 {
		slog.WarnContext(ctx, "four fifths of the day's budget of messages are gone", "used", used, "budget", s.terms.Daily)
	}
}

// phoneRow is a row of sms_phones.
type phoneRow struct {
	Phone     string   `db:"phone"`
	Seq       int64    `db:"seq"`
	Sent      string   `db:"sent"`
	ContestID sqldb.ID `db:"contest_id"`
	Code      string   `db:"code"`
	Tries     int64    `db:"tries"`
	EndsAt    int64    `db:"ends_at"`
	UsedBy    string   `db:"used_by"`
	Consent   string   `db:"consent"`
	AskedAt   int64    `db:"asked_at"`
}

var phoneColumns = sqldb.Columns[phoneRow]("")

// readPhone reads the row of a phone; nil for none.
func readPhone(ctx context.Context, from sqldb.Reader, phone string) (*phoneRow, error) {
	var found []phoneRow
	err := from.Select(ctx, &found, "SELECT "+phoneColumns+" FROM sms_phones WHERE phone = ?", phone)
	if err != nil || len(found) == 0 {
		return nil, errs.Wrap(err, "read a phone")
	}
	return &found[0], nil
}

// times are when messages went to the phone.
func (r *phoneRow) times() (past []int64) {
	for text := range strings.FieldsSeq(r.Sent) {
		if at, err := strconv.ParseInt(text, 10, 64); err == nil {
			past = append(past, at)
		}
	}
	return past
}

// keptTimes is how many times are kept of a phone: as many as the widest window counts.
func (s *Service) keptTimes(past []int64) string {
	past = past[max(0, len(past)-max(s.terms.PhoneHour, s.terms.PhoneDay)):]
	texts := make([]string, len(past))
	for i, at := range past {
		texts[i] = strconv.FormatInt(at, 10)
	}
	return strings.Join(texts, " ")
}

// mayHave refuses a phone that has had its messages.
func (s *Service) mayHave(past []int64, of *claim) error {
	next := nextAt(s.terms.windows(), past)
	if of.AskedAt >= next {
		return nil
	}
	refused("phone").Inc()
	return ErrWait.After(time.Duration(next-of.AskedAt) * time.Millisecond)
}

// takePhone gives the phone its new code in the place of the one before.
func (s *Service) takePhone(ctx context.Context, tx *sqldb.Tx, of *claim) error {
	was, err := readPhone(ctx, tx, of.Phone)
	if err != nil {
		return err
	}
	is := phoneRow{Phone: of.Phone, Seq: 1, ContestID: of.ContestID, Code: of.code, EndsAt: of.EndsAt,
		Consent: of.consent.Version, AskedAt: of.AskedAt}
	past := []int64{of.AskedAt}
	if was != nil {
		if err := s.mayHave(was.times(), of); err != nil {
			return s.orSpent(ctx, tx, of, err)
		}
		past = append(was.times(), of.AskedAt)
		is.Seq = was.Seq + 1
	}
	is.Sent = s.keptTimes(past)
	of.NextAt = nextAt(s.terms.windows(), past)
	if was == nil {
		if err := sqldb.Insert(ctx, tx, "INSERT INTO sms_phones", []phoneRow{is}); sqldb.IsDuplicate(err) {
			return sqldb.ErrStale
		} else if err != nil {
			return errs.Wrap(err, "keep a code")
		}
		return nil
	}
	matched, err := tx.Exec(ctx, `UPDATE sms_phones SET seq = ?, sent = ?, contest_id = ?, code = ?, tries = 0,
		ends_at = ?, used_by = '', consent = ?, asked_at = ? WHERE phone = ? AND seq = ?`,
		is.Seq, is.Sent, is.ContestID, is.Code, is.EndsAt, is.Consent, is.AskedAt, is.Phone, was.Seq)
	if err == nil && matched == 0 {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "keep a code")
}

// orSpent finds that a phone is refused because of this very message, asked for twice at
// once.
func (s *Service) orSpent(ctx context.Context, tx *sqldb.Tx, of *claim, refusal error) error {
	var n int
	if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM sms_sends WHERE id = ?", of.ID); err != nil {
		return err
	}
	if n > 0 {
		return errSpent
	}
	return refusal
}

// takeCrowd counts the message for its network and device.
func (s *Service) takeCrowd(ctx context.Context, tx *sqldb.Tx, of *claim) error {
	times := int64(1)
	if of.request.AtPlace {
		times = placeTimes
	}
	hour, day := hourOf(of.at), dayOf(of.at)
	untilHour, untilDay := endOfHour(of.at).Sub(of.at), endOfDay(of.at).Sub(of.at)
	for _, c := range []struct {
		who, value string
		period     int64
		most       int64
		wait       time.Duration
	}{
		{"network", of.request.Network, hour, s.terms.NetworkHour * times, untilHour},
		{"network", of.request.Network, day, s.terms.NetworkDay * times, untilDay},
		{"device", of.request.Device, hour, s.terms.DeviceHour, untilHour},
		{"device", of.request.Device, day, s.terms.DeviceDay, untilDay},
	} {
		if c.value == "" {
			continue
		}
		_, err := take(ctx, tx, s.hashes(c.who, c.value)[0], c.period, c.most)
		if errors.Is(err, errFull) {
			refused(c.who).Inc()
			return ErrCrowd.After(c.wait)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// take counts one more of a subject in a period, and returns how many there are now.
// Errors: errFull.
func take(ctx context.Context, tx *sqldb.Tx, subject string, period, most int64) (n int64, err error) {
	matched, err := tx.Exec(ctx, "UPDATE sms_counts SET n = n + 1 WHERE subject = ? AND period = ? AND n < ?",
		subject, period, most)
	if err != nil {
		return 0, errs.Wrap(err, "count a message")
	}
	var rows []int64
	err = tx.Select(ctx, &rows, "SELECT n FROM sms_counts WHERE subject = ? AND period = ?", subject, period)
	switch {
	case err != nil:
		return 0, errs.Wrap(err, "count a message")
	case matched > 0 && len(rows) > 0:
		return rows[0], nil
	case len(rows) > 0:
		return rows[0], errFull
	}
	_, err = tx.Exec(ctx, "INSERT INTO sms_counts (subject, period, n) VALUES (?, ?, 1)", subject, period)
	if sqldb.IsDuplicate(err) {
		return 0, sqldb.ErrStale
	}
	return 1, errs.Wrap(err, "count a message")
}
