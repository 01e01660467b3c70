// Which level comes next, and what a player needs to know of one before tapping it.
import { tight } from "./format.js";

/** @typedef {import("./types").Level} Level @typedef {import("./types").Contest} Contest */

/** Whether answers are taken, if only to warm up. @param {Contest} contest */
export const takesAnswers = (contest) => contest.phase === "open" || contest.phase === "training";

/** @param {Level} level */
export const playable = (level) => level.under_way || (!level.locked_reason && level.tries_left > 0);

/** The level that the big button leads to, practice aside: one under way, else the first that is not passed, else a
 * passed one that can be done better. @param {Level[]} levels @returns {Level | undefined} */
export function nextLevel(levels) {
  const open = levels.filter((l) => playable(l) && (l.under_way || !l.practice));
  return open.find((l) => l.under_way) || open.find((l) => l.state === "open") || open.find((l) => l.stars < 3);
}

/** What a deed is called on the button that does it. @type {Record<string, string>} */
export const deeds = { share: "分享", checkin: "签到", pledge: "签署倡议", invite: "邀请好友" };

/** Why there is nothing to play now. @param {Level[]} levels */
export function whyNone(levels) {
  levels = levels.filter((l) => !l.foreign && !l.practice);
  if (levels.every((l) => l.state === "passed")) return "全部关卡已经通过，谢谢您。";
  const used = levels.find((l) => !l.locked_reason && l.tries_left <= 0 && l.stars < 3);
  if (used) return used.tries_text + (used.revive ? `。${deeds[used.revive]}可以再得一次机会` : "") + "。";
  const locked = levels.find((l) => l.locked_reason);
  return locked ? `“${locked.title}”${tight(locked.locked_reason)}。` : "";
}

/** What a level is called by its place; practice has no number. @param {Level[]} levels @param {number} i */
export const numbered = (levels, i) =>
  levels[i].practice ? "练习关" : `第${levels.slice(0, i + 1).filter((l) => !l.practice).length}关`;

/** The line below a level. @param {Level} level @param {boolean} open whether answers are taken */
export function line(level, open) {
  if (level.under_way) return "正在答题，点这里接着答";
  if (level.locked_reason) return tight(level.locked_reason);
  if (!open) return level.questions + "题";
  if (level.tries_left <= 0) return level.tries_text + (level.revive ? `，${deeds[level.revive]}可再答一次` : "");
  if (level.state === "passed") return level.tries_text;
  return `${level.questions}题，${tight(level.notes[0])}${level.tries_text && "，" + level.tries_text}`;
}
