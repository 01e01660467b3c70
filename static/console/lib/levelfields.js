// What the form of a contest asks of a level.
import { audiences, difficulties, kindNames } from "./words.js";
import { pers } from "./contestfields.js";
import { keyed } from "./keyedfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

/** How much of what a level is after; it stands with the list of that. @type {Cell} */
export const unlockCell = {
  path: "unlock",
  apart: true,
  label: "要做到几样才能答",
  kind: "select",
  without: "all",
  options: [
    ["all", "下面列的都要"],
    ["any", "下面列的有一样就行"],
  ],
  when: (level) => Array.isArray(level.after) && level.after.length > 1,
};

/** What answers score that are not wholly right. @param {string} without what holds where nothing is written
 * @returns {Cell[]} */
const creditCells = (without) => [
  {
    path: "partial.score",
    clears: "partial",
    label: "少选得几分",
    kind: "number",
    hint: `多选、不定项没有选错的；少选怎么得分，三样里只填一样；不写：${without}`,
  },
  { path: "partial.each", clears: "partial", label: "少选，每选对一项得几分", kind: "number", hint: "三样里只填一样" },
  { path: "partial.share", clears: "partial", label: "少选，按选对的比例得分", kind: "check" },
  { path: "minus", label: "答错扣几分", kind: "number", hint: `没答的不扣，一次答题最低 0 分；不写：${without}` },
];

/** @type {Cell[]} */
export const levelCells = [
  { path: "title", label: "名称", kind: "text" },
  {
    path: "place",
    label: "场所",
    kind: "select",
    without: "综合",
    options: ["家庭", "社区", "学校", "农村", "企业", "综合"].map((p) => [p, p]),
  },
  { path: "summary", label: "一句话介绍", kind: "text", wide: true },
  { path: "practice", label: "只是练习，不计成绩", kind: "check" },
  {
    path: "pass",
    label: "答对几题过关",
    kind: "number",
    without: 0,
    hint: "0：答完就过关",
    when: (level) => !level.steps,
  },
  { path: "score", label: "每题得分", kind: "number", without: 10, hint: "可以写一位小数，如 2.5" },
  ...creditCells("没有"),
  {
    path: "speed.within",
    clears: "speed",
    label: "多快以内得分不减",
    kind: "span",
    hint: "如 5s，以后得分随用时减少，算到整分（分值写成 10.0 就算到 0.1 分）；不写：不按快慢计分",
    when: (level) => level.mode !== "paper" || !!level.speed,
  },
  {
    path: "speed.least",
    label: "到限时还得百分之几",
    kind: "number",
    hint: "0 到 99；不写：0",
    when: (level) => !!level.speed,
  },
  { path: "time.question", label: "每题限时", kind: "span", without: "45s", hint: "如 45s、2m" },
  {
    path: "time.review",
    label: "看解析的时间",
    kind: "span",
    without: "60s",
    hint: "不算在答题时间里；答完才公布答案的活动用不着",
  },
  {
    path: "time.least",
    label: "每题最短用时",
    kind: "span",
    hint: "更快的当时不显示对错，满 3 题的成绩等工作人员看过再算；不写：按题目长短；0s：多快都算",
  },
  {
    path: "time.next",
    label: "看完解析以后",
    kind: "select",
    without: "timer",
    options: [
      ["timer", "到时间自动进入下一题"],
      ["player", "等参赛者点“下一题”"],
    ],
  },
  {
    path: "time.large",
    label: "大字版的时间",
    kind: "select",
    without: "double",
    options: [
      ["double", "加倍，照顾老年人"],
      ["same", "和别人一样"],
    ],
  },
  {
    path: "mode",
    label: "怎么作答",
    kind: "select",
    without: "each",
    options: [
      ["each", "一题一题答"],
      ["paper", "整卷作答，交卷前可以改"],
    ],
  },
  {
    path: "shows",
    label: "什么时候公布答案",
    kind: "select",
    without: "after",
    options: [
      ["after", "交卷以后"],
      ["day", "第二天起"],
      ["end", "活动结束以后"],
      ["never", "不公布"],
    ],
    when: (level) => level.mode === "paper",
  },
  { path: "time.level", label: "整关限时", kind: "span", hint: "不写：按题数加起来" },
  { path: "time.load", label: "打开得慢补多久", kind: "span", without: "10s", hint: "每题最多；0s：不补" },
  {
    path: "paper",
    label: "试卷",
    kind: "select",
    without: "random",
    options: [
      ["random", "每次随机抽"],
      ["same", "所有人题目相同"],
    ],
  },
  {
    path: "papers",
    label: "几套试卷",
    kind: "number",
    without: 1,
    hint: "最多 10 套：题目不同，题型、知识点和难度相同，每人固定做其中一套",
    when: (level) => level.paper === "same",
  },
  {
    path: "retry",
    label: "再答一次",
    kind: "select",
    without: "all",
    options: [
      ["all", "重新出题"],
      ["wrong", "只答没答对的"],
    ],
  },
  { path: "bank", label: "这一关的题库", kind: "select", options: "banks", without: "" },
  { path: "streak.length", clears: "streak", label: "连对几题加分", kind: "number", hint: "不写：没有" },
  { path: "streak.score", label: "连对加几分", kind: "number", when: (level) => !!(level.streak && level.streak.length) },
  { path: "ends.wrong", label: "答错几题就结束", kind: "number", hint: "不写：答到最后" },
  { path: "ends.leave", label: "中途离开就结束", kind: "check" },
  { path: "steps.goal", clears: "steps", label: "登几级到顶", kind: "number", hint: "答对上一级；不写：不登级" },
  { path: "steps.back", label: "答错退几级", kind: "number", when: (level) => !!level.steps },
  { path: "attempts.max", label: "最多几次", kind: "number", without: 3, hint: "0：不限" },
  { path: "attempts.per", label: "按什么算", kind: "select", without: "day", options: pers },
  { path: "opens", label: "开放", kind: "moment", hint: "不写：跟活动一样" },
  { path: "closes", label: "关闭", kind: "moment" },
  unlockCell,
  { path: "divisions", label: "哪些组答", kind: "many", options: keyed("players.divisions"), hint: "都不选：都可以" },
];

