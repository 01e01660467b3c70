package pledge_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pledge"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestASignerGetsANumberAPlaceAndWhatSigningEarns(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		first := r.sign("张三", nil)
		second := r.sign("李四", first)
		third := r.sign("王五", second)
		if first.Number != 1 || first.Depth != 1 || first.Parent != 0 || third.Number != 3 || third.Depth != 3 ||
			third.Parent != 2 {
			t.Errorf("they are %+v, %+v", first.Signature, third.Signature)
		}
		if first.Repeated || len(first.Earned) != 1 || first.Earned[0].Amount != 5 {
			t.Errorf("signing earned %+v", first.Earned)
		}
		r.whole()
		chain, err := r.pledges.Chain(t.Context(), r.contest.ContestID, 1)
		if err != nil || chain != (pledge.Chain{After: 2, Direct: 1, Further: 2}) {
			t.Errorf("what came of the first is %+v, %v", chain, err)
		}
		r.sign("赵六", first)
		if chain, _ := r.pledges.Chain(t.Context(), r.contest.ContestID, 1); chain.After != 2 {
			t.Errorf("within a second there are %+v", chain)
		}
		r.pass(time.Second)
		if chain, _ := r.pledges.Chain(t.Context(), r.contest.ContestID,
			1); chain != (pledge.Chain{After: 3, Direct: 2, Further: 2}) {
			t.Errorf("a second later there are %+v", chain)
		}
	})
}

func TestASecondSignatureChangesNothing(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		first := r.sign("张三", nil)
		other := r.sign("李四", nil)
		again, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: first.PlayerID, Name: "换个名字",
			From: r.pledges.Code(r.contest.ContestID, other.Number)})
		if err != nil || !again.Repeated || again.Name != "张三" || again.Number != 1 || again.Parent != 0 ||
			again.Earned != nil {
			t.Errorf("again it is %+v %+v, %v", again, again.Signature, err)
		}
		r.at("2026-07-01 10:00:00")
		if again, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: first.PlayerID}); err != nil ||
			again.Number != 1 {
			t.Errorf("after the end it is %+v, %v", again, err)
		}
		r.whole()
	})
}

func TestTwoPhonesOfOnePlayerSignOnce(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		player, other := r.enrol("张三"), r.newNode()
		var all sync.WaitGroup
		for i := range 16 {
			pledges := []*pledge.Service{r.pledges, other.pledges}[i%2]
			all.Go(func() {
				signed, err := pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: player, Name: fmt.Sprintf("张%d", i)})
				if err != nil || signed.Number != 1 {
					t.Errorf("it gets %+v, %v", signed, err)
				}
			})
		}
		all.Wait()
		if n := r.count("1 = 1"); n != 1 {
			t.Errorf("%d signatures of one player", n)
		}
		r.whole()
	})
}

func TestNumbersHaveNoGapAndNoDoubleWhenAllSignAtOnceOnTwoNodes(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		const crowd, many = 16, 25
		nodes := []*node{r.node, r.newNode()}
		codes := make(chan string, crowd*many)
		players := make([]sqldb.ID, crowd*many)
		for i := range players {
			players[i] = sqldb.ID(i + 1)
		}
		enrolAll(t, r, players)
		var all sync.WaitGroup
		for w := range crowd {
			all.Go(func() {
				for i := range many {
					by := pledge.Signing{PlayerID: players[w*many+i], Name: "众人"}
					select {
					case by.From = <-codes:
					default:
					}
					// One in eight comes with a name that is refused, in the middle of the batch.
					if i%8 == 7 {
						bad := by
						bad.Name = "傻逼"
						if _, err := nodes[w%2].pledges.Sign(t.Context(), r.contest, bad); code(err) != "invalid_field" {
							t.Errorf("a refused name gets %v", err)
						}
					}
					signed, err := nodes[w%2].pledges.Sign(t.Context(), r.contest, by)
					if err != nil {
						t.Error(err)
						return
					}
					codes <- r.pledges.Code(r.contest.ContestID, signed.Number)
				}
			})
		}
		all.Wait()
		if n := r.count("1 = 1"); n != crowd*many {
			t.Errorf("%d signatures", n)
		}
		r.whole()
	})
}

type enrolmentRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Nickname  string   `db:"nickname"`
	UnitID    sqldb.ID `db:"unit_id"`
	JoinedAt  int64    `db:"joined_at"`
}

