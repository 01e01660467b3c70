// What the form of a contest asks less often: periods, tries in all, sharing, the pledge, certificates, units.
import { pers } from "./contestfields.js";
import { freshKey, listAt } from "./contesttree.js";
import { keyed, unitsOf } from "./keyedfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

/** @type {Cell[]} */
export const trainingCells = [
  { path: "training.opens", clears: "training", label: "热身开始", kind: "moment", hint: "不写：没有热身" },
  { path: "training.closes", label: "热身结束", kind: "moment", hint: "热身不计成绩，没有奖励" },
  { path: "timezone", label: "时区", kind: "text", without: "Asia/Shanghai" },
];

/** @type {Cell[]} */
export const periodCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "opens", label: "开始", kind: "moment" },
  { path: "closes", label: "结束", kind: "moment" },
];

/** @type {Cell[]} */
export const unitListCells = [
  { path: "name", label: "单位名称", kind: "text" },
  { path: "headcount", label: "人数", kind: "number", hint: "算参与率用" },
  { path: "aliases", label: "也叫", kind: "words", hint: "用顿号分开" },
];

/** @type {Cell[]} */
export const triesCells = [
  { path: "max", label: "最多几次", kind: "number" },
  { path: "per", label: "按什么算", kind: "select", without: "day", options: pers },
  {
    path: "of",
    label: "算什么",
    kind: "select",
    without: "attempts",
    options: [
      ["attempts", "答题次数"],
      ["levels", "不同的关"],
    ],
  },
  { path: "firm", label: "另外得到的次数也算在内", kind: "check" },
];

/** @type {Cell[]} */
export const afterCells = [
  {
    path: "level",
    label: "先答哪一关",
    kind: "select",
    options: keyed("levels"),
    when: (a) => a.spot === undefined && a.list === undefined,
  },
  { path: "spot", label: "先到哪里打卡", kind: "select", options: keyed("spots"), when: (a) => a.spot !== undefined },
  { path: "list", label: "要在哪个名单里", kind: "select", options: keyed("lists"), when: (a) => a.list !== undefined },
  {
    path: "by",
    when: (a) => a.spot === undefined && a.list === undefined,
    label: "要到什么程度",
    kind: "select",
    without: "passed",
    options: [
      ["passed", "过关"],
      ["finished", "答完"],
    ],
  },
  {
    path: "same",
    when: (a) => a.list === undefined,
    label: "在多久之内",
    kind: "select",
    without: "contest",
    options: [
      ["contest", "活动期间"],
      ["day", "同一天"],
    ],
  },
];

/** @type {Cell[]} */
export const listCells = [
  { path: "title", label: "名称", kind: "text" },
  {
    path: "board",
    label: "取哪个榜的前几名",
    kind: "select",
    options: keyed("boards", [["", "不取榜"]]),
    without: "",
    when: (l) => !l.pairing,
  },
  { path: "count", label: "前几名", kind: "number", hint: "0：达到下面这个数的都算", when: (l) => !!l.board },
  {
    path: "least",
    label: "至少达到多少",
    kind: "number",
    hint: "按榜上的数写；参与率、正确率写百分之几；不写：不看",
    when: (l) => !!l.board,
  },
  {
    path: "units",
    label: "哪些单位的人",
    kind: "many",
    options: (v) => unitsOf(v).slice(1),
    when: (l) => !l.board && !l.pairing,
  },
  {
    path: "pairing",
    label: "哪组对阵的胜者",
    kind: "select",
    options: keyed("pairings", [["", "不取对阵"]]),
    without: "",
    when: (l) => !l.board && !l.units,
  },
  { path: "at", label: "什么时候确定", kind: "moment", when: (l) => !!(l.board || l.units) },
  {
    path: "public",
    label: "公开：所有人都能看到里面的昵称和单位",
    kind: "check",
  },
];

/** The boards by whose rounds units can meet, and those that can seed them. @param {boolean} own */
const unitBoards = (own) => (/** @type {any} */ values) =>
  listAt(values, "boards")
    .filter((b) => b && b.key && b.subject === "unit" && (own ? b.period === "own" : !b.period))
    .map((b) => [b.key, b.title || b.key]);

/** @type {Cell[]} */
const pairingCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "board", label: "按哪个榜比", kind: "select", options: unitBoards(true), hint: "每期一榜的单位榜" },
  { path: "round", label: "第几期", kind: "number" },
  {
    path: "winners",
    label: "哪组对阵的胜者相遇",
    kind: "select",
    options: keyed("pairings", [["", "不是"]]),
    when: (p) => !p.seeds && !(p.pairs && p.pairs.length),
  },
  {
    path: "seeds.board",
    clears: "seeds",
    label: "取哪个榜的前几名",
    kind: "select",
    options: (v) => [["", "不取榜"], ...unitBoards(false)(v)],
    when: (p) => !p.winners && !(p.pairs && p.pairs.length),
  },
  { path: "seeds.count", label: "前几名", kind: "number", hint: "双数；第一对最后一名", when: (p) => !!p.seeds },
  { path: "seeds.at", label: "什么时候排定", kind: "moment", hint: "不晚于这一期开始", when: (p) => !!p.seeds },
];

