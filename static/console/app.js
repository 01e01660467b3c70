// The console: who is signed in, the one frame around every page, and which page is shown.
import { html } from "../html.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { newCall, signedOut } from "./lib/call.js";
import { halfWritten, mayLeave, parseRoute } from "./lib/route.js";
import { Failed, Waiting } from "./parts/load.js";
import { AuditPage } from "./pages/audit.js";
import { BankPage } from "./pages/bank.js";
import { BanksPage } from "./pages/banks.js";
import { BoothPage } from "./pages/booth.js";
import { CasesPage } from "./pages/cases.js";
import { CasePage, PlayerPage } from "./pages/casesone.js";
import { ChannelsPage } from "./pages/channels.js";
import { ClaimsPage } from "./pages/claims.js";
import { ContestsPage } from "./pages/contests.js";
import { DraftPage } from "./pages/draft.js";
import { DrawingsPage } from "./pages/drawings.js";
import { DrawingPage } from "./pages/drawingsone.js";
import { ImportPage } from "./pages/import.js";
import { OverviewPage } from "./pages/overview.js";
import { PayoutsPage } from "./pages/payouts.js";
import { PledgePage } from "./pages/pledge.js";
import { PoolsPage } from "./pages/pools.js";
import { QuestionPage } from "./pages/question.js";
import { ReportsPage } from "./pages/reports.js";
import { SignIn } from "./pages/signin.js";
import { StaffPage } from "./pages/staff.js";
import { UnitsPage } from "./pages/units.js";

/** @typedef {import("./types").Member} Member @typedef {import("./types").Desk} Desk */

/** Every part of the console, in the order of the navigation. @type {{key: string, name: string, need: import("./types").Permission}[]} */
const parts = [
  { key: "", name: "概况", need: "console.view" },
  { key: "contests", name: "活动", need: "console.view" },
  { key: "banks", name: "题库", need: "console.view" },
  { key: "import", name: "导入", need: "bank.edit" },
  { key: "reports", name: "题目反馈", need: "console.view" },
  { key: "units", name: "单位", need: "console.view" },
  { key: "pledge", name: "接力墙", need: "names.hide" },
  { key: "channels", name: "渠道", need: "console.view" },
  { key: "pools", name: "奖池", need: "console.view" },
  { key: "cases", name: "核查", need: "conduct.judge" },
  { key: "drawings", name: "公开摇奖", need: "prize.manage" },
  { key: "claims", name: "中奖与发放", need: "prize.manage" },
  { key: "payouts", name: "话费与红包", need: "prize.manage" },
  { key: "booth", name: "领奖点", need: "prize.handout" },
  { key: "staff", name: "工作人员", need: "staff.manage" },
  { key: "audit", name: "操作日志", need: "audit.read" },
];

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}}} props */
export function Console({ api, clock }) {
  const [me, setMe] = useState(/** @type {Member | null | undefined} */ (undefined)); // undefined: not known yet
  const [failed, setFailed] = useState(/** @type {import("./types").Problem | null} */ (null));
  const [lost, setLost] = useState(false);
  const waiting = useRef(/** @type {(() => void)[]} */ ([]));
  const calls = useMemo(() => newCall(() => new Promise((again) => { waiting.current.push(again); setLost(true); })), []);

  function look() {
    setFailed(null);
    calls.once("GET", "/session").then((got) => setMe(got.me), (bad) => (signedOut(bad) ? setMe(null) : setFailed(bad)));
  }
  useEffect(look, []);

  /** @param {Member} member */
  function signedIn(member) {
    if (me && me.id !== member.id) return location.reload(); // what was written belongs to somebody else
    setMe(member);
    setLost(false);
    waiting.current.splice(0).forEach((again) => again());
  }
  async function signOut() {
    if (!mayLeave()) return;
    await calls.once("DELETE", "/session").catch(() => {});
    location.hash = "";
    location.reload(); // nothing of the person stays in memory
  }

  if (failed) return html`<main class="alone"><${Failed} problem=${failed} again=${look} /></main>`;
  if (me === undefined) return html`<main class="alone"><${Waiting} text="正在打开" /></main>`;
  return html`<div>
    ${me && html`<${Frame} key=${me.id} me=${me} call=${calls.call} api=${api} clock=${clock} signOut=${signOut} away=${lost} />`}
    ${(!me || lost) && html`<${SignIn} once=${calls.once} again=${lost ? me : null} kept=${lost && halfWritten()} done=${signedIn} />`}
  </div>`;
}

