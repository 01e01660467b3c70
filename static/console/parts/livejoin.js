// How phones and the big screen come to a live room.
import { html } from "../../html.js";
import { spoken } from "../../lib/live/room.js";
import { Reach } from "./reach.js";

/** @param {{room: import("../live").Room, origin: string}} props */
export function LiveJoin({ room, origin }) {
  const home = origin + "/live/" + room.code;
  const screen = origin + "/screen/live/" + room.room;
  return html`<section class="card">
    <h2>加入和大屏</h2>
    <div class="link-row">
      ${room.code && html`<img class="qr" src=${"/qr.svg?text=" + encodeURIComponent(home)} alt="加入的二维码"
        onError=${(/** @type {any} */ e) => e.target.remove()} />`}
      <div>
        ${room.code && html`<h3>加入码</h3>
        <p class="live-code">${spoken(room.code)}</p>
        <h3>手机</h3>
        <p><a href=${home} target="_blank" rel="noopener">${home}</a></p>`}
        <h3>大屏</h3>
        <p><a href=${screen} target="_blank" rel="noopener">${screen}</a></p>
      </div>
    </div>
    <${Reach} origin=${origin} />
  </section>`;
}