/** @type {import("./contestparts.js").Group} */
export const pairingGroup = {
  title: "单位对阵（淘汰赛）",
  note: "单位两两相比，胜者晋级，一期一轮；先写上分期，再加一个每期一榜的单位榜。谁对谁：取榜的前几名、前一轮的胜者，或者列出来。",
  list: "pairings",
  cells: pairingCells,
  add: "加一组对阵",
  name: (item) => [String(item.title || "")],
  fresh: (items, v) => ({
    key: freshKey(items, "pairing"),
    title: "半决赛",
    board: (unitBoards(true)(v)[0] || [""])[0],
    round: items.length + 1,
  }),
  groups: [
    {
      title: "列出谁对谁",
      list: "pairs",
      cells: [
        { path: "first", label: "一个单位", kind: "select", options: (v) => unitsOf(v).slice(1), hint: "都分不出时它胜" },
        { path: "second", label: "对手", kind: "select", options: (v) => unitsOf(v).slice(1) },
      ],
      add: "加一对",
      fresh: () => ({ first: "", second: "" }),
      folded: true,
    },
  ],
};

/** @type {Cell[]} */
export const shareCells = [
  { path: "share.title", label: "分享的标题", kind: "text", wide: true, hint: "不写：用活动名称" },
  { path: "share.text", label: "分享的介绍", kind: "text", wide: true },
  { path: "share.picture", label: "分享的图片", kind: "picture" },
  {
    path: "share.counts",
    label: "邀请什么时候算数",
    kind: "select",
    without: "finished",
    options: [
      ["finished", "好友答完第一次"],
      ["joined", "好友登记昵称"],
    ],
  },
  { path: "share.per_day", label: "每天最多算几位", kind: "number", without: 20 },
  { path: "share.tree", label: "能看到自己邀请了谁", kind: "check" },
];

/** Whether players form teams. @param {any} values */
const teamed = (values) => !!(values.teams && values.teams.title);

/** @type {Cell[]} */
export const teamCells = [
  { path: "teams.title", clears: "teams", label: "队伍叫什么", kind: "text", hint: "如 家庭；不写：不组队" },
  { path: "teams.size.most", label: "一队最多几人", kind: "number", when: teamed },
  { path: "teams.size.least", label: "至少几人有成绩才排名", kind: "number", without: 2, when: teamed },
  { path: "teams.until", label: "组队到什么时候截止", kind: "moment", hint: "不写：到活动结束", when: teamed },
];

/** @type {Cell[]} */
export const pledgeCells = [
  { path: "pledge.title", clears: "pledge", label: "倡议的名称", kind: "text", wide: true, hint: "不写：没有倡议" },
  { path: "pledge.lines", label: "倡议的内容", kind: "lines", wide: true, hint: "一行一句" },
];

/** @type {Cell[]} */
export const pollCells = [
  { path: "title", label: "问题", kind: "text", wide: true },
  {
    path: "kind",
    label: "选几项",
    kind: "select",
    without: "single",
    options: [
      ["single", "选一项"],
      ["multiple", "可以选几项"],
    ],
  },
  { path: "level", label: "答完哪一关问", kind: "select", options: keyed("levels", [["", "任何一关"]]) },
  { path: "options", label: "选项", kind: "lines", wide: true, hint: "一行一项，2 到 12 项" },
];

/** What certificates exclude each other by. @param {any} values @returns {string[][]} */
const grades = (values) => {
  const named = listAt(values, "certificates").map((c) => c && c.grade);
  const others = [...new Set(named)].filter((g) => g && g !== "grade");
  return [["", "单独发"], ["grade", "分等级"], ...others.map((g) => [g, "分等级：" + g])];
};

/** @type {Cell[]} */
export const certificateCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "text", label: "证书上的话", kind: "area", wide: true },
  { path: "grade", label: "和别的证书的关系", kind: "select", options: grades, hint: "分等级：只发够得上的最好的，好的写在前面" },
  { path: "score", label: "印上得分", kind: "check" },
  {
    path: "name",
    label: "印什么名字",
    kind: "select",
    options: [["", "昵称"], ["real", "真实姓名"]],
    hint: "真实姓名：要在“参赛者要填的信息”里问姓名，不能只问中奖的人",
  },
];

/** @type {Cell[]} */
export const releaseCells = [
  { path: "at", label: "从什么时候", kind: "moment" },
  { path: "units", label: "放出几份", kind: "number" },
  { path: "daily", label: "每天放出这么多", kind: "check" },
];

/** @type {Cell[]} */
export const rulesCells = [
  {
    path: "rules",
    label: "规则里另外要说的话",
    kind: "lines",
    wide: true,
    hint: "一行一句。时间、次数、奖品由程序自己写，不用重复",
  },
];