// enrolAll lets players of these ids take part, in one transaction.
func enrolAll(t testing.TB, r *relay, players []sqldb.ID) {
	t.Helper()
	var rows []enrolmentRow
	for _, player := range players {
		rows = append(rows, enrolmentRow{ContestID: r.contest.ContestID, PlayerID: player, Nickname: "众人"})
	}
	err := r.db.InTx(context.Background(), func(tx *sqldb.Tx) error {
		return sqldb.Insert(context.Background(), tx, "INSERT INTO enrolments", rows)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever codes people come with, following parents ends at a root.
func TestNoRelayGoesInACircle(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		source := rand.New(rand.NewPCG(16, 6))
		var signed []*pledge.Signed
		for i := range 60 {
			by := pledge.Signing{PlayerID: r.enrol("路人"), Name: "路人"}
			switch source.IntN(4) {
			case 0: // a number that is still to come, perhaps one's own
				by.From = r.pledges.Code(r.contest.ContestID, int64(i+1+source.IntN(3)))
			case 1:
				by.From = []string{"1", "1zzzzz", "00000", "-1abcde", "zzzzzzzzzzzzzzzzzzzzzz", "1" +
					r.pledges.Code(r.contest.ContestID, 1), r.pledges.Code(99, 1)}[source.IntN(7)]
			default:
				if i > 0 {
					by.From = r.pledges.Code(r.contest.ContestID, signed[source.IntN(i)].Number)
				}
			}
			one, err := r.pledges.Sign(t.Context(), r.contest, by)
			if err != nil {
				t.Fatal(err)
			}
			if one.Parent >= one.Number {
				t.Fatalf("number %d came by number %d", one.Number, one.Parent)
			}
			signed = append(signed, one)
			// The first signs again, by the newest link.
			again, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: signed[0].PlayerID, Name: "路人",
				From: r.pledges.Code(r.contest.ContestID, one.Number)})
			if err != nil || again.Parent != 0 {
				t.Fatalf("the first came by %d, %v", again.Parent, err)
			}
		}
		r.whole()
	})
}

func TestAForgedOrForeignCodeIsNoParent(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.sign("张三", nil)
		right := r.pledges.Code(r.contest.ContestID, 1)
		for _, forged := range []string{r.pledges.Code(r.contest.ContestID+1, 1), "1", "100000", right + "0", "0" + right, "",
			r.pledges.Code(r.contest.ContestID, 500)} {
			player := r.enrol("李四")
			signed, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: player, Name: "李四", From: forged})
			if err != nil || signed.Parent != 0 || signed.Depth != 1 {
				t.Errorf("%q: %+v, %v", forged, signed, err)
			}
		}
	})
}

func TestTheSchemaHoldsOneSignatureOneNumberAndNoCircle(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.sign("张三", nil)
		player := r.sign("李四", nil).PlayerID
		insert := func(number, player, parent, depth int64) error {
			return r.db.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(),
					`INSERT INTO signatures (contest_id, number, player_id, name, masked, parent, depth, signed_at, credited)
					VALUES (?, ?, ?, 'x', 0, ?, ?, 0, 0)`, r.contest.ContestID, number, player, parent, depth)
				return err
			})
		}
		if err := insert(1, 77, 0, 1); !sqldb.IsDuplicate(err) {
			t.Errorf("a number twice: %v", err)
		}
		if err := insert(3, int64(player), 0, 1); !sqldb.IsDuplicate(err) {
			t.Errorf("a player twice: %v", err)
		}
		for _, c := range [][2]int64{{3, 2}, {4, 2}, {-1, 1}, {1, 0}, {1, 9}} {
			if err := insert(3, 77, c[0], c[1]); err == nil {
				t.Errorf("number 3 with the parent %d at depth %d is taken", c[0], c[1])
			}
		}
		if err := insert(3, 77, 2, 2); err != nil {
			t.Errorf("a right one: %v", err)
		}
	})
}

func TestWhoMaySign(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		player := r.enrol("张三")
		by := pledge.Signing{PlayerID: player, Name: "张三"}
		for moment, want := range map[string]string{"2026-06-01 07:59:59": "contest_not_open",
			"2026-06-30 22:00:00": "contest_closed"} {
			r.at(moment)
			if _, err := r.pledges.Sign(t.Context(), r.contest, by); code(err) != want {
				t.Errorf("%s: %v", moment, err)
			}
		}
		r.at("2026-06-30 21:59:59")
		if _, err := r.pledges.Sign(t.Context(), r.contest, pledge.Signing{PlayerID: 4711,
			Name: "张三"}); code(err) != "not_enrolled" {
			t.Errorf("a stranger gets %v", err)
		}
		if _, err := r.pledges.Sign(t.Context(), r.contest, by); err != nil {
			t.Errorf("in the last second: %v", err)
		}
		bare := *r.contest
		plain := *bare.Definition
		plain.Pledge, bare.Definition = nil, &plain
		if _, err := r.pledges.Sign(t.Context(), &bare, by); code(err) != "pledge_unknown" {
			t.Errorf("without a pledge: %v", err)
		}
		if _, err := r.pledges.Wall(t.Context(), &bare); code(err) != "pledge_unknown" {
			t.Errorf("the wall without a pledge: %v", err)
		}
	})
}

