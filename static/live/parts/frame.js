// What stands around a room: the bar on top, who I am and how the phone is connected, and what everybody must know.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";
import { Mark } from "../../art/mark.js";
import { firstNumber, isOut } from "../room.js";

/** @param {{title: string, home?: string, elder: boolean, setElder: (on: boolean) => void}} props */
export const TopBar = ({ title, home, elder, setElder }) => html`<header class="top">
  <a class="brand" href=${home || "/"} aria-label="安全答，活动首页"><${Mark} /></a>
  <b class="top-title">${title}</b>
  <button class="top-button" aria-pressed=${elder} onClick=${() => setElder(!elder)}>
    ${elder ? "标准版" : "大字版"}
  </button>
</header>`;

/** @typedef {import("../../lib/live/types").Link} Link */

/** @type {Record<Link, string>} */
const links = { connecting: "正在连接", live: "已连接", polling: "已连接，定时更新", lost: "网络断了，正在重连" };

/** @typedef {import("../../lib/live/types").Room} Room @typedef {import("../types").Me | null} Mine */

/**
 * @param {{room: Room, me: Mine, link: Link, brief: boolean}} props brief: a question needs the place, so this is only
 *   heard unless something is wrong
 */
export const Strip = ({ room, me, link, brief }) => html`<div
  class=${brief && link !== "lost" ? "strip unseen" : "strip"}>
  ${me && html`<p class="strip-me">
    <b>${me.name}</b>
    ${room.round > 0 && html`<span>${number(me.points)}分${me.points > 0 && me.rank > 0 && `，第${me.rank}名`}</span>`}
  </p>`}
  <p class=${"link-state " + link} role="status"><i aria-hidden="true"></i>${links[link]}</p>
</div>`;

/**
 * What is out of the ordinary, in words.
 * @param {Room} room @param {Mine} me
 * @returns {string[]}
 */
export function notices(room, me) {
  const { phase } = room;
  const asking = phase === "ready" || phase === "open" || phase === "paused";
  const over = phase === "over" || phase === "podium";
  const first = firstNumber(room, me);
  const gone = room.number > 0 && room.voided.indexOf(room.number) >= 0 && !over && !asking;
  return [
    room.rehearsal && "演练：成绩和奖品都不算数",
    room.kind === "warmup" && !over && "热身题，不计分",
    room.kind === "revival" && phase === "ready" && "复活题：出局的人来答，答对就回到场上",
    gone ? "这一题作废，不计分" : room.voided.length > 0 && !asking && `第${room.voided.join("、")}题作废，不计分`,
    first > 0 && !over && !isOut(room, me) && `您从第${first}题开始答`,
    !room.host_here && !over && "主持人暂时离开，请稍等",
    room.message,
  ].filter(Boolean).map(String);
}

/** @param {{list: string[]}} props */
export const Notices = ({ list }) => html`<div class="notices" role="status">
  ${list.map((text) => html`<p class="note" key=${text}>${text}</p>`)}
</div>`;

/** Which question this is. @param {{room: Room}} props */
export const Numbered = ({ room }) =>
  room.kind === "revival" ? html`<p class="numbered"><b>复活题</b></p>`
    : html`<p class="numbered">
      <b>${room.kind === "warmup" ? "热身题" : `第${room.number}题`}</b>
      ${room.kind !== "warmup" && room.questions > 0 && html`<span class="soft">共${room.questions}题</span>`}
    </p>`;
