// A paper that was handed in, with what was right.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Case, materialOf } from "../parts/case.js";
import { ReportLink } from "../parts/reportlink.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { ChoiceField, kinds } from "../../lib/question/choice.js";
import { Picture } from "../../lib/question/picture.js";
import { VerdictPanel } from "../../lib/question/verdict.js";
import "../css/paper.css";

/** @typedef {import("../../lib/types").Review} Review */

/** @param {import("../screens.js").Shared} props */
export function ReviewScreen({ parts, contest, level, go }) {
  const [review, setReview] = useState(/** @type {Review | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [wrongOnly, setWrongOnly] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setProblem(null);
    parts.api("GET", `/contests/${contest.slug}/levels/${level}/review`).then(setReview, setProblem);
  }, [tries]);
  if (problem && /^review_/.test(problem.code)) {
    return html`<main class="plain">
      <${Heading} title="看答案" />
      <p class="empty">${problem.detail}。</p>
      <button class="main wide" onClick=${() => go("")}>回到地图</button>
    </main>`;
  }
  if (problem)
    return html`<main class="plain"><${Failed} problem=${problem} again=${() => setTries(tries + 1)} /></main>`;
  if (!review) return html`<main class="plain"><${Waiting} /></main>`;
  const wrong = review.questions.filter((q) => !q.verdict.correct);
  const shown = wrongOnly ? wrong : review.questions;
  const asked = review.questions.map((q) => q.question);
  const materials = shown.map((q) => materialOf(asked, q.question));
  return html`<main class="plain">
    <${Heading} title="看答案" note=${`${review.title}，得${review.score}分，满分${review.full_score}分。`} />
    ${wrong.length > 0 && wrong.length < review.questions.length && html`<button class="quiet wide"
      aria-pressed=${wrongOnly} onClick=${() => setWrongOnly(!wrongOnly)}>
      ${wrongOnly ? "看全部题目" : `只看没答对的${wrong.length}题`}
    </button>`}
    ${shown.map(({ question, chosen, verdict }, i) => html`<section class="question reviewed" key=${question.id}
      aria-label=${`第${question.position}题`}>
      ${materials[i] && materials[i] !== materials[i - 1] && html`<${Case} quiet=${true} material=${materials[i]}
        read=${{ current: materials.map((m) => (m ? m.id : "")) }} />`}
      <p class="kind"><b>${(kinds[question.kind] || kinds.single)[0]}</b></p>
      <h2 class="stem">${question.position}. ${question.stem.replace(/_{2,}/g, "＿＿＿")}</h2>
      <${Picture} name=${question.image} alt=${question.image_alt} />
      <${ChoiceField} question=${question} chosen=${chosen} right=${verdict.right} correct=${verdict.correct}
        fixed=${true} choose=${() => {}} submit=${() => {}} />
      <${VerdictPanel} question=${question} verdict=${verdict}
        none=${!chosen.options.length && !chosen.blanks.length} />
      <${ReportLink} send=${(/** @type {string} */ reason, /** @type {string} */ note) =>
        parts.api("POST", `/attempts/${review.ticket}/reports`, { question: question.id, reason, note })} />
    </section>`)}
    <button class="main wide" onClick=${() => go("")}>回到地图</button>
  </main>`;
}
