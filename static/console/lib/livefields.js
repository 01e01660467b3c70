// What the form of a contest asks of a live room. Teams, revival, a pot and what a room gives stand in the text.
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
  { path: "key", label: "标识", kind: "text", hint: "活动开始后不要改" },
];

/** A live room scores every question alike, and asks no matching question. @type {Cell[]} */
export const liveDrawCells = drawCells
  .filter((cell) => cell.path !== "score")
  .map((cell) =>
    cell.path === "kinds" && Array.isArray(cell.options)
      ? { ...cell, options: cell.options.filter(([kind]) => kind !== "matching") }
      : cell,
  );
