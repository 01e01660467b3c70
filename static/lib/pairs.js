// How pairings of units are told on every page.
import { dateTime, number, scored as figure } from "./format.js";

/** @typedef {import("./schemas").components["schemas"]["Pairing"]} Pairing */
/** @typedef {import("./schemas").components["schemas"]["Pair"]} Pair */
/** @typedef {import("./schemas").components["schemas"]["PairSide"]} Side */

/** What a unit has in the round. @param {Side} side @param {Pairing} p */
export const scored = (side, p) =>
  side.score !== null ? figure(side.score, p.measure) + p.measure : p.late ? "稍后更新" : p.decided_at ? "没有成绩" : "—";

/** How far a pairing is. @param {Pairing} p @param {number} now */
export function when(p, now) {
  if (p.decided_at) return p.round + "，已经评定";
  if (now < p.opens_at) return `${p.round}，${dateTime(p.opens_at, now)} 开始`;
  if (now < p.closes_at) return `${p.round}，${dateTime(p.closes_at, now)} 结束`;
  return p.round + "，已经结束，等还在答的交卷以后评定";
}

/** How many go on. @param {Pairing} p */
export const goingOn = (p) => number(p.pairs.filter((of) => of.first.won || (of.second && of.second.won)).length);
