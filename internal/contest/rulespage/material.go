package rulespage

import (
	"fmt"
	"net/url"

	"anquanda/internal/contest"
)

// material tells what is to be read, looked at or listened to before a level.
func (t teller) material(l *contest.Level) string {
	m := l.Material
	if m == nil {
		return ""
	}
	var parts []string
	if len(m.Text) > 0 {
		parts = append(parts, "文字")
	}
	if m.Picture != "" {
		parts = append(parts, "图片")
	}
	names := map[string]string{"sound": "声音", "film": "视频"}
	for _, link := range m.Links() {
		if u, err := url.Parse(link.URL); link.URL != "" && err == nil {
			parts = append(parts, fmt.Sprintf("%s（从 %s 播放，会用流量）", names[link.Key], u.Hostname()))
		}
	}
	text := "先看材料" + quoted(m.Title) + "再答题，有" + list(parts)
	if m.Least > 0 {
		text += fmt.Sprintf("，打开满 %s才能开始", spanText(m.Least))
	}
	return text + "；答题时可以再看，时间照常算"
}
