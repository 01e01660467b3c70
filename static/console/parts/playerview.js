// A question as players will see it, made of the phone page's own parts; it can be answered.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Picture, pictured } from "../../lib/question/picture.js";
import { ChoiceField, kinds } from "../../lib/question/choice.js";
import { VerdictPanel } from "../../lib/question/verdict.js";
import { complete } from "../../lib/question/grade.js";
import { letter } from "../../lib/format.js";
import { indexes } from "../lib/form.js";
import { MaterialOf, sourceText } from "./questioncard.js";

/** @typedef {import("../types").Question} Question @typedef {import("../../lib/types").Choice} Choice */

/** @param {Question} q */
const optionsOf = (q) =>
  (q.kind === "truefalse" ? ["正确", "错误"] : q.options || []).map((text, i) => ({
    id: String(i),
    text,
    image: (q.option_images || [])[i],
  }));

/** @param {Question} q @returns {Partial<Choice>} */
function rightOf(q) {
  if (Array.isArray(q.answer)) return { blanks: q.answer.map((list) => list[0] || "") };
  if (typeof q.answer === "boolean") return { options: [q.answer ? "0" : "1"] };
  return { options: indexes(q.answer).map(String) };
}

/** @param {string} text */
const plain = (text) =>
  text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s。.]/g, "")
    .toLowerCase();

/** @param {Question} q @param {Choice} chosen */
function judge(q, chosen) {
  if (Array.isArray(q.answer))
    return q.answer.every((list, i) => list.some((text) => plain(text) === plain(chosen.blanks[i] || "")));
  const right = rightOf(q).options || [];
  if (q.kind === "ordering" || q.kind === "matching") return right.join() === chosen.options.join(); // one by one
  return right.length === chosen.options.length && right.every((id) => chosen.options.indexOf(id) >= 0);
}

/** @param {{question: Question}} props */
export function PlayerView({ question: q }) {
  const [chosen, setChosen] = useState(/** @type {Choice} */ ({ options: [], blanks: [] }));
  const [shown, setShown] = useState(false);
  const playable = q.kind in kinds;
  const asked = {
    kind: /** @type {any} */ (q.kind),
    options: optionsOf(q),
    matches: (q.matches || []).map((text, i) => ({ id: String(i), text })),
    blanks: Array.isArray(q.answer) ? q.answer.length : 0,
  };
  const [kind, hint] = playable ? kinds[/** @type {"single"} */ (q.kind)] : ["", ""];
  const right = rightOf(q);
  const correct = judge(q, chosen);
  const ready = complete(asked, chosen);
  if (!playable) {
    return html`<div class="phone">
      <p class="state note">手机页暂时不出这种题型：它可以存在题库里，但不会被抽到。</p>
      <h3 class="stem">${q.stem}</h3>
      <ol class="q-options">${(q.options || []).map((t, i) => html`<li><i>${letter(i)}</i><span>${t}</span></li>`)}</ol>
    </div>`;
  }
  return html`<div class="phone" aria-label="参赛者看到的样子">
    <${MaterialOf} question=${q} />
    <p class="kind"><b>${kind}</b><span class="soft">${hint}</span></p>
    <h3 class="stem" id="stem">
      ${q.stem
        .split(/_{2,}/)
        .map((part, i) => (i ? html`<span class="gap"><span class="unseen">（填空）</span></span>${part}` : part))}
    </h3>
    <${Picture} name=${q.image} alt=${q.image_alt} />
    <${ChoiceField} question=${asked} chosen=${chosen} shown=${pictured()} right=${shown ? right : null}
      correct=${shown ? correct : null} fixed=${shown}
      choose=${(/** @type {(was: Choice) => Choice} */ change) => setChosen(change)}
      submit=${() => setShown(ready)} />
    ${shown && html`<${VerdictPanel} question=${asked} none=${!ready}
      verdict=${{ correct, right, explanation: q.explanation || "", source: sourceText(q) }} />`}
    <button class="btn big"
      onClick=${() => {
        if (shown) setChosen({ options: [], blanks: [] });
        setShown(!shown);
      }}>
      ${shown ? "再答一次" : ready ? "确定" : "不答，直接看答案"}
    </button>
    <p class="soft phone-note">
      ${q.kind === "truefalse" || q.kind === "fill" ? "" : "正式答题时，选项的次序人人不同。"}
    </p>
  </div>`;
}
