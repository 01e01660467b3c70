package payout

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/sheet"
)

// MaxResultsFile bounds a file of results, in bytes.
const MaxResultsFile = 8 << 20

// What can be wrong with a file of results as a whole.
var (
	ErrResultsFile = errs.New(errs.Invalid, "results_unreadable", "这个文件读不出来，请用 xlsx 或 csv 文件")
	errNoColumns   = errs.New(errs.Invalid, "results_columns",
		"没有找到表头：要有“单号”和“结果”（或“状态”）两列，单号用我们文件里的")
	errManyLines = errs.New(errs.TooLarge, "results_too_many", fmt.Sprintf("一个文件最多 %d 行，请分成几个", resultsAtMost))
)

const resultsAtMost = 20_000

// Result is one row of a file of results.
type Result struct {
	Line    int
	Bill    string
	Word    string // how it came out, as the operator calls it
	Receipt string // the operator's own number
	Reason  string
	Cents   int // of yuan; -1: the file does not say
}

// resultColumns are what operators call the columns, as they are compared: without
// blanks and in small letters.
var resultColumns = map[string][]string{
	"bill": {"单号", "订单号", "商户单号", "商户订单号", "外部单号", "外部订单号", "客户单号", "订单编号", "bill", "billno", "orderno"},
	"word": {"结果", "状态", "充值结果", "充值状态", "订单状态", "处理结果", "处理状态", "result", "status"},
	"receipt": {"流水号", "充值流水号", "平台单号", "平台订单号", "平台流水号", "凭证号", "回执号", "运营商流水号", "交易号",
		"receipt", "serial"},
	"reason": {"原因", "失败原因", "说明", "备注说明", "错误信息", "描述", "reason", "message"},
	"amount": {"金额", "金额（元）", "金额(元)", "面值", "充值金额", "amount"},
}

// resultWords are what operators say for the two ends; all else is not an end.
var resultWords = map[State][]string{
	Paid: {"成功", "充值成功", "已充值", "已到账", "到账", "交易成功", "已完成", "完成", "success", "succeeded", "ok"},
	Failed: {"失败", "充值失败", "未成功", "不成功", "已失败", "退款", "已退款", "已撤销", "交易失败", "fail", "failed",
		"failure", "refunded"},
}

// end reads how a row came out; ok is false where it is no end.
func (r *Result) end() (State, bool) {
	word := sheet.Fold(r.Word)
	for state, words := range resultWords {
		if slices.Contains(words, word) {
			return state, true
		}
	}
	return "", false
}

// ReadResults reads the results of an operator of phone credit from an Excel workbook or
// a CSV file of any usual encoding. The row of the header is the first that names the
// bill and how it came out; what stands above it is passed over. Errors: ErrResultsFile
// and those beside it.
func ReadResults(data []byte) ([]Result, error) {
	var found []Result
	var columns sheet.Columns
	var refused error
	limits := sheet.Limits{Bytes: MaxResultsFile, Unpacked: 16 * MaxResultsFile}
	_, err := sheet.Rows(data, limits, func(_ string, line int, cells []string) error {
		if columns == nil {
			columns = sheet.Header(cells, resultColumns, "bill", "word")
			return nil
		}
		if r := resultOf(columns, line, cells); r.Bill != "" {
			found = append(found, r)
		}
		if len(found) > resultsAtMost {
			refused = errManyLines
		}
		return refused
	})
	switch {
	case refused != nil:
		return nil, refused
	case err != nil:
		return nil, ErrResultsFile.Because(err)
	case columns == nil:
		return nil, errNoColumns
	}
	return found, nil
}

func resultOf(columns sheet.Columns, line int, cells []string) Result {
	r := Result{Line: line, Bill: columns.Of(cells, "bill"), Word: columns.Of(cells, "word"),
		Receipt: columns.Of(cells, "receipt"), Reason: columns.Of(cells, "reason"), Cents: -1}
	if cents, err := centsOf(columns.Of(cells, "amount")); err == nil {
		r.Cents = cents
	}
	return r
}

var errNoAmount = errors.New("no amount")

func centsOf(text string) (int, error) {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(text, ",", ""), "¥"), "元")
	yuan, err := strconv.ParseFloat(text, 64)
	if err != nil || yuan < 0 || yuan > 1e7 {
		return 0, errNoAmount
	}
	return int(math.Round(yuan * 100)), nil
}
