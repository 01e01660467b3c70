// Every page of the console, in the order of the navigation.
import { html } from "../html.js";
import { AccountPage } from "./pages/account.js";
import { AuditPage } from "./pages/audit.js";
import { BankPage } from "./pages/bank.js";
import { BanksPage } from "./pages/banks.js";
import { BoothPage } from "./pages/booth.js";
import { CasesPage } from "./pages/cases.js";
import { CasePage, PlayerPage } from "./pages/casesone.js";
import { ChannelsPage } from "./pages/channels.js";
import { ClaimsPage } from "./pages/claims.js";
import { ClosingPage } from "./pages/closing.js";
import { ContestsPage } from "./pages/contests.js";
import { DraftPage } from "./pages/draft.js";
import { DrawingsPage } from "./pages/drawings.js";
import { DrawingPage } from "./pages/drawingsone.js";
import { EntriesPage } from "./pages/entries.js";
import { FormsPage } from "./pages/forms.js";
import { ImportPage } from "./pages/import.js";
import { KnowledgePage } from "./pages/knowledge.js";
import { LivePage } from "./pages/live.js";
import { NamesPage } from "./pages/names.js";
import { OverviewPage } from "./pages/overview.js";
import { PayoutsPage } from "./pages/payouts.js";
import { PledgePage } from "./pages/pledge.js";
import { PoolsPage } from "./pages/pools.js";
import { ProofsPage } from "./pages/proofs.js";
import { QuestionPage } from "./pages/question.js";
import { ReportsPage } from "./pages/reports.js";
import { ScreenPage } from "./pages/screen.js";
import { ListsPage } from "./pages/lists.js";
import { SpotsPage } from "./pages/spots.js";
import { StaffPage } from "./pages/staff.js";
import { UnitsPage } from "./pages/units.js";
import { WritePage } from "./pages/write.js";

/**
 * What a page is made of.
 * @typedef {object} Given
 * @property {import("./types").Desk} desk
 * @property {string} contest slug of the chosen one; "" where there is none
 * @property {string[]} path what follows the key of the page in the address
 * @property {Record<string, string>} query
 * @property {(method: string, path: string) => Promise<any>} api the call of the pages for players
 * @property {{now(): number}} clock
 */

/**
 * inContest: the page is of the chosen contest, whose slug stands in its address.
 * @typedef {{key: string, name: string, need: import("./types").Permission, inContest?: boolean,
 *   Page: (given: Given) => any}} Part
 */

/** A page that needs to know no more than its contest. @param {any} Page */
const plain =
  (Page) =>
  (/** @type {Given} */ { desk, contest }) =>
    html`<${Page} key=${contest} desk=${desk} contest=${contest} />`;

/** @type {Part[]} */
const ofContest = [
  {
    key: "",
    name: "概况",
    need: "console.view",
    Page: ({ desk, contest, api, clock }) =>
      html`<${OverviewPage} key=${contest} desk=${desk} contest=${contest} api=${api} clock=${clock} />`,
  },
  {
    key: "units",
    name: "单位",
    need: "console.view",
    Page: ({ desk, contest, path: [tab = ""] }) =>
      html`<${UnitsPage} key=${contest} desk=${desk} contest=${contest} tab=${tab} />`,
  },
  {
    key: "live",
    name: "直播答题",
    need: "live.host",
    Page: ({ desk, contest, path }) =>
      html`<${LivePage} key=${contest} desk=${desk} contest=${contest} path=${path} />`,
  },
  { key: "screen", name: "大屏", need: "screen.run", Page: plain(ScreenPage) },
  { key: "pledge", name: "接力墙", need: "names.hide", Page: plain(PledgePage) },
  {
    key: "names",
    name: "名字",
    need: "names.hide",
    Page: ({ desk, contest, path: [tab = ""] }) =>
      html`<${NamesPage} key=${contest} desk=${desk} contest=${contest} tab=${tab} />`,
  },
  { key: "knowledge", name: "知晓情况", need: "answers.see", Page: plain(KnowledgePage) },
  { key: "channels", name: "渠道", need: "console.view", Page: plain(ChannelsPage) },
  {
    key: "spots",
    name: "打卡点",
    need: "console.view",
    Page: ({ desk, contest, clock }) =>
      html`<${SpotsPage} key=${contest} desk=${desk} contest=${contest} clock=${clock} />`,
  },
  {
    key: "lists",
    name: "名单",
    need: "conduct.judge",
    Page: ({ desk, contest, path: [list = ""] }) =>
      html`<${ListsPage} key=${contest} desk=${desk} contest=${contest} list=${list} />`,
  },
  { key: "pools", name: "奖池", need: "console.view", Page: plain(PoolsPage) },
  { key: "cases", name: "核查", need: "conduct.judge", Page: Cases },
  { key: "drawings", name: "公开摇奖", need: "prize.manage", Page: Drawings },
  { key: "claims", name: "中奖与发放", need: "prize.manage", Page: plain(ClaimsPage) },
  { key: "payouts", name: "话费与红包", need: "payout.manage", Page: plain(PayoutsPage) },
  {
    key: "booth",
    name: "领奖点",
    need: "prize.handout",
    Page: ({ desk, contest, path: [code = ""] }) =>
      html`<${BoothPage} key=${contest} desk=${desk} contest=${contest} code=${code} />`,
  },
  {
    key: "proofs",
    name: "确认身份",
    need: "person.confirm",
    Page: ({ desk, contest, path: [code = ""] }) =>
      html`<${ProofsPage} key=${contest} desk=${desk} contest=${contest} code=${code} />`,
  },
  { key: "entries", name: "线下填报", need: "contest.edit", Page: plain(EntriesPage) },
  {
    key: "forms",
    name: "统计表",
    need: "contest.edit",
    Page: ({ desk, contest, path: [id = ""] }) =>
      html`<${FormsPage} key=${contest} desk=${desk} contest=${contest} id=${id} />`,
  },
  { key: "closing", name: "总结", need: "contest.edit", Page: plain(ClosingPage) },
];

