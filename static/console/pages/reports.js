// What players say is wrong with questions, the most reported first.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { moment } from "../lib/moment.js";
import { link } from "../lib/route.js";
import { reportReasons } from "../lib/words.js";
import { Confirm } from "../parts/dialog.js";
import { Shown, useLoad } from "../parts/load.js";
import { QuestionCard } from "../parts/questioncard.js";

/** @typedef {import("../types").Reported} Reported */

/** @param {{desk: import("../types").Desk}} props */
export function ReportsPage({ desk }) {
  const reports = useLoad(() => desk.call("GET", "/reports"), []);
  const [closing, setClosing] = useState(/** @type {Reported | null} */ (null));
  return html`<div>
    <h1>题目反馈</h1>
    <p class="soft">参赛者答题后觉得题目有误，会转到这里。反馈最多的在前。</p>
    <${Shown} of=${reports}>
      ${(/** @type {{reports: Reported[]}} */ data) =>
        data.reports.length ? html`<div class="stack">
          ${data.reports.map(
            (r) => html`<section class="report" key=${r.bank + "/" + r.question}>
              <header class="report-head">
                <b class="report-count">${r.reports} 人</b>
                <span>${counted(r)}</span>
                <small class="soft">最近 ${moment(r.newest)} · ${r.title}</small>
              </header>
              ${r.present ? html`<${QuestionCard} question=${r.present} />`
                : html`<p class="state note">题目 ${r.question} 已经不在题库里。</p>`}
              ${r.notes.some((n) => n.note) && html`<ul class="said">
                ${r.notes
                  .filter((n) => n.note)
                  .map(
                    (n) => html`<li>
                      <b>${reportReasons[n.reason] || n.reason}</b>${n.note}
                      <small class="soft">${moment(n.created_at)}</small>
                    </li>`,
                  )}
              </ul>`}
              ${desk.may("bank.edit") && html`<p class="acts">
                ${r.present && html`<a class="btn" href=${link(["banks", r.bank, "questions", r.question])}>更正</a>
                <a class="btn quiet" href=${link(["banks", r.bank, "questions", r.question], { act: "void" })}>
                  作废
                </a>`}
                <button class="btn quiet" onClick=${() => setClosing(r)}>关闭反馈</button>
              </p>`}
            </section>`,
          )}
        </div>`
          : html`<p class="state">没有待处理的反馈。</p>`}
    </${Shown}>
    ${closing && html`<${Confirm} title="关闭反馈" yes="关闭" close=${() => setClosing(null)}
      act=${async () => {
        await desk.call("POST", "/reports/close", { bank: closing.bank, question: closing.question });
        setClosing(null);
        reports.again();
      }}>
      <p>题目没有问题，或者已经处理好了？关闭后这 ${closing.reports} 条反馈不再列出；以后再有人反馈，会重新出现。</p>
    </${Confirm}>`}
  </div>`;
}

/** The reasons with their counts, as far as they are listed. @param {Reported} r */
function counted(r) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const n of r.notes) counts[n.reason] = (counts[n.reason] || 0) + 1;
  return Object.keys(counts)
    .sort((a, b) => counts[b] - counts[a])
    .map((k) => (reportReasons[k] || k) + " " + counts[k])
    .join("，");
}
