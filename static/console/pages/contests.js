// All contests, and how a new one begins: from an example or from one that was held before.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { day, days, number } from "../../lib/format.js";
import { linkIn, phaseNames } from "../lib/contests.js";
import { go, link } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { ContestEditor } from "./contesteditor.js";

/**
 * @typedef {import("../types").Desk} Desk
 * @typedef {import("../types").ContestLine} ContestLine
 * @typedef {import("../types").ContestExample} ContestExample
 */

/** The text of a contest that was begun and is not stored yet; one at a time. */
let begun = "";

/**
 * @param {{desk: Desk, slug: string, bank: string}} props slug: "" for the list, "+" for one that was begun; bank: what
 *   a new contest is to take
 */
export function ContestsPage({ desk, slug, bank }) {
  if (slug === "+") return html`<${NewContest} desk=${desk} />`;
  if (slug) return html`<${OneContest} key=${slug} desk=${desk} slug=${slug} />`;
  return html`<${ContestList} desk=${desk} bank=${bank} />`;
}

/** @param {{desk: Desk, slug: string}} props */
function OneContest({ desk, slug }) {
  const page = useLoad(() => desk.call("GET", "/contests/" + encodeURIComponent(slug)), [slug]);
  async function again() {
    await Promise.all([page.again(), desk.contestsChanged()]);
  }
  return html`<${Shown} of=${page}>
    ${(/** @type {import("../types").ContestPage} */ data) => html`<${ContestEditor} desk=${desk} page=${data}
      text=${data.text} again=${again} published=${again} />`}
  </${Shown}>`;
}

/** @param {{desk: Desk}} props */
function NewContest({ desk }) {
  useEffect(() => {
    if (!begun) go(["contests"]);
  }, []);
  if (!begun) return null;
  return html`<${ContestEditor} desk=${desk} page=${null} text=${begun} again=${async () => {}}
    published=${async (/** @type {string} */ slug) => {
      begun = "";
      desk.contestsChanged();
      go(["contests", slug]);
    }} />`;
}

/** @param {{desk: Desk, bank: string}} props */
function ContestList({ desk, bank }) {
  const list = useLoad(() => desk.call("GET", "/contests"), []);
  // null: closed; "" an example, else the slug of a contest
  const [source, from] = useState(/** @type {string | null} */ (bank ? "" : null));
  const may = desk.may("contest.edit");
  return html`<div>
    <div class="head"><h1>活动</h1>${may && html`<button class="btn" onClick=${() => from("")}>新建活动</button>`}</div>
    <${Shown} of=${list}>
      ${(/** @type {{contests: ContestLine[]}} */ data) => html`<div class="scroll">
        <table class="rows">
          <thead>
            <tr><th>活动</th><th>状态</th><th>时间</th><th class="n">参加</th><th class="n">版本</th><th></th></tr>
          </thead>
          <tbody>
            ${data.contests.map(
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
                  ${may && html`<button class="link" onClick=${() => from(c.slug)}>做副本</button>`}
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${source !== null && html`<${BeginDialog} desk=${desk} contests=${data.contests} source=${source} bank=${bank}
        close=${() => from(null)} />`}`}
    </${Shown}>
  </div>`;
}

/** @type {Record<string, string>} */
const periods = { week: "一周的模板", month: "一个月的模板", day: "一天的模板" };

/** Templates are named by their length: week-home. @param {ContestExample} e */
const origin = (e) => periods[e.name.split("-")[0]] || "示例";

/** @param {{message: string}} change */
const told = (change) => change.message;

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
  const [slug, setSlug] = useState("");
  const [opens, setOpens] = useState(day(Date.now() + 86400e3));
  const work = useWork();
  const right = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(slug);
  const taken = contests.some((c) => c.slug === slug);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    work.run(async () => {
      const [kind, name] = chosen.split(":");
      const text =
        kind === "contest"
          ? (await desk.call("GET", "/contests/" + name)).text
          : examples.data.examples.find((/** @type {ContestExample} */ e) => e.name === name).text;
      begun = (await desk.call("POST", "/contests/copy", { text, slug, title: title.trim(), opens })).text;
      if (bank) {
        const fitted = await desk.call("POST", "/contests/fit", { text: begun, bank });
        begun = fitted.text;
        if (fitted.changes.length) desk.tell(fitted.changes.map(told).join("；") + "。");
      }
      go(["contests", "+"]);
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
        <${Field} label="标识" hint=${`用在网址里：${location.host}/c/${slug || "…"}，发布以后不能改`}
          wrong=${taken ? "已经有一个活动用这个标识" : slug && !right ? "只用小写字母、数字和 -" : ""}>
          <${Text} name="slug" max=${32} value=${slug}
            set=${(/** @type {string} */ s) => setSlug(s.trim().toLowerCase())} placeholder="例如 anquan-2026" />
        </${Field}>
        <${Field} label="哪天开始"><${Text} name="opens" type="date" value=${opens} set=${setOpens} /></${Field}>
        <${Oops} problem=${work.problem} />
        <footer class="dialog-foot">
          <button type="button" class="btn quiet" onClick=${close}>先不</button>
          <button class="btn" disabled=${work.busy || !title.trim() || !right || taken || !opens}>
            ${work.busy ? "请稍等" : "开始编辑"}
          </button>
        </footer>
      </form>`}
    </${Shown}>
  </${Dialog}>`;
}
