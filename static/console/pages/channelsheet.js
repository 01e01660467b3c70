// Sheets to print: posters as vectors in A4 or A3; A4 pictures at 300 dots an inch with one, two or six codes, drawn
// here with the fonts of this computer.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Canvas, loadCode } from "../../lib/canvas.js";
import { download } from "../lib/download.js";
import { withResolution } from "../lib/png.js";
import { Dialog } from "../parts/dialog.js";
import { Select } from "../parts/field.js";
import { Reach } from "../parts/reach.js";
import { Poster, printPosters } from "./channelposter.js";

/**
 * What a code leads to: name stands small at the foot, below in the place of the address.
 * @typedef {{name: string, path: string, below?: string}} Channel
 */
/**
 * Posters are for a contest of which more is told.
 * @typedef {{title: string, organizer: string, subtitle?: string, contact?: string, opens_at?: number, closes_at?:
 *   number}} Contest
 */
/** @typedef {{channel: Channel, address: string, code: {side: number, dark: number[][]}}} Coded */

// A4 is 210 × 297 mm: 2480 × 3508 dots at 300 an inch. Lengths below are half dots.
const width = 1240,
  height = 1754,
  print = 2,
  look = 0.5;

/** Columns and rows by how many codes stand on a sheet. @type {Record<string, [number, number]>} */
const grids = { 1: [1, 1], 2: [1, 2], 6: [2, 3] };

/**
 * @param {{contest: Contest, origin: string, channels: Channel[], close: () => void, title?: string,
 *   says?: string}} props
 *   says: what is written below a code
 */
export function SheetDialog({ contest: of, origin, channels, close, title, says = "微信扫一扫，来答题" }) {
  const contest = { ...of, says };
  const posters = !!of.opens_at;
  const [each, setEach] = useState(posters ? "poster" : "1");
  const shown = useRef(/** @type {HTMLElement | null} */ (null));
  const [coded, setCoded] = useState(/** @type {Coded[] | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    Promise.all(
      channels.map(async (channel) => {
        const address = origin + channel.path;
        return { channel, address, code: await loadCode(address) };
      }),
    ).then((got) => (got.every((c) => c.code) ? setCoded(/** @type {Coded[]} */ (got)) : setFailed(true)));
  }, []);
  const poster = each === "poster";
  const sheets = coded && !poster ? sheetsOf(coded, Number(each)) : [];
  const onPaper = (/** @type {string} */ paper) =>
    shown.current && printPosters(shown.current.querySelectorAll(".poster"), paper);
  async function save() {
    setBusy(true);
    for (let i = 0; i < sheets.length; i++) {
      const name = channels.length > 1 ? `二维码-${i + 1}` : channels[0].name;
      download(await png(drawSheet(sheets[i], contest, each, print)), `${name}-A4.png`);
    }
    setBusy(false);
  }
  return html`<${Dialog} title=${channels.length > 1 ? title || "所有渠道的二维码" : channels[0].name + "的二维码"}
    close=${close} size="wide">
    ${failed ? html`<p class="oops" role="alert">二维码没有画成，请刷新再试。</p>`
      : html`<div>
        <div class="row">
          <${Select} label="做成什么" name="each" value=${each} set=${setEach}
            options=${[
              ...(posters ? [["poster", "海报，A4 或 A3"]] : []),
              ["1", "图片，一张 A4 放 1 个"],
              ["2", "图片，一张 A4 放 2 个（台卡）"],
              ["6", "图片，一张 A4 放 6 个（贴纸）"],
            ]} />
          ${poster ? ["A4", "A3"].map(
            (paper) => html`<button class="btn" key=${paper} disabled=${!coded} onClick=${() => onPaper(paper)}>
              打印 ${paper}
            </button>`,
          )
            : html`<button class="btn" disabled=${!coded || busy} onClick=${save}>
              ${busy ? "正在画" : sheets.length > 1 ? `下载 ${sheets.length} 张图片` : "下载图片"}
            </button>`}
        </div>
        <p class="soft">
          ${poster ? "在打印窗口选“另存为 PDF”，就能交给印刷厂；线条和二维码放大也清楚。"
            : "PNG 图片，A4 大小，300 dpi，可以直接打印；打印时选“实际大小”。"}
          ${sheets.length > 6 ? "下面只显示前 6 张。" : ""}
        </p>
        <${Reach} origin=${origin} />
        <div class="sheets" ref=${shown}>
          ${poster && coded && coded.map(
            (one) => html`<${Poster} key=${one.address} coded=${one} contest=${contest} />`,
          )}
          ${sheets
            .slice(0, 6)
            .map(
              (s, i) => html`<img key=${each + i} src=${drawSheet(s, contest, each, look).url()}
                alt=${"第" + (i + 1) + "张：" + s.map((c) => c.channel.name).join("、")} />`,
            )}
        </div>
      </div>`}
  </${Dialog}>`;
}

