// Package xmltree parses XML into a tree, bounded in elements and depth, for the
// formats that are written in it.
package xmltree

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
)

// Node is an element of an XML document, or a text when its name is "". Names and
// attributes are local, in small letters, without the prefix and the hyphens of
// QTI 3, so that simpleChoice and qti-simple-choice are the same.
type Node struct {
	Name     string
	attrs    map[string]string
	Children []*Node
	Text     string
	Line     int
}

// Budget is what all the documents of a file may still cost in elements.
type Budget struct{ elements, depth int }

// maxElements bounds the tree, which takes some 150 bytes an element; 50,000
// questions of Moodle have 1.5 million.
const maxElements = 3_000_000

// NewBudget is what the documents of this file may cost.
func NewBudget(r *draft.Reading) *Budget {
	return &Budget{min(r.Limits.Cells, maxElements), r.Limits.Depth}
}

// Parse reads a document. Entities of a document's own, with which a few lines
// unfold into gigabytes, are refused, and so is what nests too deep.
func (b *Budget) Parse(text string) (*Node, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	// The text is decoded already, whatever its first line says.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	root := &Node{}
	stack := []*Node{root}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := decoder.InputPos()
		if err != nil {
			return nil, draft.Refuse(draft.FormatUnreadable, "XML 第 "+strconv.Itoa(line)+" 行")
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if b.elements--; b.elements < 0 || len(stack) > b.depth {
				return nil, draft.Refuse(draft.LimitNesting, "XML 第 "+strconv.Itoa(line)+" 行")
			}
			n := &Node{Name: xmlName(t.Name.Local), Line: line}
			for _, attr := range t.Attr {
				if n.attrs == nil {
					n.attrs = map[string]string{}
				}
				n.attrs[strings.ToLower(strings.ReplaceAll(attr.Name.Local, "-", ""))] = attr.Value
			}
			top.Children = append(top.Children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.Children = append(top.Children, &Node{Text: string(t), Line: line})
		case xml.Directive:
			if strings.Contains(string(t), "ENTITY") {
				return nil, draft.Refuse(draft.LimitNesting, "XML 里定义了实体")
			}
		}
	}
	for _, child := range root.Children {
		if child.Name != "" {
			return child, nil
		}
	}
	return nil, draft.Refuse(draft.FormatUnreadable, "XML 是空的")
}

func xmlName(local string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(local), "qti-"), "-", "")
}

// Child is the first child of that name, or nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, child := range n.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// All lists the children of that name.
func (n *Node) All(name string) []*Node {
	if n == nil {
		return nil
	}
	var list []*Node
	for _, child := range n.Children {
		if child.Name == name {
			list = append(list, child)
		}
	}
	return list
}

// Walk visits n and everything in it, until visit returns false for a branch.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, child := range n.Children {
		child.Walk(visit)
	}
}

// Inner is all text inside, as it stands.
func (n *Node) Inner() string {
	var out strings.Builder
	n.Walk(func(m *Node) bool {
		out.WriteString(m.Text)
		return true
	})
	return out.String()
}

// Attr is an attribute; "" of a node that is nil or has none of that name.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// Escape writes a text into XML. Characters that XML cannot hold become U+FFFD.
func Escape(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder does not fail
	return out.String()
}

// Header begins every document that we write.
const Header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
