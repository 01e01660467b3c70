package errs_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
)

var errStockGone = errs.New(errs.Gone, "stock_gone", "奖品已发完")

func TestAnErrorTellsTheLogAllOfIt(t *testing.T) {
	for want, err := range map[string]error{
		"stock_gone":                    errStockGone,
		"invalid_field nickname":        errs.InvalidField("nickname", "昵称太长"),
		"stock_gone: unexpected EOF":    errStockGone.Because(io.ErrUnexpectedEOF),
		"draw chance 7: stock_gone":     errs.Wrap(errStockGone, "draw chance %d", 7),
		"draw: stock_gone: EOF":         errs.Wrap(errStockGone.Because(io.EOF), "draw"),
		"internal: unexpected EOF":      errs.From(io.ErrUnexpectedEOF),
		"internal: read: EOF":           errs.From(errs.Wrap(io.EOF, "read")),
		"invalid_field nickname: EOF":   errs.InvalidField("nickname", "昵称太长").Because(io.EOF),
		"draw 100% of 3: stock_gone":    errs.Wrap(errStockGone, "draw 100%% of %d", 3),
		"outer: inner: stock_gone: EOF": errs.Wrap(errs.Wrap(errStockGone.Because(io.EOF), "inner"), "outer"),
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}

func TestAKindSurvivesWrapping(t *testing.T) {
	for name, err := range map[string]error{
		"as it is":     errStockGone,
		"with a cause": errStockGone.Because(io.EOF),
		"wrapped":      errs.Wrap(errStockGone.Because(io.EOF), "draw"),
		"by fmt":       fmt.Errorf("draw: %w", errStockGone),
		"joined":       errors.Join(io.EOF, errStockGone),
	} {
		t.Run(name, func(t *testing.T) {
			found := errs.From(err)
			if found.Kind != errs.Gone || found.Code != "stock_gone" || found.Message != "奖品已发完" {
				t.Errorf("From gives %+v", found)
			}
			if !errors.Is(err, errStockGone) {
				t.Error("errors.Is does not find it")
			}
		})
	}
}

func TestTheCauseIsKeptForTheLog(t *testing.T) {
	err := errs.Wrap(errStockGone.Because(io.EOF), "draw")
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
	if errors.Is(errStockGone, io.EOF) {
		t.Error("Because changed the error that all share")
	}
}

func TestAnythingElseIsInternalAndSaysNothing(t *testing.T) {
	found := errs.From(errors.New("dial tcp 10.0.0.7: password is hunter2"))
	if found.Kind != errs.Internal || found.Code != "internal" {
		t.Errorf("From gives %+v, want internal", found)
	}
	if strings.Contains(found.Message, "hunter2") || found.Message == "" {
		t.Errorf("the person reads %q", found.Message)
	}
}

func TestErrorsAreTheSameByTheirCode(t *testing.T) {
	other := errs.New(errs.Gone, "time_over", "活动已结束")
	if errors.Is(errStockGone, other) {
		t.Error("two codes are one")
	}
	if !errors.Is(errs.New(errs.Conflict, "stock_gone", ""), errStockGone) {
		t.Error("one code is two")
	}
	if errors.Is(errors.New("stock_gone"), errStockGone) {
		t.Error("a text is the same as a code")
	}
}

func TestNoErrorStaysNoError(t *testing.T) {
	if err := errs.Wrap(nil, "draw"); err != nil {
		t.Errorf("Wrap makes %v of nothing", err)
	}
}

func TestTheZeroKindIsInternal(t *testing.T) {
	var kind errs.Kind
	if kind != errs.Internal {
		t.Error("an error whose kind was forgotten would not be internal")
	}
}

func TestAWaitIsToldToPeopleAndPrograms(t *testing.T) {
	busy := errs.New(errs.RateLimited, "too_many", "人太多，请稍后再试")
	for wait, want := range map[time.Duration]string{
		0:                       "人太多，请 1 秒后再试",
		1500 * time.Millisecond: "人太多，请 2 秒后再试",
		90 * time.Second:        "人太多，请 90 秒后再试",
		91 * time.Second:        "人太多，请 2 分钟后再试",
		2 * time.Hour:           "人太多，请 2 小时后再试",
	} {
		told := busy.After(wait)
		if told.Message != want || told.Wait < time.Second || told.Wait < wait {
			t.Errorf("after %v: %q, %v", wait, told.Message, told.Wait)
		}
		if !errors.Is(told, busy) || busy.Wait != 0 {
			t.Error("a wait makes another error of it, or changes the one that all share")
		}
	}
}
