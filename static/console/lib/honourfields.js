// What the form of a contest asks of units that are awarded, and of the classes under which options count.
import { freshKey, listAt } from "./contesttree.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */
/** @typedef {import("./contestparts.js").Group} Group */

/** The boards by which units can be awarded. @param {any} values @returns {(string | number)[][]} */
const unitBoards = (values) =>
  listAt(values, "boards")
    .filter((b) => b && b.key && b.subject === "unit" && !b.period)
    .map((b) => [b.key, b.title || b.key]);

/** @type {Cell[]} */
const honourCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "board", label: "按哪个榜评", kind: "select", options: unitBoards, hint: "单位的榜，不按周或按期排" },
  { path: "people", label: "至少几人参加才评", kind: "number", without: 0, hint: "0：和榜上一样" },
  { path: "text", label: "证书上的话", kind: "area", wide: true },
];

/** @type {Cell[]} */
const honourPlaceCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "count", label: "几个单位", kind: "number" },
];

/** The options of all choices. @param {any} values @returns {string[][]} */
const offered = (values) => {
  const all = listAt(values, "players.fields").map((f) => (f && f.kind === "choice" && f.options) || []);
  return [...new Set(/** @type {string[]} */ ([]).concat(...all))].map((o) => [o, o]);
};

/** @type {Cell[]} */
const classCells = [
  { path: "option", label: "选项", kind: "select", options: offered },
  {
    path: "class",
    label: "算哪一类",
    kind: "select",
    options: [
      ["principal", "企业主要负责人"],
      ["enterprise", "进企业"],
      ["village", "进农村"],
      ["community", "进社区"],
      ["school", "进学校"],
      ["family", "进家庭"],
    ],
  },
];

/** @type {Group} */
export const classGroup = {
  title: "上级表格的类别（只用于选一项）",
  list: "classes",
  cells: classCells,
  add: "加一条类别",
  fresh: () => ({ option: "", class: "principal" }),
};

/** @type {Group} */
export const honourGroup = {
  title: "单位评优",
  note: "活动结束以后，在“总结”里按一下，按单位榜的名次评定一次。",
  list: "honours",
  cells: honourCells,
  add: "加一种单位奖",
  name: (item) => [String(item.title || "")],
  fresh: (items, v) => ({
    key: freshKey(items, "honour"),
    title: "优秀组织奖",
    board: (unitBoards(v)[0] || [""])[0],
    text: "在活动中组织得力，特发此证。",
    places: [{ title: "优秀组织奖", count: 10 }],
  }),
  groups: [
    {
      title: "等次",
      list: "places",
      cells: honourPlaceCells,
      add: "加一个等次",
      fresh: () => ({ title: "二等奖", count: 3 }),
    },
  ],
};
