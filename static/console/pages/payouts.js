// What is paid to winners: phone credit and cash, bill by bill, each award once, and nothing by one person alone.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Ask } from "../parts/ask.js";
import { Shown, useLoad } from "../parts/load.js";
import { FreshLink } from "../parts/proof.js";
import { Acts, Decided } from "./payoutacts.js";
import { Bills, Repeated } from "./payoutbills.js";
import { Files } from "./payoutfiles.js";
import { WayChoice } from "./payoutways.js";
import { states, yuan } from "./payoutwords.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Payout"]} Bill */
/** @typedef {import("../../lib/schemas").components["schemas"]["PayoutAct"]} Act */
/** @typedef {import("../../lib/schemas").components["schemas"]["PayoutFile"]} File */
/**
 * @typedef {{contest: {slug: string, title: string}, ways: string[], due: number, sums: {state: string, bills: number,
 *   cents: number}[], open: Act[], decided: Act[], unfiled: {bills: number, cents: number}, files: File[],
 *   repeated: Bill[], payouts: Bill[]}} Payouts
 */

const perPage = 50;

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function PayoutsPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const [after, setAfter] = useState(0);
  const list = useLoad(() => desk.call("GET", `${path}/payouts?after=${after}`), [contest, after]);
  const [planning, setPlanning] = useState(false);
  const done = (/** @type {string} */ text) => {
    setPlanning(false);
    desk.tell(text);
    list.again();
  };
  return html`<div>
    <div class="head">
      <h1>话费与红包</h1>
      <button class="btn quiet" disabled=${list.busy} onClick=${list.again}>刷新</button>
    </div>
    <p class="soft">
      每份奖品只有一笔有效的发放。安排、判定失败、重发、再下载文件，都由一人提交、另一人确认。被取消资格的人先不发。
    </p>
    <${Shown} of=${list}>
      ${(/** @type {Payouts} */ data) => html`<div>
        ${data.due + data.payouts.length === 0 && html`<p class="state">
          ${data.contest.title}现在没有要发放的话费和红包。
        </p>`}
        <${Acts} desk=${desk} acts=${data.open} done=${done} />
        ${data.due > 0 && html`<section class="panel">
          <h2>${number(data.due)} 份奖品可以发放</h2>
          <p class="soft">金额按中奖时写明的算，收款号码在安排时固定下来。还没有留号码的人先不安排。</p>
          <p class="acts"><button class="btn" onClick=${() => setPlanning(true)}>安排发放</button></p>
        </section>`}
        <${Files} desk=${desk} path=${path} data=${data} done=${done} />
        ${data.sums.length > 0 && html`<dl class="figures small">
          ${data.sums.map(
            (s) => html`<div key=${s.state}>
              <dt>${states[s.state]}</dt>
              <dd>${yuan(s.cents)}</dd>
              <dt>${number(s.bills)} 笔</dt>
            </div>`,
          )}
        </dl>`}
        <${Bills} desk=${desk} data=${data} done=${done} />
        ${(after > 0 || data.payouts.length === perPage) && html`<p class="acts">
          <button class="btn quiet" disabled=${after === 0} onClick=${() => setAfter(Math.max(0, after - perPage))}>
            上一页
          </button>
          <button class="btn quiet" disabled=${data.payouts.length < perPage}
            onClick=${() => setAfter(after + perPage)}>
            下一页
          </button>
        </p>`}
        ${data.payouts.length > 0 && html`<p class="acts">
          <${FreshLink} desk=${desk} quiet href=${`/api/v1/console${path}/payouts.xlsx`}>下载发放明细</${FreshLink}>
        </p>`}
        <${Repeated} bills=${data.repeated} />
        <${Decided} acts=${data.decided} />
        ${planning && html`<${PlanDialog} ways=${data.ways} close=${() => setPlanning(false)}
          act=${async (/** @type {string} */ way) => {
            const got = await desk.call("POST", path + "/payouts", { way });
            done(`提交了 ${number(got.bills)} 笔，共 ${yuan(got.cents)}，等另一位同事确认。`);
          }} />`}
      </div>`}
    </${Shown}>
  </div>`;
}

/** @param {{ways: string[], close: () => void, act: (way: string) => Promise<void>}} props */
function PlanDialog({ ways, close, act }) {
  const [way, setWay] = useState(ways[0]);
  return html`<${Ask} title="安排发放" yes="提交" ready close=${close} run=${() => act(way)}>
    <p>给可以发放的奖品各安排一笔。另一位同事核对笔数和总额、点了同意，才会发出。</p>
    <${WayChoice} ways=${ways} way=${way} set=${setWay} />
  </${Ask}>`;
}
