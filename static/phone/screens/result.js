// What came of an attempt, and what to do next.
import { html } from "../../html.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { Icon, Seal, Star } from "../../art/icons.js";
import { useSettled } from "../parts/settled.js";
import { number, span } from "../lib/format.js";
import "../css/result.css";

/** @param {{result: import("../types").Result, go: (to: string) => void, again: () => void}} props */
export function ResultScreen({ result, go, again }) {
  const { passed, stars, correct, questions, score, full_score, pass, used_ms, unlocked, tries_left, best, title } = result;
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    scrollTo(0, 0);
    if (heading.current) heading.current.focus();
  }, []);
  const settled = useSettled(result);
  /** @param {string} to */
  const to = (to) => settled && go(to);
  const next = unlocked && unlocked[0];
  const missing = pass - correct;
  return html`<main class=${passed ? "result passed" : "result"}>
    <div class="result-card">
      <p class="soft">${title}</p>
      <h1 tabindex="-1" ref=${heading}>${passed ? "这一关通过了" : `还差${missing}题就通过`}</h1>
      <div class="result-main">
        <p class="result-score"><b>${number(score)}</b><span>分</span></p>
        <${Seal} text=${passed ? "通过" : "再来"} open=${!passed} />
      </div>
      <div class="result-stars" role="img" aria-label=${stars + "颗星，共3颗"}>
        ${[1, 2, 3].map((n) => html`<${Star} full=${n <= stars} />`)}
      </div>
      ${best && score > 0 && html`<p class="result-best less">这是您在这一关的最好成绩</p>`}
      <dl class="result-facts">
        <div><dt>答对</dt><dd>${correct}<small>/${questions}题</small></dd></div>
        <div><dt>用时</dt><dd>${span(used_ms)}</dd></div>
        <div class="less"><dt>满分</dt><dd>${number(full_score)}<small>分</small></dd></div>
      </dl>
    </div>
    ${next && html`<p class="unlocked" role="status"><${Icon} name="next" /><span>新的一关开启了：<b>${next.title}</b></span></p>`}
    <div class="stack" data-wait=${!settled || null}>
      ${next && html`<button class="main wide" onClick=${() => to("level/" + next.key)}>去下一关</button>`}
      ${tries_left > 0 && html`<button class=${next ? "quiet wide" : "main wide"} onClick=${() => settled && again()}>再答一次<small>今天还能答${tries_left}次</small></button>`}
      ${tries_left <= 0 && !next && html`<p class="note">这一关今天的次数用完了，明天再来。</p>`}
      ${correct < questions && html`<button class="quiet wide" onClick=${() => to("mistakes")}>看看错题</button>`}
      <button class="quiet wide" onClick=${() => to("")}>回到地图</button>
    </div>
  </main>`;
}
