package rulespage

import (
	"fmt"

	"anquanda/internal/contest"
)

// honours tells what units are awarded, and by which board.
func (t teller) honours() (lines []string) {
	for i := range t.Honours {
		h := &t.Honours[i]
		board, _ := t.Board(h.Board)
		text := fmt.Sprintf("%s：按%s评，%s", h.Title, quoted(board.Title), list(honourPlaces(h)))
		if h.People > 0 {
			text += fmt.Sprintf("；榜上算进的人不到 %d 人的单位不评，后面的递补", h.People)
		}
		lines = append(lines, text+"。")
	}
	if len(lines) > 0 {
		lines = append(lines, "活动结束后由主办单位评定一次，以后数据再有变动也不改。名次并列的一起得奖。得奖单位有证书，扫码能查真伪。")
	}
	return lines
}

// honourPlaces tells each class with the ranks that it is for.
func honourPlaces(h *contest.Honour) []string {
	places, from := make([]string, len(h.Places)), 1
	for i, place := range h.Places {
		ranks := fmt.Sprintf("第 %d 名", from)
		if place.Count > 1 {
			ranks = fmt.Sprintf("第 %d 到 %d 名", from, from+place.Count-1)
		}
		places[i] = ranks + "是" + place.Title
		from += place.Count
	}
	return places
}
