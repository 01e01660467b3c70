// Numbers, dates and spans in the Chinese that the page speaks. Dates are China's, wherever the phone believes it is.

const chinaOffset = 8 * 3600e3;

/** With one decimal where there is one: half points. @param {number} n */
export const number = (n) => String(Math.round(n * 10) / 10).replace(/\B(?=(\d{3})+(\.|$))/g, ",");

/** A score in the unit of its board: of %, it comes in hundredths; averages (分/人) all have a decimal, and times too.
 * @param {number} score @param {string} measure
 */
export const scored = (score, measure) => {
  if (measure === "%") return String(score / 100);
  if (measure === "秒") return (score < 60 ? "" : Math.floor(score / 60) + "分") + (score % 60).toFixed(1);
  return number(score) + (measure.indexOf("/") > 0 && score % 1 === 0 ? ".0" : "");
};

/** 2026-06-16 @param {number} ms */
export const day = (ms) => new Date(ms + chinaOffset).toISOString().slice(0, 10);

/** @param {number} ms */
const year = (ms) => new Date(ms + chinaOffset).getUTCFullYear();

/** 6月16日; 2027年6月16日 where now is in another year. @param {number} ms @param {number} [now] */
export function date(ms, now = Date.now()) {
  const at = new Date(ms + chinaOffset);
  return (year(ms) === year(now) ? "" : year(ms) + "年") + (at.getUTCMonth() + 1) + "月" + at.getUTCDate() + "日";
}

/** 2026年6月16日, for what is kept. @param {number} ms */
export const fullDate = (ms) => date(ms, -Infinity);

/** 14:05:09 @param {number} ms */
export const time = (ms) => new Date(ms + chinaOffset).toISOString().slice(11, 19);

/** 6月25日 21:00 @param {number} ms @param {number} [now] */
export const dateTime = (ms, now) => date(ms, now) + " " + time(ms).slice(0, 5);

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
 * From the first day to the last, with years unless both are in this one.
 * @param {{opens_at: number, closes_at: number}} contest
 * @param {number} [now]
 */
export function days(contest, now = Date.now()) {
  const last = contest.closes_at - 1; // a contest that closes at midnight ends the day before
  if (year(contest.opens_at) !== year(last)) return fullDate(contest.opens_at) + "至" + fullDate(last);
  return date(contest.opens_at, now) + "至" + date(last, last);
}

/** Without the blanks around numbers that longer texts have. @param {string} text */
export const tight = (text) => text.replace(/([^\x00-\x7f]) (?=\d)|(\d) (?=[^\x00-\x7f])/g, "$1$2");

/**
 * When a contest runs, in one line.
 * @param {{phase: string, opens_at: number, closes_at: number}} contest
 * @param {number} now
 */
export function when(contest, now) {
  if (contest.phase === "closed") return "活动已结束";
  const first = date(contest.opens_at, now);
  if (contest.phase === "training") return "热身中，不计成绩，" + first + "正式开始";
  if (contest.phase === "upcoming") return first + "开始";
  const last = contest.closes_at - 1;
  if (day(last) === day(now)) return "进行中，今天截止";
  const rest = Math.ceil((contest.closes_at - now) / 86400e3);
  return "进行中，" + date(last, now) + "截止" + (rest <= 7 ? "（还有" + rest + "天）" : "");
}

/** Where a unit belongs: its path without itself. @param {{name: string, path: string}} unit */
export function above(unit) {
  const parts = (unit.path || "").split(" / ");
  if (parts[parts.length - 1] === unit.name) parts.pop();
  return parts.join(" / ");
}

/** 1 → A @param {number} index */
export const letter = (index) => String.fromCharCode(65 + index);
