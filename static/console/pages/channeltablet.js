// A tablet at a stall, for people without a phone: one after another, on one device.
import { html } from "../../html.js";
import { Dialog } from "../parts/dialog.js";
import { Reach } from "../parts/reach.js";

/** @typedef {import("./channels.js").Channel} Channel */

/** @param {{origin: string, contest: {slug: string}, channel: Channel | null, close: () => void}} props */
export function TabletDialog({ origin, contest, channel, close }) {
  const path = channel ? channel.path + "&shared" : `/c/${encodeURIComponent(contest.slug)}?shared`;
  const address = origin + path;
  return html`<${Dialog} title=${channel ? channel.name + "的平板" : "展位上的平板"} close=${close}>
    <p>给没有手机的人用：用平板打开下面的网址，或扫这个码。这台平板以后就记得是多人共用的。</p>
    <p><img class="qr" src=${"/qr.svg?text=" + encodeURIComponent(address)} alt=${"二维码：" + address} /></p>
    <p><a class="tablet-link" href=${address} target="_blank" rel="noopener">${address}</a></p>
    <${Reach} origin=${origin} />
    <ul class="dots">
      <li>一个人答完，按上面黄条里的“换人”，下一个人填自己的昵称就能答。</li>
      <li>两分钟没有人碰，或答完 45 秒没有人碰，会自动退出，不会接着用上一个人的名字。</li>
      <li>只在活动自己的平板上打开；自己的手机上不要用这个网址。</li>
    </ul>
    <footer class="dialog-foot"><button class="btn" onClick=${close}>好</button></footer>
  </${Dialog}>`;
}
