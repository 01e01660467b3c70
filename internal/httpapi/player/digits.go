package player

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/limit"
	"anquanda/internal/sqldb"
	"anquanda/internal/typed"
)

// Errors of showing all in full. The session alone does not do: it may be a shared tablet
// on which somebody forgot to sign out.
var (
	errDigitsWrong = errs.New(errs.Forbidden, "digits_wrong", "填的不对，请再核对一下")
	errDigitsOften = errs.New(errs.RateLimited, "digits_often", "填了太多次，请一小时后再试")
)

// knownBy is what a person knows of what is kept, beyond what masks show.
type knownBy struct{ want, ask string }

// knowing picks it: the hidden digits of a phone, else the end of an identity card's
// number. Who told neither has nothing here that could be asked for.
func knowing(proved []identity.Proved, told []personal.Told) knownBy {
	for _, p := range proved {
		if p.Kind == contest.ProofPhone && len(p.Value) == 11 {
			return knownPhone(p.Value)
		}
	}
	for _, t := range told {
		if t.Kind == contest.FieldPhone && len(t.Value) == 11 {
			return knownPhone(t.Value)
		}
	}
	for _, t := range told {
		if t.Kind == contest.FieldID && len(t.Value) == 18 {
			return knownBy{t.Value[12:], "为了确认是您本人，请填身份证号的最后 6 位"}
		}
	}
	return knownBy{}
}

func knownPhone(number string) knownBy {
	return knownBy{number[3:7], "为了确认是您本人，请填手机号 " + personal.Mask(contest.FieldPhone, number) + " 中间的 4 位"}
}

// held is what is kept sealed of a player, in full.
type held struct {
	proved []identity.Proved
	told   []personal.Told
}

// heldInFull reads it once who asks has given what only the player knows. Errors:
// digits_needed, which says what to give, digits_wrong, digits_often.
func (a *API) heldInFull(c *gin.Context, in *catalog.Contest, player sqldb.ID) (h held, err error) {
	ctx := c.Request.Context()
	given, err := web.Query(c, "digits")
	if err != nil {
		return h, err
	}
	if h.proved, err = a.Players.ProvedBy(ctx, in.ContestID, player); err != nil {
		return h, err
	}
	if h.told, err = a.Players.Personal.ToldBy(ctx, in.ContestID, player); err != nil {
		return h, err
	}
	known := knowing(h.proved, h.told)
	switch {
	case known.want == "":
		return h, nil
	case given == "":
		return held{}, errs.New(errs.Forbidden, "digits_needed", known.ask)
	case a.guessesTooOften(ctx, in, player):
		return held{}, errDigitsOften
	case !strings.EqualFold(strings.TrimSpace(typed.Plain(given)), known.want):
		return held{}, errDigitsWrong
	}
	return h, nil
}

func (a *API) guessesTooOften(ctx context.Context, in *catalog.Contest, player sqldb.ID) bool {
	return a.Limits.Limiter.Take(ctx, limit.Digits, limit.Who{Contest: in.ContestID, Player: player}, limit.Work{}) != nil
}
