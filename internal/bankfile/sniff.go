package bankfile

import (
	"bytes"
	"strings"

	"anquanda/internal/sheet"
)

// probe is what the formats look at to recognise themselves.
type probe struct {
	// data is the whole file; text its decoded beginning, "" when it is no text.
	data      []byte
	text      string
	extension string
}

// probed is how much text is looked at, in bytes.
const probed = 64 << 10

func newProbe(r *reading) *probe {
	p := &probe{data: r.data}
	if dot := strings.LastIndexByte(r.name, '.'); dot >= 0 {
		p.extension = strings.ToLower(r.name[dot:])
	}
	if sheet.IsArchive(r.data) {
		return p
	}
	text, _, ok := sheet.Decode(r.data)
	if ok {
		p.text = strings.TrimSpace(text[:min(len(text), probed)])
	}
	return p
}

func sniff(r *reading) (*Format, error) {
	if bytes.HasPrefix(r.data, sheet.OLE2) {
		if bytes.Contains(r.data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
			return nil, unreadable(FormatUnreadable, "文件设了密码，请去掉密码后另存")
		}
		if strings.HasSuffix(strings.ToLower(r.name), ".doc") {
			return nil, unreadable(FormatOld, "旧版 Word（.doc）也一样，请另存为 .docx")
		}
		return nil, unreadable(FormatOld, "")
	}
	p := newProbe(r)
	for i := range formats {
		if formats[i].sniff(p) {
			return &formats[i], nil
		}
	}
	if len(bytes.TrimSpace(r.data)) == 0 {
		return nil, unreadable(NoQuestions, "文件是空的")
	}
	if p.text == "" {
		if bytes.HasPrefix(r.data, []byte("PK")) {
			return nil, unreadable(FormatUnknown, "压缩包里没有认得的题库")
		}
		return nil, unreadable(EncodingUnknown, "")
	}
	return nil, unreadable(FormatUnknown, "")
}
