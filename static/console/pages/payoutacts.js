// What one proposed about money and another decides.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { actNames, ways, yuan } from "./payoutwords.js";

/** @typedef {import("./payouts.js").Act} Act */

/** What an act is about, in one line. @param {Act} a */
function about(a) {
  if (a.kind === "copy") return `第 ${a.subject} 号文件`;
  if (a.kind === "payee") return a.replace ? `改发到尾号 ${a.tail}` : "仍按原来的号码发";
  if (a.kind === "batch" || a.kind === "again") return ways[a.way] || a.way;
  return "";
}

/** @param {{desk: import("../types").Desk, acts: Act[], done: (text: string) => void}} props */
export function Acts({ desk, acts, done }) {
  const [asking, ask] = useState(/** @type {{act: Act, approve: boolean} | null} */ (null));
  if (acts.length === 0) return null;
  return html`<section class="panel payout-acts">
    <h2>等另一位同事确认</h2>
    <ul class="payout-lines">
      ${acts.map(
        (a) => html`<li key=${a.id}>
          <div>
            <b>${actNames[a.kind]}</b> ${about(a)}
            <p><b class="figure">${number(a.bills)}</b> 笔，共 <b class="figure">${yuan(a.cents)}</b></p>
            ${a.words && html`<p>${a.words}</p>`}
            <p class="soft">${a.made_by} 提交，${moment(a.made_at)}</p>
            ${a.listed.length > 0 && html`<details>
              <summary>看是哪些</summary>
              <ul>${a.listed.map((l) => html`<li key=${l.bill}>${l.bill}，${yuan(l.cents)}，${l.words}</li>`)}</ul>
            </details>`}
          </div>
          <p class="acts">
            ${!a.mine && html`<button class="btn" onClick=${() => ask({ act: a, approve: true })}>核对并同意</button>`}
            <button class="btn quiet" onClick=${() => ask({ act: a, approve: false })}>
              ${a.mine ? "撤回" : "不同意"}
            </button>
          </p>
        </li>`,
      )}
    </ul>
    ${asking && html`<${Decide} desk=${desk} act=${asking.act} approve=${asking.approve} close=${() => ask(null)}
      done=${(/** @type {string} */ text) => {
        ask(null);
        done(text);
      }} />`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, act: Act, approve: boolean, close: () => void, done: (text: string) =>
 *   void}} props
 */
function Decide({ desk, act, approve, close, done }) {
  const [note, setNote] = useState("");
  const work = useWork();
  const no = act.mine ? "撤回" : "不同意";
  return html`<${Dialog} title=${approve ? "核对并同意" : no} close=${close} first=${approve ? "" : "input"}>
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", "/payout-acts/" + act.id, {
            approve, bills: act.bills, cents: act.cents, note: note.trim(),
          });
          done(approve ? "已经同意。" : act.mine ? "已经撤回。" : "已经退回。");
        });
      }}>
      <p>${actNames[act.kind]} ${about(act)}，${act.made_by} 提交。</p>
      <dl class="figures small">
        <div><dt>笔数</dt><dd>${number(act.bills)}</dd></div>
        <div><dt>总额</dt><dd>${yuan(act.cents)}</dd></div>
      </dl>
      ${act.words && html`<p>理由：${act.words}</p>`}
      ${!approve && html`<${Field} label="为什么">
        <${Text} name="note" max=${100} value=${note} set=${setNote} />
      </${Field}>`}
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || (!approve && !note.trim())}>
          ${approve ? `同意 ${yuan(act.cents)}` : no}
        </button>
      </footer>
    </form>
  </${Dialog}>`;
}

/** @param {{acts: Act[]}} props */
export function Decided({ acts }) {
  if (acts.length === 0) return null;
  return html`<details class="panel">
    <summary>最近确认过的</summary>
    <ul class="payout-lines">
      ${acts.map(
        (a) => html`<li key=${a.id}>
          <div>
            <b>${actNames[a.kind]}</b> ${about(a)} ${number(a.bills)} 笔，${yuan(a.cents)}
            <p class="soft">
              ${a.made_by} 提交，${a.decided_by} ${a.state === "approved" ? "同意" : "退回"}，${moment(a.decided_at)}
              ${a.note && `（${a.note}）`}
            </p>
          </div>
        </li>`,
      )}
    </ul>
  </details>`;
}
