// The questions that were asked: one that was wrong is left out or scored anew, and that can be taken back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { problem } from "../../lib/api.js";
import { number } from "../../lib/format.js";
import { share } from "../../lib/live/room.js";
import { kindNames } from "../lib/words.js";
import { Confirm } from "../parts/dialog.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").Past} Past */
/** @typedef {import("../live").Question} Question @typedef {import("../lib/livehost").Host} Host */

/** @param {Past} past */
const named = ({ kind, number }) => (kind === "warmup" ? "热身题" : kind === "revival" ? "复活题" : `第 ${number} 题`);

/** Kinds whose answer is options without an order: of those another can be said to be right. */
const byOptions = ["single", "multiple", "indefinite", "truefalse"];

/** @param {{host: Host, view: View, may: boolean}} props */
export function LivePast({ host, view, may }) {
  const [change, setChange] = useState(/** @type {{of: Past, how: "void" | "rekey"} | null} */ (null));
  const close = () => setChange(null);
  const past = view.rounds.filter((p) => p.scored || p.voided).reverse();
  if (!past.length) return null;
  return html`<div>
    <details class="part live-past">
      <summary>问过的题 <small>${past.length} 道；题出错了可以作废或改答案，自动重新计分</small></summary>
      <ol>
        ${past.map(
          (p) => html`<${Line} key=${p.round} of=${p} host=${host} may=${may}
            change=${(/** @type {"void" | "rekey"} */ how) => setChange({ of: p, how })} />`,
        )}
      </ol>
    </details>
    ${change && change.how === "void" && html`<${Confirm} title=${`作废${named(change.of)}？`} yes="作废" danger
      close=${close}
      act=${async () => {
        await host.step("void", { round: change.of.round });
        close();
      }}>
      <p>${change.of.question && change.of.question.stem}</p>
      <p>
        所有人这一题都不计分，名次马上重算。${view.room.mode === "elimination" ? "因为这一题出局的人回来。" : ""}手机和大屏会说明。以后可以恢复。
      </p>
    </${Confirm}>`}
    ${change && change.how === "rekey" && change.of.question && html`<${Rekey} of=${change.of}
      question=${change.of.question} host=${host} close=${close} />`}
  </div>`;
}

/** @param {{of: Past, host: Host, may: boolean, change: (how: "void" | "rekey") => void}} props */
function Line({ of, host, may, change }) {
  const { question } = of;
  return html`<li class=${of.voided ? "voided" : null}>
    <p>
      <i>${named(of)}</i><span>${question && question.stem}</span>
      ${of.voided && html`<b class="tag is-rejected">${of.skipped ? "跳过" : "已作废"}</b>`}
    </p>
    <p class="acts">
      <small>
        ${question && kindNames[question.kind]}${of.right.length > 0 && "，答案 " + of.right.join("")}，
        ${number(of.correct)} / ${number(of.answered)} 人答对（${share(of.correct, of.answered)}）
      </small>
      ${!of.voided && question && byOptions.indexOf(question.kind) >= 0 && html`<button class="link" disabled=${!may}
        onClick=${() => change("rekey")}>
        改答案
      </button>`}
      ${!of.voided && html`<button class="link" disabled=${!may} onClick=${() => change("void")}>作废</button>`}
      ${of.voided && !of.skipped && html`<button class="link" disabled=${!may}
        onClick=${() => host.step("unvoid", { round: of.round })}>
        恢复计分
      </button>`}
    </p>
  </li>`;
}

/**
 * Another right answer. A question that asks for one option then takes any of those that are right.
 * @param {{of: Past, question: Question, host: Host, close: () => void}} props
 */
function Rekey({ of, question, host, close }) {
  const [right, setRight] = useState(of.right);
  /** @param {string} id */
  const tap = (id) => setRight(right.indexOf(id) >= 0 ? right.filter((r) => r !== id) : right.concat(id).sort());
  return html`<${Confirm} title=${`改${named(of)}的答案`} yes="改好，重新计分" danger close=${close}
    act=${async () => {
      if (!right.length) throw problem({ detail: "请先选出正确的选项。" });
      await host.step("rekey", { round: of.round, right });
      close();
    }}>
    <p>${question.stem}</p>
    <div class="live-rekey">
      ${question.options.map((o) => {
        const on = right.indexOf(o.id) >= 0;
        return html`<button key=${o.id} type="button" class=${on ? "on" : null} aria-pressed=${on}
          onClick=${() => tap(o.id)}>
          <b>${o.id}</b><span>${o.text}</span>${on && html`<i>✓</i>`}
        </button>`;
      })}
    </div>
    <p class="soft">
      ${question.kind === "multiple" || question.kind === "indefinite" ? "" : "可以选几个，选到其中一个就算对。"}按新答案给所有人重新计分，名次马上重算，手机和大屏会说明。
    </p>
  </${Confirm}>`;
}
