// The page that an organizer keeps open during a contest.
import { html } from "../../html.js";
import { days, number, scored, when } from "../../lib/format.js";
import { CourseCards } from "./course.js";
import { Reach } from "../parts/reach.js";

/** @typedef {import("./overview").Seen} Seen */

/**
 * @param {{seen: Seen, origin: string, fresh: string, stale: boolean, desk: import("../types").Desk,
 *   again: () => void}} props
 */
export function Figures({ seen, origin, fresh, stale, desk, again }) {
  const { home, stats, boards, health, course } = seen;
  const contest = home && home.contest;
  return html`<div>
    <div class="head">
      <h1>${contest ? contest.title : "概况"}</h1>
      <p class=${stale ? "fresh bad" : "fresh soft"} role="status">${fresh}</p>
    </div>
    ${contest && home && html`<p class="soft">
      ${when(contest, home.server_time)} · ${days(contest, home.server_time)} · ${contest.organizer}
    </p>`}
    ${stats && html`<dl class="figures">
      <${Figure} name="加入人数" value=${number(stats.players)} />
      <${Figure} name="答题次数" value=${number(stats.attempts)} />
      <${Figure} name="作答题数" value=${number(stats.answers)} />
      <${Figure} name="正确率"
        value=${stats.answers ? ((100 * stats.correct) / stats.answers).toFixed(1) + "%" : "—"} />
      <${Figure} name="通关人次" value=${number(stats.passed)} />
    </dl>`}
    ${course &&
    contest &&
    html`<${CourseCards} course=${course} desk=${desk} contest=${contest.slug} title=${contest.title}
      again=${again} />`}
    <div class="cards">
      ${contest && html`<${Links} slug=${contest.slug} origin=${origin} />`}
      ${health && html`<${HealthCard} health=${health} />`}
      ${contest &&
      contest.boards.map((b) => html`<${BoardCard} key=${b.key} title=${b.title} page=${boards[b.key]} />`)}
      ${home && html`<${Levels} levels=${home.levels} />`}
    </div>
  </div>`;
}

/** @param {{name: string, value: string}} props */
const Figure = ({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** @param {{slug: string, origin: string}} props */
function Links({ slug, origin }) {
  const player = origin + "/c/" + slug;
  const screen = origin + "/screen/" + slug;
  return html`<section class="card">
    <h2>给大家的链接</h2>
    <div class="link-row">
      <img class="qr" src=${"/qr.svg?text=" + encodeURIComponent(player)} alt="答题页的二维码"
        onError=${(/** @type {any} */ e) => e.target.remove()} />
      <div>
        <h3>手机答题页</h3>
        <p><a href=${player} target="_blank" rel="noopener">${player}</a></p>
        <h3>现场大屏</h3>
        <p><a href=${screen} target="_blank" rel="noopener">${screen}</a></p>
      </div>
    </div>
    <${Reach} origin=${origin} />
  </section>`;
}

/** @param {{health: import("./overview").Health}} props */
const HealthCard = ({ health }) => html`<section class="card">
  <h2>服务状态</h2>
  <p class=${health.ready ? "state" : "state bad"}>${health.ready ? "✓ 正常，可以答题" : "✕ 有部件不可用"}</p>
  <dl class="health">${health.lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;

/** @param {import("../../lib/types").BoardPage} page */
function roundOf(page) {
  const round = (page.rounds || []).find((r) => r.round === page.round);
  return round ? round.title + "，" : "";
}

/** @param {{title: string, page: import("../../lib/types").BoardPage | null | undefined}} props */
const BoardCard = ({ title, page }) => html`<section class="card">
  <h2>${title}${page && html`<small>${roundOf(page)}共${number(page.total)}</small>`}</h2>
  ${page === null && html`<p class="state bad">榜单存储不可用，稍后更新；答题不受影响。</p>`}
  ${page && page.late && html`<p class="state bad">榜单落后于成绩，正在追上。</p>`}
  ${page &&
  (page.entries.length ? html`<table>
    <thead>
      <tr><th>名次</th><th>${page.subject === "unit" ? "单位" : "参赛者"}</th><th class="n">${page.measure}</th></tr>
    </thead>
    <tbody>
      ${page.entries.map(
        (e) => html`<tr>
          <td>${e.rank}</td>
          <td>${e.name}${e.unit && html` <small>${e.unit}</small>`}</td>
          <td class="n">${scored(e.score, page.measure)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
    : html`<p class="soft">还没有人上榜。</p>`)}
</section>`;

/** @param {{levels: import("../../lib/types").Level[]}} props */
const Levels = ({ levels }) => html`<section class="card">
  <h2>关卡</h2>
  <table>
    <thead>
      <tr>
        <th>关卡</th>
        <th>场所</th>
        <th class="n">题数</th>
        <th class="n">通过</th>
        <th class="n">每题</th>
        <th class="n">每天</th>
      </tr>
    </thead>
    <tbody>
      ${levels.map(
        (l) => html`<tr>
          <td>${l.title}</td>
          <td>${l.place}</td>
          <td class="n">${l.questions}</td>
          <td class="n">${l.pass}题</td>
          <td class="n">${l.question_ms ? Math.round(l.question_ms / 1000) + "秒" : "不限时"}</td>
          <td class="n">${l.tries_per_day || "不限"}${l.tries_per_day ? "次" : ""}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</section>`;
