// The form of a contest as one table, from which it is drawn. contestfields.test.js walks the schema and holds that all
// that a definition can say has its field here.
import * as f from "./contestfields.js";
import { at, freshKey, listAt } from "./contesttree.js";
import { classGroup, honourGroup } from "./honourfields.js";
import { againCells, drawCells, levelCells, materialCells, spotCells } from "./levelfields.js";
import { liveCells, liveDrawCells, liveGiveCells } from "./livefields.js";
import * as more from "./morefields.js";
import * as prizes from "./prizefields.js";
import { proofCells } from "./prooffields.js";
import { units } from "./unitfields.js";
import { giveCells, whoCells } from "./whofields.js";

/** @typedef {import("../parts/contestcells.js").Cell} Cell */
/**
 * Fields of a row, or (list) the rows of a list with more groups in each.
 * @typedef {object} Group
 * @property {string} [title] @property {string} [note]
 * @property {Cell[]} cells of the row, or of each row of list
 * @property {string} [list] path below the row
 * @property {string} [add] what the button says
 * @property {(items: any[], values: any) => any} [fresh] a new row
 * @property {(item: any, index: number) => string[]} [name] of a row that opens and closes
 * @property {Group[]} [groups] in each row
 * @property {"after" | "units"} [own] a control of its own
 * @property {boolean} [folded] opens at a click
 */
/**
 * @typedef {object} Part
 * @property {string} name @property {RegExp} paths whose findings belong here
 * @property {string} [counts] the list that is counted in the heading @property {string} [unit]
 * @property {Group[]} groups
 */

/** @param {any} item */
const titleOf = (item) => [String(item.title || "")];
const firstPrize = (/** @type {any} */ values, /** @type {object} */ rest) => ({
  prize: (listAt(values, "prizes")[0] || { key: "" }).key,
  ...rest,
});

/** @param {any} level @param {number} i */
function levelTitle(level, i) {
  const count = listAt(level, "questions").reduce(
    (/** @type {number} */ sum, draw) => sum + (Number(draw && draw.count) || 0),
    0,
  );
  const place = level.practice ? "练习关 " : `第 ${i + 1} 关 `;
  return [place + (level.title || ""), `${count} 题` + (level.pass ? `，答对 ${level.pass} 题过关` : "")];
}

