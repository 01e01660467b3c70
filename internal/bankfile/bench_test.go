package bankfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"anquanda/internal/question"
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

// A test of size, not of time: 50,000 rows of Excel must fit the budget of 200 MB.
func TestFiftyThousandRowsOfExcelFitTheMemoryBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a large workbook")
	}
	var out bytes.Buffer
	if err := named("xlsx").Write(&out, large(50_000)); err != nil {
		t.Fatal(err)
	}
	data := bytes.Clone(out.Bytes())
	out = bytes.Buffer{}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most uint64
	var now runtime.MemStats
	result, err := Read("large.xlsx", data, Options{Progress: func(done, total int) {
		if done%10_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-before.HeapAlloc)
		}
	}})
	if err != nil || result.Found != 50_000 {
		t.Fatalf("%v, %d found", err, result.Found)
	}
	runtime.GC()
	runtime.ReadMemStats(&now)
	most = max(most, now.HeapAlloc-before.HeapAlloc)
	t.Logf("%d MB live at most, %d KB the file, %s", most>>20, len(data)>>10, tally(result))
	if most > 200<<20 {
		t.Errorf("%d MB live", most>>20)
	}
	runtime.KeepAlive(result)
}
