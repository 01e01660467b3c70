// Numbers, dates and spans in the Chinese that the page speaks. Dates are China's, wherever the phone believes it is.

const chinaOffset = 8 * 3600e3;

/** @param {number} n */
export const number = (n) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");

/** 2026-06-16 @param {number} ms */
export const day = (ms) => new Date(ms + chinaOffset).toISOString().slice(0, 10);

/** 6月16日 @param {number} ms */
export function date(ms) {
  const at = new Date(ms + chinaOffset);
  return at.getUTCMonth() + 1 + "月" + at.getUTCDate() + "日";
}

/** 14:05:09 @param {number} ms */
export const time = (ms) => new Date(ms + chinaOffset).toISOString().slice(11, 19);

/** 6月25日 21:00 @param {number} ms */
export const dateTime = (ms) => date(ms) + " " + time(ms).slice(0, 5);

/** 2分5秒 @param {number} ms */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes ? minutes + "分" + (seconds % 60) + "秒" : seconds + "秒";
}

/** How long is left until a moment, in the words of a reminder. @param {number} until @param {number} now */
export function left(until, now) {
  const hours = Math.floor((until - now) / 3600e3);
  if (hours < 1) return "不到 1 小时";
  return hours < 48 ? `还有 ${hours} 小时` : `还有 ${Math.floor(hours / 24)} 天`;
}

/**
 * From the first day to the last, with years only where they differ.
 * @param {{opens_at: number, closes_at: number}} contest
 */
export function days(contest) {
  const last = contest.closes_at - 1; // a contest that closes at midnight ends the day before
  const years = day(contest.opens_at).slice(0, 4) !== day(last).slice(0, 4);
  return years ? longDate(contest.opens_at) + "至" + longDate(last) : date(contest.opens_at) + "至" + date(last);
}

/** @param {number} ms */
const longDate = (ms) => day(ms).slice(0, 4) + "年" + date(ms);

/** Without the blanks around numbers that longer texts have. @param {string} text */
export const tight = (text) => text.replace(/([^\x00-\x7f]) (?=\d)|(\d) (?=[^\x00-\x7f])/g, "$1$2");

/**
 * When a contest runs, in one line.
 * @param {{phase: string, opens_at: number, closes_at: number}} contest
 * @param {number} now
 */
export function when(contest, now) {
  if (contest.phase === "closed") return "活动已结束";
  const first =
    day(contest.opens_at).slice(0, 4) === day(now).slice(0, 4) ? date(contest.opens_at) : longDate(contest.opens_at);
  if (contest.phase === "training") return "热身中，不计成绩，" + first + "正式开始";
  if (contest.phase === "upcoming") return first + "开始";
  const last = contest.closes_at - 1;
  if (day(last) === day(now)) return "进行中，今天截止";
  const rest = Math.ceil((contest.closes_at - now) / 86400e3);
  const sameYear = day(last).slice(0, 4) === day(now).slice(0, 4);
  return "进行中，" + (sameYear ? date(last) : longDate(last)) + "截止" + (rest <= 7 ? "（还有" + rest + "天）" : "");
}

/** Where a unit belongs: its path without itself. @param {{name: string, path: string}} unit */
export function above(unit) {
  const parts = (unit.path || "").split(" / ");
  if (parts[parts.length - 1] === unit.name) parts.pop();
  return parts.join(" / ");
}

/** 1 → A @param {number} index */
export const letter = (index) => String.fromCharCode(65 + index);
