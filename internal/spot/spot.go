// Package spot lets players find the spots of a contest by the codes that are printed
// there, and staff see those codes. A code is made of the spot and the installation's key
// and stored nowhere; what was found is a deed of play, whose key lets each count once. This
// package owns no table.
//
// A code proves that its holder saw it, not that they stood there: its picture can be handed
// on. The definition bounds that by hours, an end, a code for each day and a new issue.
package spot

import (
	"context"
	"crypto/subtle"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/typed"
)

// Why a code finds nothing.
var (
	ErrUnknown = errs.New(errs.NotFound, "spot_code_unknown", "没有这个打卡码，请对照现场的码再输一次")
	ErrOld     = errs.New(errs.Gone, "spot_code_old", "这个打卡码已经换了，请扫现场现在的码")
	errDays    = errs.InvalidField("days", "一次最多看 31 天的码")
	errFrom    = errs.InvalidField("from", "请写一个日期，如 2026-06-01")
)

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	Players *identity.Players
	Play    *play.Service
	Keys    *keyring.Keys
	Now     func() time.Time
}

// Service knows the codes of spots. It is safe for concurrent use.
type Service struct {
	Config
	codes *keyring.Made[[]byte]
}

// New returns the service.
func New(c Config) *Service { return &Service{Config: c, codes: c.Keys.Part("codes")} }

// Found is what giving a code came to.
type Found struct {
	Spot *contest.Spot
	*play.Done
	Opened []*contest.Level // that hang on the spot and are open now
}

// Find records that a player gave the code of a spot; once, of a daily one once a day, and
// again it is Repeated. Errors: ErrUnknown, ErrOld, those of contest.FindSpot,
// identity.ErrNotEnrolled.
func (s *Service) Find(ctx context.Context, c *catalog.Contest, player sqldb.ID, code string) (*Found, error) {
	e, err := s.Players.Enrolment(ctx, c.ContestID, player)
	if err != nil {
		return nil, err
	}
	now := s.Now().UnixMilli()
	at, err := s.spotOf(c, code, now)
	if err != nil {
		return nil, err
	}
	deed, err := c.FindSpot(at, now)
	if err != nil {
		return nil, err
	}
	done, err := s.Play.Do(ctx, c, player, deed)
	if err != nil {
		return nil, err
	}
	summary, err := s.Play.Summary(ctx, c, e)
	if err != nil {
		return nil, err
	}
	return &Found{Spot: at, Done: done, Opened: c.OpenedBy(at.Key, summary, now)}, nil
}

// spotOf is the spot whose code of now somebody gave. Codes that were printed by an earlier
// key of the installation are as good.
func (s *Service) spotOf(c *catalog.Contest, text string, now int64) (*contest.Spot, error) {
	code := typed.Code(text)
	if code == "" {
		return nil, ErrUnknown
	}
	today := c.Day(now)
	begins, _ := c.Bounds(contest.PerDay, now)
	yesterday := c.Day(begins - 1)
	old := false
	for i := range c.Spots {
		spot := &c.Spots[i]
		before := *spot
		before.Issue = max(1, spot.Issue) - 1
		for _, key := range s.codes.All() {
			is := func(s *contest.Spot, day int) bool {
				return subtle.ConstantTimeCompare([]byte(codeOf(key, c.ContestID, s, dayOf(s, day))), []byte(code)) == 1
			}
			if is(spot, today) {
				return spot, nil
			}
			old = old || spot.Daily && is(spot, yesterday) || before.Issue > 0 && is(&before, today)
		}
	}
	if old {
		return nil, ErrOld
	}
	return nil, ErrUnknown
}

// Code is the code of a spot as staff print it.
type Code struct {
	Spot *contest.Spot
	Day  int // yyyymmdd; 0 of a spot that is not daily
	Code string
}

// mostDays is for how many days codes are shown at once.
const mostDays = 31

// Codes tells staff the codes of all spots, of daily ones for so many days from a date
// (2026-06-01). Who sees a code can hand it on, so that it was seen is in the audit log.
// Errors: invalid_field from or days.
func (s *Service) Codes(
	ctx context.Context, actor staff.Actor, c *catalog.Contest, from string, days int,
) ([]Code, error) {
	first, err := time.ParseInLocation(time.DateOnly, from, c.Zone())
	if err != nil {
		return nil, errFrom
	}
	if days < 1 || days > mostDays {
		return nil, errDays
	}
	codes := []Code{}
	for i := range c.Spots {
		spot := &c.Spots[i]
		for n := range days {
			if n > 0 && !spot.Daily {
				break
			}
			day := dayOf(spot, c.Day(first.AddDate(0, 0, n).UnixMilli()))
			codes = append(codes, Code{spot, day, codeOf(s.codes.Newest(), c.ContestID, spot, day)})
		}
	}
	err = s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: actor, Action: "spot.codes", Subject: c.ContestID.String(),
			Detail: map[string]any{"from": from, "days": days}})
	})
	return codes, errs.Wrap(err, "show the codes of spots")
}

// Counts is how many players have found each spot, by its key; of a daily one each day
// counts.
func (s *Service) Counts(ctx context.Context, contestID sqldb.ID) (map[string]int64, error) {
	var rows []struct {
		Ref     string `db:"ref"`
		Players int64  `db:"players"`
	}
	err := s.DB.Select(ctx, &rows, `SELECT ref, COUNT(*) AS players FROM deeds
		WHERE contest_id = ? AND kind = ? GROUP BY ref`, contestID, string(contest.DeedFound))
	if err != nil {
		return nil, errs.Wrap(err, "count who found spots")
	}
	counts := map[string]int64{}
	for _, row := range rows {
		counts[contest.SpotOf(row.Ref)] += row.Players
	}
	return counts, nil
}
