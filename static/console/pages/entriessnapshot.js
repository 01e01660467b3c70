// Figures as they were kept at a moment, beside those of the time before.
import { html } from "../../html.js";
import { moment } from "../lib/moment.js";
import { Dialog } from "../parts/dialog.js";
import { Shown, useLoad } from "../parts/load.js";

/**
 * @typedef {{for: number, taken_at: number, taken_by: string, figures: {name: string, measure: string, value: number,
 *   before: number | null}[]}} Snapshot
 */

/** @param {number} value */
const plain = (value) => value.toLocaleString("zh-CN", { maximumFractionDigits: 2 });

/** @param {number} change */
const signed = (change) => (change > 0 ? "+" : "") + plain(Math.round(100 * change) / 100);

/** @param {{desk: import("../types").Desk, path: string, at: number, close: () => void}} props */
export function SnapshotView({ desk, path, at, close }) {
  const snapshot = useLoad(() => desk.call("GET", `${path}/snapshots/${at}`), [at]);
  return html`<${Dialog} title=${moment(at) + " 留存的数"} close=${close} size="wide">
    <${Shown} of=${snapshot}>
      ${(/** @type {Snapshot} */ data) => html`<div>
        ${data.taken_at - data.for > 600000 && html`<p class="soft">当时程序没有运行，数是 ${moment(data.taken_at)} 数的。</p>`}
        <div class="scroll"><table class="en-table">
          <thead><tr><th>项目</th><th class="n">数量</th><th>单位</th><th class="n">比上一份</th></tr></thead>
          <tbody>
            ${data.figures.filter((f) => !f.name.endsWith("（本期）")).map((f) => html`<tr>
              <td>${f.name}</td><td class="n">${plain(f.value)}</td><td>${f.measure}</td>
              <td class="n">${f.before === null ? "—" : signed(f.value - f.before)}</td>
            </tr>`)}
          </tbody>
        </table></div>
      </div>`}
    </${Shown}>
  </${Dialog}>`;
}
