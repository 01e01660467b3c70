// What one has proposed and waits for another person's agreement.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { Confirm } from "./dialog.js";
import { Oops, useWork } from "./load.js";

/**
 * @typedef {{id: string, kind: string, text: string, nickname: string, by: string, at: number,
 *   mine: boolean}} Waiting
 */

/**
 * @param {{desk: import("../types").Desk, contest: string, waiting: Waiting[], again: () => void, of?:
 *   string}} props contest: slug; of: what the calls name it
 */
export function WaitingList({ desk, contest, waiting, again, of = "proposals" }) {
  const [asking, ask] = useState(/** @type {Waiting | null} */ (null));
  const work = useWork();
  const path = (/** @type {Waiting} */ w) => `/contests/${encodeURIComponent(contest)}/${of}/${w.id}`;
  if (!waiting.length) return null;
  return html`<section class="panel waiting-part">
    <h2>等另一人同意</h2>
    <ul class="waiting-list">
      ${waiting.map(
        (w) => html`<li key=${w.id}>
          <p>${w.nickname && html`<b>${w.nickname}</b>：`}${w.text}</p>
          <p class="soft">${w.by}于 ${moment(w.at)} 提议${w.mine && "，要由另一位工作人员同意"}</p>
          <p class="acts">
            ${!w.mine && html`<button class="btn small" onClick=${() => ask(w)}>同意</button>`}
            <button class="btn quiet small" disabled=${work.busy}
              onClick=${() =>
                work.run(async () => {
                  await desk.call("POST", path(w) + "/withdraw", {});
                  desk.tell("提议已经撤回。");
                  again();
                })}>
              ${w.mine ? "撤回" : "不同意，撤回"}
            </button>
          </p>
        </li>`,
      )}
    </ul>
    <${Oops} problem=${work.problem} />
    ${asking && html`<${Confirm} title="同意这项提议" yes="同意" danger close=${() => ask(null)}
      act=${async () => {
        await desk.call("POST", path(asking) + "/agree", {});
        ask(null);
        desk.tell("已经同意，马上生效。");
        again();
      }}>
      <p>${asking.nickname && html`<b>${asking.nickname}</b>：`}${asking.text}</p>
      <p class="soft">${asking.by}提议。同意后马上生效，两个人的名字都记入操作日志。</p>
    </${Confirm}>`}
  </section>`;
}