/** @param {{me: Member, call: import("./types").Call, api: (method: string, path: string) => Promise<any>, clock: {now(): number}, signOut: () => void, away: boolean}} props */
function Frame({ me, call, api, clock, signOut, away }) {
  const [at, setAt] = useState(() => parseRoute(location.hash));
  const [toast, setToast] = useState("");
  const timer = useRef(0);
  const last = useRef(location.hash);
  /** @type {Desk} */
  const desk = useMemo(() => ({
    call, me, may: (p) => me.permissions.indexOf(p) >= 0,
    tell(text) {
      setToast(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setToast(""), 6000);
    },
  }), [me]);
  useEffect(() => {
    const follow = () => {
      if (location.hash === last.current) return;
      if (!mayLeave()) return history.replaceState(null, "", last.current || "#/");
      const before = parseRoute(last.current);
      last.current = location.hash;
      const now = parseRoute(location.hash);
      setAt(now);
      if (before.path.join() !== now.path.join()) scrollTo(0, 0);
    };
    const guard = (/** @type {Event} */ e) => { if (halfWritten()) e.preventDefault(); };
    addEventListener("hashchange", follow);
    addEventListener("beforeunload", guard);
    return () => { removeEventListener("hashchange", follow); removeEventListener("beforeunload", guard); };
  }, []);

  const seen = parts.filter((p) => desk.may(p.need));
  const here = seen.find((p) => p.key === (at.path[0] || ""));
  useEffect(() => { document.title = (here ? here.name + "·" : "") + "安全答控制台"; }, [here]);
  return html`<div class="frame" hidden=${away}>
    <header class="bar"><${Mark} /><b>安全答</b><span class="bar-sub">控制台</span>
      <p class="bar-me"><span class="bar-name">${me.name}</span><small>${me.role_name}</small>
        <button class="bar-out" onClick=${signOut}>退出登录</button></p></header>
    <nav class="side" aria-label="控制台">
      ${seen.map((p) => html`<a href=${"#/" + p.key} aria-current=${p === here ? "page" : null}>${p.name}</a>`)}
    </nav>
    <main class="work">${here ? html`<${Page} desk=${desk} at=${at} api=${api} clock=${clock} />`
      : html`<p class="state bad">没有这一页，或您的角色不能看。</p>`}</main>
    <div class="toast-place" role="status">${toast && html`<p class="toast">${toast}</p>`}</div>
  </div>`;
}

/** @param {{desk: Desk, at: import("./lib/route.js").Route, api: (method: string, path: string) => Promise<any>, clock: {now(): number}}} props */
function Page({ desk, at, api, clock }) {
  const [part, id, sub, question] = at.path;
  if (!part) return html`<${OverviewPage} api=${api} clock=${clock} />`;
  if (part === "contests") return html`<${ContestsPage} desk=${desk} slug=${id || ""} />`;
  if (part === "banks" && id && sub === "questions" && question) {
    return html`<${QuestionPage} key=${id + "/" + question} desk=${desk} bank=${id} id=${question} query=${at.query} />`;
  }
  if (part === "banks") return id ? html`<${BankPage} key=${id} desk=${desk} bank=${id} query=${at.query} />` : html`<${BanksPage} desk=${desk} />`;
  if (part === "import") return id ? html`<${DraftPage} key=${id} desk=${desk} id=${id} step=${sub || ""} query=${at.query} />` : html`<${ImportPage} desk=${desk} query=${at.query} />`;
  if (part === "reports") return html`<${ReportsPage} desk=${desk} />`;
  if (part === "units") return html`<${UnitsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} tab=${sub || ""} />`;
  if (part === "pledge") return html`<${PledgePage} desk=${desk} contest=${at.query.contest || "current"} />`;
  if (part === "channels") return html`<${ChannelsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "pools") return html`<${PoolsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "drawings") return sub ? html`<${DrawingPage} key=${sub} desk=${desk} id=${sub} />` : html`<${DrawingsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "claims") return html`<${ClaimsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "cases" && sub === "of" && question) return html`<${PlayerPage} key=${question} desk=${desk} contest=${id} player=${question} />`;
  if (part === "cases") return sub ? html`<${CasePage} key=${sub} desk=${desk} contest=${id} id=${sub} />` : html`<${CasesPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "payouts") return html`<${PayoutsPage} key=${id || "current"} desk=${desk} contest=${id || "current"} />`;
  if (part === "booth") return html`<${BoothPage} key=${id || "current"} desk=${desk} contest=${id || "current"} code=${sub || ""} />`;
  if (part === "staff") return html`<${StaffPage} desk=${desk} />`;
  return html`<${AuditPage} desk=${desk} />`;
}
