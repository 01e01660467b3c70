// What the form of a contest asks, part by part (contestparts.js).
import { keyed, unitsOf } from "./keyedfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

export const pers = [
  ["day", "每天"],
  ["week", "每周"],
  ["month", "每月"],
  ["period", "每期"],
  ["contest", "整个活动"],
];
/** @type {Cell[]} */
export const basics = [
  { path: "title", label: "名称", kind: "text", wide: true },
  { path: "subtitle", label: "副标题", kind: "text", wide: true },
  { path: "organizer", label: "主办单位", kind: "text" },
  { path: "contact", label: "咨询方式", kind: "text", hint: "电话和办公时间" },
  { path: "window.opens", label: "开始", kind: "moment" },
  { path: "window.closes", label: "结束", kind: "moment", hint: "到这一刻为止" },
  {
    path: "feedback",
    label: "什么时候看对错",
    kind: "select",
    without: "each",
    options: [
      ["each", "每题之后"],
      ["end", "答完以后"],
      ["none", "不公布"],
    ],
  },
];

/** @type {Cell[]} */
export const unitCells = [
  {
    path: "players.unit.ask",
    label: "要不要选单位",
    kind: "select",
    without: "no",
    options: [
      ["no", "不问"],
      ["optional", "可以不选"],
      ["required", "必选"],
    ],
  },
  { path: "players.unit.label", label: "叫法", kind: "text", without: "参赛单位" },
  { path: "players.unit.typed", label: "找不到时可以自己写", kind: "check" },
  { path: "players.unit.changes", label: "可以改选几次", kind: "number", without: 0 },
  {
    path: "players.unit.per",
    label: "次数按多少天计",
    kind: "span",
    hint: "如 30d：30 天里可以改这么多次；不写：整个活动",
    when: (d) => !!(d.players && d.players.unit && d.players.unit.changes),
  },
  { path: "players.ages.minors", label: "面向未成年人", kind: "check" },
  { path: "players.ages.least", label: "满几岁才能参加", kind: "number", hint: "不写：不限" },
  {
    path: "players.names.unfit",
    label: "不合适的名字",
    kind: "select",
    without: "refuse",
    options: [
      ["refuse", "请参赛者换一个"],
      ["replace", "收下，显示为“网友1234”"],
    ],
  },
  {
    path: "players.names.mask",
    label: "大屏幕上的名字",
    kind: "select",
    without: "none",
    options: [
      ["none", "显示全名"],
      ["rest", "只显示第一个字（陈*）"],
      ["all", "都显示为“网友1234”"],
    ],
  },
  { path: "players.names.review", label: "名字先查看，再上大屏幕", kind: "check" },
];

/** @type {Cell[]} */
/** @type {Cell[]} */
export const fieldCells = [
  { path: "label", label: "叫法", kind: "text" },
  {
    path: "kind",
    label: "种类",
    kind: "select",
    options: [
      ["name", "姓名"],
      ["phone", "手机号"],
      ["address", "地址"],
      ["id", "身份证号"],
      ["choice", "选一项"],
      ["text", "其他"],
    ],
  },
  {
    path: "options",
    label: "选项",
    kind: "words",
    hint: "用顿号隔开，如 职工、学生、居民",
    when: (field) => field.kind === "choice",
  },
  {
    path: "ask",
    label: "必填吗",
    kind: "select",
    without: "required",
    options: [
      ["required", "必填"],
      ["optional", "选填"],
    ],
  },
  {
    path: "when",
    label: "什么时候问",
    kind: "select",
    options: [
      ["start", "开始答题前"],
      ["earn", "得积分和奖励前"],
      ["claim", "只问中奖的人"],
    ],
  },
  { path: "why", label: "用途", kind: "text", wide: true, hint: "告诉参赛者为什么要填" },
];

/** @type {Cell[]} */
export const divisionCells = [
  { path: "title", label: "组别", kind: "text" },
];

/** @type {Cell[]} */
export const venueCells = [
  { path: "name", label: "地点", kind: "text" },
  { path: "network", label: "出口地址", kind: "text", hint: "如 203.0.113.7 或 203.0.113.0/24，向管网络的人要" },
];

/** @type {Cell[]} */
export const earningCells = [
  {
    path: "for",
    label: "做什么",
    kind: "select",
    without: "attempt",
    options: [
      ["attempt", "答题"],
      ["checkin", "签到"],
      ["share", "分享"],
      ["invite", "邀请好友"],
      ["pledge", "签署倡议"],
      ["found", "到打卡点打卡"],
      ["profile", "填完整登记信息"],
      ["list", "进入名单"],
    ],
  },
  {
    path: "list",
    label: "哪个名单",
    kind: "select",
    options: keyed("lists", [["", "请选择"]]),
    hint: "名单在“关卡”下面写；每人给一次。取单位榜的，名单里一次也没有答完过的不给",
    when: (e) => e.for === "list",
  },
  {
    path: "days",
    label: "连续几天",
    kind: "number",
    without: 0,
    hint: "写 3：每连续签到满 3 天给一次；0：每次签到都给",
    when: (e) => e.for === "checkin",
  },
  {
    path: "spots",
    label: "哪些打卡点",
    kind: "many",
    options: keyed("spots"),
    hint: "都不选：每一个",
    when: (e) => e.for === "found",
  },
  {
    path: "levels",
    label: "哪些关",
    kind: "many",
    options: keyed("levels"),
    hint: "都不选：每一关",
    when: (e) => (e.for || "attempt") === "attempt",
  },
  {
    path: "when.result",
    label: "结果",
    kind: "select",
    options: [
      ["", "不论"],
      ["passed", "过关"],
      ["failed", "没过关"],
      ["full", "全对"],
    ],
  },
  { path: "when.least", label: "至少答对几题", kind: "number" },
  { path: "when.below", label: "答对不到几题", kind: "number", hint: "鼓励没答好的人" },
  { path: "each.correct", clears: "each", label: "每答对几题给一次", kind: "number", hint: "不写：一次答题给一次" },
  {
    path: "each.over",
    label: "题数怎么累计",
    kind: "select",
    without: "attempt",
    options: [
      ["attempt", "一次答题里"],
      ["day", "当天累计"],
    ],
    when: (e) => !!(e.each && e.each.correct),
  },
  { path: "max", label: "最多几次", kind: "number", without: 0, hint: "0：每次都给" },
  { path: "per", label: "按什么算", kind: "select", without: "day", options: [...pers, ["level", "每一关"]] },
];

