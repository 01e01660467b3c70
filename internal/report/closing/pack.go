package closing

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile"
	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Create makes a file of a pack, by its path with slashes. It is written before the next
// one is made.
type Create func(name string) (io.Writer, error)

// file is one file of a pack.
type file struct {
	name  string
	write func(io.Writer) error
}

// WritePack writes the closing pack of a contest: for the office the summary, the workbook
// and the page, and below 存档 what the contest was made of, its drawings as `anquanda draw
// verify` reads them, the pictures of the units, and the sums (SHA-256) of all. It carries no
// name and no number of anybody, but for the winners that the transcripts have published,
// masked, and what units wrote. It returns the figures of which it was made.
func (s *Service) WritePack(ctx context.Context, in *catalog.Contest, create Create) (*Figures, error) {
	f, err := s.Figures(ctx, in)
	if err != nil {
		return nil, err
	}
	shots, err := s.shots(ctx, in, f)
	if err != nil {
		return nil, err
	}
	files := []file{{"活动方案.docx", planOf(in.Definition, f.Offline).write},
		{"总结.docx", func(w io.Writer) error { return f.WriteSummary(w, shots) }},
		{"数据.xlsx", f.writeWorkbook}, {"活动结果.html", f.WritePage},
		{"存档/数据.json", f.writeJSON}}
	kept, err := s.archived(ctx, in)
	if err != nil {
		return nil, err
	}
	filled, err := s.filledForms(ctx, in, f)
	if err != nil {
		return nil, err
	}
	var sums strings.Builder
	for _, one := range slices.Concat(files, filled, s.pictures(ctx, in, f), kept) {
		if err := writeSummed(create, one, &sums); err != nil {
			return nil, errs.Wrap(err, "write %s", one.name)
		}
	}
	return f, writeSummed(create, file{"校验和.txt", func(w io.Writer) error {
		_, err := io.WriteString(w, sums.String())
		return err
	}}, io.Discard)
}

// writeSummed writes a file and adds its line to sums, as sha256sum prints it.
func writeSummed(create Create, one file, sums io.Writer) error {
	out, err := create(one.name)
	if err != nil {
		return err
	}
	hash := sha256.New()
	if err := one.write(io.MultiWriter(out, hash)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(sums, "%s  %s\n", hex.EncodeToString(hash.Sum(nil)), one.name)
	return err
}

func (f *Figures) writeWorkbook(w io.Writer) error { return sheet.WriteWorkbook(w, f.Tables()) }

// writeJSON writes the tables with a row a line.
func (f *Figures) writeJSON(w io.Writer) error {
	out := bufio.NewWriter(w) // it keeps the first failure for Flush
	fmt.Fprintf(out, "{\"contest\": %s, \"counted_at\": %s, \"tables\": [", inJSON(f.Slug), inJSON(f.At))
	for i, t := range f.Tables() {
		fmt.Fprintf(out, "%s\n {\"table\": %s, \"header\": %s, \"rows\": [", comma(i), inJSON(t.Name), inJSON(t.Header))
		n := 0
		err := t.EachRow(func(row []any) error {
			_, err := fmt.Fprintf(out, "%s\n  %s", comma(n), inJSON(row))
			n++
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprint(out, "]}")
	}
	fmt.Fprintln(out, "]}")
	return out.Flush()
}

// comma stands before all but the first of a list.
func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// inJSON is a value of a table as JSON.
func inJSON(value any) []byte {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	_ = out.Encode(value) // texts, numbers and times always marshal
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}

// archived lists what is kept for ever: the definition, the banks, the published drawings
// and the newest entry of the audit log, against which a copy of the log can be held.
func (s *Service) archived(ctx context.Context, in *catalog.Contest) (files []file, err error) {
	text, err := s.catalog.Text(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	files = append(files, file{"存档/竞赛定义.yaml", func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}})
	for _, edition := range in.Editions() {
		name := fmt.Sprintf("存档/题库/%s-第%d版.json", edition.Bank.Name, edition.Bank.Version)
		files = append(files, file{name, func(w io.Writer) error { return writeBank(ctx, w, s.banks, edition.Bank) }})
	}
	drawings, err := s.drawings.Drawings(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	for i := range drawings {
		if d := &drawings[i]; d.PublishedAt > 0 {
			name := fmt.Sprintf("存档/摇奖/%s-%d.json", d.Key, d.ID)
			files = append(files, file{name, func(w io.Writer) error { return s.drawings.WriteTranscript(ctx, d.ID, w) }})
		}
	}
	head, err := staff.HeadOf(ctx, s.db)
	if err != nil {
		return nil, err
	}
	return append(files, file{"存档/操作日志.txt", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "操作日志到第 %d 条，校验值 %s\n保存好的日志可以用 anquanda staff check-log 对照。\n",
			head.Entries, head.Hash)
		return err
	}}), nil
}

// writeBank writes a bank with its pictures and its list of sources.
func writeBank(ctx context.Context, w io.Writer, banks *bank.Store, b *bank.Bank) error {
	images, err := banks.Images(ctx, b.Questions)
	if err != nil {
		return err
	}
	cited, err := banks.Cited(ctx, b.Name, b.Questions)
	if err != nil {
		return err
	}
	_, err = bankfile.Write(w, "json", &bankfile.Bank{Name: b.Name, Questions: b.Questions, Images: images,
		References: cited})
	return err
}

// Download writes the pack as one file, and into the audit log who took it.
func (s *Service) Download(ctx context.Context, by staff.Actor, in *catalog.Contest, w io.Writer) error {
	out := zip.NewWriter(w)
	figures, err := s.WritePack(ctx, in, out.Create)
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.close", Subject: in.Slug,
			Detail: map[string]any{"players": figures.Whole.Players, "attempts": figures.Whole.Attempts}})
	})
}
