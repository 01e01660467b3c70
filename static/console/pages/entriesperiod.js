// One period: who is missing, with what to send them, and what the others reported.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime, number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Check } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["UnitReport"]} Report */
/** @typedef {import("../../lib/schemas").components["schemas"]["UnitLink"]} Link */
/** @typedef {{id: string, name: string, report: Report | null}} Line */
/**
 * @typedef {{period: import("../../lib/schemas").components["schemas"]["EntriesPeriod"], units: Line[]}} Period
 */

/**
 * What to send to a unit that has not reported. @param {string} title @param {string} name @param {number} due
 * @param {string} address
 */
export const reminder = (title, name, due, address) =>
  `【${title}】${name}：${due < Date.now() ? "线下活动的填报已经过了时间，请尽快补报" : `请在${dateTime(due)}前填报线下活动情况`}` +
  `，用手机打开本单位的链接就能填：${address} 链接只给本单位的人。`;

/** @param {{desk: import("../types").Desk, path: string, due: number, title: string}} props */
export function PeriodView({ desk, path, due, title }) {
  const period = useLoad(() => desk.call("GET", `${path}/periods/${due}`), [path, due]);
  const [links, setLinks] = useState(/** @type {Link[] | null} */ (null));
  const [whole, setWhole] = useState(/** @type {Line | null} */ (null));
  const work = useWork();
  const show = () => work.run(async () => setLinks((await desk.call("POST", path + "/links", {})).links));
  /** @param {string} text @param {string} said */
  const copy = (text, said) =>
    navigator.clipboard.writeText(text).then(
      () => desk.tell(said),
      () => desk.tell("这个浏览器不让复制，请选中文字复制。"),
    );
  return html`<div>
    <${Shown} of=${period}>
      ${(/** @type {Period} */ data) => html`<div>
        <div class="acts">
          ${!links && html`<button class="btn" disabled=${work.busy} onClick=${show}>显示各单位的链接</button>`}
          ${links && html`<button class="btn" onClick=${() => copy(textFor(data, links, true), "没报单位的提醒已复制。")}>
            复制没报单位的提醒
          </button>
          <button class="btn quiet" onClick=${() => copy(tableOf(links), "已复制，可以粘贴到表格里。")}>
            复制链接表
          </button>`}
        </div>
        <${Oops} problem=${work.problem} />
        <ul class="en-units">
          ${data.units.map((u) => html`<${UnitLine} key=${u.id} desk=${desk} path=${path} line=${u} due=${due}
            link=${links && links.find((l) => l.id === u.id)}
            copy=${() => copy(textFor(data, only(u), false), "提醒已复制。")} open=${() => setWhole(u)}
            renewed=${(/** @type {Link} */ fresh) =>
              setLinks((links || []).map((l) => (l.id === fresh.id ? fresh : l)))} />`)}
        </ul>
      </div>`}
    </${Shown}>
    ${whole && html`<${History} desk=${desk} path=${path} unit=${whole} close=${() => setWhole(null)} />`}
  </div>`;
  /** @param {Line} u */
  function only(u) {
    return (links || []).filter((l) => l.id === u.id);
  }
  /** @param {Period} data @param {Link[]} of @param {boolean} missing */
  function textFor(data, of, missing) {
    return of
      .filter((l) => !missing || data.units.some((u) => u.id === l.id && !u.report))
      .map((l) => reminder(title, l.name, due, l.token ? address(l) : "（请重新生成链接）"))
      .join("\n");
  }
  /** @param {Link} link */
  function address(link) {
    return `${desk.origin}/fill#${link.token}`;
  }
  /** @param {Link[]} all */
  function tableOf(all) {
    return all.map((l) => `${l.name}\t${l.token && address(l)}`).join("\n");
  }
}

/**
 * @param {{desk: import("../types").Desk, path: string, line: Line, due: number, link: Link | null | undefined,
 *   copy: () => void, open: () => void, renewed: (link: Link) => void}} props
 */
function UnitLine({ desk, path, line, due, link, copy, open, renewed }) {
  const [asking, setAsking] = useState(false);
  const { report } = line;
  const renew = async () => {
    renewed(await desk.call("POST", `${path}/units/${line.id}/link`, {}));
    setAsking(false);
    desk.tell("旧链接已失效，请把新的发给这个单位。");
  };
  return html`<li class=${report ? null : due < Date.now() ? "is-late" : "is-missing"}>
    <b>${line.name}</b>
    <span>
      ${report ? html`<span class="tag">${report.late ? "迟报" : "已报"}</span>${" "}
          <small>${moment(report.reported_at)}${report.revision > 1 ? `，第 ${report.revision} 次` : ""}</small>${" "}
          <button class="link" onClick=${open}>
            看内容${report.pictures.length ? `和 ${report.pictures.length} 张图片` : ""}
          </button>`
        : html`<span class="tag is-warned">没报</span>`}
      ${report && report.odd.map((text) => html`<small class="en-odd">请核对：${text}</small>`)}
    </span>
    ${link && html`<span class="en-link">
      <button class="link" onClick=${copy}>复制提醒</button>${" "}
      <button class="link" onClick=${() => setAsking(true)}>换链接</button>
    </span>`}
    ${asking && html`<${Confirm} title="换一个链接" yes="换链接" act=${renew} close=${() => setAsking(false)}>
      <p>${line.name} 的旧链接马上失效，已经报的都还在。链接传到了外面时才需要换。</p>
    </${Confirm}>`}
  </li>`;
}

/** @param {{desk: import("../types").Desk, path: string, unit: Line, close: () => void}} props */
function History({ desk, path, unit, close }) {
  const all = useLoad(() => desk.call("GET", `${path}/units/${unit.id}`), [unit.id]);
  const work = useWork();
  /** @param {string} id @param {boolean} chosen */
  const choose = (id, chosen) =>
    work.run(async () => {
      await desk.call("PUT", `${path}/pictures/${id}/choice`, { chosen });
      all.again();
    });
  return html`<${Dialog} title=${unit.name} close=${close} size="wide">
    <${Oops} problem=${work.problem} />
    <${Shown} of=${all}>
      ${(
        /** @type {{reports: Report[], chosen: string[]}} */ data,
      ) => data.reports.map((r, i) => html`<section class="en-report">
        <h3>
          ${moment(r.due_at)} 截止，第 ${r.revision} 次上报${r.late ? "，迟报" : ""}
          <small class="soft">
            ${" "}${moment(r.reported_at)}${i > 0 && data.reports[i - 1].due_at === r.due_at ? "，已被后一次代替" : ""}
          </small>
        </h3>
        <dl class="figures small">
          ${r.figures.map((f) => html`<div>
            <dt>${f.title}</dt><dd>${number(f.value)} <small>${f.measure}</small></dd>
          </div>`)}
        </dl>
        ${r.note && html`<p>${r.note}</p>`}
        <div class="en-shots">
          ${r.pictures.map((p) => html`<figure>
            <img loading="lazy" src=${`/api/v1/console${path}/pictures/${p.id}`} alt=${p.text} />
            <figcaption>${p.text}<small class="soft">${" "}${p.at}，${dated(p.day)}</small></figcaption>
            <${Check} on=${data.chosen.includes(p.id)} set=${(/** @type {boolean} */ on) => choose(p.id, on)}
              name=${"chosen-" + p.id}>放进总结</${Check}>
          </figure>`)}
        </div>
      </section>`)}
    </${Shown}>
  </${Dialog}>`;
}

/** @param {number} day yyyymmdd */
const dated = (day) => `${Math.floor(day / 100) % 100}月${day % 100}日`;
