// What the form of a contest asks of a live room.
import { keyed } from "./keyedfields.js";
import { drawCells } from "./levelfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

/** @param {any} room */
const eliminates = (room) => room.mode === "elimination";

/** @type {Cell[]} */
export const liveCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "starts", label: "什么时候", kind: "moment", hint: "不写：由主持人开始" },
  {
    path: "runs",
    label: "谁来推进",
    kind: "select",
    without: "host",
    options: [
      ["host", "主持人一步一步来"],
      ["clock", "到时间自动进行"],
    ],
  },
  {
    path: "mode",
    label: "怎么算胜负",
    kind: "select",
    without: "points",
    options: [
      ["points", "按得分排名"],
      ["elimination", "答错就淘汰"],
    ],
  },
  { path: "time.question", label: "每题限时", kind: "span", without: "15s", hint: "如 15s、1m" },
  { path: "time.delay", label: "等转播多久", kind: "span", without: "0s", hint: "转播比现场慢的，最多 30s" },
  { path: "change", label: "截止前可以改答案", kind: "check" },
  { path: "audience", label: "淘汰的人可以跟着答", kind: "check", when: eliminates },
  { path: "score.right", label: "答对得几分", kind: "number", without: 100 },
  { path: "score.speed", label: "答得快最多加几分", kind: "number", without: 0, hint: "0：不看快慢" },
  {
    path: "score.ties",
    label: "同分",
    kind: "select",
    without: "shared",
    options: [
      ["shared", "名次并列"],
      ["time", "用时少的在前"],
    ],
  },
  { path: "bank", label: "题库", kind: "select", options: "banks", without: "" },
  { path: "list", label: "指定题目的编号", kind: "words", wide: true, hint: "用顿号分开；写了就不再抽" },
  { path: "time.countdown", label: "出题前倒数", kind: "span" },
  { path: "time.ready", label: "每题之间等多久", kind: "span" },
  { path: "time.reveal", label: "看答案多久", kind: "span" },
  { path: "time.standings", label: "看排名多久", kind: "span" },
  {
    path: "teams.of",
    clears: "teams",
    label: "组队",
    kind: "select",
    options: [
      ["", "不组队"],
      ["units", "按单位"],
      ["divisions", "按组别"],
    ],
  },
  { path: "teams.level", label: "并到第几级单位", kind: "number", when: (r) => !!r.teams && r.teams.of === "units" },
  {
    path: "teams.measure",
    label: "队的成绩",
    kind: "select",
    options: [
      ["sum", "队员相加"],
      ["average", "队员平均"],
    ],
    when: (r) => !!r.teams,
  },
  { path: "teams.least", label: "几人以上才排名", kind: "number", when: (r) => !!r.teams },
  { path: "revival.card", clears: "revival", label: "复活卡", kind: "select", options: keyed("cards", [["", "没有"]]),
    when: eliminates },
  { path: "revival.most", label: "最多复活几次", kind: "number", when: eliminates },
  { path: "revival.question", label: "答对复活题也能回来", kind: "check", when: eliminates },
  { path: "pot.prize", clears: "pot", label: "平分的奖金", kind: "select", options: keyed("prizes", [["", "没有"]]) },
  { path: "pot.total", label: "奖金一共", kind: "yuan", when: (r) => !!r.pot },
];

/** A live room scores every question alike, and asks no matching question. @type {Cell[]} */
export const liveDrawCells = drawCells
  .filter((cell) => !/^(score|minus|partial)/.test(cell.path))
  .map((cell) =>
    cell.path === "kinds" && Array.isArray(cell.options)
      ? { ...cell, options: cell.options.filter(([kind]) => kind !== "matching") }
      : cell,
  );

/** @type {Cell[]} */
export const liveGiveCells = [
  { path: "least", label: "至少答对几题", kind: "number" },
  { path: "rank", label: "前几名", kind: "number", hint: "不写：不看名次" },
  { path: "left", label: "没被淘汰的", kind: "check" },
];
