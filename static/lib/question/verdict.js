// Right or wrong, said by sign, word and colour, with the reason and the law.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { letter } from "../format.js";
import { textOf } from "./grade.js";

/** @typedef {import("../types").Option} Option @typedef {Partial<import("../types").Choice>} Right */
/** @typedef {{kind: string, options: Option[], matches?: Option[]}} Asked */

/** The right answer one by one, where it is an order or pairs. @param {Asked} question @param {Right} right */
function lines({ kind, options, matches = [] }, right) {
  const ids = right.options || [];
  if (kind === "ordering") return ids.map((id, i) => i + 1 + ". " + textOf(options, id));
  return kind === "matching" ? options.map((o, i) => o.text + "：" + textOf(matches, ids[i])) : [];
}

/** The right answer in words. @param {Asked} question @param {Right} right */
export function answer(question, right) {
  if (question.kind === "fill") return (right.blanks || []).join("，");
  const ids = right.options || [];
  const list = lines(question, right);
  if (list.length) return list.join("；");
  return question.options
    .map((o, i) => (ids.indexOf(o.id) < 0 ? "" : question.kind === "truefalse" ? o.text : letter(i) + " " + o.text))
    .filter(Boolean)
    .join("；");
}

const hastyText = "您答得很快，这题先不显示对错，全部答完再算。请先看清题目。";

/** The verdict in one sentence, for those who listen. @param {Parameters<typeof VerdictPanel>[0]} props */
export function spoken({ question, verdict, none }) {
  if (verdict.hasty) return hastyText;
  if (verdict.correct) return "答对了。" + verdict.explanation;
  const score = verdict.score || 0;
  return (
    (none ? "没有作答。" : score > 0 ? `漏选了，得${score}分。` : "答错了" + (score ? `，扣${-score}分。` : "。")) +
    (verdict.right ? "正确答案：" + answer(question, verdict.right) + "。" : "") +
    verdict.explanation
  );
}

/**
 * @param {object} props
 * @param {Asked} props.question
 * @param {{correct: boolean | null, score?: number | null, right: Right | null, explanation: string, source: string,
 *   hasty?: boolean}}
 *   props.verdict
 * @param {boolean} [props.none] nothing was answered
 * @param {string} [props.note] what the answer did beside
 */
export function VerdictPanel({ question, verdict, none, note }) {
  if (verdict.hasty) return html`<section class="verdict hasty"><p>${hastyText}</p></section>`;
  const { correct, right, explanation, source, score } = verdict;
  const list = right ? lines(question, right) : [];
  const title = correct ? "答对了" : none ? "没有作答" : Number(score) > 0 ? "漏选了" : "答错了";
  return html`<section class=${correct ? "verdict right" : "verdict wrong"}>
    <p class="verdict-title">
      <span class="verdict-sign"><${Icon} name=${correct ? "right" : "wrong"} /></span>
      <b>${title}</b>
      ${!!score && html`<span class="verdict-score">${score > 0 ? "+" + score : "−" + -score}分</span>`}
    </p>
    ${note && html`<p class="verdict-note">${note}</p>`}
    ${!correct &&
    right &&
    (list.length ? html`<p>${question.kind === "ordering" ? "正确的次序：" : "正确的配法："}</p>
    <ul class="verdict-list">${list.map((line) => html`<li>${line}</li>`)}</ul>`
      : html`<p class="verdict-answer">正确答案：<b>${answer(question, right)}</b></p>`)}
    ${explanation && html`<p>${explanation}</p>`}
    ${source && html`<p class="verdict-source"><${Icon} name="law" /><span>依据：${source}</span></p>`}
  </section>`;
}
