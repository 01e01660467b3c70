// The questions I got wrong, to be answered again. Nothing here counts.
import { html } from "../../html.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { ChoiceField, kinds } from "../../lib/question/choice.js";
import { Aloud } from "../../lib/aloud.js";
import { pieces } from "../../lib/question/aloud.js";
import { Picture, pictured } from "../../lib/question/picture.js";
import { spoken, VerdictPanel } from "../../lib/question/verdict.js";
import { complete, correct, each, mixed, prompt } from "../../lib/question/grade.js";
import { nothing } from "../lib/play.js";
import { Case, materialOf, unread } from "../parts/case.js";
import { nameless } from "../../lib/problems.js";
import "../css/mistakes.css";

/** @typedef {import("../../lib/types").Mistake} Mistake */

/** @param {import("../screens.js").Shared} props */
export function MistakesScreen({ parts, contest, go }) {
  const [list, setList] = useState(/** @type {Mistake[] | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [at, setAt] = useState(-1);
  const [tries, setTries] = useState(0);
  const read = useRef(/** @type {string[]} */ ([]));
  useEffect(() => {
    setProblem(null);
    parts.api("GET", `/contests/${contest.slug}/mistakes`).then((got) => setList(got.questions), setProblem);
  }, [tries]);
  useEffect(() => scrollTo(0, 0), [at]);

  const none = (problem && nameless(problem)) || (list && !list.length);
  if (problem && !none)
    return html`<main class="plain"><${Failed} problem=${problem} again=${() => setTries(tries + 1)} /></main>`;
  if (!none && !list) return html`<main class="plain"><${Waiting} /></main>`;
  if (none || !list) {
    return html`<main class="plain">
      <${Heading} title="错题本" />
      <p class="empty">这里还没有错题。答错的题会自动放进来，方便您再练。</p>
      <button class="main wide" onClick=${() => go("")}>去闯关</button>
    </main>`;
  }
  if (at >= 0 && at < list.length) {
    return html`<main class="play">
      <${Practice} key=${at} question=${list[at]} material=${materialOf(list, list[at])} read=${read}
        at=${at} of=${list.length} close=${() => setAt(-1)}
        next=${() => setAt(at + 1 < list.length ? at + 1 : -1)} />
    </main>`;
  }
  return html`<main class="plain">
    <${Heading} title="错题本" note=${`共${list.length}题。再练一遍，不计分。`} />
    <button class="main wide" onClick=${() => setAt(0)}>从头练一遍</button>
    <ol class="mistakes">
      ${list.map(
        (q, i) => html`<li>
          <button class="mistake" onClick=${() => setAt(i)}>
            <span class="mistake-stem">${q.stem.replace(/_{2,}/g, "＿＿")}</span>
            <span class="soft">
              ${kinds[q.kind][0]}${q.topic && " · " + q.topic}${q.times > 1 ? ` · 错过${q.times}次` : ""}
            </span>
          </button>
        </li>`,
      )}
    </ol>
  </main>`;
}

/**
 * What has an order or pairs is mixed: in the bank it often stands as it is right.
 * @param {Mistake} q
 * @returns {Mistake}
 */
const asked = (q) =>
  !each(q.kind) ? q : q.kind === "ordering" ? { ...q, options: mixed(q.options) } : { ...q, matches: mixed(q.matches) };

/**
 * @param {{question: Mistake, material?: import("../../lib/types").ToldMaterial, read: {current: string[]}, at: number,
 *   of: number, close: () => void, next: () => void}} props
 */
function Practice({ question: given, material, read, at, of, close, next }) {
  const [question] = useState(() => asked(given));
  const [chosen, choose] = useState(nothing());
  const [done, setDone] = useState(false);
  const stem = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (stem.current && !unread(material, read)) stem.current.focus();
  }, []);
  const good = done && correct(question, chosen);
  const ready = complete(question, chosen);
  const submit = () => ready && setDone(true);
  const verdict = { ...question, correct: good, score: 0 };
  return html`<div class="question practice">
    ${material && html`<${Case} material=${material} read=${read} />`}
    <p class="kind">
      <b>练习 ${at + 1}/${of}</b>
      <span class="soft">${kinds[question.kind][0]}，${kinds[question.kind][1]}</span>
      <${Aloud} pieces=${done ? [spoken({ question, verdict })] : pieces(question)} />
      <button class="link" onClick=${close}>回到错题本</button>
    </p>
    <h1 class="stem" id="stem" tabindex="-1" ref=${stem}>${question.stem.replace(/_{2,}/g, "＿＿＿")}</h1>
    <${Picture} name=${question.image} alt=${question.image_alt} />
    <${ChoiceField} question=${question} shown=${pictured()} chosen=${chosen} right=${done ? question.right : null}
      correct=${done ? good : null} fixed=${done} choose=${choose} submit=${submit} />
    ${done && html`<${VerdictPanel} question=${question} verdict=${verdict} />`}
    <p class="unseen" aria-live="assertive">${done ? spoken({ question, verdict }) : ""}</p>
    <div class="foot">
      ${done ? html`<button class="main wide" onClick=${next}>${at + 1 < of ? "下一题" : "练完了"}</button>`
        : html`<button class="main wide" aria-disabled=${!ready} onClick=${submit}>
          ${ready ? "看答案" : prompt(question, chosen)}
        </button>`}
    </div>
  </div>`;
}
