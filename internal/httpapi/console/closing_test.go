package console_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// unpacked reads the files of a zip by name.
func unpacked(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err == nil {
			files[f.Name], err = io.ReadAll(in)
		}
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	return files
}

func TestTheClosingPackHoldsWhatARecountOfTheRowsGives(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		for i := range 6 {
			p := d.player(fmt.Sprintf("总结人%d", i))
			for right := i; right < 10; right += 4 {
				if _, err := p.Play("home", right); err != nil {
					t.Fatal(err)
				}
			}
		}
		d.player("只填了昵称")
		in, err := d.app.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		small := in.Units.Units()[len(in.Units.Units())-1]
		member := testkit.NewPlayer(d.url, "workmonth", d.shipped())
		if err := member.Enrol("小组里的总结人", small.ID.String()); err != nil {
			t.Fatal(err)
		}
		if _, err := member.Play("home", 9); err != nil {
			t.Fatal(err)
		}
		var want struct {
			Enrolled int64 `db:"enrolled"`
			Players  int64 `db:"players"`
			Attempts int64 `db:"attempts"`
			Answers  int64 `db:"answers"`
			Correct  int64 `db:"correct"`
			Passed   int64 `db:"passed"`
		}
		err = d.app.DB.Get(t.Context(), &want, `SELECT
			(SELECT COUNT(*) FROM enrolments WHERE contest_id = a.contest_id) AS enrolled,
			COUNT(DISTINCT a.player_id) AS players, COUNT(DISTINCT a.id) AS attempts, COUNT(*) AS answers,
			SUM(r.correct) AS correct, COUNT(DISTINCT CASE WHEN a.passed = 1 THEN a.id END) AS passed
			FROM attempts a JOIN responses r ON r.attempt_id = a.id
			WHERE a.contest_id = ? AND a.finished_at > 0 AND r.used_ms >= 0 GROUP BY a.contest_id`, in.ContestID)
		if err != nil {
			t.Fatal(err)
		}

		files := unpacked(t, wang.send("GET", "/contests/workmonth/closing/pack", nil).body)
		book, err := excelize.OpenReader(bytes.NewReader(files["数据.xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows("总数")
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]string{}
		for _, row := range rows {
			told[row[0]] = row[1]
		}
		for name, n := range map[string]int64{"报名人数": want.Enrolled, "参与人数": want.Players, "答题次数": want.Attempts,
			"答题数量": want.Answers, "答对数量": want.Correct, "通过次数": want.Passed} {
			if told[name] != fmt.Sprint(n) {
				t.Errorf("%s is %s, and a recount gives %d", name, told[name], n)
			}
		}

		units, err := book.GetRows("单位")
		at := slices.IndexFunc(units, func(row []string) bool { return row[1] == small.Name })
		if err != nil || at < 0 || units[at][5] != "少于 5 人" ||
			!strings.Contains(string(files["活动结果.html"]), small.Name+`</td><td class="n">少于 5 人</td>`) {
			t.Errorf("of a unit of one person is told %v, %v", units[max(0, at)], err)
		}

		sums := string(files["校验和.txt"])
		for _, line := range strings.Split(strings.TrimSpace(sums), "\n") {
			sum, name, _ := strings.Cut(line, "  ")
			if is := sha256.Sum256(files[name]); hex.EncodeToString(is[:]) != sum {
				t.Errorf("the sum of %s does not hold", name)
			}
		}
		if strings.Count(sums, "\n") != len(files)-1 || !strings.Contains(sums, "存档/竞赛定义.yaml") ||
			!strings.Contains(sums, "存档/题库/safety") {
			t.Errorf("the sums are of %s", sums)
		}
		for name, data := range files {
			if strings.Contains(string(data), "总结人") {
				t.Errorf("%s names a player", name)
			}
		}

		var draft struct {
			Length, Most int
			Sections     []struct{ Paragraphs []string }
		}
		wang.must("GET", "/contests/workmonth/closing", nil, &draft)
		if opening := draft.Sections[0].Paragraphs[0]; draft.Length > draft.Most ||
			!strings.Contains(opening, fmt.Sprintf("共有%d人参与、答题%d次", want.Players, want.Attempts)) {
			t.Errorf("the draft begins with %s", opening)
		}
		if entries, err := d.app.Staff.Log(t.Context(), 0, 1); err != nil || entries[0].Action != "contest.close" {
			t.Errorf("the log ends with %v, %v", entries, err)
		}
		d.signedIn("kan", staff.Viewer).wants("GET", "/contests/workmonth/closing/pack", nil, 403, "not_permitted", "")
	})
}
