// A voucher as a picture: what it is for, its code, where and until when, to be kept on the phone, also where a cookie
// gets lost. Fetched when it is asked for first.
import "../css/voucher.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Canvas, loadCode } from "../../lib/canvas.js";
import { dateTime } from "../../lib/format.js";
import { Sheet } from "../../lib/sheet.js";

/**
 * @typedef {object} Voucher
 * @property {string} title of the prize
 * @property {string} code to be shown or read aloud
 * @property {string} scan what a booth reads with its camera; empty: the code is for somebody else's counter
 * @property {string} collect how and where
 * @property {number} until UTC ms; 0: no end
 */

/**
 * @param {{contest: import("../../lib/types").Contest, name: string, voucher: Voucher, close: () => void}} props
 */
export function VoucherSheet({ contest, name, voucher, close }) {
  const [picture, setPicture] = useState("");
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    draw(contest, name, voucher).then(setPicture, () => setFailed(true));
  }, []);
  return html`<${Sheet} title="存成图片" close=${close}>
    ${picture ? html`<figure class="voucher-picture">
      <img src=${picture} alt=${`${voucher.title}，${voucher.scan ? "领奖码" : "兑换码"} ${voucher.code}`} />
      <figcaption>长按图片可以保存。看到这个码的人都能领，不要发给别人。</figcaption>
    </figure>
    <a class="quiet wide" href=${picture} download=${voucher.title + ".png"}>保存到这台设备</a>`
      : html`<p class="empty" role="status">
        ${failed ? "这部手机画不出图片，请截屏保存。" : "正在制作图片"}
      </p>`}
  </${Sheet}>`;
}

const edge = 60,
  wide = 750;

/**
 * A data URL of the picture.
 * @param {import("../../lib/types").Contest} contest @param {string} name @param {Voucher} voucher
 */
async function draw(contest, name, { title, code, scan, collect, until }) {
  const qr = scan ? await loadCode(scan) : null;
  const inner = wide - 2 * edge;
  const sheet = new Canvas(wide, qr ? 1130 : 760);
  sheet.block(0, 0, wide, sheet.height, "paper");
  sheet.block(0, 0, wide, 320, "green-deep");
  sheet.holes(320, "paper");
  sheet.mark(edge, 44, 64);
  sheet.write(contest.title, { x: edge + 84, y: 86, size: 30, color: "green-soft", width: inner - 84, most: 1 });
  const below = sheet.write(title, {
    x: edge,
    y: 196,
    size: 52,
    color: "sheet",
    bold: true,
    width: inner,
    leading: 1.3,
  });
  sheet.write(name, { x: edge, y: Math.min(below + 4, 296), size: 28, color: "amber", width: inner, most: 1 });
  let y = 400;
  if (qr) {
    sheet.code(qr, (wide - 340) / 2, 360, 340);
    y = 770;
  }
  sheet.write(scan ? "领奖码" : "兑换码", { x: wide / 2, y, size: 28, color: "ink-soft", align: "center" });
  sheet.write(code, {
    x: wide / 2,
    y: y + 68,
    size: 60,
    color: "ink",
    bold: true,
    align: "center",
    width: inner,
    most: 1,
  });
  sheet.block(edge, y + 106, inner, 2, "line");
  const lines = [collect, until ? "请在 " + dateTime(until) + " 前领取" : "", contest.organizer].filter(Boolean);
  let at = y + 158;
  const style = { x: edge, size: 28, color: "ink", width: inner, leading: 1.4 };
  for (const line of lines) at = sheet.write(line, { ...style, y: at });
  return sheet.url();
}
