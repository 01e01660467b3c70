package forensics

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// oddGrants finds what players hold that no rule gives.
func (l *scan) oddGrants(
	ctx context.Context, r *rules, players []sqldb.ID, recounts map[sqldb.ID][]play.Recount,
) (map[sqldb.ID][]contest.Grant, error) {
	odd := map[sqldb.ID][]contest.Grant{}
	records, err := l.records(ctx, players)
	if err != nil {
		return nil, err
	}
	prizes, err := l.prizesOfPoints(ctx, r, players)
	if err != nil {
		return nil, err
	}
	for _, player := range players {
		record := records[player]
		if record == nil || len(record.Grants) == 0 {
			continue
		}
		g := granting{rules: r, record: record, versions: map[int64]*contest.Definition{}, loose: map[int64]bool{},
			prizes: prizes}
		for i := range recounts[player] {
			recount := &recounts[player][i]
			g.versions[recount.Stored.ID] = r.byVersion[recount.Edition.Version]
			g.loose[recount.Stored.ID] = r.wasCorrected(recount)
		}
		if found := g.odd(); len(found) > 0 {
			odd[player] = found
		}
	}
	return odd, nil
}

func (l *scan) records(ctx context.Context, players []sqldb.ID) (map[sqldb.ID]*contest.Record, error) {
	enrolments, err := identity.EnrolmentsIn(ctx, l.db, l.contest.ContestID, players)
	if err != nil {
		return nil, err
	}
	return l.play.Records(ctx, l.contest.Definition, l.contest.ContestID, enrolments)
}

// prizesOfPoints is what awards of points have credited, by source of the grant.
func (l *scan) prizesOfPoints(ctx context.Context, r *rules, players []sqldb.ID) (map[string]awarded, error) {
	var awards []struct {
		ID       sqldb.ID `db:"id"`
		PlayerID sqldb.ID `db:"player_id"`
		PrizeKey string   `db:"prize_key"`
		Worth    *int     `db:"worth"`
	}
	err := l.db.SelectIn(ctx, &awards,
		"SELECT id, player_id, prize_key, worth FROM awards WHERE contest_id = ? AND player_id IN (?) AND kind = 'points'",
		l.contest.ContestID, players)
	credited := make(map[string]awarded, len(awards))
	for _, a := range awards {
		if a.Worth != nil {
			credited["prize/"+a.ID.String()] = awarded{a.PlayerID, *a.Worth}
			continue
		}
		value := 0
		for _, d := range r.byVersion {
			for i := range d.Prizes {
				if d.Prizes[i].Key == a.PrizeKey {
					value = max(value, d.Prizes[i].Value)
				}
			}
		}
		credited["prize/"+a.ID.String()] = awarded{a.PlayerID, value}
	}
	return credited, errs.Wrap(err, "read the prizes of points")
}

type awarded struct {
	player sqldb.ID
	points int
}

// wasCorrected reports whether a question of the attempt was corrected after it: it
// may then have earned by what it was before.
func (r *rules) wasCorrected(recount *play.Recount) bool {
	return slices.ContainsFunc(recount.Asked, func(id string) bool { return r.corrected[id] >= recount.Stored.FinishedAt })
}

// granting replays how one player came to the grants that the ledger holds. Each
// attempt and deed is looked at once more, beside the grants that were there then
// and beside all others: what earned later may have been written earlier. A grant
// that none of it explains is odd.
type granting struct {
	*rules
	record   *contest.Record
	versions map[int64]*contest.Definition // by attempt
	loose    map[int64]bool                // attempts that were scored again
	prizes   map[string]awarded

	explained map[grantKey]int // the most that is explained
}

type grantKey struct {
	kind   contest.GrantKind
	source string
}

