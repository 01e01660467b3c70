package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"anquanda/internal/bankfile"
	"anquanda/internal/question"
)

// BankReport is what `anquanda bench bank` measured.
type BankReport struct {
	Rows    int          `json:"rows"`
	Figures []BankFigure `json:"figures"`
}

// BankFigure is one file read by `bank check` in a process of its own, start and
// report included.
type BankFigure struct {
	Format        string  `json:"format"`
	FileBytes     int64   `json:"file_bytes"`
	Accepted      int     `json:"accepted"`
	Seconds       float64 `json:"seconds"`
	RowsPerSecond float64 `json:"rows_per_second"`
	PeakBytes     int64   `json:"peak_bytes"` // resident memory of the process
	Aim           float64 `json:"aim_rows_per_second"`
}

// bankAims are rows a second; peakAim bounds the memory of reading Excel, bytes.
var bankAims = map[string]float64{"csv": 20_000, "xlsx": 5_000}

const peakAim = 200 << 20

// Bank has program, this one, write a bank of that many questions as CSV and as
// Excel and read each. All of it runs in processes of their own: Linux counts
// the memory of the one that starts a process as that process's peak, so this
// one must stay small. say is told what is under way.
func Bank(ctx context.Context, program string, rows int, say func(string)) (*BankReport, error) {
	folder, err := os.MkdirTemp("", "anquanda-bench-bank-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	report := &BankReport{Rows: rows}
	for _, format := range []string{"csv", "xlsx"} {
		say("writing " + format)
		path := filepath.Join(folder, "bank."+format)
		if err := exec.CommandContext(ctx, program, "bench", "bank", AsWriter, path, format,
			strconv.Itoa(rows)).Run(); err != nil {
			return nil, fmt.Errorf("write %s: %w", format, err)
		}
		say("reading " + format)
		figure, err := readBank(ctx, program, path, format)
		if err != nil {
			return nil, err
		}
		figure.RowsPerSecond = float64(rows) / figure.Seconds
		report.Figures = append(report.Figures, *figure)
	}
	return report, nil
}

// madeUp are questions of the usual size whose stems do not resemble each other
// more than real ones do.
func madeUp(rows int) []question.Question {
	places := []string{"厨房", "楼道", "车间", "实验室", "工地", "校车", "仓库", "泵房", "田边", "商场"}
	acts := []string{"发现漏气", "闻到焦味", "看到冒烟", "有人触电", "设备异响", "地面积水", "警报响起", "有人晕倒"}
	questions := make([]question.Question, rows)
	for i := range questions {
		questions[i] = question.Question{
			ID: fmt.Sprintf("b-%06d", i), Kind: question.Single, Difficulty: 1 + i%5,
			Stem: fmt.Sprintf("第%d号情景：在%s%s，编号%x的值班人员首先应当怎样做？", i, places[i%len(places)], acts[i/7%len(acts)],
				i*2654435761),
			Options:     []string{"先保证自身安全再报警", fmt.Sprintf("继续作业%d分钟后报告", 1+i%59), "独自进入查看情况", "等下一班人员来处理"},
			Right:       []int{0},
			Explanation: "先保证自身安全，再报警、疏散，不冒险处置。",
			Topics:      []string{"企业安全"},
		}
	}
	return questions
}

// AsWriter is the argument with which Bank starts the program to write a file.
const AsWriter = "as-writer"

// WriteBank writes a made-up bank of that many questions.
func WriteBank(path, format string, rows int) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = bankfile.Write(out, format, &bankfile.Bank{Name: "bench", Questions: madeUp(rows)})
	return errors.Join(err, out.Close())
}

func readBank(ctx context.Context, program, path, format string) (*BankFigure, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	check := exec.CommandContext(ctx, program, "bank", "check", "--json", path)
	began := time.Now()
	out, err := check.Output()
	seconds := time.Since(began).Seconds()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("run bank check: %w", err)
	}
	var told struct {
		Files []bankfile.Report `json:"files"`
	}
	if err := json.Unmarshal(out, &told); err != nil || len(told.Files) != 1 {
		return nil, fmt.Errorf("bank check of %s gave no report: %w", format, err)
	}
	figure := &BankFigure{Format: format, FileBytes: info.Size(), Accepted: told.Files[0].Accepted, Seconds: seconds,
		Aim: bankAims[format]}
	if usage, ok := check.ProcessState.SysUsage().(*syscall.Rusage); ok {
		figure.PeakBytes = usage.Maxrss << 10 // Linux counts KiB
	}
	return figure, nil
}

// Print writes the figures for people.
func (r *BankReport) Print(w io.Writer) {
	fmt.Fprintf(w, "%d questions, read by `bank check` in a process of its own\n\n", r.Rows)
	fmt.Fprintf(w, "%-8s %12s %10s %10s %10s %10s\n", "format", "rows/s", "aim", "seconds", "file MB", "peak MB")
	for _, f := range r.Figures {
		verdict := "MET"
		if f.RowsPerSecond < f.Aim {
			verdict = "SHORT"
		}
		fmt.Fprintf(w, "%-8s %12.0f %10.0f %10.2f %10.1f %10.0f   %s", f.Format, f.RowsPerSecond, f.Aim, f.Seconds,
			float64(f.FileBytes)/(1<<20), float64(f.PeakBytes)/(1<<20), verdict)
		if f.Format == "xlsx" && f.PeakBytes > peakAim {
			fmt.Fprint(w, ", memory over 200 MB")
		}
		if f.Accepted != r.Rows {
			fmt.Fprintf(w, ", only %d accepted", f.Accepted)
		}
		fmt.Fprintln(w)
	}
}
