// The questions that were asked: one that was wrong is left out or scored anew, and that can be taken back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { problem } from "../../lib/api.js";
import { number } from "../../lib/format.js";
import { share } from "../../lib/live/room.js";
import { allowed } from "../lib/livesteps.js";
import { kindNames } from "../lib/words.js";
import { Confirm } from "../parts/dialog.js";
import { Text } from "../parts/field.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").Past} Past */
/** @typedef {import("../lib/livehost").Host} Host */

/** @param {{host: Host, view: View, may: boolean}} props */
export function LivePast({ host, view, may }) {
  const [change, setChange] = useState(/** @type {{of: Past, how: "void" | "rekey"} | null} */ (null));
  const close = () => setChange(null);
  if (!view.past.length) return null;
  return html`<div>
    <details class="part live-past">
      <summary>问过的题 <small>${view.past.length} 道；题出错了可以作废或改答案，自动重新计分</small></summary>
      <ol>
        ${view.past.map(
          (p) => html`<li key=${p.round} class=${p.voided ? "voided" : null}>
            <p>
              <i>${p.number}</i><span>${p.stem}</span>
              ${p.voided && html`<b class="tag is-rejected">已作废</b>`}
              ${p.rekeyed && html`<b class="tag is-warned">改过答案</b>`}
            </p>
            <p class="acts">
              <small>
                ${kindNames[p.kind]}，答案 ${p.right.join(p.kind === "fill" ? "；" : "")}，${number(p.correct)} /
                ${number(p.answered)} 人答对（${share(p.correct, p.answered)}）
              </small>
              ${p.voided ? html`<button class="link" disabled=${!may || !allowed(view, "unvoid")}
                onClick=${() => host.step("unvoid", { round: p.round })}>
                恢复计分
              </button>`
                : html`<button class="link" disabled=${!may || !allowed(view, "rekey")}
                onClick=${() => setChange({ of: p, how: "rekey" })}>
                改答案
              </button>
              <button class="link" disabled=${!may || !allowed(view, "void")}
                onClick=${() => setChange({ of: p, how: "void" })}>
                作废
              </button>`}
            </p>
          </li>`,
        )}
      </ol>
    </details>
    ${change && change.how === "void" && html`<${Confirm} title=${`作废第 ${change.of.number} 题？`} yes="作废" danger
      close=${close}
      act=${async () => {
        await host.step("void", { round: change.of.round });
        close();
      }}>
      <p>${change.of.stem}</p>
      <p>
        所有人这一题都不计分，名次马上重算；${view.room.mode === "elimination" ? "因为这一题出局的人回来。" : ""}手机和大屏会说明。以后可以恢复。
      </p>
    </${Confirm}>`}
    ${change && change.how === "rekey" && html`<${Rekey} of=${change.of} host=${host} close=${close} />`}
  </div>`;
}

/** Another right answer. @param {{of: Past, host: Host, close: () => void}} props */
function Rekey({ of, host, close }) {
  const [right, setRight] = useState(of.right);
  /** @param {string} id */
  function tap(id) {
    const on = right.indexOf(id) >= 0;
    if (of.kind === "single" || of.kind === "truefalse") setRight([id]);
    else if (on) setRight(right.filter((r) => r !== id));
    else setRight(of.kind === "multiple" ? [...right, id].sort() : [...right, id]);
  }
  const whole = of.kind !== "ordering" || right.length === of.options.length;
  return html`<${Confirm} title=${`改第 ${of.number} 题的答案`} yes="改好，重新计分" danger close=${close}
    act=${async () => {
      if (!whole) throw problem({ detail: "请把每一项都点一遍。" });
      if (!right.length || !right.every((r) => r.trim())) throw problem({ detail: "请先选出正确答案。" });
      await host.step("rekey", { round: of.round, right });
      close();
    }}>
    <p>${of.stem}</p>
    ${of.kind === "fill"
      ? right.map(
          (text, i) => html`<${Text} value=${text} label=${`第 ${i + 1} 空`} max=${40}
            set=${(/** @type {string} */ now) => setRight(right.map((r, j) => (j === i ? now : r)))} />`,
        )
      : html`<div class="live-rekey">
        ${of.options.map((o) => {
          const at = right.indexOf(o.id);
          return html`<button key=${o.id} type="button" class=${at >= 0 ? "on" : null} aria-pressed=${at >= 0}
            onClick=${() => tap(o.id)}>
            <b>${o.id}</b><span>${o.text}</span>
            ${at >= 0 && html`<i>${of.kind === "ordering" ? at + 1 : "✓"}</i>`}
          </button>`;
        })}
      </div>`}
    <p class="soft">
      ${of.kind === "ordering" ? "按正确的先后点一遍。" : ""}按新答案给所有人重新计分，名次马上重算，手机和大屏会说明。
    </p>
  </${Confirm}>`;
}
