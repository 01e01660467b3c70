package contest

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Bounds of a file, far above every real definition. Aliases are counted as what they
// stand for: nine lines can stand for gigabytes. yaml.v3 bounds depth; it compares the
// keys of a mapping pair by pair.
const (
	maxNodes    = 200_000
	maxExpanded = 2 * MaxFileBytes // bytes of all scalars
	maxKeys     = 1_000
	maxFindings = 1_000
)

// source is the text of a definition as a tree, for the lines in findings.
type source struct {
	file string
	root *yaml.Node
	// pointed: an answer of a level is worth what is written with a decimal.
	pointed bool
}

// readSource reads the tree; a finding tells why it cannot be used.
func readSource(file string, text []byte) (*source, *Finding) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, further yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return &source{file: file, root: &yaml.Node{Line: 1}}, nil
	} else if err != nil {
		return nil, syntaxFinding(file, text, err)
	}
	s := &source{file: file, root: document.Content[0]}
	if err := decoder.Decode(&further); err == nil {
		second := newFinding(file, further.Line, "", "a file holds one contest, and here a second document begins")
		return nil, &second
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxFinding(file, text, err)
	}
	return s, s.tooLarge()
}

// size is what a node is, with everything below it and aliases as what they stand for.
type size struct{ nodes, bytes int }

// tooLarge measures each node once, whatever stands for it how often.
func (s *source) tooLarge() *Finding {
	refuse := func(node *yaml.Node, format string) *Finding {
		finding := newFinding(s.file, node.Line, "", format)
		return &finding
	}
	measured, under := map[*yaml.Node]size{}, map[*yaml.Node]bool{}
	var measure func(*yaml.Node) (size, *Finding)
	measure = func(node *yaml.Node) (size, *Finding) {
		if node.Kind == yaml.AliasNode {
			node = node.Alias
		}
		if known, ok := measured[node]; ok {
			return known, nil
		}
		if under[node] {
			return size{}, refuse(node, "an anchor stands for itself")
		}
		if node.Kind == yaml.MappingNode && len(node.Content) > 2*maxKeys {
			return size{}, refuse(node, "too many keys in one place")
		}
		under[node] = true
		sum := size{nodes: 1, bytes: len(node.Value)}
		for _, child := range node.Content {
			more, finding := measure(child)
			if finding != nil {
				return sum, finding
			}
			sum.nodes, sum.bytes = sum.nodes+more.nodes, sum.bytes+more.bytes
			if sum.nodes > maxNodes || sum.bytes > maxExpanded {
				return sum, refuse(child, "the file holds too many values")
			}
		}
		delete(under, node)
		measured[node] = sum
		return sum, nil
	}
	_, finding := measure(s.root)
	return finding
}

// wholeNumbers finds fractions where a whole number belongs; yaml.v3 would cut
// them off.
func (s *source) wholeNumbers() (findings Findings) {
	var walk func(n *yaml.Node, of reflect.Type, path string)
	walk = func(n *yaml.Node, of reflect.Type, path string) {
		s.notePoint(n, of, path)
		switch {
		case of == reflect.TypeFor[Worth](): // may have a decimal
		case of.Kind() == reflect.Int && n.ShortTag() == "!!float":
			findings = append(findings, newFinding(s.file, n.Line, path, wanted("int")).not(n.Value))
		case of.Kind() == reflect.Pointer:
			walk(n, of.Elem(), path)
		case of.Kind() == reflect.Slice && n.Kind == yaml.SequenceNode:
			for i, item := range n.Content {
				walk(item, of.Elem(), path+"["+strconv.Itoa(i)+"]")
			}
		case of.Kind() == reflect.Struct:
			for field := range of.Fields() {
				if field.Anonymous {
					walk(n, field.Type, path)
					continue
				}
				if value, _ := childOf(n, field.Tag.Get("yaml")); value != nil {
					walk(value, field.Type, strings.TrimPrefix(path+"."+field.Tag.Get("yaml"), "."))
				}
			}
		}
	}
	walk(s.root, reflect.TypeFor[Definition](), "")
	return findings
}

var linePattern = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// located parts yaml.v3's "line N: message".
func located(text string) (line int, message string) {
	match := linePattern.FindStringSubmatch(text)
	line, _ = strconv.Atoi(match[1])
	return max(1, line), text[len(match[0]):]
}

var (
	// yaml.v3 counts the lines of these from 0.
	countedFromZero = regexp.MustCompile(`^did not find expected (key|'-'|',' or|node content|<)`)
	unknownAnchor   = regexp.MustCompile(`^unknown anchor '(.*)' referenced`)
)

func syntaxFinding(file string, text []byte, err error) *Finding {
	line, message := located(err.Error())
	if countedFromZero.MatchString(message) {
		line++
	}
	if match := unknownAnchor.FindStringSubmatch(message); match != nil {
		before, _, _ := bytes.Cut(text, []byte("*"+match[1]))
		line = 1 + bytes.Count(before, []byte("\n"))
	}
	finding := newFinding(file, line, "", syntax, message)
	return &finding
}