/** @type {Cell[]} */
export const makeupCells = [
  { path: "makeup.price", clears: "makeup", label: "补签一天要几个积分", kind: "number", hint: "不写：不能补签" },
  { path: "makeup.purse", label: "用什么付", kind: "select", options: keyed("purses", [["", "积分"]]),
    when: (v) => !!(v.makeup && v.makeup.price) },
  { path: "makeup.most", label: "每人最多补几天", kind: "number", when: (v) => !!(v.makeup && v.makeup.price) },
];

/** @type {Cell[]} */
export const capCells = [
  {
    path: "of",
    label: "什么",
    kind: "select",
    without: "points",
    options: keyed("purses", [
      ["points", "积分"],
      ["chance", "抽奖机会"],
    ]),
  },
  { path: "max", label: "最多", kind: "number" },
  { path: "per", label: "按什么算", kind: "select", without: "day", options: pers },
];

/** @param {any} b */
const asksAnswers = (b) => b.measure === "accuracy" || b.measure === "time";

/** Whether a board adds up players. @param {any} b */
const inGroups = (b) => b.subject === "unit" || b.subject === "team";

/** @type {Cell[]} */
export const boardCells = [
  { path: "title", label: "名称", kind: "text" },
  {
    path: "subject",
    label: "排谁",
    kind: "select",
    options: [
      ["player", "个人"],
      ["unit", "单位"],
      ["team", "队伍（参赛者自己组的）"],
    ],
  },
  {
    path: "measure",
    label: "按什么排",
    kind: "select",
    options: [
      ["best", "每关最好成绩相加"],
      ["sum", "所有得分相加"],
      ["first", "每关第一次"],
      ["last", "每关最后一次"],
      ["points", "积分"],
      ["attempts", "答题次数"],
      ["accuracy", "正确率"],
      ["time", "过关用时（中位数）"],
      ["players", "参加人数（单位、队伍）"],
      ["rate", "参与率（单位）"],
    ],
  },
  {
    path: "ties",
    label: "同分",
    kind: "select",
    without: "reached",
    options: [
      ["reached", "先到的在前"],
      ["time", "用时少的在前"],
    ],
  },
  {
    path: "purse",
    label: "哪个账户",
    kind: "select",
    options: keyed("purses", [["", "积分"]]),
    when: (b) => b.measure === "points",
  },
  { path: "level", label: "哪一关", kind: "select", options: keyed("levels", [["", "各关合起来"]]) },
  {
    path: "period",
    label: "每周或每期",
    kind: "select",
    options: [
      ["", "整个活动一个榜"],
      ["week", "每周一榜（从周一算起）"],
      ["own", "每期一榜"],
    ],
  },
  { path: "daily", label: "另有每天的榜", kind: "check", when: (b) => !b.period },
  { path: "division", label: "组别", kind: "select", options: keyed("players.divisions", [["", "不分"]]) },
  {
    path: "depth",
    label: "哪一级",
    kind: "number",
    hint: "1：最上一级；不写：各单位自己",
    when: (b) => b.subject === "unit",
  },
  {
    path: "top",
    label: "取前几人",
    kind: "number",
    hint: "不写：全部",
    when: (b) => inGroups(b) && !asksAnswers(b),
  },
  {
    path: "average",
    label: "按人均排，至少几人",
    kind: "number",
    hint: "写 5：按人均排，不到 5 人的不排；不写：相加",
    when: (b) => inGroups(b) && b.measure !== "players" && b.measure !== "rate",
  },
  {
    path: "answers",
    label: "至少按几题算",
    kind: "number",
    hint: "正确率不写：20 题；用时不写：过了一关就算。不到 5 人的单位、队伍不排",
    when: asksAnswers,
  },
  { path: "under", label: "只排谁下面的", kind: "select", options: unitsOf, when: (b) => b.subject === "unit" },
  { path: "least", label: "低于多少不算", kind: "number", hint: "成绩不到这个数的人不排、不算",
    when: (b) => !asksAnswers(b) },
];

/** @type {Cell[]} */
export const sponsorCells = [
  { path: "name", label: "名称", kind: "text" },
  { path: "logo", label: "标志", kind: "picture" },
];

/** @type {Cell[]} */
export const otherCells = [
  {
    path: "publish",
    label: "在哪里宣传",
    kind: "many",
    options: [
      ["wechat", "微信"],
      ["sms", "短信"],
      ["web", "网站"],
      ["poster", "海报"],
      ["app", "应用"],
    ],
  },
  { path: "claims.fields", label: "中奖的人要填", kind: "many", options: keyed("players.fields") },
  { path: "claims.within", label: "领奖期限", kind: "span", without: "7d", hint: "如 7d" },
  { path: "retention", label: "个人信息保存多久", kind: "span", hint: "活动结束后，如 180d" },
];