/** @type {Part[]} */
const ofAll = [
  {
    key: "contests",
    name: "活动",
    need: "console.view",
    Page: ({ desk, path: [slug = "", tab = ""], query }) =>
      html`<${ContestsPage} desk=${desk} slug=${slug} tab=${tab} bank=${query.bank || ""} />`,
  },
  { key: "banks", name: "题库", need: "console.view", Page: Banks },
  { key: "import", name: "导入", need: "bank.edit", Page: Imports },
  { key: "reports", name: "题目反馈", need: "console.view", Page: ReportsPage },
  { key: "staff", name: "工作人员", need: "staff.manage", Page: StaffPage },
  { key: "audit", name: "操作日志", need: "audit.read", Page: AuditPage },
  { key: "account", name: "我的账号", need: "console.enter", Page: AccountPage },
];

/**
 * The pages that somebody may see, in the order of the navigation.
 * @param {(need: import("./types").Permission) => boolean} may
 * @param {boolean} scoped the account is for one contest
 */
export function pagesOf(may, scoped) {
  return pages.filter((p) => may(p.need) && (!scoped || p.inContest));
}

export const pages = [...ofContest.map((page) => ({ ...page, inContest: true })), ...ofAll];

/** @param {Given} given */
function Banks({ desk, path: [bank, sub, id], query }) {
  if (!bank) return html`<${BanksPage} desk=${desk} />`;
  if (sub !== "questions" || !id) return html`<${BankPage} key=${bank} desk=${desk} bank=${bank} query=${query} />`;
  return html`<${QuestionPage} key=${bank + "/" + id} desk=${desk} bank=${bank} id=${id} query=${query} />`;
}

/** @param {Given} given */
function Imports({ desk, path: [id, step = ""], query }) {
  if (!id) return html`<${ImportPage} desk=${desk} query=${query} />`;
  if (id === "write") return html`<${WritePage} key=${step} desk=${desk} id=${step} bank=${query.bank || ""} />`;
  return html`<${DraftPage} key=${id} desk=${desk} id=${id} step=${step} query=${query} />`;
}

/** @param {Given} given */
function Cases({ desk, contest, path: [id, player] }) {
  if (id === "of" && player)
    return html`<${PlayerPage} key=${player} desk=${desk} contest=${contest} player=${player} />`;
  if (id) return html`<${CasePage} key=${id} desk=${desk} contest=${contest} id=${id} />`;
  return html`<${CasesPage} key=${contest} desk=${desk} contest=${contest} />`;
}

/** @param {Given} given */
function Drawings({ desk, contest, path: [id] }) {
  if (id) return html`<${DrawingPage} key=${id} desk=${desk} id=${id} />`;
  return html`<${DrawingsPage} key=${contest} desk=${desk} contest=${contest} />`;
}
