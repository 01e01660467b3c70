// How phones and the big screen come to a live room.
import { html } from "../../html.js";
import { spoken } from "../../lib/live/room.js";
import { withPass } from "../lib/contests.js";
import { Reach } from "./reach.js";

/** @param {{room: import("../live").Room, origin: string}} props */
export function LiveJoin({ room, origin }) {
  const home = withPass(origin + "/live/" + room.code, room.pass);
  const screen = withPass(origin + "/screen/live/" + room.room, room.pass);
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
    ${room.pass && html`<p class="soft">演练的房间只有用上面的二维码或链接进得来，光有加入码不行。会场的电脑不用输网址：在“大屏”页连接它，再把这个房间放上去。</p>`}
    <${Reach} origin=${origin} />
  </section>`;
}
