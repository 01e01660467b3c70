package identity

import "strings"

// DeviceName names a device by what its browser says of itself (User-Agent), in words
// that people recognise it by. It is for people alone: nothing hangs on it, since a
// browser may say anything.
func DeviceName(userAgent string) string {
	has := func(word string) bool { return strings.Contains(userAgent, word) }
	machine := "其他设备"
	switch {
	case has("iPhone"):
		machine = "苹果手机"
	case has("iPad"):
		machine = "苹果平板"
	case has("Harmony"), has("OpenHarmony"):
		machine = "鸿蒙手机"
	case has("Android") && has("Mobile"):
		machine = "安卓手机"
	case has("Android"):
		machine = "安卓平板"
	case has("Windows"), has("Macintosh"), has("Linux"):
		machine = "电脑"
	}
	switch {
	case has("wxwork"):
		return machine + "，企业微信"
	case has("MicroMessenger"):
		return machine + "，微信"
	case has("DingTalk"):
		return machine + "，钉钉"
	}
	return machine + "，浏览器"
}
