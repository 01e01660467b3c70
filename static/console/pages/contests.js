// All contests, and how a new one begins: from an example or from one that was held before.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { day, days, number } from "../../lib/format.js";
import { linkIn, phaseNames } from "../lib/contests.js";
import { editText } from "../lib/contesttree.js";
import { go, link } from "../lib/route.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { ContestEditor } from "./contesteditor.js";

/**
 * @typedef {import("../types").Desk} Desk
 * @typedef {import("../types").ContestLine} ContestLine
 * @typedef {import("../types").ContestExample} ContestExample
 * @typedef {import("../types").ContestDraft} ContestDraft
 */

/**
 * @param {{desk: Desk, slug: string, tab: string, bank: string}} props slug: "" for the list, "+" and its id for a
 *   draft; tab: what is shown beside the form first; bank: what a new contest is to take
 */
export function ContestsPage({ desk, slug, tab, bank }) {
  if (slug[0] === "+") return html`<${OneDraft} key=${slug} desk=${desk} id=${slug.slice(1)} at=${tab} />`;
  if (slug) return html`<${OneContest} key=${slug} desk=${desk} slug=${slug} />`;
  return html`<${ContestList} desk=${desk} bank=${bank} />`;
}

/** @param {{desk: Desk, slug: string}} props */
function OneContest({ desk, slug }) {
  const [tab, setTab] = useState("phone");
  const page = useLoad(() => desk.call("GET", "/contests/" + encodeURIComponent(slug)), [slug]);
  const drafts = useLoad(
    () => (desk.may("contest.edit") ? desk.call("GET", "/contest-drafts") : Promise.resolve({ drafts: [] })),
    [slug],
  );
  async function again() {
    await Promise.all([page.again(), desk.contestsChanged()]);
  }
  const others = drafts.data ? drafts.data.drafts.filter((/** @type {ContestDraft} */ d) => d.contest === slug) : [];
  return html`<${Shown} of=${page}>
    ${(/** @type {import("../types").ContestPage} */ data) => html`<${ContestEditor} desk=${desk} page=${data}
      tab=${tab} setTab=${setTab} first=${null} approval=${!!drafts.data && !!drafts.data.approval} others=${others}
      text=${data.text} again=${again} published=${again} />`}
  </${Shown}>`;
}

/** @param {{desk: Desk, id: string, at: string}} props at: the tab that is shown first */
function OneDraft({ desk, id, at }) {
  const [round, anew] = useState(0);
  const [tab, setTab] = useState(at || "phone"); // kept while the draft is read anew
  const page = useLoad(async () => {
    const draft = /** @type {import("../types").ContestDraftPage} */ (
      await desk.call("GET", "/contest-drafts/" + encodeURIComponent(id))
    );
    const of = draft.draft.contest;
    return { draft, of: of ? await desk.call("GET", "/contests/" + encodeURIComponent(of)) : null };
  }, [id]);
  async function again() {
    await Promise.all([page.again(), desk.contestsChanged()]);
    anew((n) => n + 1);
  }
  return html`<${Shown} of=${page}>
    ${(/** @type {{draft: import("../types").ContestDraftPage, of: import("../types").ContestPage | null}} */ data) =>
      html`<${ContestEditor} key=${round} desk=${desk} page=${data.of} first=${data.draft} tab=${tab} setTab=${setTab}
        approval=${data.draft.approval.needed} others=${[]} text=${data.draft.text} again=${again}
        published=${async (/** @type {string} */ slug) => {
          desk.contestsChanged();
          go(["contests", slug]);
        }} />`}
  </${Shown}>`;
}

/** What is being written and is not public. @param {{desk: Desk, drafts: ContestDraft[], again: () => Promise<void>}}
 *   props */
