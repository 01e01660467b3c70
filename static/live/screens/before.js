// The moments around a question: it is here but sealed, it opens in three, two, one, and what was answered is counted.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { answerOf, isOut } from "../room.js";
import { Numbered } from "../parts/frame.js";
import { Fate } from "../parts/mine.js";
import { Countdown321 } from "../parts/time.js";

/** @param {import("../play.js").Shown} props */
export const Ready = ({ room, state }) => html`<main class="card still">
  <${Numbered} room=${room} />
  <h1 tabindex="-1" data-first>${state.sealed || state.question ? "题目已收到" : "下一题马上来"}</h1>
  <p class="lead">${room.runs === "clock" ? "马上开始" : "等主持人开始"}</p>
  <p class="soft">到时候所有人一起看到题目。</p>
</main>`;

/** @param {import("../play.js").Shown} props */
export const Countdown = ({ room, now }) => html`<main class="card still">
  <${Numbered} room=${room} />
  <h1 tabindex="-1" data-first>马上开题</h1>
  <${Countdown321} at=${room.opens_at} now=${now} />
</main>`;

/** @param {import("../play.js").Shown} props */
export function Closed({ room, me, state }) {
  const mine = answerOf(state);
  return html`<main class="card still">
    <${Numbered} room=${room} />
    <h1 tabindex="-1" data-first>时间到，正在统计</h1>
    ${mine ? html`<${Fate} mine=${mine} change=${false} />`
      : me && me.may_answer && !isOut(room, me) && html`<p class="fate"><span>这一题您没有作答</span></p>`}
    ${room.answered > 0 && html`<p class="soft">${number(room.answered)}人交了答案</p>`}
  </main>`;
}
