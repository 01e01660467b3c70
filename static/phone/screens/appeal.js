// What was decided about the player, and the one appeal against it. Fetched when it is opened first.
import "../css/appeal.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime } from "../../lib/format.js";
import { say } from "../../lib/problems.js";

/**
 * @typedef {{state: "standing" | "undone", reason: string, decided_at: number, ended_at: number, ended_reason: string,
 *   appeal: {text: string, made_at: number, answer: string, answered_at: number} | null}} Decision
 */
/** @typedef {{decision: Decision | null, contact: string}} Told */

/** @param {{parts: import("../app").Parts, contest: import("../../lib/types").Contest}} props */
export function AppealScreen({ parts, contest }) {
  const [told, setTold] = useState(/** @type {Told | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const path = "/contests/" + contest.slug;
  const load = () =>
    parts.api("GET", path + "/decision").then((got) => {
      setTold(got);
      setProblem(null);
    }, setProblem);
  useEffect(() => {
    load();
  }, []);
  const d = told && told.decision;
  return html`<main class="plain appeal">
    <${Heading} title="参赛资格" />
    ${problem && !told ? html`<${Failed} problem=${problem} again=${load} />`
      : !told ? html`<${Waiting} />`
      : !d ? html`<p class="empty">您的参赛资格没有问题。</p>`
      : html`<div>
        ${d.state === "standing" ? html`<section class="decided">
          <h2>主办方暂时取消了您的资格</h2>
          <p><span class="soft">原因</span>${d.reason}</p>
          <p class="soft">${dateTime(d.decided_at)}，由两位工作人员共同决定。</p>
        </section>
        <p>现在您仍可以答题，但不上榜，不参加摇奖，也不能抽奖和兑换。您的积分和抽奖机会都保留，恢复资格后全部照旧。</p>`
          : html`<section class="decided back">
            <h2>您的资格已经恢复</h2>
            <p><span class="soft">说明</span>${d.ended_reason}</p>
            <p class="soft">${dateTime(d.ended_at)}。名次、积分和抽奖机会全部照旧。</p>
          </section>`}
        ${d.appeal ? html`<section class="said">
          <h2>您的申诉</h2>
          <p>${d.appeal.text}</p>
          <p class="soft">${dateTime(d.appeal.made_at)}</p>
          <h2>主办方的答复</h2>
          ${d.appeal.answered_at ? html`<p>${d.appeal.answer}</p><p class="soft">${dateTime(d.appeal.answered_at)}</p>`
            : html`<p>正在核实，请过些时候再来看。</p>`}
        </section>`
          : d.state === "standing" && html`<${Form} parts=${parts} path=${path}
            done=${(/** @type {Told} */ got) => {
              setTold(got);
              parts.tell("申诉已经送到主办方。");
            }} />`}
        ${told.contact && html`<p class="soft">也可以联系主办方：${told.contact}</p>`}
      </div>`}
  </main>`;
}

/** @param {{parts: import("../app").Parts, path: string, done: (got: Told) => void}} props */
function Form({ parts, path, done }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    if (busy || !text.trim()) return;
    setBusy(true);
    parts.api("POST", path + "/appeal", { text: text.trim() }).then(done, (bad) => {
      setProblem(bad);
      setBusy(false);
    });
  }
  return html`<form class="appeal-form" onSubmit=${send}>
    <label>
      <b>认为有误？请说明情况</b>
      <span class="soft">可以申诉一次，主办方会核实并在这里答复</span>
      <textarea rows="5" value=${text}
        onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea>
    </label>
    ${problem && html`<p class="wrong" role="alert">${problem.field === "text" ? problem.detail : say(problem)}</p>`}
    <button class="main wide" disabled=${busy || !text.trim()}>${busy ? "正在提交" : "提交申诉"}</button>
  </form>`;
}
