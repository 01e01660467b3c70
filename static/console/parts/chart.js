// Small charts drawn as SVG: read at a glance, in black and white too, and by a screen reader as a table.
import { html } from "../../html.js";
import { number } from "../../lib/format.js";

/**
 * One column, with what it is held against drawn as a line across it.
 * @typedef {{label: string, value: number, against?: number, note?: string}} Column
 */

const width = 320;
const height = 120;
const foot = 18; // for the labels below

/**
 * Columns over time. Only every so many labels are drawn; the table below has all of them.
 * @param {{title: string, columns: Column[], every?: number, head: [string, string, string?]}} props head: of the table
 */
export function Columns({ title, columns, every = 1, head }) {
  const most = columns.reduce((m, c) => Math.max(m, c.value, c.against || 0), 0);
  const step = width / Math.max(1, columns.length);
  const gap = step > 12 ? 3 : step > 5 ? 1 : 0;
  /** @param {number} value */
  const up = (value) => (most ? (value / most) * (height - foot - 14) : 0);
  const peak = columns.reduce((at, c, i) => (c.value > columns[at].value ? i : at), 0);
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <svg viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${title}>
      ${columns.map((c, i) => {
        const tall = up(c.value);
        const x = i * step + gap / 2;
        const bottom = height - foot;
        return html`<g key=${c.label + i}>
          <rect class="chart-bar" x=${x} y=${bottom - tall} width=${step - gap} height=${tall} />
          ${c.against !== undefined &&
          most > 0 &&
          html`<line class="chart-against" x1=${x} x2=${x + step - gap} y1=${bottom - up(c.against)}
            y2=${bottom - up(c.against)} />`}
          ${i % every === 0 &&
          html`<text class="chart-label" x=${Math.min(width - 14, Math.max(14, i * step + step / 2))} y=${height - 4}>
            ${c.label}
          </text>`}
        </g>`;
      })}
      <line class="chart-base" x1="0" x2=${width} y1=${height - foot} y2=${height - foot} />
      ${most > 0 &&
      html`<text class="chart-peak" x=${Math.min(width - 30, Math.max(30, peak * step + step / 2))}
        y=${height - foot - up(columns[peak].value) - 4}>
        ${number(columns[peak].value)}
      </text>`}
    </svg>
    <${Table} title=${title} head=${head} rows=${columns.map((c) => [
      c.note || c.label,
      number(c.value),
      ...(head[2] ? [c.against === undefined ? "—" : number(c.against)] : []),
    ])} />
  </figure>`;
}

/**
 * Bars beside each other, each with its name and its figure in words.
 * @param {{title: string, bars: {name: string, part: number | null, figure: string}[], mark?: number}} props part: 0
 *   to 1; mark: a line to be reached
 */
export function Bars({ title, bars, mark }) {
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <ul class="chart-bars">
      ${bars.map(
        (b) => html`<li key=${b.name}>
          <span class="chart-name">${b.name}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="chart-ground" x="0" y="0" width="100" height="10" />
            ${b.part !== null &&
            html`<rect class="chart-bar" x="0" y="0" width=${100 * Math.min(1, b.part)} height="10" />`}
            ${mark !== undefined &&
            html`<rect class="chart-mark" x=${100 * Math.min(0.99, mark)} y="0" width="1" height="10" />`}
          </svg>
          <span class="chart-figure">${b.figure}</span>
        </li>`,
      )}
    </ul>
  </figure>`;
}

/** The figures of a chart. @param {{title: string, head: [string, string, string?], rows: string[][]}} props */
const Table = ({ title, head, rows }) => html`<details class="chart-table">
  <summary>看数字</summary>
  <div class="scroll">
    <table class="rows" aria-label=${title}>
      <thead><tr>${head.filter(Boolean).map((name, i) => html`<th class=${i ? "n" : null}>${name}</th>`)}</tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class=${i ? "n" : null}>${cell}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>
</details>`;
