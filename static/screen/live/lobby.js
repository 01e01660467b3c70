// Before the first question: how to join, how many have, and who came last.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number, time } from "../../lib/format.js";
import { secondsTo, spoken } from "../../lib/live/room.js";
import { local } from "../../lib/local.js";

/** @typedef {import("../../lib/live/types").Room} Room */

/** @param {{room: Room, now: number, origin: string}} props */
export function Lobby({ room, now, origin }) {
  const home = room.code ? origin + "/live/" + room.code : origin + "/c/" + room.contest;
  const newest = (room.newest || []).slice(0, 12);
  return html`<div class="lobby">
    <section class="lobby-join">
      <${Code} home=${home + (room.pass ? "?pass=" + room.pass : "")} />
      <div class="lobby-how">
        ${room.locked ? html`<p class="lobby-lead">已经锁定，不再进人</p>`
          : html`<p class="lobby-lead">扫码加入</p>
          <p class="lobby-address">
            ${room.pass ? "演练只能扫码加入" : local(home) ? "手机打不开这个地址，启动时请加 --public" : "或打开 " + plain(origin) + "/live"}
          </p>`}
        ${room.code && !room.pass && html`<p class="lobby-label">输入六位数字</p><p class="lobby-code">${spoken(room.code)}</p>`}
        <p class="lobby-count"><b>${number(room.members)}</b> 人已加入</p>
        <p class="lobby-when">${begins(room, now)}</p>
      </div>
    </section>
    <ul class="lobby-names" aria-hidden="true">
      ${newest.map((name) => html`<li key=${name}>${name}</li>`)}
    </ul>
  </div>`;
}

/** @param {Room} room @param {number} now */
function begins(room, now) {
  if (!room.starts_at) return room.mode === "elimination" ? "答对留下，坚持到最后" : "等主持人开始";
  const seconds = secondsTo(room.starts_at, now);
  if (!seconds) return "马上开始";
  if (seconds > 600) return time(room.starts_at).slice(0, 5) + " 开始";
  return `还有 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} 开始`;
}

/** @param {string} address */
const plain = (address) => address.replace(/^https?:\/\//, "");

/** @param {{home: string}} props */
function Code({ home }) {
  const [coded, setCoded] = useState(true);
  if (!coded) return null;
  return html`<div class="lobby-qr">
    <img src=${"/qr.svg?text=" + encodeURIComponent(home)} alt=${"二维码：" + home} onError=${() => setCoded(false)} />
  </div>`;
}
