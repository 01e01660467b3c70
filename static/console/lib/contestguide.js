// From nothing to running: what is done of a contest that is being written, and what is still to do. Pure.
import { at, listAt } from "./contesttree.js";

/**
 * @typedef {object} Step
 * @property {string} key @property {string} name
 * @property {boolean} done @property {string} todo what is still to do; "" where nothing has to be
 * @property {string} [path] the field that it leads to @property {string} [tab] or the tab
 */

/** Nothing, or what a template holds in place of an office's own words. @param {any} value */
export const unfilled = (value) => !value || /^(由主办单位)?填写/.test(String(value));

/**
 * @param {any} values @param {import("../types").ContestCheck | null} checked
 * @param {{form: import("../types").ContestForm, rehearsed: boolean, approval: boolean, asked: boolean, open:
 *   number}} so open: serious concerns that nobody answers for
 * @returns {Step[]}
 */
export function steps(values, checked, so) {
  const wrong = (/** @type {RegExp} */ paths) =>
    (checked ? checked.findings : []).filter((f) => paths.test(f.path)).length;
  const first = (/** @type {RegExp} */ paths, /** @type {string} */ otherwise) =>
    ((checked ? checked.findings : []).find((f) => paths.test(f.path)) || { path: otherwise }).path;
  /**
   * @param {string} key @param {string} name @param {RegExp} paths @param {string} path @param {string} lacks
   * @returns {Step}
   */
  const part = (key, name, paths, path, lacks) => {
    const n = wrong(paths);
    return { key, name, done: !n && !lacks, todo: n ? `${n} 处要改` : lacks, path: first(paths, path) };
  };
  const has = (/** @type {string} */ path) => listAt(values, path).length > 0;
  const basics = ["title", "organizer", "contact", "window.opens", "window.closes"].filter(
    (p) => unfilled(at(values, p)),
  );
  const bare = listAt(values, "prizes").filter((p) => p && p.kind !== "points" && p.kind !== "thanks" && !p.photo);
  const gains = has("earnings") || has("pools") || has("drawings") || has("certificates");
  const asks = at(values, "players.unit.ask");
  const noUnits = asks && asks !== "no" && !has("units") && !at(values, "players.unit.typed");
  const findings = checked ? checked.findings.length : 0;
  const checkedWell = !!checked && !findings && !so.open;
  return [
    part("basics", "名称和日期", /^(contest|title|subtitle|organizer|contact|window|training|periods)/,
      basics[0] || "title", basics.length ? "写上主办单位、咨询方式和时间" : ""),
    part("bank", "题库", /^bank$/, "bank", at(values, "bank") ? "" : "选一个题库"),
    part("levels", "关卡", /^(levels|attempts)/, "levels", has("levels") ? "" : "加一关"),
    { ...part("prizes", "奖品", /^prizes/, "prizes", ""), ...(bare.length && !wrong(/^prizes/)
      ? { todo: `${bare.length} 种还没有图片`, done: true, path: `prizes[${listAt(values, "prizes").indexOf(bare[0])}].photo` }
      : has("prizes") ? {} : { todo: "可以没有奖品" }) },
    part("gains", "谁能得什么", /^(earnings|cards|caps|pools|drawings|certificates)/, "earnings",
      gains ? "" : "写上答题能得什么"),
    part("units", "单位", /^(players|units)/, noUnits ? "units" : "players.unit.ask", noUnits ? "写上单位名单" : ""),
    { key: "check", name: "检查", done: checkedWell, tab: "check",
      todo: checkedWell ? "" : findings + so.open ? `${findings + so.open} 处` : "正在检查" },
    { key: "look", name: "预览", done: !!so.form.looked, tab: "phone", todo: so.form.looked ? "" : "看一遍手机上的样子" },
    { key: "rehearse", name: "预演", done: so.rehearsed || !!so.form.rehearsed, tab: "rehearsal",
      todo: so.rehearsed ? "正在预演" : so.form.rehearsed ? "" : "用手机答一遍" },
    ...(so.approval ? [{ key: "approve", name: "审批", done: so.asked, tab: so.asked ? "" : "publish",
      todo: so.asked ? "等另一人同意" : "提交给另一人看" }] : []),
    { key: "publish", name: "发布", done: false, tab: "publish", todo: "" },
  ];
}
