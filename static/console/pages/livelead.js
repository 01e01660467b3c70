// What the host works with: the counts, the question with its answer, and one big button for what comes next.
import { html } from "../../html.js";
import { request } from "../../lib/api.js";
import { number } from "../../lib/format.js";
import { OptionSign } from "../../lib/live/option.js";
import { answering, chosenBy, secondsTo, share } from "../../lib/live/room.js";
import { Picture } from "../../lib/question/picture.js";
import { useSettled } from "../../lib/settled.js";
import { LiveJoin } from "../parts/livejoin.js";
import { extension, nextStep, reopening, smallSteps, stepHint, stepWord } from "../lib/livesteps.js";
import { kindNames } from "../lib/words.js";
import { useLoad } from "../parts/load.js";
import { LivePast } from "./livepast.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").StepName} Step */
/** @typedef {import("../lib/livehost").Host} Host */
/** @typedef {(step: Step, more?: import("../lib/livehost").More) => void} Press */

/** @param {{host: Host, view: View, press: Press, origin: string}} props */
export function LiveLead({ host, view, press, origin }) {
  const mine = view.hosting.me;
  const may = host.fresh && !host.busy && mine;
  return html`<div class="live-lead">
    <div class="live-main">
      <${Counts} view=${view} />
      ${view.room.phase === "lobby" && html`<${LiveJoin} room=${view.room} origin=${origin} />`}
      <${Now} view=${view} now=${host.now} />
      ${leading.indexOf(view.room.phase) >= 0 && html`<${Leaders} room=${view.room} />`}
      <${Upcoming} view=${view} />
      <${LivePast} host=${host} view=${view} may=${may} />
    </div>
    <${Go} host=${host} view=${view} may=${may} mine=${mine} press=${press} />
  </div>`;
}

/** @type {import("../live").Phase[]} */
const past = ["lobby", "standings", "podium", "over"]; // when the question is no longer what goes on

/** @type {import("../live").Phase[]} */
const leading = ["standings", "podium", "over"];

/**
 * Of how many. In an elimination the members say nothing: some are out, and may answer along.
 * @param {import("../live").Room} room
 */
const ofAll = ({ mode, members }) => (mode === "elimination" ? "人" : `/ ${number(members)} 人`);

/** @param {{view: View}} props */
function Counts({ view }) {
  const { room, held } = view;
  const sent = room.phase === "ready" || room.phase === "open" || room.phase === "paused";
  const missing = Math.max(0, room.connected - held);
  return html`<dl class="live-counts">
    <div><dt>在场</dt><dd>${number(room.connected)}<small>/ ${number(room.members)} 人</small></dd></div>
    ${sent && html`<div class=${missing ? "live-missing" : null}>
      <dt>收到题</dt><dd>${number(held)}<small>${missing ? `未收到 ${number(missing)}` : "都收到了"}</small></dd>
    </div>`}
    ${past.indexOf(room.phase) < 0 && html`<div>
      <dt>已作答</dt><dd>${number(room.answered)}<small>${ofAll(room)}</small></dd>
    </div>`}
    ${room.mode === "elimination" && html`<div><dt>还在场上</dt><dd>${number(room.alive)}<small>人</small></dd></div>`}
  </dl>`;
}

/** The question for the host's eyes, with what is right. @param {{view: View, now: number}} props */
function Now({ view, now }) {
  const { room, question, right, blanks } = view;
  if (!question || past.indexOf(room.phase) >= 0) return null;
  const told = room.phase === "revealed";
  const bars = told || room.phase === "closed" ? view.bars : room.help ? room.help.bars : null;
  return html`<section class="live-question">
    <p class="live-question-head">
      <span>${kindNames[question.kind]}${question.topic && "，" + question.topic}</span>
      <${Clock} room=${room} now=${now} />
    </p>
    <h2>${question.stem}</h2>
    <${Picture} name=${question.image} alt=${question.image_alt} />
    <ol class="live-options">
      ${question.options.map((o) => {
        const place = right.indexOf(o.id);
        return html`<li key=${o.id} class=${place >= 0 ? "right" : null}>
          <${OptionSign} id=${o.id} />
          <span>${o.text}</span>
          ${place >= 0 && html`<b class="right-word">${question.kind === "ordering" ? `第 ${place + 1}` : "✓ 对"}</b>`}
          ${bars && html`<b class="n">${number(chosenBy(bars, o.id))} 人</b>`}
        </li>`;
      })}
    </ol>
    ${question.kind === "fill" && html`<p>正确答案：<b>${blanks.join("；")}</b></p>`}
    ${told && html`<p>
      ${number(room.answered)} 人作答，${number(view.correct)} 人答对（${share(view.correct, room.answered)}）
    </p>`}
    ${(view.explanation || view.source) && html`<p class="live-why">
      <b>讲解</b>${view.explanation}${view.source && html`<small>依据：${view.source}</small>`}
    </p>`}
  </section>`;
}

