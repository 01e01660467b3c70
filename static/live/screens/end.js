// The podium, the confirmed result, and the door that was shut.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { number } from "../../lib/format.js";
import { MyPlace, Players, Teams } from "../parts/places.js";

/** @param {import("../play.js").Shown} props */
export const Podium = ({ room, me }) => html`<main class="shown">
  <h1 tabindex="-1" data-first>${winner(room, me)}</h1>
  <${Result} room=${room} me=${me} />
  <p class="soft center">成绩等主持人确认后生效。</p>
</main>`;

/** @param {import("../play.js").Shown} props */
export const Final = ({ room, me }) => html`<main class="shown">
  <h1 tabindex="-1" data-first>答题结束，谢谢参加</h1>
  ${me && share(me) && html`<p class="won"><span>您分到</span><b>${share(me)}</b></p>`}
  <${Result} room=${room} me=${me} />
  <a class="main wide" href=${"/c/" + room.contest}>回到活动首页</a>
</main>`;

/** @param {Pick<import("../play.js").Shown, "room" | "me">} props */
function Result({ room, me }) {
  const { top, teams = [] } = room.standings || { top: [] };
  return html`<div>
    <${MyPlace} room=${room} me=${me} />
    ${top.length > 0 && html`<${Players} title="名次" top=${top} mine=${me ? me.number : 0} />`}
    ${teams.length > 0 && html`<${Teams} teams=${teams} mine=${me && me.team ? me.team.name : ""} />`}
  </div>`;
}

/** @param {import("../../lib/live/types").Room} room @param {import("../types").Me | null} me */
function winner(room, me) {
  if (me && room.mode === "elimination" && me.alive) return "恭喜，您坚持到了最后";
  if (me && me.rank > 0 && me.rank <= 3) return `恭喜，您是第${me.rank}名`;
  return "最后的名次";
}

/** What the player's part of the pot is. @param {import("../types").Me} me */
function share({ share_cents: cents, share_points: points }) {
  if (cents > 0) return (cents / 100).toFixed(2) + "元";
  return points > 0 ? number(points) + "积分" : "";
}

/** @param {{}} _ */
export const Removed = (_) => html`<main class="failed" role="alert">
  <${Icon} name="info" />
  <h1 tabindex="-1" data-first>主持人请您离开了这个房间</h1>
  <p>如有误会，请找现场工作人员，他们可以让您回来。这一页会自己恢复。</p>
</main>`;
