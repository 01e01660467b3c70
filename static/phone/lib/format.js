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

/** 2分5秒 @param {number} ms */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes ? minutes + "分" + (seconds % 60) + "秒" : seconds + "秒";
}

/** When a contest runs, in one line. @param {{phase: string, opens_at: number, closes_at: number}} contest @param {number} now */
export function when(contest, now) {
  if (contest.phase === "closed") return "活动已结束";
  if (contest.phase === "upcoming") return date(contest.opens_at) + "开始";
  const days = Math.ceil((contest.closes_at - now) / 86400e3);
  if (days <= 1) return "进行中，今天截止";
  return "进行中，" + date(contest.closes_at) + "截止" + (days <= 7 ? "（还有" + days + "天）" : "");
}

/** 1 → A @param {number} index */
export const letter = (index) => String.fromCharCode(65 + index);
