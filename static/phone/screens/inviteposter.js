// A poster to save and send: who invites, how far they came, and the code of their link.
import "../css/invite.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Sheet } from "../../lib/sheet.js";
import { Canvas, loadCode } from "../../lib/canvas.js";
import { days, number } from "../../lib/format.js";

/** @param {{home: import("../../lib/types").Home, link: string, close: () => void, shared: () => void}} props */
export function PosterSheet({ home, link, close, shared }) {
  const [picture, setPicture] = useState("");
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    poster(home, link).then(
      (url) => {
        setPicture(url);
        shared();
      },
      () => setWrong(true),
    );
  }, []);
  return html`<${Sheet} title="我的海报" close=${close}>
    ${wrong ? html`<p class="form-wrong" role="alert">这部手机画不了海报，请用“复制邀请链接”。</p>`
      : !picture ? html`<p class="soft" role="status">正在画</p>`
      : html`<p class="invite-how">长按图片，保存或发给朋友。</p>
      <img class="invite-poster" src=${picture} alt="邀请海报，带有您的二维码" />
      <a class="quiet wide" href=${picture} download="邀请海报.png">存到这台设备</a>`}
  </${Sheet}>`;
}

/** A data URL of the picture. @param {import("../../lib/types").Home} home @param {string} link */
export async function poster({ contest, me, levels }, link) {
  const code = await loadCode(link);
  if (!me || !code) throw new Error("nothing to draw");
  const height = 1180,
    edge = 60,
    inner = 750 - 2 * edge;
  const sheet = new Canvas(750, height);
  sheet.block(0, 0, 750, height, "paper");
  sheet.block(0, 0, 750, 470, "green-deep");
  sheet.holes(470, "paper");
  sheet.mark(edge, 56, 76);
  sheet.write(contest.organizer, { x: edge + 96, y: 106, size: 28, color: "green-soft", width: inner - 96, most: 1 });
  // About fifteen signs fit one line; only a longer title is broken, since no break of a name is a good one.
  const long = [...contest.title].length > 15;
  const below = sheet.write(contest.title, {
    x: edge,
    y: long ? 226 : 244,
    size: long ? 56 : 64,
    color: "sheet",
    bold: true,
    width: inner,
    leading: 1.3,
    most: long ? undefined : 1,
  });
  sheet.write(contest.subtitle || "", {
    x: edge,
    y: Math.min(below + 6, 404),
    size: 34,
    color: "amber",
    width: inner,
    most: 1,
  });

  const name = me.shown_as || me.nickname;
  sheet.write(name, { x: edge, y: 566, size: 52, color: "ink", bold: true, width: inner - 190, most: 1 });
  sheet.write("请您一起来答题", { x: edge, y: 618, size: 32, color: "ink-soft" });
  sheet.seal("平安", 750 - edge - 70, 580, 66, "red");
  if (me.score > 0) {
    figure(sheet, edge, number(me.score), "分", "总分");
    figure(sheet, edge + 320, me.passed_levels + "/" + levels.length, "关", "通过关卡");
  } else {
    sheet.write("安全这件事，多知道一点，家里就多一分平安。", {
      x: edge,
      y: 716,
      size: 40,
      color: "green-deep",
      bold: true,
      width: inner,
      leading: 1.45,
    });
  }

  const foot = height - 320;
  sheet.block(edge, foot - 30, inner, 2, "line");
  sheet.code(code, edge, foot, 250);
  sheet.write("长按识别二维码", {
    x: edge + 284,
    y: foot + 78,
    size: 40,
    color: "green-deep",
    bold: true,
    width: inner - 284,
    most: 1,
  });
  sheet.write("答几道题，学几样保平安的本领", {
    x: edge + 284,
    y: foot + 130,
    size: 27,
    color: "ink",
    width: inner - 284,
    leading: 1.4,
  });
  sheet.write(days(contest), {
    x: edge + 284,
    y: foot + 224,
    size: 24,
    color: "ink-soft",
    width: inner - 284,
    most: 1,
  });
  return sheet.url();
}

/** @param {Canvas} sheet @param {number} x @param {string} value @param {string} unit @param {string} name */
function figure(sheet, x, value, unit, name) {
  sheet.write(value, { x, y: 738, size: 84, color: "green", bold: true });
  const wide = sheet.pen.measureText(value).width;
  sheet.write(unit, { x: x + wide + 10, y: 738, size: 30, color: "ink-soft" });
  sheet.write(name, { x, y: 786, size: 28, color: "ink-soft" });
}
