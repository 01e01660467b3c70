package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// spots tells where codes are found, when, and how often each counts.
func (t teller) spots() []string {
	if len(t.Spots) == 0 {
		return nil
	}
	titles := make([]string, len(t.Spots))
	daily := 0
	for i := range t.Spots {
		titles[i] = quoted(t.Spots[i].Title)
		if t.Spots[i].Daily {
			daily++
		}
	}
	often := "每个打卡点每人只算一次"
	switch daily {
	case 0:
	case len(t.Spots):
		often = "每天换新的码，每人每天每个打卡点算一次"
	default:
		often = "每个打卡点每人只算一次，写明每天可以打卡的每天换新的码，每天算一次"
	}
	lines := []string{
		fmt.Sprintf("打卡点共 %d 个：%s。", len(titles), list(titles)),
		"到了打卡点，用手机扫那里的二维码，或者输入旁边的 8 位打卡码；" + often + "。",
		"请本人到现场打卡，不要转发打卡码的照片；码会更换，换下的码马上作废。",
	}
	if t.Training != nil {
		lines = append(lines, "热身时不能打卡。")
	}
	for i := range t.Spots {
		if text := t.spot(&t.Spots[i], daily > 0 && daily < len(t.Spots)); text != "" {
			lines = append(lines, titles[i]+"："+text+"。")
		}
	}
	return lines
}

// spot tells what is a spot's own; apart says that some are daily and others not.
func (t teller) spot(s *contest.Spot, apart bool) string {
	texts := []string{s.Where}
	switch {
	case s.Opens.MS != 0 && s.Closes.MS != 0:
		texts = append(texts, t.window(contest.Window{Opens: s.Opens, Closes: s.Closes}))
	case s.Opens.MS != 0:
		texts = append(texts, t.moment(s.Opens.MS)+" 起")
	case s.Closes.MS != 0:
		texts = append(texts, "到 "+t.end(s.Closes.MS))
	}
	if s.Hours != "" {
		texts = append(texts, "每天 "+string(s.Hours))
	}
	if s.Daily && apart {
		texts = append(texts, "每天可以打卡")
	}
	return joined(texts)
}

func joined(texts []string) string {
	all := ""
	for _, text := range texts {
		if text != "" && all != "" {
			all += "，"
		}
		all += text
	}
	return all
}

func (t teller) spotTitle(key string) string {
	if spot := t.Spot(key); spot != nil {
		return quoted(spot.Title)
	}
	return quoted(key)
}
