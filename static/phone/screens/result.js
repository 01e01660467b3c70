// What came of an attempt, what it earned, and what to do next.
import { html } from "../../html.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { Icon, Seal, Star } from "../../art/icons.js";
import { useSettled } from "../../lib/settled.js";
import { number, span } from "../../lib/format.js";
import { Earned } from "../parts/earned.js";
import { HandOn } from "../parts/handon.js";
import { Standing } from "../parts/standing.js";
import { Revive } from "../parts/revive.js";
import { lazy } from "../../lib/lazy.js";
import "../css/result.css";

const Poll = lazy(() => import("../parts/poll.js"), "Poll", "");

/** @typedef {import("../../lib/types").Result} Result */

/**
 * @param {object} props
 * @param {import("../app").Parts} props.parts
 * @param {import("../../lib/types").Home} props.home
 * @param {Result} props.result
 * @param {string[]} props.had numbers of the certificates before it
 * @param {() => void} props.register asks for what earning needs
 * @param {() => void} props.refresh asks anew how the player stands
 * @param {(to: string) => void} props.go @param {() => void} props.again
 */
export function ResultScreen({ parts, home, result, had, register, refresh, go, again }) {
  const { passed, stars, correct, questions, score, full_score, used_ms, best, title, training, goal } = result;
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    scrollTo(0, 0);
    if (heading.current) heading.current.focus();
  }, []);
  if (!result.told) return html`<${Untold} parts=${parts} home=${home} result=${result} heading=${heading}
    refresh=${refresh} go=${go} again=${again} />`;
  return html`<main class=${passed ? "result passed" : "result"}>
    <div class="result-card">
      <p class="soft">${title}</p>
      <h1 tabindex="-1" ref=${heading}>${headline(result)}</h1>
      <div class="result-main">
        <p class="result-score"><b>${number(score)}</b><span>分</span></p>
        <${Seal} text=${passed ? "通过" : "再来"} open=${!passed} />
      </div>
      ${!goal && html`<div class="result-stars" role="img" aria-label=${stars + "颗星，共3颗"}>
        ${[1, 2, 3].map((n) => html`<${Star} full=${n <= stars} />`)}
      </div>`}
      ${best && score > 0 && !training && html`<p class="result-best less">这是您在这一关的最好成绩</p>`}
      <dl class="result-facts">
        <div><dt>答对</dt><dd>${correct}<small>${goal ? "" : "/" + questions}题</small></dd></div>
        <div><dt>用时</dt><dd>${span(used_ms)}</dd></div>
        ${!goal && html`<div class="less"><dt>满分</dt><dd>${number(full_score)}<small>分</small></dd></div>`}
      </dl>
      <${Sections} sections=${result.sections || []} />
    </div>
    ${!training && html`<${Standing} api=${parts.api} contest=${home.contest} />`}
    ${training && html`<p class="note">这是${home.contest.phase === "training" ? "热身" : "练习"}，不计成绩，也没有奖励。</p>`}
    <${Earned} home=${home} result=${result} had=${had} register=${register} go=${go} />
    <${Next} parts=${parts} home=${home} result=${result} refresh=${refresh} go=${go} again=${again} />
    ${home.contest.polls && !training && html`<${Poll} parts=${parts} slug=${home.contest.slug} />`}
  </main>`;
}

/**
 * An attempt of which it is not told what was right, or not yet.
 * @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, result: Result, heading: any,
 *   refresh: () => void, go: (to: string) => void, again: () => void}} props
 */
function Untold({ parts, home, result, heading, refresh, go, again }) {
  const held = result.held === "waits";
  const [title, text] = held
    ? ["成绩等待查看", "您答得很快，这次成绩要等工作人员看过再算。算数以后，名次、积分和抽奖机会都会补上。"]
    : result.held === "out"
      ? ["这次没有计入成绩", "工作人员看过这次答题，没有计入成绩。有疑问请联系主办单位。"]
      : result.passed
        ? ["这一关通过了", "这次活动不当场公布得分。"]
        : result.passed_told
          ? ["这一关还没有通过", "这次活动不当场公布得分。"]
          : ["这次答题已经结束", "没有答完，这次不显示得分。"];
  return html`<main class="result">
    <div class="result-card">
      <p class="soft">${result.title}</p>
      <h1 tabindex="-1" ref=${heading}>${title}</h1>
      <p class="note">${text}</p>
    </div>
    <${Next} parts=${parts} home=${home} result=${result} refresh=${refresh} go=${go} again=${again} />
    ${home.contest.polls && !held && html`<${Poll} parts=${parts} slug=${home.contest.slug} />`}
  </main>`;
}

/** What each section of a paper came to. @param {{sections: NonNullable<Result["sections"]>}} props */
const Sections = ({ sections }) => sections.length > 0 && html`<table class="section-results">
  <caption>各部分得分</caption>
  ${sections.map((s) => html`<tr>
    <th scope="row">${s.title}</th><td>对${s.correct}/${s.count}题</td><td>${s.score}分</td>
  </tr>`)}
</table>`;

/** @param {Result} result */
function headline({ passed, goal, pass, correct, retry }) {
  if (passed) return "这一关通过了";
  const missing = pass - correct;
  if (goal) return `还没有登上第${goal}级`;
  if (missing > 0 && retry === "wrong") return `还有${missing}题没答对`;
  const near = missing > 0 && correct * 2 >= pass; // who got none right would feel mocked by what is lacking
  return near ? `还差${missing}题就通过` : "这一关还没有通过";
}

/**
 * @param {{parts: import("../app").Parts, home: import("../../lib/types").Home, result: Result, refresh: () => void,
 *   go: (to: string) => void, again: () => void}} props
 */
function Next({ parts, home, result, refresh, go, again }) {
  const { correct, questions, unlocked, tries_left, tries_text, passed, retry, revive, training } = result;
  const settled = useSettled(result);
  /** @param {string} to */
  const to = (to) => settled && go(to);
  const next = unlocked && unlocked[0];
  const wrongOnly = retry === "wrong" && !passed && !result.held;
  return html`<div>
    ${next && html`<p class="unlocked" role="status">
      <${Icon} name="next" />
      <span>新的一关开启了：<b>${next.title}</b></span>
    </p>`}
    <div class="stack" data-wait=${!settled || null}>
      ${next && html`<button class="main wide" onClick=${() => to("level/" + next.key)}>去下一关</button>`}
      ${tries_left > 0 ? html`<button class=${next ? "quiet wide" : "main wide"} onClick=${() => settled && again()}>
        ${wrongOnly ? "只答错的题" : "再答一次"}${tries_text && html`<small>${tries_text}</small>`}
      </button>`
        : revive ? html`<${Revive} parts=${parts} home=${home} result=${result} go=${to}
          again=${() => settled && again()} />`
        : !next && html`<p class="note">${tries_text}。</p>`}
      ${result.review_at ? html`<button class="quiet wide" onClick=${() => to("review/" + result.level)}>看答案</button>`
        : result.told && correct < questions && !result.goal && html`<button class="quiet wide"
        onClick=${() => to("mistakes")}>
        看看错题
      </button>`}
      ${result.told && !training && !(tries_left <= 0 && revive === "share") && html`<${HandOn} parts=${parts}
        home=${home} result=${result} shared=${refresh} />`}
      <button class="quiet wide" onClick=${() => to("")}>回到地图</button>
    </div>
  </div>`;
}
