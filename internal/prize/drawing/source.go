package drawing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"anquanda/internal/errs"
	"anquanda/internal/selection"
)

// Source is one public source of chance that is named before it exists, and the
// form that its values will have: Values whole numbers from Lowest to Highest, or
// one value of so many hexadecimal digits (a beacon's).
type Source struct {
	Name     string `json:"name"` // which lottery, issue and date; which beacon round; whose dice
	Values   int    `json:"values"`
	Lowest   int    `json:"lowest"`
	Highest  int    `json:"highest"`
	Distinct bool   `json:"distinct"`
	Hex      int    `json:"hex"` // digits; 0: numbers
}

// Bounds of sources.
const (
	maxSourcesNamed = 8
	maxSourceName   = 60 // characters
	maxSourceValues = 100
	maxSourceNumber = 1_000_000_000
	maxHex          = 256
)

// Form says in words what the values look like.
func (s *Source) Form() string {
	switch {
	case s.Hex > 0:
		return fmt.Sprintf("一个 %d 位的十六进制数", s.Hex)
	case s.Distinct && s.Values > 1:
		return fmt.Sprintf("%d 个不同的数，每个从 %d 到 %d", s.Values, s.Lowest, s.Highest)
	}
	return fmt.Sprintf("%d 个数，每个从 %d 到 %d", s.Values, s.Lowest, s.Highest)
}

// check holds that a source can be named; at is its field in a request.
func (s *Source) check(at string) error {
	n := utf8.RuneCountInString(s.Name)
	switch {
	case n == 0 || n > maxSourceName || strings.TrimSpace(s.Name) != s.Name ||
		strings.ContainsFunc(s.Name, func(r rune) bool { return r < ' ' }):
		return errs.InvalidField(at+".name", fmt.Sprintf("写清楚用哪一个公开号码（期号、日期），最多 %d 个字", maxSourceName))
	case s.Hex < 0 || s.Hex > maxHex || s.Hex > 0 && s.Values != 1:
		return errs.InvalidField(at+".hex", fmt.Sprintf("十六进制数只能有一个，最多 %d 位", maxHex))
	case s.Hex > 0:
		return nil
	case s.Values < 1 || s.Values > maxSourceValues:
		return errs.InvalidField(at+".values", fmt.Sprintf("号码应有 1 到 %d 个", maxSourceValues))
	case s.Lowest < 0 || s.Highest <= s.Lowest || s.Highest > maxSourceNumber:
		return errs.InvalidField(at+".highest", "号码的范围不对：最大的应大于最小的")
	case s.Distinct && s.Highest-s.Lowest+1 < s.Values:
		return errs.InvalidField(at+".values", "范围里没有这么多不同的号码")
	}
	return nil
}

func checkSources(sources []Source) error {
	if len(sources) == 0 || len(sources) > maxSourcesNamed {
		return errs.InvalidField("sources", fmt.Sprintf("约定 1 到 %d 组公开号码", maxSourcesNamed))
	}
	for i := range sources {
		if err := sources[i].check("sources[" + strconv.Itoa(i) + "]"); err != nil {
			return err
		}
	}
	return nil
}

// entered are values as somebody entered them: in the one way of writing them, and in the
// order in which they came. Several sources have a line each.
type entered struct{ canonical, thrown string }

// read takes the values as people type them; at is the field of the error.
func (s *Source) read(at, text string) (entered, error) {
	values := strings.FieldsFunc(width.Fold.String(text),
		func(r rune) bool { return r == ' ' || r == ',' || r == '、' || r == '\n' || r == '\t' })
	wrong := func(format string, args ...any) error {
		return errs.InvalidField(at, s.Name+"："+fmt.Sprintf(format, args...))
	}
	if s.Hex > 0 {
		if len(values) != 1 || len(values[0]) != s.Hex || strings.Trim(strings.ToUpper(values[0]), "0123456789ABCDEF") != "" {
			return entered{}, wrong("应是%s", s.Form())
		}
		return enteredAs(strings.ToUpper(values[0]), wrong)
	}
	if len(values) != s.Values {
		return entered{}, wrong("应有 %d 个号码，这里有 %d 个", s.Values, len(values))
	}
	var seen []int
	for _, value := range values {
		n, err := strconv.Atoi(value)
		switch {
		case err != nil || value[0] == '+' || value[0] == '-':
			return entered{}, wrong("“%.20s”不是号码", value)
		case n < s.Lowest || n > s.Highest:
			return entered{}, wrong("%d 不在 %d 到 %d 之间", n, s.Lowest, s.Highest)
		case s.Distinct && slices.Contains(seen, n):
			return entered{}, wrong("%d 写了两次", n)
		}
		seen = append(seen, n)
	}
	return enteredAs(strings.Join(values, " "), wrong)
}

func enteredAs(thrown string, wrong func(string, ...any) error) (entered, error) {
	canonical, err := selection.Canonical(thrown)
	if err != nil {
		return entered{}, wrong("这样的号码不能用")
	}
	return entered{canonical, thrown}, nil
}

// readValues reads the values of all sources, each in its line.
func readValues(sources []Source, values []string) (entered, error) {
	if len(values) != len(sources) {
		return entered{}, errs.InvalidField("values", fmt.Sprintf("应填写 %d 组号码", len(sources)))
	}
	canonical, thrown := make([]string, len(values)), make([]string, len(values))
	for i := range sources {
		read, err := sources[i].read("values["+strconv.Itoa(i)+"]", values[i])
		if err != nil {
			return entered{}, err
		}
		canonical[i], thrown[i] = read.canonical, read.thrown
	}
	return entered{strings.Join(canonical, "\n"), strings.Join(thrown, "\n")}, nil
}
