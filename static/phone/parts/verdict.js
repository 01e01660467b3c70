// Right or wrong, said by sign, word and colour, with the reason and the law.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { letter } from "../lib/format.js";

/** The right answer in words. @param {{kind: string, options: import("../types").Option[]}} question @param {Partial<import("../types").Choice>} right */
export function answer(question, right) {
  if (question.kind === "fill") return (right.blanks || []).join("，");
  const ids = right.options || [];
  return question.options
    .map((o, i) => (ids.indexOf(o.id) < 0 ? "" : question.kind === "truefalse" ? o.text : letter(i) + " " + o.text))
    .filter(Boolean).join("；");
}

/** The verdict in one sentence, for those who listen. @param {Parameters<typeof VerdictPanel>[0]} props */
export function spoken({ question, verdict, none }) {
  if (verdict.correct) return "答对了。" + verdict.explanation;
  return (none ? "没有作答。" : "答错了。") + (verdict.right ? "正确答案：" + answer(question, verdict.right) + "。" : "") + verdict.explanation;
}

/**
 * @param {object} props
 * @param {{kind: string, options: import("../types").Option[]}} props.question
 * @param {{correct: boolean, score?: number, right: Partial<import("../types").Choice> | null, explanation: string, source: string}} props.verdict
 * @param {boolean} [props.none] nothing was answered
 */
export function VerdictPanel({ question, verdict, none }) {
  const { correct, right, explanation, source, score } = verdict;
  const title = correct ? "答对了" : none ? "没有作答" : "答错了";
  return html`<section class=${correct ? "verdict right" : "verdict wrong"}>
    <p class="verdict-title"><span class="verdict-sign"><${Icon} name=${correct ? "right" : "wrong"} /></span>
      <b>${title}</b>${correct && !!score && html`<span class="verdict-score">+${score}分</span>`}</p>
    ${!correct && right && html`<p class="verdict-answer">正确答案：<b>${answer(question, right)}</b></p>`}
    ${explanation && html`<p>${explanation}</p>`}
    ${source && html`<p class="verdict-source"><${Icon} name="law" /><span>依据：${source}</span></p>`}
  </section>`;
}
