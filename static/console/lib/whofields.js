// What the form of a contest asks about who may enter a drawing or hold a certificate, and about what is given.
import { keyed, unitsOf } from "./keyedfields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */

/** @param {any} row */
const ofBest = (row) => !!(row.who && row.who.best);

/** @type {Cell[]} */
export const whoCells = [
  { path: "who.finished", label: "至少答完几次", kind: "number" },
  { path: "who.passed", label: "要通过哪些关", kind: "many", options: keyed("levels"), hint: "都不选：不看" },
  { path: "who.full", label: "要有一次全部答对", kind: "check" },
  { path: "who.points", label: "至少几个积分", kind: "number" },
  { path: "who.holds.purse", clears: "who.holds", label: "得到过的", kind: "select", options: keyed("purses", [["", "不看"]]) },
  { path: "who.holds.least", label: "至少几个", kind: "number", when: (row) => !!(row.who && row.who.holds) },
  { path: "who.score", label: "至少几分", kind: "number", hint: "各关最好一次相加" },
  {
    path: "who.best.level",
    clears: "who.best",
    label: "看哪一关的最好一次",
    kind: "select",
    options: keyed("levels", [["", "不看"]]),
  },
  { path: "who.best.score", label: "这一关至少几分", kind: "number", hint: "三样里只填一样", when: ofBest },
  { path: "who.best.right", label: "这一关至少答对几题", kind: "number", hint: "三样里只填一样", when: ofBest },
  { path: "who.best.share", label: "这一关至少答对百分之几", kind: "number", hint: "三样里只填一样", when: ofBest },
  { path: "who.cards", label: "至少集几张卡", kind: "number" },
  { path: "who.invited", label: "至少邀请几位", kind: "number" },
  { path: "who.pledged", label: "要签过倡议", kind: "check" },
  { path: "who.found", label: "至少在几个打卡点打卡", kind: "number" },
  { path: "who.top.board", clears: "who.top", label: "排行榜上的", kind: "select", options: keyed("boards", [["", "不看榜"]]) },
  { path: "who.top.count", label: "前几名", kind: "number", when: (row) => !!(row.who && row.who.top) },
  { path: "who.unit", label: "哪个单位的", kind: "select", options: unitsOf },
  {
    path: "who.division",
    label: "哪个组的",
    kind: "select",
    options: keyed("players.divisions", [["", "都可以"]]),
  },
];

/** @type {Cell[]} */
export const giveCells = [
  { path: "give.points", label: "给积分", kind: "number" },
  { path: "give.purse", label: "给到别的账户", kind: "select", options: keyed("purses", [["", "不给"]]) },
  { path: "give.amount", label: "给到账户多少", kind: "number", when: (e) => !!(e.give && e.give.purse) },
  { path: "give.score", label: "得几分给几个积分", kind: "check" },
  { path: "give.chances", label: "给抽奖机会", kind: "number" },
  { path: "give.tries", label: "给答题机会", kind: "number" },
  {
    path: "give.card",
    label: "给卡",
    kind: "select",
    options: keyed("cards", [
      ["", "不给"],
      ["level", "这一关的卡"],
    ]),
  },
];