func BenchmarkSignTogether(b *testing.B) {
	for _, engine := range []struct {
		name  string
		store func(testing.TB) *testkit.Store
	}{{"SQLite", testkit.Embedded}, {"MariaDB", testkit.Servers}} {
		b.Run(engine.name, func(b *testing.B) {
			r := newRelay(b, engine.store(b))
			plain := *r.contest.Definition
			plain.Earnings = nil // play has a benchmark of its own
			in := *r.contest
			in.Definition = &plain
			players := make([]sqldb.ID, b.N)
			for i := range players {
				players[i] = sqldb.ID(i + 1)
			}
			enrolAll(b, r, players)
			var next atomic.Int64
			b.SetParallelism(128)
			b.ResetTimer()
			b.RunParallel(func(each *testing.PB) {
				for each.Next() {
					n := next.Add(1)
					by := pledge.Signing{PlayerID: players[n-1], Name: "众人", From: r.pledges.Code(in.ContestID, max(1, n/2))}
					if _, err := r.pledges.Sign(context.Background(), &in, by); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "signatures/s")
			r.whole()
		})
	}
}

func TestWhatWasSignedStaysWhateverBecomesOfThePledge(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		first := r.sign("张三", nil)
		changed := strings.NewReplacer("我为安全生产倡议", "我要中奖", "遵守安全规章", "转发给十个人").Replace(definition)
		c, err := r.catalog.Apply(t.Context(), "relay.yaml", []byte(changed), "改")
		if err != nil {
			t.Fatal(err)
		}
		r.contest = c
		second := r.sign("李四", first)
		r.mustStandUnder(first, "我为安全生产倡议 [遵守安全规章 发现隐患立即报告]")
		r.mustStandUnder(second, "我要中奖 [转发给十个人 发现隐患立即报告]")
		if r.sign("王五", nil).TextNo != second.TextNo {
			t.Error("one wording is kept twice")
		}
		// Signatures of before wordings were kept stand under what was in force.
		r.exec("UPDATE signatures SET text_no = 0")
		r.exec("UPDATE signatures SET signed_at = signed_at - 60000 WHERE number = 1")
		r.exec("UPDATE contest_versions SET created_at = created_at - 30000 WHERE version = 2")
		r.exec("DELETE FROM pledge_texts")
		if err := r.newNode().pledges.Complete(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"我为安全生产倡议 [遵守安全规章 发现隐患立即报告]", "我要中奖 [转发给十个人 发现隐患立即报告]"} {
			signature, err := r.pledges.Numbered(t.Context(), r.contest.ContestID, int64(i+1))
			if err != nil {
				t.Fatal(err)
			}
			r.mustStandUnder(&pledge.Signed{Signature: signature}, want)
		}
	})
}

func TestAPledgeThatPeopleSignedCannotBeDropped(t *testing.T) {
	eachRelay(t, func(t *testing.T, r *relay) {
		r.catalog.SetGuard(pledge.Guard)
		without := definition[:strings.Index(definition, "pledge:")]
		r.sign("张三", nil)
		if _, err := r.catalog.Apply(t.Context(), "relay.yaml", []byte(without), "改"); errs.From(err).Code != "pledge_signed" {
			t.Errorf("dropping it: %v", err)
		}
		r.exec("DELETE FROM signatures")
		r.exec("UPDATE pledge_counts SET signed = 0")
		if _, err := r.catalog.Apply(t.Context(), "relay.yaml", []byte(without), "改"); err != nil {
			t.Errorf("dropping what nobody signed: %v", err)
		}
	})
}

// mustStandUnder checks what somebody signed.
func (r *relay) mustStandUnder(signed *pledge.Signed, want string) {
	r.t.Helper()
	text, err := r.pledges.Signed(r.t.Context(), signed.Signature)
	if err != nil || text == nil {
		r.t.Fatalf("signature %d stands under nothing: %v", signed.Number, err)
	}
	if got := fmt.Sprint(text.Title, " ", text.Lines); got != want || text.Organizer != "县应急管理局" {
		r.t.Errorf("signature %d stands under %s, want %s", signed.Number, got, want)
	}
}

// exec changes the store behind the program's back.
func (r *relay) exec(statement string) {
	r.t.Helper()
	err := r.db.InTx(r.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(r.t.Context(), statement)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
}