/**
 * One channel fills a sheet with copies of itself; several stand one after another.
 * @param {Coded[]} coded
 * @param {number} each
 */
export function sheetsOf(coded, each) {
  if (coded.length === 1) return [new Array(each).fill(coded[0])];
  const sheets = [];
  for (let i = 0; i < coded.length; i += each) sheets.push(coded.slice(i, i + each));
  return sheets;
}

/** @param {Coded[]} cells @param {Contest & {says: string}} contest @param {string} each @param {number} scale */
function drawSheet(cells, contest, each, scale) {
  const sheet = new Canvas(width, height, scale);
  const [columns, rows] = grids[each];
  const w = width / columns,
    h = height / rows;
  sheet.pen.fillStyle = "#fff"; // paper: ink is dear
  sheet.pen.fillRect(0, 0, width, height);
  cells.forEach((cell, i) => drawCell(sheet, cell, contest, (i % columns) * w, Math.floor(i / columns) * h, w, h));
  for (let c = 1; c < columns; c++) cut(sheet, c * w, 0, c * w, height);
  for (let r = 1; r < rows; r++) cut(sheet, 0, r * h, width, r * h);
  return sheet;
}

/**
 * @param {Canvas} sheet
 * @param {Coded} cell
 * @param {Contest & {says: string}} contest
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 */
function drawCell(sheet, { channel, address, code }, contest, x, y, w, h) {
  const unit = Math.min(w / 620, h / 585),
    middle = x + w / 2,
    inner = w - 80 * unit;
  const tall = h / unit > 700; // a poster has room for a band on top
  let top = y + 40 * unit;
  if (tall) {
    sheet.block(x, y, w, 150 * unit, "green-deep");
    sheet.mark(x + 40 * unit, y + 42 * unit, 66 * unit);
    sheet.write(contest.organizer, {
      x: x + 128 * unit,
      y: y + 88 * unit,
      size: 30 * unit,
      color: "sheet",
      width: inner - 90 * unit,
      most: 1,
    });
    top = y + 190 * unit;
  }
  sheet.write(contest.title, {
    x: middle,
    y: top + 44 * unit,
    size: 46 * unit,
    color: "green-deep",
    bold: true,
    align: "center",
    width: inner,
    most: 1,
  });
  const side = Math.min(inner, y + h - top - 205 * unit);
  sheet.code(code, middle - side / 2, top + 70 * unit, side);
  const foot = top + 70 * unit + side;
  sheet.write(contest.says, {
    x: middle,
    y: foot + 46 * unit,
    size: 34 * unit,
    color: "ink",
    bold: true,
    align: "center",
    width: inner,
    most: 1,
  });
  sheet.write(channel.below || address.replace(/^https?:\/\//, ""), {
    x: middle,
    y: foot + 82 * unit,
    size: (channel.below ? 30 : 20) * unit,
    color: "ink-soft",
    align: "center",
    width: inner,
    most: 1,
  });
  sheet.write(channel.name, {
    x: middle,
    y: foot + (channel.below ? 118 : 112) * unit,
    size: (channel.below ? 24 : 16) * unit,
    color: "ink-soft",
    align: "center",
    width: inner,
    most: 1,
  });
}

/**
 * A line to cut along.
 * @param {Canvas} sheet
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 */
function cut({ pen }, x, y, toX, toY) {
  pen.save();
  pen.strokeStyle = "#999";
  pen.setLineDash([12, 10]);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(toX, toY);
  pen.stroke();
  pen.restore();
}

/** @param {Canvas} sheet @returns {Promise<Blob>} */
function png(sheet) {
  return new Promise((done, fail) =>
    sheet.pen.canvas.toBlob(async (blob) => {
      if (!blob) return fail(new Error("no picture"));
      done(new Blob([withResolution(new Uint8Array(await blob.arrayBuffer()), 300)], { type: "image/png" }));
    }, "image/png"),
  );
}
