// Places: of players, with mine among them, and of teams.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";

/** @param {{title: string, top: import("../../lib/live/types").Ranked[], mine: number}} props mine: my number */
export const Players = ({ title, top, mine }) => html`<section class="places">
  <h2>${title}</h2>
  <ol>
    ${top.map(
      (p) => html`<li class=${`line top${p.rank}${p.number === mine ? " mine" : ""}`} key=${p.number}>
        <span class="line-rank"><span class="unseen">第</span>${p.rank}<span class="unseen">名</span></span>
        <span class="line-name">${p.name}${p.number === mine && html`<em class="tag">我</em>`}</span>
        <span class="line-score">${number(p.points)}<small>分</small></span>
      </li>`,
    )}
  </ol>
</section>`;

/**
 * @param {{teams: import("../../lib/live/types").Team[], mine: string}} props mine: the name of my team
 */
export const Teams = ({ teams, mine }) => html`<section class="places">
  <h2>队伍</h2>
  <ol>
    ${teams.slice(0, 10).map(
      (t) => html`<li class=${`line top${t.rank}${t.name === mine ? " mine" : ""}`} key=${t.name}>
        <span class="line-rank"><span class="unseen">第</span>${t.rank}<span class="unseen">名</span></span>
        <span class="line-name">${t.name}<small class="soft">${t.players}人</small></span>
        <span class="line-score">${number(t.points)}<small>分</small></span>
      </li>`,
    )}
  </ol>
</section>`;

/** @param {{room: import("../../lib/live/types").Room, me: import("../types").Me | null}} props */
export function MyPlace({ room, me }) {
  if (!me) return null;
  const ranked = me.rank > 0;
  return html`<section class="my-rank" aria-label="我的名次">
    <p class="my-rank-main">
      ${ranked ? html`<span>第<b>${number(me.rank)}</b>名</span>` : html`<span>还没有名次</span>`}
      ${ranked && me.of > 0 && html`<small>共${number(me.of)}人</small>`}
    </p>
    <p class="my-rank-more">
      <span><b>${number(me.points)}</b>分</span><span>答对<b>${me.right}</b>题</span>
      ${room.mode === "elimination" && html`<span>${me.alive ? "还在场上" : "已出局"}</span>`}
    </p>
    ${me.team && html`<p class="my-team">
      ${me.team.name} ${me.team.rank > 0 ? html`第<b>${me.team.rank}</b>名` : "还没有名次"}，${number(me.team.points)}分
    </p>`}
  </section>`;
}
