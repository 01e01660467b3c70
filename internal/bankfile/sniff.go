package bankfile

import (
	"bytes"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/sheet"
)

func sniff(r *draft.Reading) (*Format, error) {
	if bytes.HasPrefix(r.Data, sheet.OLE2) {
		if bytes.Contains(r.Data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
			return nil, draft.Refuse(FormatUnreadable, "文件设了密码，请去掉密码后另存")
		}
		if strings.HasSuffix(strings.ToLower(r.Name), ".doc") {
			return nil, draft.Refuse(draft.FormatOld, "旧版 Word（.doc）也一样，请另存为 .docx")
		}
		return nil, draft.Refuse(draft.FormatOld, "")
	}
	p := draft.NewProbe(r)
	if page := strings.ToLower(strings.TrimSpace(p.Text[:min(len(p.Text), 400)])); strings.HasPrefix(page, "<html") ||
		strings.HasPrefix(page, "<!doctype html") || strings.HasPrefix(page, "<table") {
		return nil, draft.Refuse(draft.FormatUnknown, "里面是网页（HTML），不是 Excel；请用 Excel 打开，另存为 .xlsx")
	}
	for i := range formats {
		if formats[i].Sniff(p) {
			return &formats[i], nil
		}
	}
	if len(bytes.TrimSpace(r.Data)) == 0 {
		return nil, draft.Refuse(draft.NoQuestions, "文件是空的")
	}
	if p.Text == "" {
		if bytes.HasPrefix(r.Data, []byte("PK")) {
			return nil, draft.Refuse(draft.FormatUnknown, "压缩包里没有认得的题库")
		}
		return nil, draft.Refuse(draft.EncodingUnknown, "")
	}
	return nil, draft.Refuse(draft.FormatUnknown, "")
}
