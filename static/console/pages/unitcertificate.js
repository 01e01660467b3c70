// The certificate of a unit as a sheet to print, A4 across, drawn as vectors with the fonts of this computer.
import { html } from "../../html.js";
import { wrap } from "../../lib/canvas.js";
import { ems } from "./channelposter.js";

/**
 * @typedef {{unit: string, title: string, text: string, number: string, code: string, day: string,
 *   qr: {side: number, dark: number[][]} | null}} Drawn
 */

// Lengths are millimetres.
const width = 297,
  height = 210,
  edge = 10,
  qrSide = 30;

/** @param {string} text @param {number} most @param {number} [room] */
const sized = (text, most, room = width - 60) => Math.min(most, room / ems(text));

/** @param {{of: Drawn, contest: string, organizer: string}} props */
export function UnitCertificate({ of, contest, organizer }) {
  const lines = wrap(of.text, 30, ems);
  const size = Math.min(8, 40 / lines.length);
  return html`<svg class="poster unit-certificate" viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${`证书：${of.unit}，${of.title}`}>
    <rect class="poster-paper" width=${width} height=${height} />
    <rect class="unit-certificate-frame" x=${edge} y=${edge} width=${width - 2 * edge} height=${height - 2 * edge} />
    <rect class="unit-certificate-frame thin" x=${edge + 3} y=${edge + 3} width=${width - 2 * edge - 6}
      height=${height - 2 * edge - 6} />
    <text class="poster-soft" x=${width / 2} y="33" text-anchor="middle" font-size=${sized(contest, 8)}>
      ${contest}
    </text>
    <text class="poster-bold unit-certificate-title" x=${width / 2} y="60" text-anchor="middle"
      font-size=${sized(of.title, 20)}>${of.title}</text>
    <text class="poster-bold" x=${width / 2} y="92" text-anchor="middle" font-size=${sized(of.unit, 16)}>
      ${of.unit}
    </text>
    <line class="unit-certificate-frame thin" x1="60" x2=${width - 60} y1="99" y2="99" />
    ${lines.map((line, i) => html`<text x=${width / 2} y=${116 + i * size * 1.5} text-anchor="middle"
      font-size=${size}>${line}</text>`)}
    <text class="poster-bold" x=${width - 28} y="176" text-anchor="end" font-size=${sized(organizer, 7.5, 120)}>
      ${organizer}
    </text>
    <text x=${width - 28} y="187" text-anchor="end" font-size="6.5">${of.day}</text>
    ${of.qr && html`<path class="poster-code" transform=${`translate(24 158) scale(${qrSide / of.qr.side})`}
      d=${of.qr.dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join("")} />`}
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="176" font-size="4.2">扫码或在 /cert 查验</text>
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="182" font-size="4.2">编号 ${of.number}</text>
    <text class="poster-soft" x=${of.qr ? 60 : 26} y="188" font-size="4.2">
      校验码 ${of.code.replace(/(.{5})/, "$1 ")}
    </text>
  </svg>`;
}
