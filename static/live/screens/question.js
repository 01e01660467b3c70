// The question: read, choose, sent. One choice is sent by the tap where it may be changed; else a button sends, and the
// end of the time sends what stands there whole.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { askNames } from "../../lib/live/room.js";
import { ChoiceField } from "../../lib/question/choice.js";
import { complete, prompt } from "../../lib/question/grade.js";
import { Picture } from "../../lib/question/picture.js";
import { same } from "../answers.js";
import { answerOf, isOut, mayAnswer } from "../room.js";
import { Bars } from "../parts/bars.js";
import { Numbered } from "../parts/frame.js";
import { Fate } from "../parts/mine.js";
import { signed } from "../parts/sign.js";
import { TimeBar } from "../parts/time.js";

/** @typedef {import("../../lib/types").Choice} Choice */

const blank = { options: [], blanks: [] };
const early = [300, 900]; // milliseconds before the close, between which phones send what was not sent yet

/** @param {import("../play.js").Shown} props */
export function QuestionScreen(props) {
  const { room, state, now } = props;
  const { question } = state;
  return html`<main class="asked">
    <div class="asked-head">
      <${Numbered} room=${room} />
      <${TimeBar} room=${room} now=${now} />
    </div>
    ${question ? html`<${Asked} key=${question.round} ...${props} question=${question} />`
      : html`<p class="lead" role="status">题目正在路上</p>`}
  </main>`;
}

/** @param {import("../play.js").Shown & {question: import("../../lib/live/types").Question}} props */
function Asked({ room, me, state, now, answer, question }) {
  const mine = answerOf(state);
  const may = mayAnswer(state, now());
  const [draft, setDraft] = useState(/** @type {Choice | null} */ (null));
  const newest = useRef(/** @type {Choice} */ (blank)); // two quick taps may come before a redraw
  const shown = draft || mine || blank;
  newest.current = shown;
  const atOnce = room.change && (question.kind === "single" || question.kind === "truefalse");
  const unsent = !!draft && complete(question, draft) && !(mine && mine.how !== "refused" && same(mine, draft));

  /** @param {Choice} choice */
  function send(choice) {
    setDraft(null);
    answer(choice);
  }
  /** @param {(was: Choice) => Choice} change */
  function choose(change) {
    const next = change(newest.current);
    newest.current = next;
    if (!atOnce) return setDraft(next);
    if (!mine || mine.how === "refused" || !same(mine, next)) send(next);
  }
  useEffect(() => {
    if (!unsent || !may) return;
    const ms = room.closes_at - now() - early[0] - Math.random() * (early[1] - early[0]);
    const timer = setTimeout(() => send(newest.current), Math.max(0, ms));
    return () => clearTimeout(timer);
  }, [unsent && draft, may, room.closes_at]);

  const submit = () => unsent && may && send(newest.current);
  return html`<div>
    <h1 class="stem" id="stem" tabindex="-1" data-first>
      <span class="stem-kind">${askNames[question.kind]}</span>${question.stem}
    </h1>
    <${Picture} name=${question.image} alt=${question.image_alt} />
    <${ChoiceField} question=${question} chosen=${shown} right=${null} correct=${null} fixed=${!may} choose=${choose}
      submit=${submit} signed=${signed} />
    ${room.help && html`<${Bars} title="观众的选择" question=${question} bars=${room.help.bars} />`}
    <div class="foot">
      ${may && !atOnce && (draft || !mine) ? html`<p class="foot-note">
          ${me && me.watching ? along : advice(room.change, !!mine)}
        </p>
        <button class="main wide" aria-disabled=${!unsent} onClick=${submit}>
          ${unsent ? (mine ? "交改过的答案" : "交答案") : draft && mine ? "和交上去的一样" : prompt(question, shown)}
        </button>`
        : mine ? html`<${Fate} mine=${mine} change=${may} />`
          : html`<p class="fate"><span>${why(room, me, may)}</span></p>`}
    </div>
  </div>`;
}

const along = "您在观战，可以跟着答，不计成绩";
/** @param {boolean} change @param {boolean} again */
const advice = (change, again) =>
  again ? "时间到会自动交" : (change ? "交了还可以改" : "交了就不能改") + "，时间到会自动交";

/**
 * What stands where the fate of an answer will.
 * @param {import("../../lib/live/types").Room} room @param {import("../types").Me | null} me @param {boolean} may
 */
function why(room, me, may) {
  if (may && me && me.watching) return along;
  if (may) return "点一下就交，还可以改";
  if (room.kind === "revival" && !isOut(room, me)) return "这一题给出局的人答，您在场上，看看就好";
  if (isOut(room, me)) return "您在观战，这一题不用答";
  return "这一题不用答";
}

/** @param {import("../play.js").Shown} props */
export const Paused = ({ room, state }) => html`<main class="card still">
  <${Numbered} room=${room} />
  <h1 tabindex="-1" data-first>主持人按了暂停</h1>
  <p class="soft">请稍等，不用退出。继续以后还有时间答题。</p>
  <${Fate} mine=${answerOf(state)} change=${room.change} />
</main>`;
