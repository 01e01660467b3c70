// A poster for a channel, drawn as vectors: it prints as sharp in A3 as in A4, and a print shop takes it as PDF.
import { html } from "../../html.js";
import { wrap } from "../../lib/canvas.js";
import { days } from "../../lib/format.js";

/** @typedef {import("./channelsheet.js").Coded} Coded @typedef {import("./channels.js").Contest} Contest */

// Lengths are millimetres of A4; A3 is the same sheet, √2 times as large.
const width = 210,
  height = 297,
  edge = 14;
// With its quiet zone 126 mm: phones read it from over a metre in A4, and from two in A3.
const codeSide = 126;

/** How wide a text is in heights of its letters, near enough to fit a line. @param {string} text */
export const ems = (text) => [...text].reduce((sum, sign) => sum + (sign < "\u2000" ? 0.58 : 1), 0);

/** The size at which a text fills a line at most. @param {string} text @param {number} most */
const sized = (text, most) => Math.min(most, (width - 2 * edge) / ems(text));

/**
 * The title in one line or two, as large as they allow.
 * @param {string} title @returns {{lines: string[], size: number}}
 */
export function titled(title) {
  if (ems(title) <= 9) return { lines: [title], size: sized(title, 21) };
  const lines = wrap(title, Math.ceil(ems(title) / 2) + 0.6, ems);
  return { lines, size: Math.min(...lines.map((line) => sized(line, 19))) };
}

/** @param {{coded: Coded, contest: Contest}} props */
export function Poster({ coded: { channel, address, code }, contest }) {
  const { lines, size } = titled(contest.title);
  const unit = codeSide / code.side;
  const left = (width - codeSide) / 2;
  const sub = contest.subtitle;
  const asks = contest.contact ? "咨询：" + contest.contact : "";
  return html`<svg class="poster" viewBox=${`0 0 ${width} ${height}`} role="img"
    aria-label=${"海报：" + channel.name}>
    <rect class="poster-paper" width=${width} height=${height} />
    <rect class="poster-band" width=${width} height="104" />
    ${Array.from({ length: 30 }, (_, i) => html`<circle class="poster-paper" cx=${3.5 + i * 7} cy="104" r="2.1" />`)}
    <g class="poster-mark" transform=${`translate(${edge} 13) scale(0.32)`}>
      <path d="M9 24v-7h30l-4 8" /><path d="m14 31 7 7 14-14" /><circle cx="24" cy="9" r="3.6" />
    </g>
    <text class="poster-light" x="34" y="23.5" font-size=${Math.min(7.5, (width - 34 - edge) / ems(contest.organizer))}>
      ${contest.organizer}
    </text>
    ${lines.map((line, i) => html`<text class="poster-light poster-bold" x="105" text-anchor="middle"
      y=${(lines.length > 1 ? 52 : 62) + i * size * 1.25} font-size=${size}>${line}</text>`)}
    ${sub && html`<text class="poster-amber" x="105" y="94" text-anchor="middle" font-size=${sized(sub, 8.5)}>
      ${sub}
    </text>`}
    <path class="poster-code" transform=${`translate(${left} 112) scale(${unit})`}
      d=${code.dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join("")} />
    <text class="poster-bold" x="105" y="251" text-anchor="middle" font-size="14">微信扫一扫，来答题</text>
    <text x="105" y="264" text-anchor="middle" font-size="7">活动时间：${days(contest)}</text>
    <text class="poster-soft" x="105" y="274" text-anchor="middle" font-size=${sized(address, 5.5)}>
      ${address.replace(/^https?:\/\//, "")}
    </text>
    ${asks && html`<text class="poster-soft" x="105" y="283" text-anchor="middle" font-size=${sized(asks, 5.5)}>
      ${asks}
    </text>`}
    <text class="poster-soft" x=${width - 8} y="291" text-anchor="end" font-size="3">${channel.name}</text>
  </svg>`;
}

/**
 * Prints the posters of the page alone, each on a sheet, or lets the browser save them as PDF.
 * @param {Iterable<Element>} posters @param {string} paper A4 or A3
 */
export function printPosters(posters, paper) {
  const sheets = document.createElement("div");
  sheets.className = "print-sheets " + paper;
  for (const poster of posters) sheets.appendChild(poster.cloneNode(true));
  document.body.appendChild(sheets);
  document.body.classList.add("prints");
  const after = () => {
    document.body.classList.remove("prints");
    sheets.remove();
  };
  addEventListener("afterprint", after, { once: true });
  print();
}
