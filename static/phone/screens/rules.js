// The rules in large type, then what the page keeps, and who organizes.
import "../css/rules.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime, days } from "../../lib/format.js";

/** @typedef {{title: string, lines: string[]}} Section */

/** @param {import("../screens.js").Shared} props */
export function RulesScreen({ parts: { api }, contest, me, elder, setElder }) {
  return html`<main class="plain rules-page">
    <${Heading} title="活动规则" note=${contest.title + "，" + days(contest)} />
    <${Sections} api=${api} contest=${contest.slug} />
    <${Changes} api=${api} contest=${contest.slug} />
    ${contest.live && html`<section class="rule">
      <h2>直播答题</h2>
      <a class="quiet wide" href="/live"><span>输入大屏上的数字进房间</span></a>
    </section>`}
    ${contest.gains.prizes && html`<section class="rule">
      <h2>谁中了奖</h2>
      <a class="quiet wide" href="#/winners"><span>看中奖名单</span></a>
    </section>`}
    <section class="rule">
      <h2>怎么看得更清楚</h2>
      <button class="quiet wide" aria-pressed=${elder} onClick=${() => setElder(!elder)}>
        ${elder ? "换回标准字号" : "换成大字版"}
      </button>
    </section>
    <section class="rule">
      <h2>保存了什么</h2>
      <p>昵称、参赛单位、答题记录，只用来计分和排名。手机上另外保存没有发出去的答案和字号设置。</p>
      ${me && html`<a class="quiet wide" href="#/me"><span>看、带走或删除我的信息</span></a>`}
    </section>
  </main>`;
}

/** @param {{api: import("../app").Parts["api"], contest: string}} props */
function Sections({ api, contest }) {
  const [sections, setSections] = useState(/** @type {Section[] | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setProblem(null);
    api("GET", `/contests/${contest}/rules`).then((got) => setSections(got.sections), setProblem);
  }, [tries]);
  if (problem) return html`<${Failed} problem=${problem} again=${() => setTries(tries + 1)} />`;
  if (!sections) return html`<${Waiting} />`;
  return html`<div>
    ${sections.map(
      (s) => html`<section class="rule" key=${s.title}>
        <h2>${s.title}</h2>
        ${s.lines.length > 1 ? html`<ul class="dots">${s.lines.map((line) => html`<li>${line}</li>`)}</ul>`
          : html`<p>${s.lines[0]}</p>`}
      </section>`,
    )}
  </div>`;
}

/**
 * @typedef {{version: number, at: number, reason: string, differences: {section: string, gone: string[], come:
 *   string[]}[]}} Change
 */

/**
 * What was changed since the contest was made public, and why; nothing where nothing was.
 * @param {{api: import("../app").Parts["api"], contest: string}} props
 */
function Changes({ api, contest }) {
  const [changes, setChanges] = useState(/** @type {Change[]} */ ([]));
  useEffect(() => {
    api("GET", `/contests/${contest}/changes`).then(
      (got) => setChanges(got.changes),
      () => {},
    );
  }, []); // the rules stand without it
  if (!changes.length) return null;
  return html`<section class="rule">
    <h2>修改记录</h2>
    ${changes.map(
      (c) => html`<details class="rule-change" key=${c.version}>
        <summary><b>${dateTime(c.at)}</b> ${c.reason || "没有写原因"}</summary>
        ${c.differences.length ? c.differences.map(
          (d) => html`<h3>${d.section}</h3>
          ${d.gone.map((l) => html`<p><del>${l}</del></p>`)}
          ${d.come.map((l) => html`<p><ins>${l}</ins></p>`)}`,
        )
          : html`<p>规则的文字没有变化。</p>`}
      </details>`,
    )}
  </section>`;
}
