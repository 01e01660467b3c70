// A question on the big screen: until it opens, while it is answered, while the answers are counted, and with the right
// answer.
import { html } from "../../html.js";
import { useEffect, useRef } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { OptionSign } from "../../lib/live/option.js";
import { answering, askNames, chosenBy, secondsTo, share, timeLeft } from "../../lib/live/room.js";
import { Picture } from "../../lib/question/picture.js";
import { useFit } from "./fit.js";

/** @typedef {import("../../lib/live/types").Room} Room @typedef {import("../../lib/live/types").Question} Question */

/**
 * The question is on its way to the phones; then the seconds to its opening.
 * @param {{room: Room, now: number}} props
 */
export function Ready({ room, now }) {
  const counting = room.phase === "open";
  const seconds = secondsTo(room.opens_at, now);
  return html`<div class="ready">
    <p class="ready-which">
      ${room.kind === "revival" ? "复活题" : room.kind === "warmup" ? "热身题" : html`第 <b>${room.number}</b> 题`}
    </p>
    ${counting && seconds > 0 ? html`<p class="ready-seconds" key=${seconds}>${seconds}</p>`
      : html`<p class="ready-wait">${counting ? "开始" : "准备好了吗？"}</p>`}
    <p class="ready-say">
      ${room.kind === "revival" ? "已经出局的人，答对就能回来" : "看大屏，在手机上作答"}
    </p>
  </div>`;
}

/** @param {{room: Room, now: number, clock: {now(): number}}} props */
export function Asked({ room, now, clock }) {
  const { question, reveal } = room;
  const { box, fit } = useFit([room.round, room.phase, !!question, !!reveal, !!room.help]);
  if (!question) return html`<${Ready} room=${room} now=${now} />`;
  return html`<div class="asked">
    <section class="ask" ref=${box}>
      <div class="ask-inner">
        <p class="ask-kind">${askNames[question.kind]}${question.topic && html`<span>${question.topic}</span>`}</p>
        <div class="ask-head">
          <h2 class="ask-stem">${question.stem}</h2>
          <${Picture} name=${question.image} alt=${question.image_alt} settled=${fit} />
        </div>
        <${Options} room=${room} question=${question} />
        ${reveal && html`<${Why} room=${room} />`}
      </div>
    </section>
    <${Foot} room=${room} now=${now} clock=${clock} />
  </div>`;
}

/**
 * How many signs an option may have to stand beside another: fewer where its count takes room, or the screen is narrow.
 * @param {boolean} counted
 */
const beside = (counted) => (counted ? 9 : 17) * (innerWidth < 1.5 * innerHeight ? 0.7 : 1);

/** @param {{room: Room, question: Question}} props */
function Options({ room, question }) {
  const { reveal } = room;
  const bars = reveal ? reveal.bars : room.help ? room.help.bars : null;
  const all = reveal ? reveal.answered : (bars || []).reduce((sum, b) => sum + b.count, 0);
  if (question.kind === "ordering" && reveal) return html`<${Ordered} question=${question} right=${reveal.right} />`;
  if (!question.options.length) return html`<${Blanks} room=${room} question=${question} />`;
  const narrow = question.options.length > 2 && question.options.every((o) => o.text.length <= beside(!!bars));
  return html`<ol class=${"ask-options" + (narrow || question.kind === "truefalse" ? " two" : "")}>
    ${question.options.map((o) => {
      const right = !!reveal && reveal.right.indexOf(o.id) >= 0;
      return html`<li key=${o.id} class=${reveal ? (right ? "ask-option right" : "ask-option wrong") : "ask-option"}>
        ${bars && html`<${Share} part=${chosenBy(bars, o.id)} whole=${all} />`}
        <${OptionSign} id=${o.id} />
        <span class="ask-text">${o.text}</span>
        ${right && html`<b class="ask-right">✓</b>`}
        ${bars && html`<b class="ask-count">${number(chosenBy(bars, o.id))}<small>人</small></b>`}
      </li>`;
    })}
  </ol>`;
}

/** How many of all chose an option, as a bar behind it. @param {{part: number, whole: number}} props */
const Share = ({ part, whole }) => html`<svg class="ask-bar" viewBox="0 0 1000 1" preserveAspectRatio="none"
  aria-hidden="true">
  <rect width=${whole > 0 ? Math.round((1000 * part) / whole) : 0} height="1" />
</svg>`;

/** The right order. @param {{question: Question, right: string[]}} props */
const Ordered = ({ question, right }) => html`<ol class="ask-options ordered">
  ${right.map((id, i) => {
    const option = question.options.find((o) => o.id === id);
    return html`<li key=${id} class="ask-option right">
      <b class="ask-place">${i + 1}</b>
      <${OptionSign} id=${id} />
      <span class="ask-text">${option && option.text}</span>
    </li>`;
  })}
</ol>`;

/** A fill-in: where to write, and what belongs there. @param {{room: Room, question: Question}} props */
const Blanks = ({ room, question }) =>
  room.reveal
    ? html`<p class="ask-blanks">${room.reveal.blanks.map((text) => html`<b>${text}</b>`)}</p>`
    : html`<p class="ask-write">在手机上填写${question.blanks > 1 ? `，共 ${question.blanks} 空` : ""}</p>`;

/** Why it is so. @param {{room: Room}} props */
function Why({ room }) {
  const { reveal } = room;
  if (!reveal || !(reveal.explanation || reveal.source)) return null;
  return html`<div class="ask-why">
    ${reveal.explanation && html`<p>${reveal.explanation}</p>`}
    ${reveal.source && html`<p class="ask-source">依据：${reveal.source}</p>`}
  </div>`;
}

/** The clock, and how many have answered. @param {{room: Room, now: number, clock: {now(): number}}} props */
function Foot({ room, now, clock }) {
  const { reveal } = room;
  if (reveal) {
    return html`<footer class="ask-foot">
      <p class="ask-answered"><b>${number(reveal.answered)}</b> 人作答</p>
      <p class="ask-answered"><b>${number(reveal.correct)}</b> 人答对</p>
      <p class="ask-answered">正确率 <b>${share(reveal.correct, reveal.answered)}</b></p>
    </footer>`;
  }
  const open = answering(room, now);
  const seconds = secondsTo(room.closes_at, now);
  return html`<footer class=${open && seconds <= 5 ? "ask-foot last" : "ask-foot"}>
    <p class="ask-seconds">
      ${room.phase === "paused" ? "暂停" : open ? html`<b>${seconds}</b> 秒` : "时间到"}
    </p>
    <${TimeBar} room=${room} clock=${clock} />
    <p class="ask-answered">
      <b>${number(room.answered)}</b>${room.phase === "closed" ? " 人作答，正在计分" : " 人已作答"}
    </p>
  </footer>`;
}

/**
 * The rest of the time; it moves with every picture of the screen, past the rendering.
 * @param {{room: Room, clock: {now(): number}}} props
 */
function TimeBar({ room, clock }) {
  const bar = useRef(/** @type {SVGRectElement | null} */ (null));
  const newest = useRef(room);
  newest.current = room;
  useEffect(() => {
    let frame = requestAnimationFrame(function step() {
      const { phase } = newest.current;
      const left = phase === "open" ? timeLeft(newest.current, clock.now()) : 0;
      if (bar.current && phase !== "paused") bar.current.setAttribute("width", String(Math.round(left * 10000)));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return html`<svg class="ask-time" viewBox="0 0 10000 1" preserveAspectRatio="none" aria-hidden="true">
    <rect class="ask-time-ground" width="10000" height="1" /><rect class="ask-time-left" height="1" ref=${bar} />
  </svg>`;
}
