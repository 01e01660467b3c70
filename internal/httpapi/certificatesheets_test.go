package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/certificate"
	"anquanda/internal/conduct"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

var villagesContest = strings.Replace(realNameContest, "players:\n", `units: [{code: a, name: 东镇}, {code: b, name: 西镇}]
players:
  unit: {ask: optional, label: 镇}
`, 1)

type sheetsTold struct {
	More         bool
	Certificates []struct{ Name, Unit, Title, Number, Code string }
}

// sheets are the certificates that staff print for a unit, all pages of them.
func (h *house) sheets(by staff.Role, unit string) (names []string, pages int, err error) {
	h.t.Helper()
	after := ""
	for {
		var told sheetsTold
		err := h.member(by).Call(http.MethodGet,
			fmt.Sprintf("%s/contests/school/certificates/units/%s?after=%s", consolePath, unit, after), nil, &told)
		if err != nil {
			return nil, 0, err
		}
		pages++
		for _, one := range told.Certificates {
			if seen, err := h.checked(one.Number, one.Code); err != nil || seen.State != "stands" {
				h.t.Errorf("a printed certificate is told to be %+v, %v", seen, err)
			}
			names = append(names, one.Name)
			after = one.Number
		}
		if !told.More {
			slices.Sort(names)
			return names, pages, nil
		}
	}
}

func TestCertificatesArePrintedByUnitWithTheNamesThatStandOnThem(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(villagesContest)
		in, err := h.app.Catalog.Current("school")
		if err != nil {
			t.Fatal(err)
		}
		east, west := h.unit("school", "东镇"), h.unit("school", "西镇")
		h.certified(east, "张三丰")
		h.certified(east, "")
		h.certified(west, "王小二")
		h.certified("", "赵无极")
		cheat := h.certified(west, "钱不真")
		var id sqldb.ID
		if err := h.app.DB.Get(t.Context(), &id, "SELECT player_id FROM certificates WHERE number = ?",
			h.certificatesOf(cheat)[0].Number); err != nil {
			t.Fatal(err)
		}
		h.disqualifies(in.ContestID, id)

		var counted struct {
			Units []struct {
				Unit, Name   string
				Certificates int
			}
		}
		list := consolePath + "/contests/school/certificates"
		if err := h.member(staff.Organizer).Call(http.MethodGet, list, nil, &counted); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(counted.Units), fmt.Sprintf("[{%s 东镇 2} {%s 西镇 1} {none  1}]", east, west); got != want {
			t.Errorf("certificates by unit are %s, want %s", got, want)
		}
		for unit, want := range map[string][]string{east: {"", "张三丰"}, west: {"王小二"}, "none": {"赵无极"}} {
			names, _, err := h.sheets(staff.Organizer, unit)
			if err != nil || !slices.Equal(names, want) {
				t.Errorf("of unit %s are printed %q, %v, want %q", unit, names, err, want)
			}
		}
		if _, _, err := h.sheets(staff.Organizer, "12345"); !refusedAs(err, "unit_unknown") {
			t.Errorf("an unknown unit gives %v", err)
		}
		if _, _, err := h.sheets(staff.Viewer, east); !refusedAs(err, "not_permitted") {
			t.Errorf("who only looks on gets %v", err)
		}
		var logged int
		err = h.app.DB.Get(t.Context(), &logged, "SELECT COUNT(*) FROM audit_log WHERE action_name = 'certificates.print'")
		if err != nil || logged != 3 {
			t.Errorf("that names were seen three times is logged %d times, %v", logged, err)
		}
	})
}

// certified is a player of a unit who passed and, where a name is given, told it.
func (h *house) certified(unit, name string) *testkit.Player {
	h.t.Helper()
	p := h.player("school")
	if err := p.Enrol("青禾小李", unit); err != nil {
		h.t.Fatal(err)
	}
	if name != "" {
		h.tells(p, name)
	}
	h.passes(p)
	return p
}

// disqualifies takes a player out of a contest, as two members of staff do.
func (h *house) disqualifies(contestID, player sqldb.ID) {
	h.t.Helper()
	ctx := h.t.Context()
	c, err := h.app.Conduct.Open(ctx, fair.Sun, contestID, player, conduct.ByHand, "有人反映")
	if err == nil {
		err = h.app.Conduct.Propose(ctx, fair.Sun, c.ID, "用程序答题")
	}
	if err == nil {
		err = h.app.Conduct.Agree(ctx, fair.Wu, c.ID)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestManyCertificatesOfAUnitComePageByPage(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.redefine(strings.Replace(certifyingContest, "bank: safety\n",
		"bank: safety\nplayers: {unit: {ask: optional, label: 镇}}\nunits: [{code: a, name: 东镇}]\n", 1))
	in, err := h.app.Catalog.Current("school")
	if err != nil {
		t.Fatal(err)
	}
	east := in.Units.Units()[0].ID
	const many = certificate.SheetsAtOnce + 3
	rows := make([]certificate.Certificate, many)
	for i := range rows {
		e, err := h.app.Players.Enrol(t.Context(), in.ContestID, 0, fmt.Sprintf("青禾人%03d", i), east)
		if err != nil {
			t.Fatal(err)
		}
		rows[i] = certificate.Certificate{ContestID: in.ContestID, PlayerID: e.PlayerID, Key: "done",
			Number: sqldb.ID(1000 + i), Contest: in.Title, Organizer: in.Organizer, Title: "安全员证书", Text: "特发此证。",
			Name: e.Nickname, Unit: "东镇", EarnedAt: time.Now().UnixMilli()}
	}
	err = h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		return sqldb.Insert(t.Context(), tx, "INSERT INTO certificates", rows)
	})
	if err != nil {
		t.Fatal(err)
	}
	names, pages, err := h.sheets(staff.Organizer, east.String())
	if err != nil || pages != 2 || len(slices.Compact(names)) != many {
		t.Errorf("%d names come on %d pages, %v", len(names), pages, err)
	}
}
