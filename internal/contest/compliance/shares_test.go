package compliance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
	"anquanda/internal/wechat"
)

// cash is a pot of money that all of a list share.
const cash = "  - {key: cash, title: 红包, kind: redpacket, stock: 500}\ndrawings:\n  - {key: share, title: 瓜分, " +
	"at: 2026-07-02 10:00, who: {points: 1}, source: 双色球, pot: {prize: cash, total: "

func TestAShareThatWeChatDoesNotPayIsFound(t *testing.T) {
	const most = wechat.MaxTransferCents
	for pot, found := range map[string]bool{
		fmt.Sprint(most):                          false,
		fmt.Sprint(most + 1):                      true,
		fmt.Sprint(9*most, ", most: ", most):      false,
		fmt.Sprint(9*most, ", most: ", most+1):    true,
		fmt.Sprint(9*most, ", least: ", most+100): true,
	} {
		d := contests.Parsed(t, strings.Replace(careful, "drawings:\n", cash+pot+"}}\n", 1))
		if got := slices.Contains(codes(d), "huge-share drawings[0].pot"); got != found {
			t.Errorf("a pot of %s: found %t", pot, got)
		}
	}
}
