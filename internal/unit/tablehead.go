package unit

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"anquanda/internal/typed"

	"golang.org/x/text/unicode/norm"
)

// head says in which column of a sheet what stands; -1 for nowhere. Columns count
// from 0.
type head struct {
	code, name, parent, aliases, headcount, path int
	levels                                       []int // from the top down
	ignored                                      []int
	last                                         []string // what the row before held in levels
}

// headWords are the words by which columns are known, in Chinese and English.
var headWords = map[string]string{
	"code":      "编码 代码 编号 单位编码 单位代码 单位编号 机构编码 机构代码 组织编码 统一社会信用代码 code unitcode",
	"name":      "名称 单位 单位名称 机构 机构名称 部门 部门名称 组织名称 参赛单位 name unit unitname",
	"parent":    "上级 上级单位 上级编码 上级名称 上级代码 上级单位编码 上级单位名称 上级部门 所属单位 所属 父级 父级编码 父单位 主管单位 parent parentcode parentname",
	"aliases":   "别名 简称 又名 曾用名 其他名称 其它名称 别称 alias aliases shortname",
	"headcount": "人数 总人数 应参加人数 应参与人数 职工人数 员工人数 在册人数 单位人数 人口 headcount people",
	"path":      "路径 单位路径 全路径 完整路径 层级路径 path",
}

// placeWords name levels of places; two of them head a table by levels.
var placeWords = strings.Fields("省 市 地市 县 区 县区 区县 县市区 市县 乡镇 镇 乡 街道 镇街 乡镇街道 镇村 村 社区 村社区 村居 组 小组 村组 网格")

var (
	inBrackets = regexp.MustCompile(`\(.*?\)`)
	levelWord  = regexp.MustCompile(`^(?:第?([一二三四五六七八1-8])级(?:单位|部门|机构|组织|名称)*|level([1-8])|l([1-8]))$`)
	words      = func() map[string]string {
		known := map[string]string{}
		for field, list := range headWords {
			for _, word := range strings.Fields(list) {
				known[word] = field
			}
		}
		return known
	}()
)

// foldHead makes equal what people write in several ways: 单位名称（必填） and "unit name".
func foldHead(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	text = inBrackets.ReplaceAllString(text, "")
	return strings.NewReplacer(" ", "", "\t", "", "\n", "", "*", "", "_", "", "-", "", ":", "").Replace(text)
}

// headOf reads a row as a header; nil when it is none.
func headOf(cells []string) *head {
	h := &head{-1, -1, -1, -1, -1, -1, nil, nil, nil}
	fields := map[string]*int{"code": &h.code, "name": &h.name, "parent": &h.parent, "aliases": &h.aliases,
		"headcount": &h.headcount, "path": &h.path}
	numbered, places := map[int]int{}, []int{}
	for column, text := range cells {
		word := foldHead(text)
		field := fields[words[word]]
		level := levelOf(word)
		switch {
		case word == "":
		case field != nil && *field < 0:
			*field = column
		case level > 0 && numbered[level] == 0:
			numbered[level] = column + 1
		case slices.Contains(placeWords, word):
			places = append(places, column)
		default:
			h.ignored = append(h.ignored, column)
		}
	}
	h.takeLevels(numbered, places)
	if h.name < 0 && h.path < 0 && h.levels == nil {
		return nil
	}
	return h
}

// levelOf is the number of a level's column; 0 for others.
func levelOf(word string) int {
	found := levelWord.FindStringSubmatch(word)
	if found == nil {
		return 0
	}
	digit := cmp.Or(found[1], found[2], found[3])
	if at := strings.Index("一二三四五六七八", digit); at >= 0 && len(digit) > 1 {
		return at/len("一") + 1
	}
	return int(digit[0] - '0')
}

// takeLevels decides whether the table goes by levels: by numbered ones, or by
// places where no column holds the name.
func (h *head) takeLevels(numbered map[int]int, places []int) {
	switch {
	case len(numbered) > 0:
		for level := 1; level <= maxDepth; level++ {
			if numbered[level] > 0 {
				h.levels = append(h.levels, numbered[level]-1)
			}
		}
		h.ignored = append(h.ignored, places...)
	case h.name < 0 && h.path < 0 && len(places) > 1:
		h.levels = places
	default:
		h.ignored = append(h.ignored, places...)
	}
	if len(h.levels) > 0 && h.name >= 0 { // the name is the deepest level
		h.levels = append(h.levels, h.name)
		h.name = -1
	}
	slices.Sort(h.ignored)
	h.last = make([]string, len(h.levels))
}

func cellOf(cells []string, column int) string {
	if column < 0 || column >= len(cells) {
		return ""
	}
	return typed.Trim(typed.Public(cells[column]))
}
