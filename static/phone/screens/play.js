// A level being played: one question at a time, its verdict, then the result.
import { html } from "../../html.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { ChoiceField, kinds } from "../../lib/question/choice.js";
import { Waiting } from "../../lib/waiting.js";
import { useAttempt } from "../parts/attempt.js";
import { Countdown, Progress } from "../parts/countdown.js";
import { Aloud } from "../../lib/aloud.js";
import { pieces } from "../../lib/question/aloud.js";
import { Picture, pictured } from "../../lib/question/picture.js";
import { ReportLink } from "../parts/reportlink.js";
import { useSettled } from "../../lib/settled.js";
import { Sheet } from "../../lib/sheet.js";
import { Case, unread } from "../parts/case.js";
import { RunNote, Stair, verdictNote } from "../parts/run.js";
import { spoken, VerdictPanel } from "../../lib/question/verdict.js";
import { span } from "../../lib/format.js";
import { complete, prompt } from "../../lib/question/grade.js";
import { Play } from "../lib/play.js";

/** @typedef {import("../../lib/types").Choice} Choice */

/** @param {import("../screens.js").Shared} props */
export function PlayScreen(props) {
  const [play, instead] = useAttempt(Play, props);
  const [leaving, setLeaving] = useState(false);
  const read = useRef(/** @type {string[]} */ ([]));
  const { left } = props;
  const { state } = play;
  if (instead) return instead;
  if (!state.question)
    return html`<main class="plain"><${Waiting} text=${state.phase === "nameless" ? "" : "正在出题"} /></main>`;
  return html`<main class=${state.phase === "verdict" ? "play judged" : "play"}>
    <${PlayHead} play=${play} leave=${() => setLeaving(true)} />
    <${QuestionCard} play=${play} read=${read} key=${state.question.id} />
    ${leaving && html`<${LeaveSheet} ends=${!!state.attempt && state.attempt.ends_leave}
      waits=${state.phase === "verdict" && !state.over}
      close=${() => setLeaving(false)} left=${left}
      finish=${() => {
        setLeaving(false);
        play.finish();
      }} />`}
  </main>`;
}

/** @param {{play: Play, leave: () => void}} props */
function PlayHead({ play, leave }) {
  const { question, attempt, marks, phase, steps } = play.state;
  if (!question) return null;
  const of = attempt ? attempt.questions : question.position;
  return html`<header class="play-head">
    <div class="play-bar">
      <button class="round" onClick=${leave} aria-label="离开"><${Icon} name="close" /></button>
      <p class="play-at">
        <b>第${question.position}题</b>
        <span class="soft less">${attempt && attempt.goal ? "" : ` 共${of}题`}</span>
        ${attempt && attempt.training && html`<em class="warm">不计分</em>`}
      </p>
      ${phase === "asking" && html`<${Countdown} key=${question.id} left=${() => play.left()}
        over=${() => play.submit(true)} limit=${question.limit_ms} />`}
    </div>
    ${attempt && attempt.goal ? html`<${Stair} steps=${steps} goal=${attempt.goal} />`
      : html`<${Progress} marks=${marks} at=${question.position} of=${of} />`}
  </header>`;
}

/** @param {{play: Play, read: {current: string[]}}} props read: the materials that were shown */
function QuestionCard({ play, read }) {
  const { question, chosen, phase, verdict, held, timeUp, attempt } = play.state;
  const stem = useRef(/** @type {HTMLElement | null} */ (null));
  // Before the question is drawn: a frame later it would take the focus from somebody who already types.
  useLayoutEffect(() => {
    scrollTo(0, 0);
    if (stem.current && !unread(question && question.material, read)) stem.current.focus();
  }, []);
  // The time to think begins when all pictures are there.
  const lacking = useRef(question ? [question, ...question.options].filter((part) => part.image).length : 0);
  const settled = () => --lacking.current < 1 && play.painted();
  useEffect(() => {
    if (question && !lacking.current) play.painted();
  }, []);
  if (!question) return null;
  const [kind, hint] = kinds[question.kind] || kinds.single;
  const none = !chosen.options.length && !chosen.blanks.length;
  return html`<div class="question">
    ${attempt && phase === "asking" && html`<${RunNote} play=${play} attempt=${attempt} />`}
    ${question.material && html`<${Case} material=${question.material} read=${read} />`}
    <p class="kind"><b>${kind}</b><span class="soft">${hint}</span><${Aloud} pieces=${said(play.state)} /></p>
    <h1 class="stem" id="stem" tabindex="-1" ref=${stem}>
      <span class="unseen">第${question.position}题，${kind}。</span>${stemText(question.stem)}
    </h1>
    <${Picture} name=${question.image} alt=${question.image_alt} settled=${settled} />
    <${ChoiceField} question=${question} shown=${pictured(settled)} chosen=${chosen}
      right=${verdict && verdict.right} correct=${verdict ? verdict.correct : null} fixed=${phase !== "asking"}
      choose=${(/** @type {(was: Choice) => Choice} */ change) => play.choose(change)} submit=${() => play.submit()} />
    ${timeUp && html`<p class="note">${none ? "时间到了，这题没有作答。" : "时间到了，已按您选的答案提交。"}</p>`}
    ${verdict && html`<${VerdictPanel} question=${question} verdict=${verdict} none=${none}
      note=${verdictNote(play.state)} />
    <${ReportLink} send=${(/** @type {string} */ reason, /** @type {string} */ note) => play.report(reason, note)} />`}
    <p class="unseen" aria-live="assertive">
      ${verdict ? spoken({ question, verdict, none }) + verdictNote(play.state) + turning(play) : ""}
    </p>
    <${Foot} play=${play} held=${held} />
  </div>`;
}

