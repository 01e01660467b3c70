// Right or wrong, what was right and why, and what everybody chose.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { number } from "../../lib/format.js";
import { share } from "../../lib/live/room.js";
import { answer, VerdictPanel } from "../../lib/question/verdict.js";
import { answerOf, isOut } from "../room.js";
import { Bars } from "../parts/bars.js";
import { Numbered } from "../parts/frame.js";
import { fate, tenths } from "../parts/mine.js";

/** @param {import("../play.js").Shown} props */
export function Revealed({ room, me, state }) {
  const { reveal } = room;
  const { question } = state;
  const mine = answerOf(state);
  if (!reveal || !question)
    return html`<main class="card still"><h1 tabindex="-1" data-first>正在公布答案</h1></main>`;
  const chosen = !["fill", "ordering"].includes(question.kind);
  return html`<main class="shown">
    <${Numbered} room=${room} />
    <h1 class="stem" tabindex="-1" data-first>${question.stem}</h1>
    <${Verdict} room=${room} me=${me} mine=${mine} question=${question} reveal=${reveal} />
    ${chosen && reveal.bars.length > 0 && html`<${Bars} title="大家的选择" question=${question} bars=${reveal.bars}
      right=${reveal.right} mine=${mine && mine.how === "counted" ? mine.options : []} />`}
    ${reveal.answered > 0 && html`<p class="soft center">
      ${number(reveal.answered)}人作答，${number(reveal.correct)}人答对（${share(reveal.correct, reveal.answered)}）
    </p>`}
  </main>`;
}

/**
 * @param {object} props
 * @param {import("../../lib/live/types").Room} props.room
 * @param {import("../types").Me | null} props.me
 * @param {import("../types").Sent | null} props.mine
 * @param {import("../../lib/live/types").Question} props.question
 * @param {import("../../lib/live/types").Reveal} props.reveal
 */
function Verdict({ room, me, mine, question, reveal }) {
  const right = { options: reveal.right, blanks: reveal.blanks };
  const { explanation, source } = reveal;
  const result = me && me.result && me.result.round === room.round ? me.result : null;
  if (me && result && (result.answered || me.may_answer)) {
    const { correct, points, used_ms: used } = result;
    const note = result.answered ? `用时 ${tenths(used)}` + (me.rank > 0 ? `，现在第${me.rank}名` : "") : lateness(mine);
    return html`<${VerdictPanel} question=${question} none=${!result.answered} note=${note}
      verdict=${{ correct, score: points, right, explanation, source }} />`;
  }
  const waits = !!mine && mine.how === "counted" && !isOut(room, me);
  return html`<section class="verdict open">
    ${waits && html`<p class="verdict-note" role="status">正在算您的得分</p>`}
    <p class="verdict-answer">正确答案：<b>${answer(question, right)}</b></p>
    ${explanation && html`<p>${explanation}</p>`}
    ${source && html`<p class="verdict-source"><${Icon} name="law" /><span>依据：${source}</span></p>`}
  </section>`;
}

/** Why nothing was counted, where it was sent. @param {import("../types").Sent | null} mine */
const lateness = (mine) => (mine && mine.how === "late" ? "您的答案" + fate(mine, false).text : "");
