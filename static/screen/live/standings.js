// Who leads: the ten best with how they moved, the teams' race, and the podium. Only the top that the server sends is
// drawn, however many play.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { moves } from "../../lib/live/room.js";

/** @typedef {import("../../lib/live/types").Room} Room @typedef {import("../../lib/live/types").Ranked} Ranked */
/** @typedef {import("../../lib/live/types").Team} Team */

/** The standings that the hall saw last, and after which question. @type {{round: number, top: Ranked[]}[]} */
const seen = [];

/**
 * The standings before those of this round; after a reload there are none, and no arrows.
 * @param {number} round @param {Ranked[]} top
 */
function before(round, top) {
  if (!seen.length || seen[seen.length - 1].round < round) seen.push({ round, top });
  else seen[seen.length - 1].top = top;
  return seen.length > 1 ? seen[seen.length - 2].top : [];
}

/**
 * The best who are shown. In an elimination those who are left come first, and nobody else is shown.
 * @param {Room} room
 */
function best(room) {
  const { top, teams } = room.standings || { top: [], teams: [] };
  return { top: room.mode === "elimination" ? top.slice(0, room.alive) : top, teams };
}

/** @param {{room: Room}} props */
export function Standings({ room }) {
  const { top, teams } = best(room);
  const was = before(room.round, top);
  const racing = teams && teams.length > 0;
  return html`<div class=${racing ? "live-boards with-teams" : "live-boards"}>
    ${top.length > 0 || !racing ? html`<${Best} room=${room} top=${top} was=${was} />` : null}
    ${racing && html`<${Race} teams=${teams} />`}
  </div>`;
}

/** @param {{room: Room, top: Ranked[], was: Ranked[]}} props */
function Best({ room, top, was }) {
  const moved = moves(was, top);
  return html`<section class="panel live-best">
    <header class="panel-head">
      <h2>${room.mode === "elimination" ? "还在场上的" : "排名"}</h2>
      <p>${room.mode === "elimination" ? `还剩 ${number(room.alive)} 人` : `共 ${number(room.members)} 人`}</p>
    </header>
    <ol class="rows">
      ${top.slice(0, 10).map(
        (r, i) => html`<li key=${r.number} class=${`live-row at-${i}${r.rank <= 3 ? " top" + r.rank : ""}`}>
          <span class="big-rank">${r.rank}</span>
          <${Moved} by=${was.length ? moved[r.number] : undefined} />
          <b class="live-name">${r.name}</b>
          <span class="live-right">对 ${r.right} 题</span>
          <b class="big-score">${number(r.points)}<small>分</small></b>
        </li>`,
      )}
    </ol>
    ${!top.length && html`<p class="nobody">${room.mode === "elimination" ? "场上没有人了" : "还没有人得分"}</p>`}
  </section>`;
}

/** @param {{by: number | null | undefined}} props undefined: nothing to compare with; null: was not listed */
function Moved({ by }) {
  if (by === undefined) return html`<span class="live-moved"></span>`;
  if (by === null) return html`<span class="live-moved new">新</span>`;
  if (!by) return html`<span class="live-moved">–</span>`;
  return by > 0
    ? html`<span class="live-moved up" aria-label=${"升 " + by + " 名"}>▲${by}</span>`
    : html`<span class="live-moved down" aria-label=${"降 " + -by + " 名"}>▼${-by}</span>`;
}

/** Teams against each other; the bar of the first fills its lane. @param {{teams: Team[]}} props */
function Race({ teams }) {
  const most = Math.max(1, ...teams.map((t) => t.points));
  return html`<section class="panel live-race">
    <header class="panel-head"><h2>队伍</h2></header>
    <ol class="rows">
      ${teams.slice(0, 8).map(
        (t, i) => html`<li key=${t.name} class=${`live-lane lane-${i}`}>
          <p>
            <span class="big-rank">${t.rank}</span><b>${t.name}</b><small>${number(t.players)} 人</small>
            <b class="big-score">${number(t.points)}</b>
          </p>
          <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class="lane-ground" width="1000" height="1" />
            <rect class="lane-run" width=${Math.round((1000 * t.points) / most)} height="1" />
          </svg>
        </li>`,
      )}
    </ol>
  </section>`;
}

/**
 * The three best, and who follows. Who shares a rank stands on the same height; where more than three share the first
 * ranks, no three of them are better than the others, and all stand on one list.
 * @param {{room: Room}} props
 */
export function Podium({ room }) {
  const { top, teams } = best(room);
  const shared = top.length > 3 && top[3].rank <= 3;
  const over = room.phase === "over";
  const three = top.slice(0, 3);
  return html`<div class="podium">
    <h2 class="podium-title">
      ${room.mode === "elimination" ? `坚持到最后：${number(room.alive)} 人` : over ? "最终名次" : "前三名"}
    </h2>
    ${shared && html`<div class="live-boards"><${Best} room=${room} top=${top} was=${[]} /></div>`}
    ${!shared && html`<div class="podium-body">
      <ol class="podium-three">
        ${[1, 0, 2].map((i) => {
          const r = three[i];
          return (
            r &&
            html`<li key=${i} class=${`podium-${i + 1} high-${Math.min(r.rank, 3)}`}>
              <b class="podium-name">${r.name}</b>
              <span class="podium-points">${number(r.points)} 分，对 ${r.right} 题</span>
              <span class="podium-block">${r.rank}</span>
            </li>`
          );
        })}
      </ol>
      ${(top.length > 3 || (teams && teams.length > 0)) && html`<div class="podium-rest">
        ${teams && teams.length > 0 ? html`<h3>队伍</h3>
          <ol>${teams.slice(0, 7).map((t) => html`<${Line} key=${t.name} of=${t} />`)}</ol>`
          : html`<ol>${top.slice(3, 10).map((r) => html`<${Line} key=${r.number} of=${r} />`)}</ol>`}
      </div>`}
    </div>`}
    ${over && html`<p class="podium-thanks">成绩已经确认，感谢各位参加</p>`}
  </div>`;
}

/** @param {{of: {rank: number, name: string, points: number}}} props */
const Line = ({ of }) => html`<li><i>${of.rank}</i><b>${of.name}</b><span>${number(of.points)}</span></li>`;
