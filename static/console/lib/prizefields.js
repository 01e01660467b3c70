// What the form of a contest asks about prizes, pools and drawings (contestparts.js).
import { pers } from "./contestfields.js";
import { keyed } from "./keyedfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

const prizeKinds = [
  ["goods", "实物"],
  ["voucher", "兑换码"],
  ["credit", "话费"],
  ["redpacket", "微信红包"],
  ["points", "积分"],
  ["thanks", "谢谢参与"],
];

/** @type {Cell[]} */
export const prizeCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "kind", label: "种类", kind: "select", without: "goods", options: prizeKinds },
  { path: "value", label: "价值（元）", kind: "yuan", when: (p) => p.kind !== "points" && p.kind !== "thanks" },
  { path: "value", label: "给几个积分", kind: "number", when: (p) => p.kind === "points" },
  { path: "stock", label: "份数", kind: "number", when: (p) => p.kind !== "thanks" },
  { path: "tier", label: "几等奖", kind: "text", hint: "如 一等奖；中奖上限可以按它算" },
  { path: "price", label: "兑换价", kind: "number", hint: "不写：不能兑换" },
  { path: "purse", label: "用什么换", kind: "select", options: keyed("purses", [["", "积分"]]), when: (p) => !!p.price },
  { path: "photo", label: "图片", kind: "picture", when: (p) => p.kind !== "thanks" },
  { path: "collect", label: "怎样领", kind: "text", wide: true },
];

/** @type {Cell[]} */
export const poolCells = [
  { path: "title", label: "名称", kind: "text" },
  {
    path: "face",
    label: "样子",
    kind: "select",
    without: "wheel",
    options: [
      ["wheel", "转盘"],
      ["scratch", "刮刮卡"],
      ["envelope", "红包"],
    ],
  },
  { path: "opens", label: "开始", kind: "moment", hint: "不写：跟活动一样" },
  { path: "closes", label: "结束", kind: "moment" },
];

/** @type {Cell[]} */
export const oddsCells = [
  { path: "prize", label: "奖品", kind: "select", options: keyed("prizes") },
  { path: "odds", label: "机会（%）", kind: "percent", without: 0 },
  { path: "guaranteed", label: "第几次保底", kind: "number", hint: "不写：没有" },
];

/** @type {Cell[]} */
export const winCells = [
  {
    path: "by",
    label: "按谁",
    kind: "select",
    without: "player",
    options: [
      ["player", "每人"],
      ["phone", "每个手机号"],
      ["address", "每个地址"],
      ["unit", "每个单位"],
    ],
  },
  { path: "max", label: "最多中几次", kind: "number" },
  { path: "tier", label: "只算几等奖", kind: "text", hint: "不写：都算" },
  { path: "per", label: "按什么算", kind: "select", without: "contest", options: pers },
];

/** @param {any} w @param {any} values */
const sharesPoints = (w, values) => {
  const prizes = Array.isArray(values && values.prizes) ? values.prizes : [];
  return !!w.pot && prizes.some((/** @type {any} */ p) => p && p.key === w.pot.prize && p.kind === "points");
};

/** An amount of a pot, in yuan or in points. @param {Cell} cell @returns {Cell[]} */
const potAmount = (cell) => [
  { ...cell, kind: "yuan", when: (w, values) => !!w.pot && !sharesPoints(w, values) },
  { ...cell, kind: "number", when: sharesPoints },
];

/** @type {Cell[]} */
const potCells = [
  {
    path: "pot.prize",
    clears: "pot",
    label: "名单里的人平分",
    kind: "select",
    options: keyed("prizes", [["", "不平分，摇奖"]]),
    hint: "只能是微信红包或积分；选了就删去下面的奖品",
  },
  ...potAmount({ path: "pot.total", label: "一共分多少", kind: "number" }),
  ...potAmount({ path: "pot.least", label: "每人至少", kind: "number", hint: "不够分时按摇出的顺序给" }),
  ...potAmount({ path: "pot.most", label: "每人至多", kind: "number", hint: "不写：没有限制" }),
  {
    path: "pot.rest",
    label: "除不尽的零头",
    kind: "select",
    without: "drawn",
    options: [
      ["drawn", "摇在前面的人各多一份"],
      ["kept", "不发"],
    ],
    when: (w) => !!w.pot,
  },
  { path: "pot.purse", label: "积分进哪个账户", kind: "select", options: keyed("purses", [["", "积分"]]), when: sharesPoints },
];

/** @type {Cell[]} */
export const drawingCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "at", label: "什么时候", kind: "moment" },
  {
    path: "tickets",
    label: "几个签",
    kind: "select",
    without: "one",
    options: [
      ["one", "每人一个"],
      ["attempts", "答一次一个"],
      ["passed", "过关一次一个"],
      ["points", "一个积分一个"],
    ],
  },
  { path: "every", label: "多久一次", kind: "select", options: [["", "只摇一次"], ...pers] },
  { path: "reserves", label: "候补几名", kind: "number" },
  { path: "repeat", label: "中过奖的还能中", kind: "check" },
  {
    path: "source",
    label: "随机数来源",
    kind: "text",
    wide: true,
    hint: "摇奖前说好的公开数字，如当天福彩 3D 的开奖号",
  },
  ...potCells,
];

/** @type {Cell[]} */
export const drawnCells = [
  { path: "prize", label: "奖品", kind: "select", options: keyed("prizes") },
  { path: "count", label: "名额", kind: "number" },
];
