// The versions of a bank, what each changed, and taking the last change back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { go, link } from "../lib/route.js";
import { Confirm } from "../parts/dialog.js";
import { Difference } from "../parts/difference.js";
import { Select } from "../parts/field.js";
import { Shown, useLoad } from "../parts/load.js";

/** @typedef {import("../types").BankPage} BankPage @typedef {import("../types").Desk} Desk */

/** @param {{desk: Desk, page: BankPage, query: Record<string, string>, changed: () => void}} props */
export function Versions({ desk, page, query, changed }) {
  const [undoing, setUndoing] = useState(false);
  const from = Number(query.a) || 0;
  const to = Number(query.b) || 0;
  /** @param {number} a @param {number} b */
  const address = (a, b) => link(["banks", page.name], { tab: "versions", a, b });
  return html`<div>
    ${desk.may("bank.edit") && page.version > 1 && html`<p class="undo">
      <button class="btn quiet" onClick=${() => setUndoing(true)}>撤销最近一次修改</button>
      <span class="soft">回到第 ${page.version - 1} 版的内容；如果最近一次是更正或作废，成绩也会改回去。</span>
    </p>`}
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>版本</th><th class="n">题目</th><th>什么时候</th><th>说明</th><th></th></tr></thead>
        <tbody>
          ${page.versions.map(
            (v) => html`<tr class=${to === v.version ? "on" : null}>
              <td>第 ${v.version} 版${v.version === page.version && html` <span class="tag">正在用</span>`}</td>
              <td class="n" data-name="题目">${number(v.questions)}</td>
              <td>${moment(v.created_at)}</td>
              <td>${v.note}</td>
              <td class="n">${v.version > 1 && html`<a href=${address(v.version - 1, v.version)}>看改了什么</a>`}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${from > 0 && to > 0 && html`<${CompareVersions} key=${from + "-" + to} desk=${desk} page=${page} from=${from}
      to=${to} />`}
    ${undoing && html`<${UndoDialog} desk=${desk} page=${page} close=${() => setUndoing(false)}
      done=${(/** @type {number} */ version) => {
        setUndoing(false);
        desk.tell("已撤销，现在是第 " + version + " 版。");
        go(["banks", page.name], { tab: "versions", a: version - 1, b: version });
        changed();
      }} />`}
  </div>`;
}

/** @param {string} bank @param {number} from @param {number} to */
const comparing = (bank, from, to) => `/banks/${encodeURIComponent(bank)}/compare?from=${from}&to=${to}`;

/** @param {{desk: Desk, page: BankPage, from: number, to: number}} props */
function CompareVersions({ desk, page, from, to }) {
  const compared = useLoad(() => desk.call("GET", comparing(page.name, from, to)), [from, to]);
  const options = page.versions.map((v) => [v.version, "第 " + v.version + " 版"]);
  return html`<section class="compare">
    <h2>差异</h2>
    <p class="row">
      从 <${Select} label="从哪个版本" value=${from} options=${options}
        set=${(/** @type {string} */ v) => go(["banks", page.name], { tab: "versions", a: v, b: to })} />
      到 <${Select} label="到哪个版本" value=${to} options=${options}
        set=${(/** @type {string} */ v) => go(["banks", page.name], { tab: "versions", a: from, b: v })} />
    </p>
    <${Shown} of=${compared}>
      ${(/** @type {import("../types").Compared} */ data) => html`<${Difference} compared=${data} />`}
    </${Shown}>
  </section>`;
}

/** @param {{desk: Desk, page: BankPage, close: () => void, done: (version: number) => void}} props */
function UndoDialog({ desk, page, close, done }) {
  const compared = useLoad(() => desk.call("GET", comparing(page.name, page.version, page.version - 1)), []);
  const last = page.versions[0];
  return html`<${Confirm} title="撤销最近一次修改" yes="撤销" danger=${true} close=${close}
    act=${async () => done((await desk.call("POST", `/banks/${encodeURIComponent(page.name)}/undo`, {})).version)}>
    <p>最近一次：第 ${last.version} 版，${moment(last.created_at)}，“${last.note}”。</p>
    <${Shown} of=${compared}>
      ${(/** @type {import("../types").Compared} */ { difference: d }) => html`<p>
        撤销后：恢复 <b>${d.added.length}</b> 道，改回 <b>${d.changed.length}</b> 道，拿掉 <b>
          ${d.removed.length}
        </b> 道。
      </p>`}
    </${Shown}>
    <p class="soft">撤销会成为新的一版，以前的版本都还在。正在答题的人接着用他们开始时的版本。</p>
  </${Confirm}>`;
}
