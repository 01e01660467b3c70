package httpapi_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/testkit"
)

// workbook is the results of the room, a line a row.
func (l *livehall) workbook() (rows []string) {
	l.t.Helper()
	reply, err := l.host.Client.Get(l.host.Base + "/api/v1/console/live/" + l.room + "/results.xlsx")
	l.must(err)
	defer reply.Body.Close()
	book, err := io.ReadAll(reply.Body)
	l.must(err)
	if reply.StatusCode != http.StatusOK {
		l.t.Fatalf("%s: %s", reply.Status, book)
	}
	opened, err := excelize.OpenReader(bytes.NewReader(book))
	l.must(err)
	defer opened.Close()
	cells, err := opened.GetRows("成绩")
	l.must(err)
	for _, row := range cells {
		rows = append(rows, strings.Join(row, "|"))
	}
	return rows
}

func TestTheResultsTellWhoChoseWhatAndHowFast(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		l := openLivehall(t, stores, "points")
		one, two, _ := l.join("张三"), l.join("李四"), l.join("没答的人")
		l.ask()
		right := l.look().Right[0]
		other := wrong(right)
		for revision, option := range []string{other, right} { // the last one counts
			if _, err := l.answer(two, revision+1, option); err != nil {
				t.Fatal(err)
			}
		}
		_, err := l.answer(one, 1, other)
		l.must(err)
		if rows := l.workbook(); len(rows) != 4 || strings.Contains(rows[0], "第1题") {
			t.Errorf("while it is answered the workbook tells %q", rows)
		}
		l.close()
		rows := l.workbook()
		if len(rows) != 4 || !strings.HasPrefix(rows[0], "名次|名字|队伍|得分|答对|号码|第1题 ") ||
			!strings.HasSuffix(rows[0], " 答案："+right+"|对错|用时（毫秒）") {
			t.Fatalf("the workbook tells %q", rows)
		}
		for i, want := range []string{"1|李四||", "2|张三||0|0|1|" + other + "|错|", "2|没答的人||0|0|3"} {
			if !strings.HasPrefix(rows[i+1], want) {
				t.Errorf("row %d is %q, want %q", i+1, rows[i+1], want)
			}
		}
		if !strings.Contains(rows[1], "|1|2|"+right+"|对|") {
			t.Errorf("who was right is told as %q", rows[1])
		}
		log, err := l.app.Staff.Log(t.Context(), 0, 1)
		if err != nil || log[0].Action != "live.results" {
			t.Errorf("the log ends with %v, %v", log, err)
		}
	})
}
