// A question as staff read it: everything at once, the right answer marked.
import { html } from "../../html.js";
import { letter } from "../../lib/format.js";
import { Picture } from "../../lib/question/picture.js";
import { answerText, indexes } from "../lib/form.js";
import { difficulties, kindNames, seenNames } from "../lib/words.js";

/** @typedef {import("../types").Question} Question */

/** @param {Question} q */
export const sourceText = (q) => {
  const s = q.source;
  if (!s || !s.title) return "";
  return (
    (s.title.indexOf("《") < 0 ? "《" + s.title + "》" : s.title) +
    (s.article || "") +
    (s.version ? "（" + s.version + "）" : "")
  );
};

/** @param {NonNullable<Question["review"]>} r */
const reviewText = (r) =>
  [r.by, r.on, r.against]
    .concat(seenNames.filter(([seen]) => seen && seen === r.seen).map(([, name]) => name))
    .filter(Boolean)
    .join("，");

/** @param {{question: Question}} props */
export const Tags = ({ question: q }) => html`<p class="tags">
  <span class=${"tag kind-" + q.kind}>${kindNames[q.kind] || "题型不明"}</span>
  ${(q.topics || []).map((t) => html`<span class="tag">${t}</span>`)}
  <span class="tag plain">难度 ${difficulties[q.difficulty || 1]}</span>
  ${(q.audience || []).length > 0 && html`<span class="tag plain">${(q.audience || []).join("、")}</span>`}
</p>`;

/** @param {{question: Question}} props */
export function Options({ question: q }) {
  if (q.kind === "truefalse" || q.kind === "fill")
    return q.hidden ? null : html`<p class="q-answer"><span class="soft">答案 </span><b>${answerText(q) || "（没有）"}</b></p>`;
  const right = indexes(q.answer === undefined ? "" : q.answer);
  const choice = q.kind !== "ordering" && q.kind !== "matching";
  return html`<div>
    <ol class="q-options">
      ${(q.options || []).map((text, i) => {
        const yes = choice && right.indexOf(i) >= 0;
        return html`<li class=${yes ? "yes" : null}>
          <i>${letter(i)}</i>
          <span>
            <${Picture} name=${(q.option_images || [])[i] || ""} alt="" />${text || html`<em class="soft">（空）</em>`}
          </span>
          ${yes && html`<b>正确</b>`}
        </li>`;
      })}
    </ol>
    ${(q.matches || []).length > 0 && html`<ol class="q-options">
      ${(q.matches || []).map((text, i) => html`<li><i>${letter(i)}</i><span>${text}</span></li>`)}
    </ol>`}
    ${!q.hidden && (!choice || !right.length) && html`<p class="q-answer">
      <span class="soft">答案 </span>
      <b>${answerText(q) || "（没有）"}</b>
    </p>`}
  </div>`;
}

/** What is read before the question. @param {{question: Question}} props */
export const MaterialOf = ({ question: { material: m } }) =>
  m &&
  html`<details class="q-material">
    <summary><span class="soft">材料 </span>${m.title || (m.text || "图片").slice(0, 24)}</summary>
    ${(m.text || "").split("\n").map((line) => html`<p class="q-more">${line}</p>`)}
    <${Picture} name=${m.image || ""} alt=${m.image_alt} />
    <p class="q-more soft">材料编号 ${m.id}</p>
  </details>`;

/** @param {{question: Question, children?: any}} props */
export const QuestionCard = ({ question: q, children }) => html`<article class="q-card">
  <${Tags} question=${q} />
  <${MaterialOf} question=${q} />
  <p class="q-stem">${q.stem || html`<em class="soft">（没有题干）</em>`}</p>
  <${Picture} name=${q.image} alt=${q.image_alt} />
  <${Options} question=${q} />
  ${q.hidden && html`<p class="q-more soft">活动结束前不显示答案和解析。</p>`}
  ${q.explanation && html`<p class="q-more"><span class="soft">解析 </span>${q.explanation}</p>`}
  ${sourceText(q) && html`<p class="q-more"><span class="soft">依据 </span>${sourceText(q)}</p>`}
  ${q.review && html`<p class="q-more"><span class="soft">核对 </span>${reviewText(q.review)}</p>`}
  <footer class="q-foot"><small class="soft">编号 ${q.id || "（导入时生成）"}</small>${children}</footer>
</article>`;
