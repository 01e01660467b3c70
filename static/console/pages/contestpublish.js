// The last look before a contest, or a change of one that runs, is made public.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Differences } from "../parts/contestchange.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";

/**
 * @typedef {import("../types").ContestCheck} ContestCheck
 * @typedef {import("../types").ContestComparison} ContestComparison
 */

/**
 * @param {object} props
 * @param {import("../types").Desk} props.desk
 * @param {string} props.text
 * @param {ContestCheck} props.checked with figures
 * @param {number} props.base the version that was edited; 0 for a new contest
 * @param {import("../types").ContestDraft | null} props.kept the draft of the text
 * @param {boolean} props.approval another person has to agree
 * @param {() => Promise<import("../types").ContestPage>} props.rebase takes the newest version as the one that is
 *   edited, and tells it
 * @param {() => void} props.close @param {(line: import("../types").ContestLine) => Promise<void>} props.done
 * @param {() => Promise<void>} props.asked after another person was asked
 */
export function PublishDialog({ desk, text, checked, base, kept, approval, rebase, close, done, asked }) {
  const [reason, setReason] = useState("");
  // what somebody else did meanwhile
  const [other, setOther] = useState(/** @type {import("../types").ContestChange | null} */ (null));
  const work = useWork();
  const change = base > 0 ? checked.stored : null;
  const overtaken = !!work.problem && work.problem.code === "contest_changed";
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    work.run(async () => {
      if (approval && kept) {
        const { id, revision } = kept;
        await desk.call("POST", `/contest-drafts/${id}/approval`, { revision, reason: reason.trim() });
        await asked();
        return;
      }
      const of = kept ? { draft: kept.id, revision: kept.revision } : {};
      const got = await desk.call("PUT", "/contests", { text, base, reason: reason.trim(), ...of });
      await done(got.contest);
    });
  };
  async function look() {
    await work.run(async () => {
      setOther((await rebase()).changes[0] || null);
    });
  }
  return html`<${Dialog} title=${approval ? "提交审批" : base ? "发布修改" : "发布活动"} size=${change ? "wide" : ""} close=${close}>
    <form class="stack publish" onSubmit=${send}>
      ${other && html`<p class="state note">
        在您修改的时候，别人发布了第 ${other.version} 版${other.reason ? `（${other.reason}）` : ""}
        。下面是您的文本和第 ${other.version} 版的差别；如果里面有把对方的修改改回去的地方，请先关闭，在文本里补上。
      </p>`}
      ${change ? html`<${Change} change=${change} />`
        : html`<p>发布以后，参赛者打开 <b>${desk.origin.replace(/^https?:\/\//, "")}/c/${checked.slug}</b> 就能看到。开始时间以前不能答题。</p>
        <${Reach} origin=${desk.origin} />`}
      ${approval && html`<p class="state note">提交以后，由另一位工作人员看过、同意，才会公开；公开的就是现在这一份。</p>`}
      ${change && html`<${Field} label="为什么要改" hint="会和上面的改动一起，公开在参赛者看得到的“修改记录”里。"
        wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
        <${Text} name="reason" rows=${2} max=${200} value=${reason} set=${setReason} />
      </${Field}>`}
      ${work.problem && work.problem.field !== "reason" && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot sticky">
        <button type="button" class="btn quiet" onClick=${close}>再改改</button>
        ${overtaken ? html`<button type="button" class="btn" onClick=${look}>和最新一版比较</button>`
          : html`<button class="btn" disabled=${work.busy || (!!change && !reason.trim())}>
            ${work.busy ? "请稍等" : approval ? "提交审批" : base ? "确认发布修改" : "确认发布"}
          </button>`}
      </footer>
    </form>
  </${Dialog}>`;
}

/** @param {{change: ContestComparison}} props */
const Change = ({ change }) => html`<div>
  <h3>改了什么</h3>
  <${Differences} differences=${change.differences} />
  ${change.consequences.length > 0 && html`<h3>会怎么样</h3>
  <ul class="consequences">
    ${change.consequences.map(
      (c) => html`<li class=${c.grave ? "grave" : ""}>${c.grave && html`<b>注意</b>`}${c.message}</li>`,
    )}
  </ul>`}
  <${Figures} change=${change} />
  <p class="soft">正在答的一次，按开始时的规则答完、计分。已经得到的分数、积分、卡和奖品都不变。</p>
</div>`;

/** @param {{change: ContestComparison}} props */
function Figures({ change }) {
  const f = change.figures;
  if (!f || (!f.levels.length && !f.earnings.length)) return null;
  return html`<div>
    <h3>涉及多少人</h3>
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr><th>改动的地方</th><th class="n">今天答题</th><th class="n">一共答题</th><th class="n">正在答</th></tr>
        </thead>
        <tbody>
          ${f.levels.map(
            (l) => html`<tr>
              <td>${l.title}</td>
              <td class="n" data-name="今天答题">${number(l.today)} 次</td>
              <td class="n" data-name="一共答题">${number(l.all)} 次</td>
              <td class="n" data-name="正在答">${number(l.under_way)} 次</td>
            </tr>`,
          )}
          ${f.earnings.map(
            (e) => html`<tr>
              <td>奖励 ${e.key}</td>
              <td colspan="3">已给 ${number(e.players)} 人，共 ${number(e.times)} 次</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="soft">活动现有 ${number(f.players)} 人参加。</p>
  </div>`;
}
