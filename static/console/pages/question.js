// A question found wrong during an event: corrected or voided, after a look at whose result that changes.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { fromForm, toForm } from "../lib/form.js";
import { hold, link } from "../lib/route.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { ChangedQuestion } from "../parts/difference.js";
import { Field, Radio, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { PlayerView } from "../parts/playerview.js";
import { QuestionCard } from "../parts/questioncard.js";
import { QuestionForm } from "../parts/questionform.js";
import { Effect } from "./effect.js";

/** @typedef {import("../types").Question} Question */

/** @param {{desk: import("../types").Desk, bank: string, id: string, query: Record<string, string>}} props */
export function QuestionPage({ desk, bank, id, query }) {
  const path = `/banks/${encodeURIComponent(bank)}/questions/${encodeURIComponent(id)}`;
  const loaded = useLoad(() => desk.call("GET", path), [path]);
  const [done, setDone] = useState("");
  const [viewing, setViewing] = useState(false);
  return html`<div>
    <p class="crumbs"><a href=${link(["banks"])}>题库</a> ›${" "}
      <a href=${link(["banks", bank])}>${loaded.data ? loaded.data.title : "…"}</a> ›</p>
    <h1>题目 ${id}</h1>
    ${done ? html`<div class="state">
      <p>${done}</p>
      <p class="acts">
        <a class="btn" href=${link(["banks", bank], { tab: "versions" })}>看版本（可以撤销）</a>
        <a class="btn quiet" href=${link(["reports"])}>去题目反馈</a>
      </p>
    </div>`
      : html`<${Shown} of=${loaded}>
        ${(/** @type {{question: Question}} */ { question }) => html`<div class="stack">
          <${QuestionCard} question=${question}>
            ${!question.hidden && html`<button class="btn quiet small" onClick=${() => setViewing(true)}>
              参赛者看到的样子
            </button>`}
          </${QuestionCard}>
          ${desk.may("bank.edit") ? html`<${Correcting} desk=${desk} path=${path} question=${question}
            first=${query.act === "void" ? "void" : "correct"} done=${setDone} />`
            : html`<p class="state note">您的角色可以看题目，不能更正或作废。</p>`}
          ${viewing && html`<${Dialog} title="参赛者看到的样子" close=${() => setViewing(false)}>
            <${PlayerView} question=${question} />
          </${Dialog}>`}
        </div>`}
      </${Shown}>`}
  </div>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, question: Question, first: "correct" | "void", done: (text:
 *   string) => void}} props
 */
function Correcting({ desk, path, question, first, done }) {
  const [action, setAction] = useState(/** @type {"correct" | "void"} */ (first));
  const [form, setForm] = useState(() => toForm(question));
  const [reason, setReason] = useState("");
  const [effect, setEffect] = useState(/** @type {import("../types").Preview | null} */ (null));
  const [asking, setAsking] = useState(false);
  const work = useWork();
  const me = useRef({});
  const read = fromForm(form);
  const changed = JSON.stringify(read.question) !== JSON.stringify(fromForm(toForm(question)).question);
  useEffect(() => hold(me.current, changed || reason !== ""), [changed, reason]);
  useEffect(() => () => hold(me.current, false), []);
  /** What was looked at holds no more when something changes. @param {() => void} change */
  const anew = (change) => {
    change();
    setEffect(null);
    work.clear();
  };

  const body = { action, reason: reason.trim(), ...(action === "correct" ? { question: read.question } : {}) };
  /** @type {Record<string, string>} */
  const wrong = action === "correct" ? { ...read.wrong } : {};
  if (work.problem && work.problem.field) wrong[work.problem.field.replace("question.", "")] = work.problem.detail;
  const ready = action === "void" || (changed && !Object.keys(read.wrong).length);
  const doing = action === "void" ? "作废" : "更正";
  const act = async () => {
    await desk.call("POST", path + "/correction", body);
    hold(me.current, false);
    setAsking(false);
    done(`已${doing}。受影响的成绩和榜单会在几秒到一分钟内重新计算。做错了可以在“版本”里撤销，成绩会跟着改回去。`);
  };
  return html`<section class="panel">
    <h2>更正或作废</h2>
    <div class="choices">
      <${Radio} name="action" on=${action === "correct"} set=${() => anew(() => setAction("correct"))}>
        <b>更正</b>
        <small>答案或文字有错。改好后，答过的人按新的答案重新计分。题型和选项个数不能变。</small>
      </${Radio}>
      <${Radio} name="action" on=${action === "void"} set=${() => anew(() => setAction("void"))}>
        <b>作废</b>
        <small>题目不能用了。答过的人都算答对，以后不再抽到。</small>
      </${Radio}>
    </div>
    ${action === "correct" && html`<${QuestionForm} desk=${desk} form=${form} wrong=${wrong} fixed=${true}
      set=${(/** @type {any} */ f) => anew(() => setForm(f))} />`}
    <${Field} label="原因" wrong=${wrong.reason} hint="2 到 100 个字，会写进操作日志">
      <${Text} name="reason" max=${100} value=${reason} set=${setReason} placeholder="例如：标准答案标错，应为 119" />
    </${Field}>
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <p class="acts">
      <button class="btn" disabled=${!ready || work.busy}
        onClick=${() => work.run(async () => setEffect(await desk.call("POST", path + "/correction/preview", body)))}>
        ${work.busy ? "正在计算" : "看看会影响谁"}
      </button>
      ${!ready && html`<span class="soft">${changed ? "先改好上面标红的地方" : "还没有改动"}</span>`}
    </p>
    ${effect && html`<${Effect} effect=${effect} />
    ${action === "correct" && html`<${ChangedQuestion} before=${question} after=${read.question} />`}
    <p class="acts">
      <button class="btn danger" disabled=${reason.trim().length < 2} onClick=${() => setAsking(true)}>
        确认${doing}
      </button>
      ${reason.trim().length < 2 && html`<span class="soft">还要写原因</span>`}
    </p>`}
    ${asking && html`<${Confirm} title=${`${doing}这道题`} yes=${doing} danger=${true} close=${() => setAsking(false)}
      act=${act}>
      <p class="q-stem">${question.stem}</p>
      <p>原因：${reason.trim()}</p>
      <p>
        ${effect && effect.attempts
          ? `会改变 ${effect.players} 人的 ${effect.attempts} 次答题成绩。`
          : "目前没有人的成绩会因此改变。"}
      </p>
    </${Confirm}>`}
  </section>`;
}
