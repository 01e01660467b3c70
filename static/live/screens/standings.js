// How everybody stands after a question: I first.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { MyPlace, Players, Teams } from "../parts/places.js";

/** @param {import("../play.js").Shown} props */
export function Standings({ room, me }) {
  const { top, teams = [] } = room.standings || { top: [] };
  const left = room.mode === "elimination";
  return html`<main class="shown">
    <h1 tabindex="-1" data-first>${after(room)}</h1>
    ${left && html`<p class="lead">场上还有${number(room.alive)}人</p>`}
    <${MyPlace} room=${room} me=${me} />
    ${top.length > 0 && html`<${Players} title="前${top.length}名" top=${top} mine=${me ? me.number : 0} />`}
    ${teams.length > 0 && html`<${Teams} teams=${teams} mine=${me && me.team ? me.team.name : ""} />`}
  </main>`;
}

/** @param {import("../../lib/live/types").Room} room */
function after({ kind, number: which }) {
  if (kind === "warmup") return "热身题之后";
  return kind === "revival" || which < 1 ? "现在的名次" : `第${which}题之后`;
}
