package bankfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is an element of an XML document, or a text when its name is "". Names and
// attributes are local, in small letters, without the prefix and the hyphens of
// QTI 3, so that simpleChoice and qti-simple-choice are the same.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
	line     int
}

// xmlBudget is what all the documents of a file may still cost in elements.
type xmlBudget struct{ elements, depth int }

// maxElements bounds the tree, which takes some 150 bytes an element; 50,000
// questions of Moodle have 1.5 million.
const maxElements = 3_000_000

func (r *reading) budget() *xmlBudget {
	return &xmlBudget{min(r.limits.Cells, maxElements), r.limits.Depth}
}

// parseXML reads a document. Entities of a document's own, with which a few lines
// unfold into gigabytes, are refused, and so is what nests too deep.
func (b *xmlBudget) parseXML(text string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	// The text is decoded already, whatever its first line says.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	root := &node{}
	stack := []*node{root}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := decoder.InputPos()
		if err != nil {
			return nil, unreadable(FormatUnreadable, "XML 第 "+itoa(line)+" 行")
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if b.elements--; b.elements < 0 || len(stack) > b.depth {
				return nil, unreadable(LimitNesting, "XML 第 "+itoa(line)+" 行")
			}
			n := &node{name: xmlName(t.Name.Local), line: line}
			for _, attr := range t.Attr {
				if n.attrs == nil {
					n.attrs = map[string]string{}
				}
				n.attrs[strings.ToLower(strings.ReplaceAll(attr.Name.Local, "-", ""))] = attr.Value
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.children = append(top.children, &node{text: string(t), line: line})
		case xml.Directive:
			if strings.Contains(string(t), "ENTITY") {
				return nil, unreadable(LimitNesting, "XML 里定义了实体")
			}
		}
	}
	for _, child := range root.children {
		if child.name != "" {
			return child, nil
		}
	}
	return nil, unreadable(FormatUnreadable, "XML 是空的")
}

func xmlName(local string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(local), "qti-"), "-", "")
}

// child is the first child of that name, or nil.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, child := range n.children {
		if child.name == name {
			return child
		}
	}
	return nil
}

// all lists the children of that name.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var list []*node
	for _, child := range n.children {
		if child.name == name {
			list = append(list, child)
		}
	}
	return list
}

// walk visits n and everything in it, until visit returns false for a branch.
func (n *node) walk(visit func(*node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, child := range n.children {
		child.walk(visit)
	}
}

// inner is all text inside, as it stands.
func (n *node) inner() string {
	var out strings.Builder
	n.walk(func(m *node) bool {
		out.WriteString(m.text)
		return true
	})
	return out.String()
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// escapeXML writes a text into XML. Characters that XML cannot hold become U+FFFD.
func escapeXML(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder does not fail
	return out.String()
}