/** @type {Part[]} */
export const parts = [
  {
    name: "基本信息",
    paths: /^(contest|title|subtitle|organizer|contact|window|feedback|bank|timezone|training|periods)/,
    groups: [
      { cells: f.basics },
      { cells: [{ path: "bank", label: "题库", kind: "select", options: "banks" }] },
      { title: "热身", cells: more.trainingCells, folded: true },
      {
        title: "分期",
        note: "每期分别算次数、奖励和摇奖的活动才要写。",
        list: "periods",
        cells: more.periodCells,
        add: "加一期",
        fresh: (items, v) => ({
          title: `第 ${items.length + 1} 期`,
          opens: at(v, "window.opens"),
          closes: at(v, "window.closes"),
        }),
      },
    ],
  },
  {
    name: "关卡",
    paths: /^(levels|attempts|spots|lists)/,
    counts: "levels",
    unit: "关",
    groups: [
      {
        list: "levels",
        cells: levelCells,
        add: "加一关",
        name: levelTitle,
        fresh: (items) => ({
          key: freshKey(items, "level"),
          title: "新的一关",
          place: "综合",
          questions: [{ count: 10 }],
          pass: 6,
        }),
        groups: [
          { title: "答题前看的材料", cells: materialCells, folded: true },
          { own: "after", list: "after", cells: more.afterCells },
          {
            title: "再次开放（补答）",
            list: "again",
            cells: againCells,
            add: "加一段时间",
            fresh: (_, v) => ({ opens: at(v, "window.opens"), closes: at(v, "window.closes") }),
            folded: true,
          },
          { title: "抽哪些题", list: "questions", cells: drawCells, add: "再抽一批", fresh: () => ({ count: 5 }) },
        ],
      },
      {
        title: "打卡点",
        note:
          "展位、寻宝的地点：现场贴二维码和 8 位打卡码，每人只算一次。发布以后在“打卡点”页看码、打印。" +
          "照片可以转发，值钱的奖励请打开“每天换码”，或写上每天几点到几点。",
        list: "spots",
        cells: spotCells,
        add: "加一个打卡点",
        name: titleOf,
        fresh: (items) => ({ key: freshKey(items, "spot"), title: "新的打卡点" }),
      },
      {
        title: "名单",
        note:
          "只有名单里的人能答的关卡，如决赛：取榜的前几名、榜上达到一个数的，或某些单位的人；都不写，由工作人员在“名单”页加人。" +
          "公开的名单，确定以后手机上人人看得到；由工作人员加人的，加进去马上公开。",
        list: "lists",
        cells: more.listCells,
        add: "加一个名单",
        name: titleOf,
        fresh: (items) => ({ key: freshKey(items, "list"), title: "决赛名单" }),
      },
      {
        title: "各关合计的次数",
        list: "attempts",
        cells: more.triesCells,
        add: "加一条次数",
        fresh: () => ({ max: 10, per: "day" }),
      },
    ],
  },
  {
    name: "奖品和抽奖",
    paths: /^(prizes|pools|drawings)/,
    counts: "prizes",
    unit: "种",
    groups: [
      {
        list: "prizes",
        cells: prizes.prizeCells,
        add: "加一种奖品",
        fresh: (items) => ({ key: freshKey(items, "prize"), title: "纪念品", kind: "goods", value: 1000, stock: 100 }),
      },
      {
        title: "即时抽奖的奖池",
        list: "pools",
        cells: prizes.poolCells,
        add: "加一个奖池",
        name: titleOf,
        fresh: (items, v) => ({
          key: freshKey(items, "pool"),
          title: "幸运转盘",
          face: "wheel",
          prizes: [firstPrize(v, { odds: 10000 })],
        }),
        groups: [
          {
            title: "奖品和机会",
            list: "prizes",
            cells: prizes.oddsCells,
            add: "放进一种奖品",
            fresh: (_, v) => firstPrize(v, { odds: 10000 }),
            groups: [
              {
                title: "分批放出",
                list: "release",
                cells: more.releaseCells,
                add: "加一批",
                fresh: (_, v) => ({ at: at(v, "window.opens"), units: 10 }),
              },
            ],
          },
          {
            title: "中奖上限",
            list: "limits",
            cells: prizes.winCells,
            add: "加一条上限",
            fresh: () => ({ by: "player", max: 1, per: "day" }),
          },
        ],
      },
      {
        title: "公开摇奖",
        list: "drawings",
        cells: [...prizes.drawingCells, ...whoCells],
        add: "加一次摇奖",
        name: titleOf,
        fresh: (items, v) => ({
          key: freshKey(items, "drawing"),
          title: "公开摇奖",
          at: at(v, "window.closes"),
          who: { finished: 1 },
          prizes: [firstPrize(v, { count: 1 })],
        }),
        groups: [
          {
            title: "奖品",
            list: "prizes",
            cells: prizes.drawnCells,
            add: "加一种奖品",
            fresh: (_, v) => firstPrize(v, { count: 1 }),
          },
        ],
      },
    ],
  },
  {
    name: "谁能得什么",
    paths: /^(earnings|cards|purses|caps|makeup|certificates)/,
    counts: "earnings",
    unit: "条奖励",
    groups: [
      {
        list: "earnings",
        cells: [...f.earningCells, ...giveCells],
        add: "加一条奖励",
        fresh: (items) => ({
          key: freshKey(items, "earning"),
          when: { result: "passed" },
          give: { points: 10 },
          max: 1,
          per: "level",
        }),
      },
      {
        title: "积分以外的账户",
        list: "purses",
        cells: [{ path: "title", label: "名称", kind: "text" }],
        add: "加一种账户",
        fresh: (items) => ({ key: freshKey(items, "purse"), title: "小红花" }),
      },
      { title: "补签", cells: f.makeupCells, folded: true },
      { title: "封顶", list: "caps", cells: f.capCells, add: "加一条封顶", fresh: () => ({ of: "points", max: 100, per: "day" }) },
      {
        title: "集卡",
        list: "cards",
        cells: [{ path: "title", label: "卡名", kind: "text" }],
        add: "加一张卡",
        fresh: (items) => ({ key: freshKey(items, "card"), title: "新卡" }),
      },
      {
        title: "电子证书",
        list: "certificates",
        cells: [...more.certificateCells, ...whoCells],
        add: "加一种证书",
        name: titleOf,
        fresh: (items) => ({
          key: freshKey(items, "certificate"),
          title: "安全答题证书",
          text: "完成了全部安全答题，特发此证。",
          who: { finished: 1 },
        }),
      },
    ],
  },
  {
    name: "参赛者和单位",
    paths: /^(players|units|teams)/,
    counts: "players.fields",
    unit: "项信息",
    groups: [
      { cells: f.unitCells },
      { title: "单位名单", own: "units", ...units },
      {
        title: "证明身份",
        note: "不证明身份也可以答题。有值钱的奖品，请至少选一种办法，不然一个人可以用许多假身份反复领。",
        cells: proofCells,
      },
      {
        title: "要填的个人信息",
        list: "players.fields",
        cells: f.fieldCells,
        groups: [classGroup],
        add: "加一项信息",
        fresh: (items) => ({
          key: freshKey(items, "field"),
          label: "手机号",
          kind: "phone",
          when: "claim",
          why: "联系您领奖",
        }),
      },
      {
        title: "组别", list: "players.divisions",
        cells: f.divisionCells,
        add: "加一个组别",
        fresh: (items) => ({ key: freshKey(items, "group"), title: "新的组别" }),
      },
      {
        title: "组队", cells: more.teamCells, folded: true,
        note: "家庭、班级等：一人建队，其他人用组队码加入。再在“排行榜”里加一个排队伍的榜。",
      },
      {
        title: "很多人共用一个网络的地点",
        note: "会场、学校、工厂的人都从同一个地址来。不写也能让 2000 人一起参加；人更多就在这里写上。",
        list: "players.places",
        cells: f.venueCells,
        add: "加一个地点",
        fresh: () => ({ name: "会场", network: "203.0.113.7" }),
      },
    ],
  },
  {
    name: "排行榜",
    paths: /^(boards|assessment|pairings|honours)/,
    counts: "boards",
    unit: "个",
    groups: [
      {
        list: "boards",
        cells: f.boardCells,
        add: "加一个榜",
        fresh: (items) => ({ key: freshKey(items, "board"), title: "个人榜", subject: "player", measure: "best" }),
      },
      { cells: [{ path: "assessment", label: "单位的名次用来考核工作", kind: "check" }] },
      more.pairingGroup,
      honourGroup,
    ],
  },
  {
    name: "分享、倡议和问题",
    paths: /^(share|pledge|poll)/,
    groups: [
      { cells: more.shareCells },
      { title: "倡议接力", cells: more.pledgeCells },
      {
        title: "答完后的问题",
        note: "自愿回答，每人每题一次，不影响成绩和奖励；结果在“统计”和总结材料里。",
        list: "poll",
        cells: more.pollCells,
        add: "加一个问题",
        name: titleOf,
        fresh: (items) => ({ key: freshKey(items, "poll"), title: "您觉得这些题难不难", options: ["太难", "正好", "太容易"] }),
      },
    ],
  },
  {
    name: "直播答题",
    paths: /^live/,
    counts: "live",
    unit: "场",
    groups: [
      {
        list: "live",
        cells: liveCells,
        add: "加一场直播答题",
        name: titleOf,
        fresh: (items) => ({ key: freshKey(items, "live"), title: "我问你答", draw: [{ count: 10 }] }),
        groups: [
          { title: "抽哪些题", list: "draw", cells: liveDrawCells, add: "再抽一批", fresh: () => ({ count: 5 }) },
          {
            title: "答完给什么",
            list: "gives",
            cells: [...liveGiveCells, ...giveCells],
            add: "加一条",
            fresh: (items) => ({ key: freshKey(items, "give"), least: 1, give: { points: 10 } }),
          },
        ],
      },
    ],
  },
  {
    name: "宣传、领奖和其他",
    paths: /^(publish|claims|retention|rules|accept|sponsors)/,
    groups: [
      { cells: f.otherCells },
      { cells: more.rulesCells },
      {
        title: "支持单位",
        note: "在大屏下方和规则页列出。",
        list: "sponsors",
        cells: f.sponsorCells,
        add: "加一家",
        fresh: () => ({ name: "某某公司" }),
      },
    ],
  },
];