function Drafts({ desk, drafts, again }) {
  const [dropped, drop] = useState(/** @type {ContestDraft | null} */ (null));
  if (!drafts.length) return null;
  return html`<section class="drafts-list">
    <h2>草稿</h2>
    <div class="scroll">
      <table class="rows">
        <tbody>
          ${drafts.map(
            (d) => html`<tr key=${d.id}>
              <td class="strong">
                <a href=${link(["contests", "+" + d.id])}>${d.title || "没有名称"}</a>
                <br /><small>${d.contest ? "对已发布活动的修改" : "新的活动"}</small>
              </td>
              <td data-name="状态">
                <span class="tag plain">草稿</span>
                ${d.waiting && html` <span class="tag is-warned">等另一人同意</span>`}
                ${d.rehearsed && html` <span class="tag is-warned">预演中</span>`}
              </td>
              <td data-name="保存">${d.saved_by} ${moment(d.saved_at)}</td>
              <td class="n"><button class="link row-drop" onClick=${() => drop(d)}>删除</button></td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${dropped && html`<${Confirm} title="删除草稿" yes="删除" danger=${true} close=${() => drop(null)}
      act=${async () => {
        await desk.call("DELETE", "/contest-drafts/" + dropped.id);
        drop(null);
        await again();
      }}>
      <p>删除“${dropped.title || "没有名称"}”的草稿，连同给领导看的链接。删除以后找不回来。</p>
    </${Confirm}>`}
  </section>`;
}

/**
 * All contests. They come after the drafts, so that none moves away from the finger.
 * @param {{contests: ContestLine[], may: boolean, copy: (slug: string) => void}} props
 */
const Rows = ({ contests, may, copy }) => html`<div class="scroll">
  <table class="rows">
    <thead>
      <tr><th>活动</th><th>状态</th><th>时间</th><th class="n">参加</th><th class="n">版本</th><th></th></tr>
    </thead>
    <tbody>
      ${contests.map(
        (c) => html`<tr key=${c.slug}>
          <td class="strong">
            <a href=${link(["contests", c.slug])}>${c.title}</a>
            <br />
            <small>${c.organizer}，/c/${c.slug}</small>
          </td>
          <td data-name="状态">
            <span class=${c.phase === "open" ? "tag" : "tag plain"}>${phaseNames[c.phase]}</span>
            ${c.rehearsal && html` <span class="tag is-warned">演练中</span>`}
          </td>
          <td data-name="时间">${days(c)}</td>
          <td class="n" data-name="参加">${number(c.players)} 人</td>
          <td class="n" data-name="版本">第 ${c.version} 版</td>
          <td class="n">
            <a class="link" href=${linkIn(c.slug, [])}>看概况</a>
            ${may && html`<button class="link" onClick=${() => copy(c.slug)}>做副本</button>`}
          </td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;

/** @param {{desk: Desk, bank: string}} props */
function ContestList({ desk, bank }) {
  const list = useLoad(() => desk.call("GET", "/contests"), []);
  const may = desk.may("contest.edit");
  const drafts = useLoad(
    () => (may ? desk.call("GET", "/contest-drafts") : Promise.resolve({ drafts: [], approval: false })),
    [],
  );
  // null: closed; "" an example, else the slug of a contest
  const [source, from] = useState(/** @type {string | null} */ (bank ? "" : null));
  return html`<div>
    <div class="head"><h1>活动</h1>${may && html`<button class="btn" onClick=${() => from("")}>新建活动</button>`}</div>
    <${Shown} of=${drafts}>
      ${(/** @type {{drafts: ContestDraft[], approval: boolean}} */ data) => html`<${Drafts} desk=${desk}
        drafts=${data.drafts} again=${drafts.again} />`}
    </${Shown}>
    ${(drafts.data || drafts.problem) && html`<${Shown} of=${list}>
      ${(/** @type {{contests: ContestLine[]}} */ data) => html`
      <${Rows} contests=${data.contests} may=${may} copy=${from} />
      ${source !== null && html`<${BeginDialog} desk=${desk} contests=${data.contests} source=${source} bank=${bank}
        close=${() => from(null)} />`}`}
    </${Shown}>`}
    ${drafts.data && html`<${Approval} desk=${desk} needed=${drafts.data.approval} again=${drafts.again} />`}
  </div>`;
}

/** @type {Record<string, string>} */
const periods = { week: "一周的模板", month: "一个月的模板", day: "一天的模板" };

/**
 * An example without the office that it names: nobody publishes in the name of another.
 * @param {import("../types").Desk} desk @param {string} text @returns {Promise<string>}
 */
async function unnamed(desk, text) {
  for (const [path, value] of [
    ["organizer", "填写主办单位"],
    ["contact", "填写咨询电话"],
  ]) {
    text = (await desk.call("POST", "/contests/edit", { text, path, value: editText(value) })).text;
  }
  return text;
}

/** Templates are named by their length: week-home. @param {ContestExample} e */
const origin = (e) => periods[e.name.split("-")[0]] || "示例";

/** @param {{message: string}} change */
const told = (change) => change.message;

/** The first of what was changed; all of it stands in the form. @param {string[]} changes */
const shortly = (changes) =>
  changes.slice(0, 3).join("；") + (changes.length > 3 ? `；另有 ${changes.length - 3} 处照题库放宽` : "") + "。";

/**
 * Whether publishing takes two persons. It is set here and taken back on the server alone, so nobody goes round it.
 * @param {{desk: Desk, needed: boolean, again: () => Promise<void>}} props
 */
function Approval({ desk, needed, again }) {
  const [asked, ask] = useState(false);
  if (needed) return html`<p class="soft approval">发布活动和修改，都要经另一位工作人员同意。</p>`;
  if (!desk.may("staff.manage")) return null;
  return html`<p class="soft approval">
    现在一个人就可以发布。<button class="link" onClick=${() => ask(true)}>改为要另一个人同意</button>
    ${asked && html`<${Confirm} title="发布要经另一个人同意" yes="改为要同意" close=${() => ask(false)}
      act=${async () => {
        await desk.call("PUT", "/contest-approval", { needed: true });
        ask(false);
        await again();
      }}>
      <p>以后每个活动、每次修改，都要由一个人提交、另一个人看过差别并同意，才会公开。同意的人不能是提交或写草稿的人，也不能是被他们建立或改过密码的账号。</p>
      <p>这个设置只能由管理服务器的人用命令取消，免得一个人绕过它。</p>
    </${Confirm}>`}
  </p>`;
}

/** What an example holds. @param {ContestExample} e */
const summary = (e) =>
  [
    `${e.levels} 关`,
    e.boards && `${e.boards} 个榜`,
    e.earnings && `${e.earnings} 条奖励`,
    e.pools && "即时抽奖",
    e.drawings && "公开摇奖",
  ]
    .filter(Boolean)
    .join("、");

/** @param {{desk: Desk, contests: ContestLine[], source: string, bank: string, close: () => void}} props */
function BeginDialog({ desk, contests, source, bank: wanted, close }) {
  const examples = useLoad(() => desk.call("GET", "/examples"), []);
  const banks = useLoad(() => desk.call("GET", "/banks"), []);
  const [bank, setBank] = useState(wanted);
  const [chosen, choose] = useState(source ? "contest:" + source : "example:workmonth");
  const [title, setTitle] = useState("");
  const [opens, setOpens] = useState(day(Date.now() + 86400e3));
  const work = useWork();
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    work.run(async () => {
      const [kind, name] = chosen.split(":");
      const text =
        kind === "contest"
          ? (await desk.call("GET", "/contests/" + name)).text
          : examples.data.examples.find((/** @type {ContestExample} */ e) => e.name === name).text;
      let begun = (await desk.call("POST", "/contests/copy", { text, title: title.trim(), opens })).text;
      if (kind === "example") begun = await unnamed(desk, begun);
      if (bank) {
        const fitted = await desk.call("POST", "/contests/fit", { text: begun, bank });
        begun = fitted.text;
        if (fitted.changes.length) desk.tell(shortly(fitted.changes.map(told)));
      }
      const kept = await desk.call("POST", "/contest-drafts", { text: begun, form: {} });
      go(["contests", "+" + kept.draft.id]);
    });
  };
  return html`<${Dialog} title="新建活动" close=${close}>
    <${Shown} of=${examples}>
      ${(/** @type {{examples: ContestExample[]}} */ data) => html`<form onSubmit=${send}>
        <${Field} label="从哪里开始" hint="日期会一起挪到新的开始那天；其余都可以再改。">
          <${Select} name="source" value=${chosen} set=${choose}
            options=${[
              ...data.examples.map((e) => ["example:" + e.name, `${origin(e)}：${e.title}（${summary(e)}）`]),
              ...contests.map((c) => ["contest:" + c.slug, `副本：${c.title}`]),
            ]} />
        </${Field}>
        <${Field} label="题库" hint="关卡会照题库里有的题调整，例如没有写适用对象的，就不分对象">
          <${Select} name="bank" value=${bank} set=${setBank}
            options=${[["", "照模板里的"]].concat(
              ((banks.data && banks.data.banks) || []).map((/** @type {import("../types").BankInfo} */ b) => [
                b.name,
                `${b.title}（${b.questions} 道）`,
              ]),
            )} />
        </${Field}>
        <${Field} label="名称"><${Text} name="title" max=${60} value=${title} set=${setTitle} /></${Field}>
        <${Field} label="哪天开始"><${Text} name="opens" type="date" value=${opens} set=${setOpens} /></${Field}>
        <${Oops} problem=${work.problem} />
        <footer class="dialog-foot">
          <button type="button" class="btn quiet" onClick=${close}>先不</button>
          <button class="btn" disabled=${work.busy || !title.trim() || !opens}>
            ${work.busy ? "请稍等" : "开始编辑"}
          </button>
        </footer>
      </form>`}
    </${Shown}>
  </${Dialog}>`;
}