var (
	unknownField = regexp.MustCompile(`^field (.*) not found in type `)
	wrongType    = regexp.MustCompile("(?s)^cannot unmarshal !!(\\w+)(?: `(.*)`)? into (.*)$")
)

// typeFindings are the places where the file does not have the form of a
// definition.
func (s *source) typeFindings(err error) Findings {
	var errs *yaml.TypeError
	if !errors.As(err, &errs) {
		return Findings{*syntaxFinding(s.file, nil, err)}
	}
	var findings Findings
	for i, text := range errs.Errors {
		if i == maxFindings {
			break
		}
		line, message := located(text)
		finding := newFinding(s.file, line, "", syntax, message)
		finding.Words = translated(message)
		if match := unknownField.FindStringSubmatch(message); match != nil {
			path := s.pathAt(line, func(n *yaml.Node, key bool) bool { return key && n.Value == match[1] })
			finding = newFinding(s.file, line, path, "%q is not known here", match[1])
		} else if match := wrongType.FindStringSubmatch(message); match != nil {
			path := s.pathAt(line, func(n *yaml.Node, key bool) bool {
				return !key && n.ShortTag() == "!!"+match[1] && strings.HasPrefix(n.Value, strings.TrimSuffix(match[2], "..."))
			})
			finding = newFinding(s.file, line, path, wanted(match[3])).not(match[2])
		} else if match := unreadable.FindStringSubmatch(message); match != nil {
			finding.Path = s.pathAt(line, func(n *yaml.Node, key bool) bool {
				return !key && n.Kind == yaml.ScalarNode && strconv.Quote(n.Value) == `"`+match[1]+`"`
			})
		} else {
			finding.Path = s.pathAt(line, func(n *yaml.Node, key bool) bool { return !key && n.Kind == yaml.ScalarNode })
		}
		findings = append(findings, finding)
	}
	return findings
}

// not adds what stands there instead.
func (f Finding) not(value string) Finding {
	if value != "" {
		f.Message += ", not " + strconv.Quote(value)
		f.Words += "，不能写“" + value + "”"
	}
	return f
}

// wanted says what a Go type is to who writes YAML.
func wanted(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "this must be a list"
	case strings.HasPrefix(goType, "int"):
		return "this must be a whole number"
	case goType == "bool":
		return "this must be true or false"
	case goType == "string" || strings.HasPrefix(goType, "contest.") && textTypes[strings.TrimPrefix(goType, "contest.")]:
		return "this must be a text"
	}
	return "this must be a group of keys"
}

var textTypes = map[string]bool{
	"Feedback": true, "Ask": true, "Per": true, "Subject": true, "Measure": true, "Ties": true, "Span": true,
	"Moment": true,
	"Drawn":  true, "Retry": true, "By": true, "LimitOf": true, "FieldKind": true, "FieldWhen": true, "DeedKind": true,
	"Outcome": true, "EachOver": true, "EarnPer": true, "GrantKind": true, "Counts": true, "PrizeKind": true, "Face": true,
	"WinBy": true, "Tickets": true, "UnfitName": true, "NameMask": true, "RunBy": true, "LiveMode": true, "LiveTies": true,
	"TeamsOf": true, "TeamMeasure": true, "Proof": true, "Need": true,
}

// pathAt is the path of the first node on a line that fits; empty for none. A
// key that fits gives the path of its value.
func (s *source) pathAt(line int, fits func(n *yaml.Node, key bool) bool) string {
	var walk func(n *yaml.Node, path string) (string, bool)
	walk = func(n *yaml.Node, path string) (string, bool) {
		if n.Line == line && fits(n, false) {
			return path, true
		}
		for i := 0; i < len(n.Content); i++ {
			child, at := n.Content[i], path+"["+strconv.Itoa(i)+"]"
			if n.Kind == yaml.MappingNode {
				key := n.Content[i]
				i++
				child, at = n.Content[i], strings.TrimPrefix(path+"."+key.Value, ".")
				if key.Line == line && fits(key, true) {
					return at, true
				}
			}
			if found, ok := walk(child, at); ok {
				return found, true
			}
		}
		return "", false
	}
	found, _ := walk(s.root, "")
	return found
}

// line is where path stands in the file; when it is missing there, where the
// nearest part above it stands.
func (s *source) line(path string) int {
	node, line := s.root, 1
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if node.Kind == yaml.AliasNode {
			node = node.Alias
		}
		child, at := childOf(node, part)
		if child == nil {
			break
		}
		node, line = child, at
	}
	return line
}

// LinesOf returns where paths of findings and concerns stand in the text of a
// definition, from 1: the line of what is nearest where the path itself is not there.
func LinesOf(text []byte) func(path string) int {
	source, finding := readSource("", text)
	if finding != nil {
		return func(string) int { return finding.Line }
	}
	return source.line
}

// childOf finds the value of a key, or the item of an index, and its line.
func childOf(node *yaml.Node, part string) (child *yaml.Node, line int) {
	switch node.Kind {
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i < len(node.Content) {
			return node.Content[i], node.Content[i].Line
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == part {
				return node.Content[i+1], node.Content[i].Line
			}
		}
	}
	return nil, 0
}
