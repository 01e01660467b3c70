package unit

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/typed"
)

// judge checks what a row says by itself.
func (t *Table) judge(row *Row, aliases, headcount string) {
	switch {
	case row.Name == "":
		t.reject(row, NameMissing, "name", "")
	case !showable(row.Name):
		t.reject(row, NameUnclear, "name", row.Name)
	case slices.ContainsFunc(append(row.Path, row.Name), func(n string) bool {
		return utf8.RuneCountInString(n) > maxName
	}):
		t.reject(row, NameLong, "name", row.Name)
	}
	if len(row.Path) > maxDepth {
		t.reject(row, TooDeep, "name", row.Name)
	}
	if row.Code != "" && (len(row.Code) > maxCode || !showable(row.Code) ||
		strings.ContainsFunc(row.Code, unicode.IsSpace)) {
		t.reject(row, CodeUnclear, "code", row.Code)
	}
	var ok bool
	if row.Aliases, ok = readAliases(aliases, row.Name); !ok {
		t.reject(row, AliasUnclear, "aliases", aliases)
	}
	if row.Headcount, ok = readHeadcount(headcount); !ok {
		t.reject(row, HeadcountNumber, "headcount", headcount)
	}
}

// showable refuses what lists must not show: control and format characters.
func showable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
	})
}

const aliasSigns = "、,，;；|｜/／\n"

// readAliases parts the names in a cell. A cell that begins with [ may be a list
// in JSON, which holds names with such signs in them.
func readAliases(cell, name string) (aliases []string, ok bool) {
	var parts []string
	if !strings.HasPrefix(cell, "[") || json.Unmarshal([]byte(cell), &parts) != nil {
		parts = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(aliasSigns, r) })
	}
	for _, alias := range parts {
		alias = typed.Trim(alias)
		if alias == "" || alias == name || slices.Contains(aliases, alias) {
			continue
		}
		if !showable(alias) || utf8.RuneCountInString(alias) > maxName {
			return nil, false
		}
		aliases = append(aliases, alias)
	}
	return aliases, len(aliases) <= maxAliases
}

// writeAliases is the cell that readAliases reads.
func writeAliases(aliases []string) string {
	for _, alias := range aliases {
		if strings.ContainsAny(alias, aliasSigns) || strings.HasPrefix(alias, "[") {
			list, _ := json.Marshal(aliases) // strings always marshal
			return string(list)
		}
	}
	return strings.Join(aliases, "、")
}

// readHeadcount reads 1200, 1,200, １２００ and 1200人; empty is 0, not known.
func readHeadcount(cell string) (int, bool) {
	text := strings.TrimSpace(typed.Plain(cell))
	text = strings.TrimSpace(strings.TrimSuffix(text, "人"))
	if text == "" {
		return 0, strings.TrimSpace(cell) == ""
	}
	if whole, parts, found := strings.Cut(text, ","); found {
		groups := strings.Split(parts, ",")
		if len(whole) > 3 || slices.ContainsFunc(groups, func(g string) bool { return len(g) != 3 }) {
			return 0, false
		}
		text = whole + strings.Join(groups, "")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n <= maxHeads
}