/** What stands before a level; without a title there is nothing. @type {Cell[]} */
export const materialCells = [
  { path: "material.title", clears: "material", label: "材料的名称", kind: "text", hint: "如“事故经过”；清空就没有材料" },
  {
    path: "material.text",
    label: "文字",
    kind: "lines",
    wide: true,
    hint: "一行一段，手机上最先出来",
    when: hasMaterial,
  },
  { path: "material.picture", label: "图片", kind: "picture", when: hasMaterial },
  {
    path: "material.alt",
    label: "图片说明",
    kind: "text",
    hint: "读给看不见图片的人听",
    when: (level) => hasMaterial(level) && !!level.material.picture,
  },
  {
    path: "material.sound",
    label: "声音的地址",
    kind: "text",
    hint: "https 开头，.mp3、.m4a 等结尾；网站要由运维允许",
    when: hasMaterial,
  },
  {
    path: "material.film",
    label: "视频的地址",
    kind: "text",
    hint: "https 开头，.mp4 结尾；网站要由运维允许",
    when: hasMaterial,
  },
  {
    path: "material.least",
    label: "至少看多久",
    kind: "span",
    hint: "如 30s，最多 10m；不写：随时可以开始",
    when: hasMaterial,
  },
];

/** @param {any} level */
function hasMaterial(level) {
  return !!level.material;
}

/** @type {Cell[]} */
export const againCells = [
  { path: "opens", label: "再次开放", kind: "moment" },
  { path: "closes", label: "到", kind: "moment" },
];

/** @type {Cell[]} */
export const spotCells = [
  { path: "title", label: "名称", kind: "text" },
  { path: "where", label: "在哪里", kind: "text", wide: true, hint: "地点，或者找到它的线索；规则页上有" },
  { path: "daily", label: "每天换码", kind: "check" },
  { path: "hours", label: "每天几点到几点", kind: "text", hint: "如 09:00-17:30；不写：全天" },
  { path: "opens", label: "开放", kind: "moment", hint: "不写：跟活动一样" },
  { path: "closes", label: "关闭", kind: "moment" },
  { path: "issue", label: "第几版码", kind: "number", hint: "码传开了就加 1：旧码作废，重新打印" },
];

/** @type {Cell[]} */
export const drawCells = [
  { path: "count", label: "抽几道", kind: "number" },
  { path: "title", label: "这一部分的名称", kind: "text", hint: "整卷作答时印在卷子上；不写：用题型" },
  { path: "score", label: "每题得分", kind: "number", hint: "不写：按这一关" },
  ...creditCells("按这一关"),
  {
    path: "kinds",
    label: "题型",
    kind: "many",
    options: Object.keys(kindNames).map((k) => [k, kindNames[k]]),
    hint: "都不选：都可以",
  },
  { path: "audience", label: "适用场所", kind: "many", options: audiences.map((a) => [a, a]) },
  {
    path: "difficulty",
    label: "难度",
    kind: "many",
    numbers: true,
    options: difficulties.slice(1).map((d, i) => [i + 1, d]),
  },
  { path: "topics", label: "知识点", kind: "words", wide: true, hint: "用顿号分开；有其中一个就可以" },
  {
    path: "list",
    label: "指定题目的编号",
    kind: "words",
    wide: true,
    hint: "用顿号分开，只从这些题里抽；不写：题库里合适的都可以",
  },
];
