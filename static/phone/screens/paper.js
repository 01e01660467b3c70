// A whole paper: one question a page or all of them, the sheet of numbers, and handing in.
import { html } from "../../html.js";
import { useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { ChoiceField, kinds } from "../../lib/question/choice.js";
import { Waiting } from "../../lib/waiting.js";
import { Aloud } from "../../lib/aloud.js";
import { pieces } from "../../lib/question/aloud.js";
import { Picture } from "../../lib/question/picture.js";
import { Sheet } from "../../lib/sheet.js";
import { useAttempt } from "../parts/attempt.js";
import { Case, materialOf, unread } from "../parts/case.js";
import { Countdown } from "../parts/countdown.js";
import { Paper } from "../lib/paper.js";
import "../css/paper.css";

/** @param {import("../screens.js").Shared} props */
export function PaperScreen(props) {
  const [paper, instead] = useAttempt(Paper, props);
  const [sheet, show] = useState(/** @type {"" | "card" | "hand" | "leave"} */ (""));
  const [all, setAll] = useState(false);
  const read = useRef(/** @type {string[]} */ ([]));
  const { left } = props;
  const { state } = paper;
  if (instead) return instead;
  if (!state.whole || !state.attempt)
    return html`<main class="plain"><${Waiting} text=${state.phase === "nameless" ? "" : "正在发卷"} /></main>`;
  const close = () => show("");
  const goTo = (/** @type {number} */ position) => {
    close();
    paper.goTo(position);
    const there = all && document.getElementById("q" + position);
    if (there) there.scrollIntoView();
  };
  const { questions } = state.whole;
  return html`<main class="play paper">
    <header class="play-head">
      <div class="play-bar">
        <button class="round" onClick=${() => show("leave")} aria-label="离开"><${Icon} name="close" /></button>
        <p class="play-at">
          <b>${all ? "整卷" : `第${state.at}题`}</b><span class="soft less"> 共${questions.length}题</span>
          ${state.attempt.training && html`<em class="warm">不计分</em>`}
        </p>
        <${Countdown} left=${() => paper.left()} over=${() => paper.handIn()}
          limit=${state.attempt.deadline - state.attempt.started_at} />
      </div>
      <p class=${state.held ? "paper-saved held" : "paper-saved"} role="status">${savedText(state)}</p>
    </header>
    ${all ? questions.map(({ position }) => html`<${Item} key=${position} paper=${paper} position=${position}
      read=${read} listed=${true} />`)
      : html`<${Item} key=${state.at} paper=${paper} position=${state.at} read=${read} />`}
    <${Foot} paper=${paper} all=${all} card=${() => show("card")} hand=${() => show("hand")} goTo=${goTo} />
    ${sheet === "card" && html`<${Card} paper=${paper} close=${close} goTo=${goTo} all=${all}
      turn=${() => {
        setAll(!all);
        close();
      }} hand=${() => show("hand")} />`}
    ${sheet === "hand" && html`<${HandIn} paper=${paper} close=${close} goTo=${goTo} />`}
    ${sheet === "leave" && html`<${Sheet} title="要离开吗" close=${close}>
      <p>已经答的题都保存好了。离开后计时不会停，时间没到之前可以回来接着答，时间一到自动交卷。</p>
      <div class="stack">
        <button class="main wide" onClick=${close}>接着答题</button>
        <button class="quiet wide" onClick=${left}>先离开，等会儿回来</button>
      </div>
    </${Sheet}>`}
  </main>`;
}

/** @param {import("../lib/paper.js").State} state */
function savedText({ phase, held, unsaved }) {
  if (held) return `网络不通，${unsaved ? unsaved + "题先存在手机里，" : ""}正在重新发送`;
  if (phase === "handing") return "正在交卷";
  return unsaved ? "正在保存" : "答案已保存";
}

/** The section of a position. @param {import("../../lib/types").Whole} whole @param {number} position */
function sectionOf(whole, position) {
  let first = 1;
  for (const section of whole.sections) {
    if (position < first + section.count) return { section, first };
    first += section.count;
  }
  return { section: whole.sections[0], first: 1 };
}

const numerals = "一二三四五六七八九十";

/** @param {import("../../lib/types").Whole} whole @param {number} position */
function sectionText(whole, position) {
  const { section } = sectionOf(whole, position);
  const nth = numerals[whole.sections.indexOf(section)];
  return `${nth ? nth + "、" : ""}${section.title}（共${section.count}题，每题${section.worth}分）`;
}

/**
 * One question of the paper.
 * @param {{paper: Paper, position: number, read: {current: string[]}, listed?: boolean}} props read: the materials that
 *   were shown
 */
function Item({ paper, position, read, listed }) {
  const whole = /** @type {import("../../lib/types").Whole} */ (paper.state.whole);
  const question = whole.questions[position - 1];
  const stem = useRef(/** @type {HTMLElement | null} */ (null));
  const material = materialOf(whole.questions, question);
  const before = position > 1 && whole.questions[position - 2].material;
  const goesOn = !!before && !!material && before.id === material.id;
  useLayoutEffect(() => {
    if (listed) return;
    scrollTo(0, 0);
    if (stem.current && !unread(material, read)) stem.current.focus();
  }, []);
  const [kind, hint] = kinds[question.kind] || kinds.single;
  const chosen = paper.state.chosen[position] || { options: [], blanks: [] };
  const text = question.stem.replace(/_{2,}/g, "＿＿＿");
  const opens = sectionOf(whole, position).first === position;
  return html`<section class="question" id=${"q" + position} aria-label=${listed ? `第${position}题` : null}>
    ${(!listed || opens) && html`<p class="paper-section">${sectionText(whole, position)}</p>`}
    ${material && !(listed && goesOn) && html`<${Case} material=${material} read=${listed ? { current: [] } : read}
      quiet=${listed} />`}
    <p class="kind"><b>${kind}</b><span class="soft">${hint}</span><${Aloud} pieces=${pieces(question)} /></p>
    <h1 class="stem" id=${listed ? null : "stem"} tabindex="-1" ref=${stem}>
      <span class="unseen">第${position}题，${kind}。</span>${listed && html`<b aria-hidden="true">${position}. </b>`}${text}
    </h1>
    <${Picture} name=${question.image} alt=${question.image_alt} />
    <${ChoiceField} question=${question} chosen=${chosen} right=${null} correct=${null}
      fixed=${paper.state.phase !== "writing"}
      choose=${(/** @type {any} */ change) => paper.choose(position, change)} submit=${() => paper.flush()} />
  </section>`;
}

/** @param {{paper: Paper, all: boolean, card: () => void, hand: () => void, goTo: (position: number) => void}} props */
function Foot({ paper, all, card, hand, goTo }) {
  const { at, whole, phase } = paper.state;
  const count = whole ? whole.questions.length : 0;
  const done = count - paper.undone().length;
  if (phase === "handing")
    return html`<div class="foot"><p class="sending" role="status"><span>正在交卷</span></p></div>`;
  return html`<div class="foot paper-foot">
    ${!all && html`<button class="quiet" aria-disabled=${at <= 1} onClick=${() => at > 1 && goTo(at - 1)}>上一题</button>`}
    <button class="quiet paper-card" onClick=${card}>答题卡<small>已答${done}/${count}</small></button>
    ${all || at >= count ? html`<button class="main" onClick=${hand}>交卷</button>`
      : html`<button class="main" onClick=${() => goTo(at + 1)}>下一题</button>`}
  </div>`;
}

/**
 * The sheet of numbers.
 * @param {{paper: Paper, close: () => void, goTo: (position: number) => void, all: boolean, turn: () => void,
 *   hand: () => void}} props
 */
function Card({ paper, close, goTo, all, turn, hand }) {
  const whole = /** @type {import("../../lib/types").Whole} */ (paper.state.whole);
  let first = 1;
  return html`<${Sheet} title="答题卡" close=${close}>
    <p class="paper-key"><i class="done" aria-hidden="true"></i>已答<i aria-hidden="true"></i>没答</p>
    ${whole.sections.map((section) => {
      const from = first;
      first += section.count;
      const numbers = whole.questions.slice(from - 1, first - 1).map((q) => q.position);
      return html`<h3 class="paper-group">${section.title}</h3>
      <ol class="paper-numbers">
        ${numbers.map((n) => html`<li>
          <button class=${(paper.done(n) ? "done" : "") + (n === paper.state.at && !all ? " here" : "")}
            aria-label=${`第${n}题，${paper.done(n) ? "已答" : "没答"}`} onClick=${() => goTo(n)}>${n}</button>
        </li>`)}
      </ol>`;
    })}
    <div class="stack">
      <button class="main wide" onClick=${hand}>交卷</button>
      <button class="quiet wide" onClick=${turn}>${all ? "改成一题一页" : "所有题目放在一页"}</button>
    </div>
  </${Sheet}>`;
}

const mostNamed = 12;

/** @param {{paper: Paper, close: () => void, goTo: (position: number) => void}} props */
function HandIn({ paper, close, goTo }) {
  const undone = paper.undone();
  const named = undone.slice(0, mostNamed).join("、") + (undone.length > mostNamed ? "等" : "");
  return html`<${Sheet} title="要交卷吗" close=${close}>
    <p>${undone.length ? `还有${undone.length}题没有答：第${named}题。没答的没有分。` : "所有题目都答了。"}交卷以后不能再改。</p>
    <div class="stack">
      ${undone.length > 0 && html`<button class="main wide" onClick=${() => goTo(undone[0])}>去答没答的题</button>`}
      <button class=${undone.length ? "quiet wide" : "main wide"} onClick=${() => {
        close();
        paper.handIn();
      }}>确定交卷</button>
      ${!undone.length && html`<button class="quiet wide" onClick=${close}>再检查一遍</button>`}
    </div>
  </${Sheet}>`;
}
