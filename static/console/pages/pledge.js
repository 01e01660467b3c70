// The names under the pledge, newest first, and taking one from the wall.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Confirm } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Shown, useLoad } from "../parts/load.js";

/** @typedef {{number: number, name: string, hidden: boolean, depth: number, signed_at: number}} Signature */
/** @typedef {{title: string, signed: number, signatures: Signature[]}} List */

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function PledgePage({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}/pledge`;
  const [before, setBefore] = useState(0);
  const [hiding, setHiding] = useState(/** @type {Signature | null} */ (null));
  const [reason, setReason] = useState("");
  const list = useLoad(() => desk.call("GET", path + (before ? "?before=" + before : "")), [before, path]);
  const wrong = hiding && !reason.trim() ? "请写明原因，会记入操作日志" : "";

  /** @param {Signature} s @param {boolean} hidden */
  async function set(s, hidden) {
    await desk.call("PUT", `${path}/${s.number}/hidden`, { hidden, reason: hidden ? reason.trim() : "" });
    setHiding(null);
    setReason("");
    desk.tell(hidden ? `第 ${s.number} 号已从接力墙撤下。` : `第 ${s.number} 号重新显示。`);
    await list.again();
  }
  if (list.problem && list.problem.code === "pledge_unknown")
    return html`<div><h1>接力墙</h1><p class="state">这个活动没有倡议签名。</p></div>`;
  return html`<div>
    <h1>接力墙</h1>
    <p class="soft">签名按参赛者自己的选择显示在大屏幕上。不合适的名字可以撤下，改为显示“网友”加四位数字，编号不受影响。</p>
    <${Shown} of=${list}>
      ${(/** @type {List} */ data) => html`<p><b>${data.title}</b>，已有 ${number(data.signed)} 人签名</p>
      ${data.signatures.length ? html`<table class="rows">
        <thead><tr><th class="n">编号</th><th>名字</th><th class="n">第几棒</th><th>时间</th><th></th></tr></thead>
        <tbody>
          ${data.signatures.map(
            (s) => html`<tr key=${s.number} class=${s.hidden ? "off" : null}>
              <td class="n" data-name="编号">${s.number}</td>
              <td class="strong">
                ${s.name || html`<span class="soft">已删除</span>`}
                ${s.hidden && html` <span class="tag plain">已撤下</span>`}
              </td>
              <td class="n" data-name="第几棒">${s.depth}</td>
              <td data-name="时间">${moment(s.signed_at)}</td>
              <td>
                ${!desk.may("names.hide") || !s.name ? null
                  : s.hidden ? html`<button class="btn quiet" onClick=${() => set(s, false).catch(list.again)}>
                    重新显示
                  </button>`
                  : html`<button class="btn quiet" onClick=${() => setHiding(s)}>撤下</button>`}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>`
        : html`<p class="state">还没有人签名。</p>`}
      <p class="acts">
        ${before > 0 && html`<button class="btn quiet" onClick=${() => setBefore(0)}>回到最新</button>`}
        ${data.signatures.length === 50 && html`<button class="btn quiet"
          onClick=${() => setBefore(data.signatures[49].number)}>
          看更早的
        </button>`}
      </p>`}
    </${Shown}>
    ${hiding && html`<${Confirm} title=${`撤下第 ${hiding.number} 号`} yes="撤下" danger=${true}
      close=${() => {
        setHiding(null);
        setReason("");
      }}
      act=${async () => {
        if (!wrong) await set(hiding, true);
      }}>
      <p>“${hiding.name}”不再显示，接力墙和证书上改为“网友”加四位数字。</p>
      <${Field} label="原因" wrong=${wrong}>
        <${Text} value=${reason} set=${setReason} name="reason" max=${60} />
      </${Field}>
    </${Confirm}>`}
  </div>`;
}
