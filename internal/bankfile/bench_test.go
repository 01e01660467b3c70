package bankfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"anquanda/internal/bankfile/table"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
	"anquanda/internal/sheet"
)

// large makes a bank as a county would bring: four options, a short explanation.
func large(n int) *Bank {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 1))}
	bank := &Bank{Name: "大题库"}
	for i := range n {
		q := g.question([]question.Kind{question.Single, question.TrueFalse, question.Multiple}[i%3], g.calm)
		q.ID = fmt.Sprintf("q%06d", i)
		q.Stem = fmt.Sprintf("根据《安全生产法》的规定，%s时，生产经营单位应当怎样做（%d）？", q.Stem, i*7919%1_000_003)
		bank.Questions = append(bank.Questions, q)
	}
	return bank
}

func benchmarkRead(b *testing.B, format string, rows int) {
	var out bytes.Buffer
	bank := large(rows)
	f := named(format)
	if err := f.Write(&out, bank); err != nil {
		b.Fatal(err)
	}
	data := out.Bytes()
	bank = nil
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		result, err := Read("bank"+f.Extension, data, Options{})
		if err != nil || result.Found != rows {
			b.Fatalf("%v, %d found", err, result.Found)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadCSV(b *testing.B)    { benchmarkRead(b, "csv", 20_000) }
func BenchmarkReadXLSX(b *testing.B)   { benchmarkRead(b, "xlsx", 5_000) }
func BenchmarkReadText(b *testing.B)   { benchmarkRead(b, "text", 5_000) }
func BenchmarkReadJSON(b *testing.B)   { benchmarkRead(b, "json", 5_000) }
func BenchmarkReadGIFT(b *testing.B)   { benchmarkRead(b, "gift", 5_000) }
func BenchmarkReadMoodle(b *testing.B) { benchmarkRead(b, "moodlexml", 5_000) }

// raceDetector is on where it makes everything ten times slower. What has one
// goroutine then does less of the same.
var raceDetector bool

// A test of size, not of time: 50,000 rows of Excel must fit the budget of 200 MB,
// and fewer their share of it.
func TestFiftyThousandRowsOfExcelFitTheMemoryBudget(t *testing.T) {
	rows, budget := 50_000, uint64(200<<20)
	if raceDetector || testing.Short() {
		rows, budget = rows/10, budget/10
	}
	data := workbookOf(t, large(rows))
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most uint64
	var now runtime.MemStats
	result, err := Read("large.xlsx", data, Options{Progress: func(done, total int) {
		if done%(rows/5) == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-before.HeapAlloc)
		}
	}})
	if err != nil || result.Found != rows {
		t.Fatalf("%v, %d found", err, result.Found)
	}
	runtime.GC()
	runtime.ReadMemStats(&now)
	most = max(most, now.HeapAlloc-before.HeapAlloc)
	t.Logf("%d MB live at most, %d KB the file, %s", most>>20, len(data)>>10, tally(result))
	if most > budget {
		t.Errorf("%d MB live", most>>20)
	}
	runtime.KeepAlive(result)
}

// workbookOf packs a bank as Excel does, every text once in the table of shared
// texts. excelize would need the most of the test's time for it.
func workbookOf(t *testing.T, bank *Bank) []byte {
	t.Helper()
	var rows, texts strings.Builder
	shared := map[string]int{}
	line := func(number int, cells []string) {
		rows.WriteString(`<row r="` + strconv.Itoa(number) + `">`)
		for column, text := range cells {
			if text == "" {
				continue
			}
			index, known := shared[text]
			if !known {
				index = len(shared)
				shared[text] = index
				texts.WriteString("<si><t>" + xmltree.Escape(text) + "</t></si>")
			}
			rows.WriteString(`<c r="` + sheet.CellName(column, number) + `" t="s"><v>` + strconv.Itoa(index) +
				"</v></c>")
		}
		rows.WriteString("</row>")
	}
	columns := table.ColumnsOf(bank)
	header := columns.Header()
	line(1, header)
	for i := range bank.Questions {
		line(i+2, columns.Row(&bank.Questions[i]))
	}
	return []byte(sheetOf(t, rows.String(), texts.String()))
}