/** What is read aloud: the question, once it is judged the verdict. @param {import("../lib/play.js").State} state */
function said({ question, verdict, chosen }) {
  if (!question) return [];
  const none = !chosen.options.length && !chosen.blanks.length;
  return verdict ? [spoken({ question, verdict, none })] : pieces(question);
}

/** Blanks in a stem are drawn as a line to write on, and read aloud as a word. @param {string} stem */
function stemText(stem) {
  return stem
    .split(/_{2,}/)
    .map((part, i) => (i ? html`<span class="gap"><span class="unseen">（填空）</span></span>${part}` : part));
}

/** Said once, with the verdict: the time that is left is only shown. @param {Play} play */
function turning(play) {
  const rest = play.rest();
  return rest === null ? "" : span(rest) + "后自动进入下一题。";
}

/** The one thing to do next, always in the same place under the thumb. @param {{play: Play, held: boolean}} props */
function Foot({ play, held }) {
  const { phase, verdict, question, chosen, over } = play.state;
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const settled = useSettled(phase);
  useEffect(() => {
    if (phase !== "verdict") return;
    if (button.current) button.current.focus({ preventScroll: true });
    const panel = /** @type {HTMLElement | null} */ (document.querySelector(".verdict"));
    if (panel) show(panel);
  }, [phase]);
  if (phase === "verdict" && verdict) {
    return html`<div class="foot">
      ${!over && html`<${PageTurner} play=${play} />`}
      <button class="main wide" ref=${button} data-wait=${!settled || null} onClick=${() => settled && play.next()}>
        ${over ? "看结果" : "下一题"}
      </button>
    </div>`;
  }
  if (phase === "turning") {
    return html`<div class="foot">
      <p class=${held ? "sending held" : "sending"} role="status">
        ${held && html`<${Icon} name="cloud" />`}
        <span>${held ? "网络不通，正在重试，还没有计时" : "正在出题"}</span>
      </p>
    </div>`;
  }
  if (phase === "sending") {
    return html`<div class="foot">
      <p class=${held ? "sending held" : "sending"} role="status">
        ${held && html`<${Icon} name="cloud" />`}
        <span>${held ? "已保存，正在重新发送" : "正在提交"}</span>
      </p>
    </div>`;
  }
  const ready = !!question && complete(question, chosen);
  return html`<div class="foot">
    <button class="main wide" aria-disabled=${!ready} onClick=${() => play.submit()}>
      ${ready || !question ? "确定" : prompt(question, chosen)}
    </button>
  </div>`;
}

/** How long the page still stays, and then turns: never unseen, nor under an open sheet. @param {{play: Play}} props */
function PageTurner({ play }) {
  const [rest, setRest] = useState(() => play.rest());
  useEffect(() => {
    const timer = setInterval(() => {
      const now = play.rest();
      setRest(now);
      if (now === 0 && !document.hidden && !document.querySelector("[role=dialog]")) play.next();
    }, 250);
    return () => clearInterval(timer);
  }, []);
  if (rest === null) return null;
  return html`<p class="foot-note" aria-hidden="true">
    <span class="less">看完点下一题，</span><b>${span(rest)}</b>后自动进入下一题
  </p>`;
}

/** Brings the verdict into sight below its question, its beginning first when both are longer than the screen.
 * @param {HTMLElement} panel */
function show(panel) {
  const around = [".stem", ".foot"].map((css) => /** @type {HTMLElement} */ (document.querySelector(css)).offsetHeight);
  const block = panel.offsetHeight > innerHeight - around[0] - around[1] ? "start" : "end";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !("scrollBehavior" in panel.style);
  panel.scrollIntoView(still ? block === "start" : { block, behavior: "smooth" });
}

/**
 * @param {{ends: boolean, waits: boolean, close: () => void, left: () => void, finish: () => void}} props ends: to
 * leave is to end it; waits: the next question is not handed out yet
 */
const LeaveSheet = ({ ends, waits, close, left, finish }) => html`<${Sheet} title="要离开吗" close=${close}>
  <p>
    已经答的题都保存好了。
    ${ends ? "这一关中途离开，这次答题就结束。"
      : waits ? "下一题等您回来再计时，这一关的时间没到之前可以回来接着答。"
        : "离开后计时不会停，时间没到之前可以回来接着答。"}
  </p>
  <div class="stack">
    <button class="main wide" onClick=${close}>接着答题</button>
    ${!ends && html`<button class="quiet wide" onClick=${left}>先离开，等会儿回来</button>`}
    <button class="quiet wide" onClick=${finish}>现在交卷，没答的算没有分</button>
  </div>
</${Sheet}>`;