/** @param {{room: import("../live").Room, now: number}} props */
function Clock({ room, now }) {
  if (room.phase === "paused") return html`<b class="live-clock">暂停</b>`;
  if (room.phase !== "open") return null;
  if (now < room.opens_at) return html`<b class="live-clock">倒数 ${secondsTo(room.opens_at, now)}</b>`;
  const left = secondsTo(room.closes_at, now);
  return html`<b class=${answering(room, now) && left <= 5 ? "live-clock last" : "live-clock"}>
    ${left ? `还有 ${left} 秒` : "时间到"}
  </b>`;
}

/** Who leads, as the hall sees it. @param {{room: import("../live").Room}} props */
function Leaders({ room }) {
  const path = `/api/v1/live/rooms/${room.room}/state?screen=1`;
  const hall = useLoad(() => request(path, {}, 5000), [room.phase, room.round, room.voided.join(), room.message]);
  const shown = hall.data && hall.data.room.standings;
  const top = shown ? shown.top : [];
  if (!top.length) return null;
  return html`<section class="live-question live-leaders">
    <ol>
      ${top.map(
        (/** @type {import("../../lib/live/types").Ranked} */ r) => html`<li key=${r.number}>
          <i>${r.rank}</i><span>${r.name}</span><small>对 ${r.right} 题</small><b class="n">${number(r.points)} 分</b>
        </li>`,
      )}
    </ol>
  </section>`;
}

/** @param {{view: View}} props */
const Upcoming = ({ view }) =>
  view.upcoming.length > 0 && html`<details class="part live-upcoming">
    <summary>后面的题 <small>还有 ${view.room.questions - view.upcoming[0].number + 1} 道，下一道：${view.upcoming[0].stem}</small></summary>
    <ol>
      ${view.upcoming.map(
        (q) => html`<li key=${q.number}>
          <i>${q.number}</i><span>${q.stem}</span><small>${kindNames[q.kind]}</small>
        </li>`,
      )}
    </ol>
  </details>`;

/**
 * The usual next step as one big button, the others small. A step that has just come up cannot be pressed by the
 * second tap of a double tap.
 * @param {{host: Host, view: View, may: boolean, mine: boolean, press: Press}} props
 */
function Go({ host, view, may, mine, press }) {
  const { room } = view;
  const next = nextStep(view);
  const settled = useSettled([next, room.phase, room.round].join());
  const ready = may && settled;
  const word = host.busy && host.busy === next ? "请稍等" : next ? stepWord(next, view) : waiting(view, host.now);
  return html`<section class="live-go" aria-label="下一步">
    <div class="live-small">
      ${smallSteps(view).map(
        (step) => html`<button key=${step} class=${step === "skip" ? "btn small quiet warn" : "btn small quiet"}
          disabled=${!ready}
          onClick=${() => press(step, more(step))}>
          ${stepWord(step, view)}
        </button>`,
      )}
    </div>
    <button class=${"btn big live-next" + (next === "close" ? " quiet" : "")} disabled=${!ready || !next}
      onClick=${() => next && press(next)}>
      ${word}
    </button>
    ${view.crediting && html`<p class="soft live-hint" role="status">
      正在发放积分和奖励，还有 ${number(view.crediting.left)} 人；关掉页面也会发完
    </p>`}
    <p class="soft live-hint">
      ${room.phase === "over" ? html`<a href=${`/api/v1/console/live/${room.room}/results.xlsx`} download>下载成绩</a>`
        : !mine ? "由对方操作" : next ? stepHint(next, view) : ""}
    </p>
  </section>`;
}

/** @param {Step} step @returns {import("../lib/livehost").More} */
const more = (step) => (step === "extend" ? { seconds: extension } : step === "reopen" ? { seconds: reopening } : {});

/** What the big button says while there is nothing to press. @param {View} view @param {number} now */
function waiting({ room }, now) {
  if (room.phase === "open") return now < room.opens_at ? "倒数中" : "时间到";
  return room.phase === "over" ? "已经结束" : "请等一等";
}