func (g *granting) odd() (odd []contest.Grant) {
	g.explained = map[grantKey]int{}
	for source, a := range g.prizes {
		g.explained[grantKey{contest.GrantPoints, source}] = a.points
	}
	for _, a := range g.record.Counting() {
		if a.FinishedAt != 0 {
			g.attempt(a)
		}
	}
	for _, deed := range g.record.Deeds {
		if deed.Kind == contest.DeedLive {
			g.live(deed)
		}
		g.each(deed.At, func(r *contest.Record) {
			for _, d := range g.earning {
				g.explain(d.EarnDeed(d.Summarize(r, deed.At), deed))
			}
		})
	}
	for _, grant := range g.record.Grants {
		if most, ok := g.explained[grantKey{grant.Kind, grant.Source}]; !ok || grant.Amount > most {
			odd = append(odd, grant)
		}
	}
	return odd
}

// live explains what the best result of a live room gives. Whose result is how good
// stands with the room; here a grant without a room, or of more than any, is odd.
func (g *granting) live(deed contest.Deed) {
	room, _, _ := strings.Cut(deed.Ref, "/")
	best := contest.LiveResult{Right: math.MaxInt, Rank: 1, Left: true}
	for _, d := range g.byVersion {
		for i := range d.Live {
			g.explain(contest.LiveGives(&d.Live[i], room, best, nil, deed.At))
		}
	}
}

func (g *granting) attempt(a contest.Attempt) {
	d := g.versions[a.ID]
	if d == nil {
		return
	}
	g.each(a.FinishedAt, func(r *contest.Record) { g.explain(d.EarnAttempt(d.Summarize(r, a.FinishedAt), a)) })
	if !g.loose[a.ID] {
		return
	}
	for i := range d.Earnings {
		if rule := &d.Earnings[i]; rule.For == contest.DeedAttempt {
			g.loosely(rule, a.FinishedAt)
		}
	}
}

// loosely explains what a rule may have given for an attempt that was scored again.
func (g *granting) loosely(rule *contest.Earning, at int64) {
	points := rule.Give.Points
	if rule.Give.Score {
		points = math.MaxInt32
	}
	for _, grant := range g.record.Grants {
		if grant.Rule == rule.Key && grant.At == at && (grant.Kind == contest.GrantCard ||
			strings.HasPrefix(grant.Source, rule.Key+"/")) {
			most := map[contest.GrantKind]int{contest.GrantPoints: points, contest.GrantTry: rule.Give.Tries,
				contest.GrantChance: 1, contest.GrantCard: 1}
			if purse, ok := grant.Kind.Purse(); ok && purse == rule.Give.Purse {
				most[grant.Kind] = rule.Give.Amount
			}
			g.most(grantKey{grant.Kind, grant.Source}, most[grant.Kind])
		}
	}
}

// each hands the record over as it was at a moment, and as it is now without the
// grants of that moment. Those of the same moment that another deed explains are in
// both.
func (g *granting) each(at int64, use func(*contest.Record)) {
	before := maps.Clone(g.explained)
	own := func(grant contest.Grant) bool {
		_, others := before[grantKey{grant.Kind, grant.Source}]
		return grant.At == at && !others
	}
	later := func(a contest.Attempt) bool { return a.FinishedAt == 0 || a.FinishedAt > at }
	r := *g.record
	r.Registered = true // it may have been when this was earned
	r.Grants = slices.DeleteFunc(slices.Clone(g.record.Grants), own)
	use(&r)
	r.History = slices.DeleteFunc(slices.Clone(g.record.History), later)
	r.Grants = slices.DeleteFunc(slices.Clone(r.Grants), func(grant contest.Grant) bool { return grant.At > at })
	use(&r)
}

func (g *granting) explain(grants []contest.Grant) {
	for _, grant := range grants {
		g.most(grantKey{grant.Kind, grant.Source}, grant.Amount)
	}
}

// most notes that a grant of up to an amount is explained.
func (g *granting) most(key grantKey, amount int) {
	if present, ok := g.explained[key]; !ok || amount > present {
		g.explained[key] = amount
	}
}
