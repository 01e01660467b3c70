// The units that are awarded when a contest is over: decided and published by a press each, their certificates printed.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { Confirm } from "../parts/dialog.js";
import { Oops, useLoad, useWork } from "../parts/load.js";
import { CertificateSheets, drawn } from "./certificatesheet.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Honours"]} Honours */
/** @typedef {import("./certificatesheet.js").Drawn} Drawn */

/** What a press does, by its path. @type {Record<string, {title: string, yes: string, text: string}>} */
const asks = {
  "": {
    title: "评定单位奖",
    yes: "评定",
    text: "按现在的单位榜评定，只评一次，以后数据再有变动也不改。请先处理完核查中的成绩；结束时还有人在答题的，等几分钟再评。",
  },
  "/publication": { title: "公布得奖单位", yes: "公布", text: "公布以后，所有人在排行榜页上看到得奖单位的名称，不能收回。" },
};

/** @param {{desk: import("../types").Desk, contest: string, again: () => void}} props
 *   again: what is counted from the honours is to be read anew */
export function HonoursPart({ desk, contest, again }) {
  const path = `/contests/${encodeURIComponent(contest)}/honours`;
  const load = useLoad(() => desk.call("GET", path), [path]);
  const [asked, ask] = useState(/** @type {string | null} */ (null));
  const [sheets, setSheets] = useState(/** @type {Drawn[]} */ ([]));
  const work = useWork();
  /** @type {Honours | null} */
  const data = load.data;
  if (!data || !data.honours.length) return null;
  const waiting = data.honours.some((h) => !h.decided_at && h.units.length > 0);
  const decided = data.honours.filter((h) => h.decided_at);
  const hidden = decided.some((h) => !h.published_at);
  const draw = () =>
    work.run(async () => {
      const all = decided.map((h) => h.units.map((u) => ({ ...u, name: u.unit, at: h.decided_at })));
      setSheets(await drawn(/** @type {typeof all[0]} */ ([]).concat(...all), desk.origin));
    });
  return html`<section class="cl-honours">
    <h2>单位评优</h2>
    ${!data.over && html`<p class="soft">活动结束以后在这里评定。</p>`}
    <div class="acts">
      ${data.over && waiting && html`<button class="btn" onClick=${() => ask("")}>评定</button>`}
      ${hidden && html`<button class="btn" onClick=${() => ask("/publication")}>公布</button>`}
      ${decided.length > 0 && html`<button class="btn quiet" disabled=${work.busy} onClick=${draw}>单位证书</button>`}
    </div>
    <${Oops} problem=${work.problem} />
    ${data.honours.map((h) => html`<div key=${h.key}>
      <h3>${h.title}</h3>
      <p class="soft">
        ${h.board && `按“${h.board}”评${h.people ? `，不到 ${h.people} 人的不评` : ""}。`}
        ${data.over && !h.decided_at && h.units.length > 0 && "还没有评定，现在评定会是这样："}
        ${h.decided_at > 0 && `${moment(h.decided_at)}评定，${h.published_at ? moment(h.published_at) + "公布" : "还没有公布"}。`}
      </p>
      ${h.units.length > 0 && html`<div class="wide"><table class="cl-units">
        <thead><tr><th>名次</th><th>等次</th><th>单位</th>${h.decided_at > 0 && html`<th>证书编号</th>`}</tr></thead>
        <tbody>${h.units.map((u) => html`<tr key=${u.unit}>
          <td>${u.place}</td><td>${u.class}</td><td>${u.unit}</td>
          ${u.number && html`<td><a href=${`/cert/${u.number}-${u.code}`} target="_blank">${u.number}</a></td>`}
        </tr>`)}</tbody>
      </table></div>`}
      ${data.over && !h.units.length && html`<p class="state note">没有单位够条件${h.decided_at ? "" : "，还不能评定"}。</p>`}
    </div>`)}
    ${sheets.length > 0 && html`<${CertificateSheets} sheets=${sheets} contest=${data.title}
      organizer=${data.organizer} each="一个单位" />`}
    ${asked !== null && html`<${Confirm} title=${asks[asked].title} yes=${asks[asked].yes} close=${() => ask(null)}
      act=${async () => {
        await desk.call("POST", path + asked, {});
        ask(null);
        load.again();
        again();
      }}>
      <p>${asks[asked].text}</p>
    </${Confirm}>`}
  </section>`;
}
