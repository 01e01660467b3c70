// A certificate as a sheet to print, A4 across, drawn as vectors with the fonts of this computer.
import { html } from "../../html.js";
import { useRef } from "../../vendor/hooks.js";
import { loadCode, wrap } from "../../lib/canvas.js";
import { fullDate } from "../../lib/format.js";
import { ems, printPosters } from "./channelposter.js";

/**
 * @typedef {object} Awarded what stands on a certificate
 * @property {string} name of whom it is, in large letters
 * @property {string} [below] what is said of them in small ones
 * @property {string} title @property {string} text @property {string} number @property {string} code
 * @property {number} at when it was earned
 */
/** @typedef {Awarded & {qr: {side: number, dark: number[][]} | null}} Drawn */

// Lengths are millimetres.
const width = 297,
  height = 210,
  edge = 10,
  qrSide = 30;

/** Sheets with the code that leads to the page which says that they are genuine.
 * @param {Awarded[]} all @param {string} origin @returns {Promise<Drawn[]>} */
export const drawn = (all, origin) =>
  Promise.all(all.map(async (one) => ({ ...one, qr: await loadCode(`${origin}/cert/${one.number}-${one.code}`) })));

/** The sheets as they will be on paper, and the way to the printer.
 * @param {{sheets: Drawn[], contest: string, organizer: string, each: string}} props each: what a sheet is of */
export function CertificateSheets({ sheets, contest, organizer, each }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  return html`<div>
    <p class="acts">
      <button class="btn" onClick=${() => box.current && printPosters(box.current.children, "landscape")}>
        打印 ${sheets.length} 份证书
      </button>
      <span class="soft">A4 横向，${each}一张，也可以存成 PDF。</span>
    </p>
    <div class="sheets" ref=${box}>
      ${sheets.map((one) => html`<${CertificateSheet} key=${one.number} of=${one} contest=${contest}
        organizer=${organizer} />`)}
    </div>
  </div>`;
}

/** @param {string} text @param {number} most @param {number} [room] */
const sized = (text, most, room = width - 60) => Math.min(most, room / ems(text));

/** @param {{of: Drawn, contest: string, organizer: string}} props */
function CertificateSheet({ of, contest, organizer }) {
  const lines = wrap(of.text, 30, ems);
  const size = Math.min(8, 40 / lines.length);
  return html`<svg class="poster certificate-sheet" viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${`证书：${of.name}，${of.title}`}>
    <rect class="poster-paper" width=${width} height=${height} />
    <rect class="certificate-sheet-frame" x=${edge} y=${edge} width=${width - 2 * edge} height=${height - 2 * edge} />
    <rect class="certificate-sheet-frame thin" x=${edge + 3} y=${edge + 3} width=${width - 2 * edge - 6}
      height=${height - 2 * edge - 6} />
    <text class="poster-soft" x=${width / 2} y="33" text-anchor="middle" font-size=${sized(contest, 8)}>
      ${contest}
    </text>
    <text class="poster-bold certificate-sheet-title" x=${width / 2} y="60" text-anchor="middle"
      font-size=${sized(of.title, 20)}>${of.title}</text>
    <text class="poster-bold" x=${width / 2} y=${of.below ? 85 : 92} text-anchor="middle"
      font-size=${sized(of.name, 16)}>${of.name}</text>
    ${of.below && html`<text class="poster-soft" x=${width / 2} y="95" text-anchor="middle"
      font-size=${sized(of.below, 6)}>${of.below}</text>`}
    <line class="certificate-sheet-frame thin" x1="60" x2=${width - 60} y1="99" y2="99" />
    ${lines.map((line, i) => html`<text x=${width / 2} y=${116 + i * size * 1.5} text-anchor="middle"
      font-size=${size}>${line}</text>`)}
    <text class="poster-bold" x=${width - 28} y="176" text-anchor="end" font-size=${sized(organizer, 7.5, 120)}>
      ${organizer}
    </text>
    <text x=${width - 28} y="187" text-anchor="end" font-size="6.5">${fullDate(of.at)}</text>
    ${of.qr && html`<path class="poster-code" transform=${`translate(24 158) scale(${qrSide / of.qr.side})`}
      d=${of.qr.dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join("")} />`}
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="176" font-size="4.2">扫码或在 /cert 查验</text>
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="182" font-size="4.2">编号 ${of.number}</text>
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="188" font-size="4.2">
      校验码 ${of.code.replace(/(.{5})/, "$1 ")}
    </text>
  </svg>`;
}
