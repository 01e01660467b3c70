// Who was drawn, masked, and giving a place on to a reserve.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";

/** @type {Record<string, string>} */
const status = { won: "待填写", claimed: "待发放", redeemed: "已领取", credited: "已到账", forfeited: "已放弃" };

/** @param {import("./drawingsone.js").StepProps} props */
export function DrawnList({ desk, one, set }) {
  const [giving, give] = useState(/** @type {import("./drawingsone.js").Winner | null} */ (null));
  const shown = one.winners.slice(0, 500);
  return html`<section>
    <h2>中奖名单</h2>
    <p class="soft">
      逾期没有填写领奖信息的，系统自动由候补递补；联系不上等情况由一个人提议、另一个人同意。递补沿用同一串随机数，记录里写明，同样可以验证。
    </p>
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr><th class="n">名次</th><th>奖品</th><th>中奖人</th><th class="n">名单序号</th><th>状态</th><th></th></tr>
        </thead>
        <tbody>
          ${shown.map(
            (w) => html`<tr key=${w.place} class=${w.gone ? "off" : null}>
              <td class="n" data-name="名次">${w.place}</td>
              <td data-name="奖品">${w.prize || html`<span class="soft">候补</span>`}</td>
              <td><b>${w.name}</b> <small>${w.unit}</small></td>
              <td class="n" data-name="名单序号">${number(w.entry)}</td>
              <td data-name="状态">
                ${w.gone ? html`${w.reason}${w.by > 0 && html`<small>，第 ${w.by} 名递补</small>`}`
                  : status[w.status] || "等候"}
              </td>
              <td class="n">
                ${!w.gone && w.status !== "redeemed" && w.status !== "credited" && html`<button class="link"
                  onClick=${() => give(w)}>
                  放弃
                </button>`}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${one.winners.length > shown.length && html`<p class="soft">
      只列出前 ${shown.length} 名，全部名单在摇奖记录里。
    </p>`}
    ${giving && html`<${ForfeitDialog} desk=${desk} id=${one.drawing.id} winner=${giving} close=${() => give(null)}
      done=${(/** @type {any} */ next) => {
        give(null);
        set(next);
        desk.tell("已经提议，等另一位工作人员同意后递补。");
      }} />`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, id: string, winner: import("./drawingsone.js").Winner, close: () => void,
 *   done: (one: any) => void}} props
 */
function ForfeitDialog({ desk, id, winner, close, done }) {
  const [reason, setReason] = useState("");
  const work = useWork();
  return html`<${Dialog} title=${`第 ${winner.place} 名放弃`} close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () =>
          done(await desk.call("POST", `/drawings/${id}/forfeit`, { place: winner.place, reason: reason.trim() })),
        );
      }}>
      <p>
        ${winner.name}（${winner.prize || "候补"}）。要由另一位工作人员同意；放弃后不能恢复，
        ${winner.prize ? "由下一名候补递补；没有候补就继续摇。" : "不再递补。"}
      </p>
      <${Field} label="原因" hint="随记录公开，不要写个人信息"
        wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
        <${Text} name="reason" max=${100} value=${reason} set=${setReason} />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn danger" disabled=${work.busy || !reason.trim()}>提议</button>
      </footer>
    </form>
  </${Dialog}>`;
}
