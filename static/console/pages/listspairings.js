// The pairings of units: who meets, who won, and a correction that two decide.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { goingOn, scored, when } from "../../lib/pairs.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Radio, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { WaitingList } from "../parts/waiting.js";

/** @typedef {import("../../lib/pairs.js").Pairing} Pairing @typedef {import("../../lib/pairs.js").Pair} Pair */
/** @typedef {import("../../lib/pairs.js").Side} Side */
/** @typedef {{pairings: Pairing[], waiting: import("../parts/waiting.js").Waiting[]}} Told */

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function PairingsPart({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest) + "/pairings";
  const told = useLoad(() => desk.call("GET", path), [contest]);
  const [correcting, correct] = useState(/** @type {{p: Pairing, pair: Pair} | null} */ (null));
  return html`<${Shown} of=${told}>
    ${(/** @type {Told} */ data) => data.pairings.length > 0 && html`<div class="stack">
      <div class="head"><h2>单位对阵</h2></div>
      <p class="soft">
        一期结束、还在答的都交卷以后自动评定，只评一次，以后成绩变动不影响。评定有误的，在下一轮排定以前，由一个人提议、另一个人同意更正，晋级名单跟着改。
      </p>
      <${WaitingList} desk=${desk} contest=${contest} waiting=${data.waiting} again=${told.again} of="corrections" />
      ${data.pairings.map((p) => html`<${One} key=${p.key} p=${p} correct=${(/** @type {Pair} */ pair) =>
        correct({ p, pair })} />`)}
      ${correcting && html`<${Correction} desk=${desk} path=${path} of=${correcting} close=${() => correct(null)}
        done=${() => {
          correct(null);
          desk.tell("已经提议，等另一位工作人员同意。");
          told.again();
        }} />`}
    </div>`}
  </${Shown}>`;
}

/** @param {{p: Pairing, correct: (pair: Pair) => void}} props */
function One({ p, correct }) {
  const name = (/** @type {Side} */ s) => html`<b>${s.unit}</b>${s.won && " 晋级"}`;
  return html`<section class="panel">
    <h3>${p.title}</h3>
    <p class="soft">${when(p, Date.now())}${p.decided_at > 0 && `，${goingOn(p)} 个单位晋级`}</p>
    ${p.waits && html`<p class="state">${p.waits}。${p.says}</p>`}
    ${p.pairs.length > 0 && html`<div class="scroll"><table class="rows">
      <thead>
        <tr><th class="n">第几对</th><th>单位</th><th class="n">成绩</th><th>对手</th><th class="n">成绩</th><th></th></tr>
      </thead>
      <tbody>${p.pairs.map((pair) => html`<tr key=${pair.place}>
        <td class="n" data-name="第几对">${pair.place}</td>
        <td>${name(pair.first)}</td>
        <td class="n" data-name="成绩">${scored(pair.first, p)}</td>
        <td data-name="对手">${pair.second ? name(pair.second) : "轮空"}</td>
        <td class="n" data-name="对手成绩">${pair.second ? scored(pair.second, p) : "—"}</td>
        <td>${pair.corrected && "已更正 "}${p.decided_at > 0 && html`<button class="link"
          onClick=${() => correct(pair)}>更正</button>`}</td>
      </tr>`)}</tbody>
    </table></div>`}
  </section>`;
}

/** @param {{desk: import("../types").Desk, path: string, of: {p: Pairing, pair: Pair}, close: () => void, done: () =>
 *   void}} props
 */
function Correction({ desk, path, of: { p, pair }, close, done }) {
  const [winner, setWinner] = useState("");
  const [reason, setReason] = useState("");
  const work = useWork();
  /** @type {string[][]} */
  const sides = [["first", pair.first.unit + "胜"]];
  if (pair.second) sides.push(["second", pair.second.unit + "胜"]);
  sides.push(["nobody", "都不晋级"]);
  const propose = () =>
    work.run(async () => {
      await desk.call("POST", path + "/" + p.key + "/corrections", { place: pair.place, winner, reason });
      done();
    });
  return html`<${Dialog} title=${`更正${p.title}第 ${pair.place} 对`} close=${close}>
    ${sides.map(([side, text]) => html`<div key=${side}><${Radio} name="winner" on=${winner === side}
      set=${() => setWinner(side)}>${text}</${Radio}></div>`)}
    <${Field} label="原因" hint="记入操作日志"><${Text} name="reason" max=${100} value=${reason} set=${setReason} /></${Field}>
    <p class="soft">要由另一位工作人员同意才生效。</p>
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>先不</button>
      <button class="btn" disabled=${work.busy || !winner || !reason.trim()} onClick=${propose}>提议更正</button>
    </footer>
  </${Dialog}>`;
}
